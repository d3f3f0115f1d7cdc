"""What people type, as values: made by forms, taken by actions."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from accounts.models import Force
from deployments.models import Request


@dataclass(frozen=True)
class WhenAndWhere:
    """When, where and as what a request takes place. Times are aware; degrees are the postcode's."""

    kind: str
    postcode: str
    place: str
    lat: float
    lng: float
    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, request: Request) -> "WhenAndWhere":
        return cls(**{name: getattr(request, name) for name in cls.__dataclass_fields__})

    def ending(self, at: datetime) -> "WhenAndWhere":
        return replace(self, ends_at=at)

    def beside(self, before: "WhenAndWhere") -> "WhenAndWhere":
        """The same as typed beside what stands: forms know minutes, and a place that keeps its postcode stays put."""
        kept: dict[str, Any] = {
            name: getattr(before, name)
            for name in ("starts_at", "ends_at")
            if getattr(self, name) == getattr(before, name).replace(second=0, microsecond=0)
        }
        if self.postcode == before.postcode:
            kept |= {"lat": before.lat, "lng": before.lng}
        return replace(self, **kept)

    def asks_something_else(self, before: "WhenAndWhere") -> bool:
        """Whether a yes to the one is none to the other: another kind, time or town, not another door of the same."""
        return (self.kind, self.postcode, self.starts_at, self.ends_at) != (
            before.kind, before.postcode, before.starts_at, before.ends_at
        )  # fmt: skip

    def is_harder_to_reach(self, before: "WhenAndWhere") -> bool:
        """Whether who would have come in time may not any more: it begins sooner, or in another town."""
        return self.starts_at < before.starts_at or self.postcode != before.postcode

    def is_elsewhere(self, before: "WhenAndWhere") -> bool:
        return (self.place, self.postcode) != (before.place, before.postcode)

    def changes(self, before: "WhenAndWhere") -> dict[str, list[str]]:
        """What was and what is of everything that differs, for the record."""
        was, now = asdict(before), asdict(self)
        return {name: [str(was[name]), str(now[name])] for name in now if now[name] != was[name]}

    def columns(self) -> dict[str, Any]:
        return asdict(self)


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
