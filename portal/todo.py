"""One thing to do at a time, for a member; and the offers that wait for an answer."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deployments.models import Offer
from deployments.pages_member import offer_line
from dogs.models import Dog


@dataclass(frozen=True)
class Todo:
    """One thing to do: a sentence, one deadline, one button. Lower `order` comes first."""

    order: tuple[int, str]
    sentence: str
    href: str
    button: str
    detail: str = ""
    tag: str = ""
    kind: str = "mute"
    dog: Dog | None = None

    @property
    def is_urgent(self) -> bool:
        return self.kind == "stop"


def offer_todos(offers: list[Offer], user_id: int, leads: Collection[int], *, now: datetime) -> Iterator[Todo]:
    for offer in offers:
        line = offer_line(offer, user_id, leads, now=now)
        if line.needs_me:
            yield Todo(
                order=(0 if line.kind == "stop" else 2, offer.answer_by.isoformat()),
                sentence=line.sentence,
                href=reverse("member_offer_detail", args=[offer.uuid]),
                button=line.button,
                detail=line.detail,
                tag=line.tag,
                kind=line.kind,
                dog=offer.team.dog,
            )


def days_left(until: date, today: date) -> str:
    """'6 days left', for a tag."""
    days = (until - today).days
    if days < 0:
        return _("Ended")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days} if days else _("Last day today")
