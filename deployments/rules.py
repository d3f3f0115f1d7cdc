"""Who should go: the ranking of clear teams, and the dates of offers and check-ins. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.regions import region_words
from core.geo import KM_A_MILE, travel_hours, travel_time
from deployments.states import CANCELLABLE, TAKES_OFFERS, RequestKind, RequestStatus, Tier
from dogs.facts import Need, Reason, TeamFacts, Verdict
from dogs.rules import OF_FORCE
from dogs.states import REQUIRED_OF_DOG
from network.rules import Limits

# Two teams within this distance by road of each other are as near: a drive of about 20 minutes. Then rest decides.
BAND_KM = 25
# More rest than this makes no difference to a dog.
RESTED_DAYS = 14
# A handler may check in this long before the start: to park, walk the dog, find the door.
CHECK_IN_EARLY = timedelta(hours=4)
# Whoever has not answered an offer is reminded of it at most this often.
REMIND_EVERY = timedelta(hours=1)
# Nobody is reminded of an offer that was made less than this ago.
REMIND_FIRST = timedelta(minutes=15)
# However late an offer is made, it leaves this long to answer it.
LEAST_TO_ANSWER = timedelta(hours=1)
# What a clock on the wall and ours may differ by.
CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True)
class Asked:
    """How often a team was asked in the last 90 days, and when last."""

    times: int = 0
    last: datetime | None = None


@dataclass(frozen=True)
class Candidate:
    """One team judged for one request."""

    facts: TeamFacts
    verdict: Verdict
    km: float
    asked: Asked = field(default_factory=Asked)
    why: tuple[str, ...] = ()

    @property
    def miles(self) -> int:
        return round(self.km / KM_A_MILE)

    @property
    def travel(self) -> str:
        return travel_time(self.km)

    def rested_days(self, on: date) -> int | None:
        """Whole days without work before `on`; None when nothing is logged."""
        return (on - self.facts.last_worked).days if self.facts.last_worked else None


def rank_teams(candidates: Iterable[Candidate], need: Need) -> tuple[list[Candidate], list[Candidate]]:
    """The clear ones, best first, and the others, nearest first.

    The order (domain.md, Clearance): in tier 2 the host's own mutual-aid region first; then nearest by road, in bands
    of `BAND_KM`; within a band the most rested, the least used lately, the one asked least recently; then the metres.
    """
    judged = list(candidates)
    clear = sorted((c for c in judged if c.verdict.clear), key=lambda c: _order(c, need))
    others = sorted((c for c in judged if not c.verdict.clear), key=lambda c: (c.km, c.facts.team_id))
    return clear, others


def _order(candidate: Candidate, need: Need) -> tuple[object, ...]:
    rested = candidate.rested_days(need.first_day)
    return (
        need.tier == Tier.REGIONAL and candidate.facts.region != need.region,
        int(candidate.km // BAND_KM),
        -min(RESTED_DAYS if rested is None else rested, RESTED_DAYS),
        candidate.facts.days_worked,
        candidate.asked.last.timestamp() if candidate.asked.last else 0.0,
        candidate.km,
        candidate.facts.team_id,
    )


def handler_reasons(found: Collection[Reason], cleared_until: date | None, last_day: date) -> tuple[Reason, ...]:
    """Why a team may not go, as its handler may know it: the force's own papers are one sentence, without details.

    A handler's page does not see those papers, so `cleared_until` tells whether they hold.
    """
    own = _of_handler(found)
    explained = any(reason.until is None for reason in own)
    if not explained and (cleared_until is None or cleared_until < last_day):
        return (*own, _of_force())
    return own


def told_to_handler(found: Collection[Reason]) -> tuple[Reason, ...]:
    """The same of reasons that were judged with the force's papers in sight."""
    own = _of_handler(found)
    return own if len(own) == len(found) else (*own, _of_force())


def _of_handler(found: Collection[Reason]) -> tuple[Reason, ...]:
    return tuple(reason for reason in found if reason.code not in OF_FORCE)


def _of_force() -> Reason:
    return Reason("force", _("Something of your force's has ended or is missing; your lead sees what"))


# Reasons that a paper puts right, today where somebody has it: the dog's page says which one is missing.
MENDED_BY_PAPERS = frozenset(
    {
        "agreement",
        "certificate",
        "assessment",
        "public_liability",
        "public_liability_cover",
        "public_liability_workplace",
        *REQUIRED_OF_DOG,
    }
)


def lacks_only_papers(verdict: Verdict) -> bool:
    """Whether nothing but papers stands between a team and the request."""
    return bool(verdict.reasons) and all(reason.code in MENDED_BY_PAPERS for reason in verdict.reasons)


def why_here(facts: TeamFacts, need: Need) -> tuple[str, ...]:
    """What else speaks for or against a clear team's place in the list, besides distance and rest."""
    if need.tier == Tier.REGIONAL:
        if facts.region == need.region:
            return (_("Same region as the host, so first in tier 2"),)
        return (_("Other region: %s") % region_words(facts.region),)
    return ()


def arrives_late(km: float, starts_at: datetime, *, now: datetime) -> bool:
    """Whether a team that set off now would come after the start, at the estimated speed by road."""
    return now + timedelta(hours=travel_hours(km)) > starts_at


def rest_words(candidate: Candidate, need: Need) -> str:
    days = candidate.rested_days(need.first_day)
    if days is None:
        return _("No work logged lately")
    return ngettext("%d day rested", "%d days rested", days) % days


def asked_words(asked: Asked) -> str:
    return ngettext("asked %d time in 90 days", "asked %d times in 90 days", asked.times) % asked.times


def answer_by(kind: str, starts_at: datetime, limits: Limits, *, now: datetime, km: float = 0) -> datetime:
    """When an offer lapses: hours for a major incident, days for an event, never after the start (domain.md, Numbers).

    Nor later than the team has to set off that is `km` away by road, but for `LEAST_TO_ANSWER`.
    """
    wait = timedelta(hours=limits.offer_hours_major)
    if kind != RequestKind.MAJOR_INCIDENT:
        wait = timedelta(days=limits.offer_days_event)
    return max(min(now + wait, starts_at - timedelta(hours=travel_hours(km))), now + LEAST_TO_ANSWER)


def remind_from(proposed_at: datetime, reminded_at: datetime | None) -> datetime:
    """From when those who have not answered an offer may be reminded of it."""
    first = proposed_at + REMIND_FIRST
    return max(first, reminded_at + REMIND_EVERY) if reminded_at else first


def not_again_before(again_from: datetime) -> str:
    """What is said to whoever would remind them all too soon."""
    told = _("Everybody waiting was asked or reminded just lately. They can be reminded from %s.")
    return told % date_format(localtime(again_from), "H:i")


def takes_offers(status: str, ends_at: datetime, *, now: datetime) -> bool:
    """Whether a team may still be asked, or take its place: the request is worked on, and its time is not over."""
    return status in (*TAKES_OFFERS, RequestStatus.FILLED, RequestStatus.COMPLETED) and now < ends_at


def may_be_cancelled(status: str, ends_at: datetime, *, now: datetime) -> bool:
    """Whether nobody has gone yet, and somebody still could: after its end a team may have been there all the same."""
    return status in CANCELLABLE and now < ends_at


def said_problem(said_at: datetime, known_at: datetime, *, now: datetime) -> str:
    """Why an answer can't have been given by telephone then; empty when it can. A typed minute may run ahead.

    A coordinator may have rung before the offer was made, but not before what was asked was known, at `known_at`.
    """
    if said_at > now + CLOCKS_DIFFER:
        return _("That is in the future. Check the day and the time.")
    if said_at < known_at - CLOCKS_DIFFER:
        return _("That is before the request was as it is now. Check the day and the time.")
    return ""


def may_check_in(starts_at: datetime, ends_at: datetime, *, now: datetime) -> bool:
    return starts_at - CHECK_IN_EARLY <= now < ends_at


# A request may be written down after the teams have come, but not for a day long gone; nor for the far future.
LATEST_START = timedelta(hours=12)
FARTHEST_START = timedelta(days=550)
LONGEST = timedelta(days=21)


@dataclass(frozen=True)
class Problem:
    """Why what was typed can't be meant, and the field where to say so."""

    field: str
    sentence: str


def most_days_in_a_week(need: Need) -> int:
    """On how many days of one week, Monday to Sunday, the need asks for a team: of the week where it is most."""
    return max(Counter(day - timedelta(days=day.weekday()) for day in need.days).values())


def period_problems(starts_at: datetime, ends_at: datetime, *, now: datetime) -> list[Problem]:
    """What is wrong with a request's period: at most one problem for each of its two fields."""
    found = []
    if starts_at < now - LATEST_START:
        found.append(Problem("starts_at", _("The start is in the past. Enter a date from today on.")))
    elif starts_at > now + FARTHEST_START:
        found.append(Problem("starts_at", _("The start is more than 18 months away. Check the year.")))
    if ends_at <= starts_at:
        found.append(Problem("ends_at", _("The end must be after the start.")))
    elif ends_at <= now:
        found.append(Problem("ends_at", _("The end is in the past. Enter one that is still to come.")))
    elif ends_at - starts_at > LONGEST:
        found.append(Problem("ends_at", _("Ask for at most 21 days at a time.")))
    return found
