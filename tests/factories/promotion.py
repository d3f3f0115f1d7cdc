"""Dogs to put on posters, and what is wished for them."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from accounts.models import User
from core.tenancy import scope, system_scope
from core.typed import LONDON
from dogs.models import Profile, Team
from dogs.portrait import Words
from dogs.states import Part
from promotion.actions import make_pack
from promotion.models import Pack
from promotion.wording import Subject, Wishes

BISCUIT = Subject(
    name="Biscuit",
    slug="biscuit",
    breed="Golden retriever",
    portrait=Words("golden", "golden", "drop", "lamp", "smile"),
    blanket="sky",
    handler="Hari",
)


def wishes(**changes: Any) -> Wishes:
    """Thursday 26 November, two hours in the morning."""
    start, end = (datetime(2026, 11, 26, hour, tzinfo=LONDON) for hour in (10, 12))
    asked = {
        "layout": "ball", "language": "en-gb", "starts_at": start, "ends_at": end, "place": "the parade room",
        "message": "",
    }  # fmt: skip
    return Wishes(**(asked | changes))


def publish(team: Team, *, by: User, now: datetime, **changes: Any) -> Profile:
    """The dog's public page, agreed to by its handler."""
    shown = {
        "slug": team.dog.name.lower(), "name": team.dog.name, "breed": "Labrador", "head": "labrador",
        "coat": "chocolate", "handler_first_name": team.handler.first_name, "handler_role": "Response officer",
        "since_on": date(2022, 1, 1), "consent": "given", "consent_at": now, "consent_by": team.handler_user,
        "parts": list(Part), "published_at": now, "published_by": by,
    }  # fmt: skip
    with system_scope():
        return Profile.objects.create(force=team.force, dog=team.dog, **(shown | changes))


def packed(team: Team, *, by: User, now: datetime, **changes: Any) -> Pack:
    """A pack through its action."""
    with scope(user=by.pk, forces=(team.force_id,)):
        return make_pack(dog=team.dog, wishes=wishes(**changes), key=uuid4(), by=by, now=now)
