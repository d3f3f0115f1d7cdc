"""One team on the match page: where it stands, why, what would help, and whom to call."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from deployments.models import Offer
from deployments.rules import Candidate, arrives_late, asked_words, lacks_only_papers, rest_words
from deployments.states import OfferStatus, Side
from deployments.way import late_tag
from dogs.facts import Need


@dataclass(frozen=True)
class Line:
    """One team on the match page."""

    uuid: str
    dog: dict[str, Any]
    handler: str
    force: str
    miles: int
    travel: str
    rest: str
    asked: str
    why: tuple[dict[str, str], ...]
    telephones: tuple[tuple[str, str], ...]
    helps: str = ""
    is_mendable: bool = False
    ticked: bool = False
    offered: str = ""
    rank: int = 0


def standing(offer: Offer) -> str:
    """Why this team can't be ticked again on this request: a live offer, or a handler's no."""
    if offer.status == OfferStatus.PROPOSED:
        return _("Asked")
    if offer.status == OfferStatus.CONFIRMED:
        return str(offer.get_status_display())
    if offer.status == OfferStatus.DECLINED and offer.ended_side == Side.HANDLER:
        return _("Handler said no")
    return ""


def clear_line(
    rank: int, candidate: Candidate, need: Need, asked: dict[str, str], *, host: int, ticked: bool, now: datetime
) -> Line:
    said: tuple[dict[str, str], ...] = ({"kind": "ok", "sentence": _("Clear %s") % _period(need)},)
    if candidate.facts.extra["force_id"] == host:
        said += ({"kind": "info", "sentence": _("The host's own team")},)
    said += tuple({"kind": "info", "sentence": word} for word in candidate.why)
    said += tuple({"kind": "warn", "sentence": note} for note in candidate.verdict.notes)
    if arrives_late(candidate.km, need.starts_at, now=now):
        said += ({"kind": "warn", "sentence": late_tag(candidate.km, need.starts_at)},)
    return _line(candidate, need, said, asked, ticked=ticked, rank=rank)


def other_line(candidate: Candidate, need: Need, asked: dict[str, str]) -> Line:
    said = tuple({"kind": "stop", "sentence": reason.sentence} for reason in candidate.verdict.reasons)
    if lacks_only_papers(candidate.verdict):
        return _line(candidate, need, said, asked, helps=_("See what is missing"), is_mendable=True)
    if clear_from := candidate.verdict.clear_from:
        helps = _("Clear from %s") % date_format(localtime(clear_from), "j M, H:i")
    else:
        helps = _("Nothing before %s") % date_format(need.first_day, "j M")
    return _line(candidate, need, said, asked, helps=helps)


def _line(
    candidate: Candidate, need: Need, why: tuple[dict[str, str], ...], asked: dict[str, str], **more: Any
) -> Line:
    facts = candidate.facts
    numbers = (
        (facts.handler_name, facts.extra["handler_telephone"]),
        (facts.extra["duty_contact"], facts.extra["duty_telephone"]),
    )
    return Line(
        uuid=facts.team_uuid,
        dog={**facts.extra, "name": facts.dog_name},
        handler=facts.handler_name.split(" ")[0],
        force=facts.force_name,
        miles=candidate.miles,
        travel=candidate.travel,
        rest=rest_words(candidate, need),
        asked=asked_words(candidate.asked),
        why=why,
        telephones=tuple((str(name), str(number)) for name, number in numbers if number),
        offered=asked.get(facts.team_uuid, ""),
        **more,
    )


def _period(need: Need) -> str:
    first, last = need.first_day, need.last_day
    if first == last:
        return date_format(first, "j M")
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, "j" if first.month == last.month else "j M"),
        "last": date_format(last, "j M"),
    }
