"""What clearance is judged from, and what it says: a need, the facts of a team, the verdict with its reasons. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from core.geo import road_km
from core.typed import LONDON

# Beside the kinds of request: a visit that a force arranges for its own people.
LOCAL_VISIT = "local_visit"


@dataclass(frozen=True)
class Need:
    """What a request asks of a team: aware datetimes, degrees, and the day on which we judge.

    `is_local`: a visit in the team's own force, which is no deployment: no rest has to follow it.
    """

    kind: str
    starts_at: datetime
    ends_at: datetime
    today: date
    lat: float
    lng: float
    setting: frozenset[str] = frozenset()
    region: str = ""
    tier: int | None = None

    @classmethod
    def of_visit(cls, start: datetime, end: datetime, *, today: date, lat: float = 0, lng: float = 0) -> "Need":
        """A visit in the team's own force, at that place; each team's own is put in where many are judged."""
        return cls(LOCAL_VISIT, start, end, today, lat, lng)

    @property
    def is_local(self) -> bool:
        return self.kind == LOCAL_VISIT

    @property
    def is_major(self) -> bool:
        return self.kind == "major_incident"

    @cached_property
    def first_day(self) -> date:
        return self.starts_at.astimezone(LONDON).date()

    @cached_property
    def last_day(self) -> date:
        """The local date of the last moment: a period that ends at midnight does not reach into the next day."""
        return (self.ends_at - timedelta(microseconds=1)).astimezone(LONDON).date()

    @cached_property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first_day + timedelta(days=n) for n in range((self.last_day - self.first_day).days + 1))


@dataclass(frozen=True)
class Busy:
    """A commitment: from, to, and what it is."""

    kind: str
    start: datetime
    end: datetime
    is_trauma: bool = False
    of_dog: bool = True

    @property
    def days(self) -> set[date]:
        first, last = (
            self.start.astimezone(LONDON).date(),
            (self.end - timedelta(microseconds=1)).astimezone(LONDON).date(),
        )
        return {first + timedelta(days=n) for n in range((last - first).days + 1)}


@dataclass(frozen=True)
class Liability:
    """The force's verified public liability insurance."""

    until: date
    pounds: int
    covers_workplace: bool


@dataclass(frozen=True)
class TeamFacts:
    """Everything that clearance looks at, read in one query. Dates are last valid days; None is 'there is none'."""

    team_id: int
    team_uuid: str
    dog_name: str
    pronoun: str
    dog_status: str
    born_on: date
    handler_name: str
    handler_status: str
    force_name: str
    region: str
    lat: float
    lng: float
    is_active: bool = True
    may_sign_in: bool = True
    since_on: date | None = None
    membership: str | None = None
    agreement_until: date | None = None
    certificate_until: date | None = None
    certificate_kind: str = ""
    assessed_on: date | None = None
    assessed_until: date | None = None
    restrictions: frozenset[str] = frozenset()
    papers: dict[str, date] = field(default_factory=dict)
    liability: Liability | None = None
    busy: tuple[Busy, ...] = ()
    worked: dict[date, tuple[int, int]] = field(default_factory=dict)
    last_worked: date | None = None
    days_worked: int = 0
    extra: dict[str, object] = field(default_factory=dict)

    def road_km_to(self, need: Need) -> float:
        return road_km(self.lat, self.lng, need.lat, need.lng)


@dataclass(frozen=True)
class Reason:
    """Why a team may not go. `until` is when it passes by itself, where it does."""

    code: str
    sentence: str
    until: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """Clear or not, with every reason why not, and what a coordinator should know all the same."""

    reasons: tuple[Reason, ...]
    notes: tuple[str, ...] = ()

    @property
    def clear(self) -> bool:
        return not self.reasons

    @property
    def clear_from(self) -> datetime | None:
        """When the team is clear if nothing else changes; None while a reason does not pass by itself."""
        ends = [reason.until for reason in self.reasons]
        return max(end for end in ends if end) if ends and all(ends) else None
