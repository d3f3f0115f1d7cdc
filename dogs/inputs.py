"""What people type, as values: made by forms, taken by actions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Session:
    """What the handler typed of one session: counts only, no names.

    `signposted` people were told where to find support; `signposts` says how many of them of which kind. Somebody may
    be told of several. `place` is for a visit that was not planned.
    """

    on: date
    minutes: int
    people: int
    breaks: int = 0
    signposted: int = 0
    signposts: Mapping[str, int] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True)
class IncidentReport:
    """What the handler typed of an incident, in their words and without names."""

    kind: str
    happened_at: datetime
    account: str
    first_aid: bool = False


@dataclass(frozen=True)
class PlannedVisit:
    """When and where in its own force a team is to visit."""

    start: datetime
    end: datetime
    place: str
    note: str = ""


@dataclass(frozen=True)
class WelfareReport:
    """What a welfare visit found. `needs` holds, for each of the five, the judgement and the words.

    In a draft anything may still be missing.
    """

    visited_on: date | None
    is_unannounced: bool
    needs: Mapping[str, tuple[str, str]]
    finding: str
    summary: str


@dataclass(frozen=True)
class NewDog:
    """A dog that joins a scheme. Empty coat and ears are drawn as the breed has them."""

    name: str
    breed: str
    sex: str
    born_on: date
    coat: str = ""
    ears: str = ""
    microchip: str = ""


@dataclass(frozen=True)
class NewDocument:
    """Evidence as it is sent. `file` is a name from `core.files.store_upload`; cover is of public liability alone."""

    kind: str
    issued_on: date
    expires_on: date
    file: str
    cover_pounds: int | None = None
    covers_workplace: bool = False
