"""What people type, as values: made by forms, taken by actions."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Force


@dataclass(frozen=True)
class NewRequest:
    """What somebody who asks for support types. Times are aware; the place is found from the postcode."""

    force: Force
    kind: str
    postcode: str
    place: str
    lat: float
    lng: float
    starts_at: datetime
    ends_at: datetime
    places: int
    setting: tuple[str, ...]
    people: int | None
    name: str
    email: str
    telephone: str
    story: str


@dataclass(frozen=True)
class UnplannedVisit:
    """A local visit that nobody had planned, for which a handler claims expenses."""

    on: date
    place: str
    purpose: str


@dataclass(frozen=True)
class Triage:
    """What a coordinator decides and adds before teams are asked."""

    tier: int
    places: int
    legal_basis: str
    note: str
    meeting_point: str
    contact_name: str
    contact_telephone: str
    expect: str
    practical: str
    setting: tuple[str, ...] | None = None  # None: as it was asked for
