"""Clearance: may this team go, on these dates? Pure: facts and a need in; a verdict with every reason out.

All reasons are given at once, never the first only (domain.md, Clearance). No clock, no database: the need carries the
day on which it is judged, so the same facts give the same words for a date in the future.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.geo import travel_hours, travel_time
from core.typed import LONDON
from core.validity import months_between, said_day
from core.words import inside
from dogs.facts import Busy, Need, Reason, TeamFacts, Verdict
from dogs.states import REQUIRED_OF_DOG, WORKING_KINDS, CommitmentKind, DocumentKind, DogStatus, Restriction
from network.rules import Limits
from network.states import CertificateKind, HandlerStatus, MembershipStatus

# Reasons that a handler does not read of the force: their lead sees to it, and `cleared_until` tells whether it holds.
OF_FORCE = frozenset(
    {"membership", "agreement", "public_liability", "public_liability_cover", "public_liability_workplace"}
)
# A paper that ends this soon after the last day is worth a word to the coordinator.
SOON = timedelta(days=14)
# Names are put into words only where something is said of them: most papers of most teams are in order.
AGREEMENT = gettext_lazy("The force's agreement")
ASSESSMENT = gettext_lazy("The team's assessment")
CERTIFICATE = gettext_lazy("The certificate")
CERTIFICATES: dict[str, Promise] = {
    CertificateKind.PEER_SUPPORTER: gettext_lazy("Handler's peer supporter certificate"),
    CertificateKind.MHFA: gettext_lazy("Handler's Mental Health First Aider certificate"),
}


def judge(facts: TeamFacts, need: Need, limits: Limits) -> Verdict:
    """May this team go for the whole of `need`? Every check speaks; none hides another."""
    reasons = tuple(reason for check in CHECKS for reason in check(facts, need, limits))
    return Verdict(reasons=reasons, notes=() if reasons else tuple(_notes(facts, need, limits)))


def _moment(at: datetime, need: Need) -> str:
    local = at.astimezone(LONDON)
    return f"{said_day(local.date(), need.today)}, {date_format(local, 'H:i')}"


def _paper(name: str | Promise, until: date | None, need: Need, code: str) -> Iterator[Reason]:
    """One dated thing: there at all, and valid to the last day."""
    if until is None:
        yield Reason(code, _("No verified %(paper)s") % {"paper": inside(str(name))})
    elif until < need.last_day:
        words = {"paper": name, "day": said_day(until, need.today), "last": said_day(need.last_day, need.today)}
        if until < need.today:
            yield Reason(code, _("%(paper)s ended on %(day)s") % words)
        else:
            yield Reason(code, _("%(paper)s ends on %(day)s, before the last day, %(last)s") % words)


def check_force(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[Reason]:
    if facts.membership != MembershipStatus.MEMBER:
        said = MembershipStatus(facts.membership).label.lower() if facts.membership else _("not in the network")
        yield Reason(
            "membership", _("%(force)s is not a member: %(status)s") % {"force": facts.force_name, "status": said}
        )
    if facts.agreement_until is None:
        yield Reason("agreement", _("%s has no active agreement") % facts.force_name)
    else:
        yield from _paper(AGREEMENT, facts.agreement_until, need, "agreement")


def check_liability(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[Reason]:
    """Public liability: enough cover, for the handler's own workplace, to the last day."""
    name = DocumentKind.PUBLIC_LIABILITY.label
    yield from _paper(name, facts.liability.until if facts.liability else None, need, "public_liability")
    if facts.liability and facts.liability.pounds < limits.public_liability_pounds:
        words = {"has": _pounds(facts.liability.pounds), "needs": _pounds(limits.public_liability_pounds)}
        yield Reason("public_liability_cover", _("Public liability is %(has)s, needs %(needs)s") % words)
    if facts.liability and not facts.liability.covers_workplace:
        yield Reason("public_liability_workplace", _("Public liability does not cover the handler's own workplace"))


def _pounds(amount: int) -> str:
    round_sum = amount >= 1_000_000 and amount % 100_000 == 0
    return _("£%g million") % (amount / 1_000_000) if round_sum else f"£{amount:,}"


def check_handler(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[Reason]:
    if facts.handler_status != HandlerStatus.ACTIVE:
        said = HandlerStatus(facts.handler_status).label.lower()
        yield Reason(
            "handler",
            _("%(handler)s is not an active handler: %(status)s") % {"handler": facts.handler_name, "status": said},
        )
    if not facts.may_sign_in:
        yield Reason("account", _("%s can't sign in any more: the account is closed") % facts.handler_name)
    if facts.certificate_until is None:
        yield Reason(
            "certificate", _("Handler has no verified peer supporter or Mental Health First Aider certificate")
        )
    elif facts.certificate_until < need.last_day:
        yield from _paper(CERTIFICATES[facts.certificate_kind], facts.certificate_until, need, "certificate")


def check_assessment(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[Reason]:
    if facts.assessed_until is None and facts.assessed_on:
        words = {"day": said_day(facts.assessed_on, need.today)}
        yield Reason("assessment", _("The team did not pass its last suitability assessment, on %(day)s") % words)
    elif facts.assessed_until is None:
        yield Reason("assessment", _("The team has not passed a suitability assessment"))
    else:
        yield from _paper(ASSESSMENT, facts.assessed_until, need, "assessment")


def check_restrictions(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[Reason]:
    """What the assessment restricts against what the setting brings; a long drive is found from the map."""
    brings = set(need.setting)
    if _hours(facts, need) > limits.travel_stop_hours:
        brings.add(Restriction.LONG_TRAVEL)
    for name in Restriction.values:
        if name in facts.restrictions and name in brings:
            yield Reason("restriction", _("Restriction: no %s, and this request has it") % Restriction(name).label)


def check_dog(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[Reason]:
    if facts.dog_status != DogStatus.ACCREDITED:
        words = {"dog": facts.dog_name, "status": DogStatus(facts.dog_status).label.lower()}
        yield Reason("dog", _("%(dog)s is not accredited now: %(status)s") % words)
    least = limits.min_age_months_major if need.is_major else limits.min_age_months
    months = months_between(facts.born_on, need.first_day)
    if months < least:
        words_age = {"dog": facts.dog_name, "months": months, "least": least}
        if need.is_major:
            yield Reason(
                "age", _("%(dog)s is %(months)d months old then, needs %(least)d for a major incident") % words_age
            )
        else:
            yield Reason("age", _("%(dog)s is %(months)d months old then, needs %(least)d") % words_age)


def check_together(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[Reason]:
    """The two are a team, and settled with each other before they work (domain.md, Numbers)."""
    if not facts.is_active:
        yield Reason("parted", _("%(dog)s and %(handler)s don't work together any more") % _pair(facts))
    if facts.since_on is None:
        return
    months = months_between(facts.since_on, need.first_day)
    if months < limits.together_months:
        words = {**_pair(facts), "months": months, "least": limits.together_months}
        told = _("%(dog)s and %(handler)s will have been together for %(months)d months, need %(least)d")
        yield Reason("together", told % words)


def _pair(facts: TeamFacts) -> dict[str, str]:
    return {"dog": facts.dog_name, "handler": facts.handler_name}


def check_papers(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[Reason]:
    for kind in REQUIRED_OF_DOG:
        yield from _paper(DocumentKind(kind).label, facts.papers.get(kind), need, kind)


def check_busy(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[Reason]:
    for busy in facts.busy:
        if busy.start < need.ends_at and need.starts_at < busy.end:
            words = {
                "kind": CommitmentKind(busy.kind).label,
                "from": _moment(busy.start, need),
                "to": _moment(busy.end, need),
            }
            if busy.of_dog:
                said = _("%(kind)s from %(from)s to %(to)s")
            elif busy.kind in (CommitmentKind.SEASON, CommitmentKind.REST):
                said = _("Handler's other dog: %(kind)s from %(from)s to %(to)s")
            else:
                said = _("Handler: %(kind)s from %(from)s to %(to)s")
            yield Reason("busy", said % words, until=busy.end)


def check_rest(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[Reason]:
    """Rest after an earlier deployment, and room for the rest that this one will need."""
    for busy in facts.busy:
        if not busy.of_dog or (busy.start < need.ends_at and need.starts_at < busy.end):
            continue
        if busy.kind == CommitmentKind.DEPLOYMENT and busy.end <= need.starts_at:
            hours = limits.rest_hours_after_trauma if busy.is_trauma else limits.rest_hours_after_event
            rested = busy.end + timedelta(hours=hours)
            if need.starts_at < rested:
                words = {"hours": hours, "at": _moment(rested, need)}
                said = (
                    _("%(hours)d hours' rest after a trauma deployment ends %(at)s")
                    if busy.is_trauma
                    else _("%(hours)d hours' rest after a deployment ends %(at)s")
                )
                yield Reason("rest", said % words, until=rested)
        yield from _rest_afterwards(busy, need, limits)


def _rest_afterwards(busy: Busy, need: Need, limits: Limits) -> Iterator[Reason]:
    if need.is_local:
        return
    hours = limits.rest_hours_after_trauma if need.is_major else limits.rest_hours_after_event
    if busy.kind in WORKING_KINDS and need.ends_at <= busy.start < need.ends_at + timedelta(hours=hours):
        words = {"hours": hours, "kind": CommitmentKind(busy.kind).label.lower(), "at": _moment(busy.start, need)}
        yield Reason("rest_after", _("Would not have %(hours)d hours' rest before the next %(kind)s, %(at)s") % words)


def check_workload(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[Reason]:
    for day in need.days:
        minutes = facts.worked.get(day, (0, 0))[1]
        if minutes >= limits.contact_minutes_a_day:
            words = {"minutes": minutes, "limit": limits.contact_minutes_a_day, "day": said_day(day, need.today)}
            yield Reason("minutes", _("Has worked %(minutes)d of %(limit)d minutes on %(day)s") % words)
    for monday, (done, asked) in _sessions_by_week(facts, need).items():
        if done + asked > limits.sessions_a_week:
            words_week = {
                "done": done,
                "asked": asked,
                "limit": limits.sessions_a_week,
                "day": said_day(monday, need.today),
            }
            yield Reason(
                "sessions",
                _("Week of %(day)s: %(done)d sessions done or booked and %(asked)d more asked, at most %(limit)d")
                % words_week,
            )


def _sessions_by_week(facts: TeamFacts, need: Need) -> dict[date, tuple[int, int]]:
    """For each Monday-to-Sunday week of the need: sessions done or booked, and sessions that the need adds.

    A day of a deployment or visit counts as one session until its sessions are logged; then as many as were logged.
    """
    booked = {day for busy in facts.busy if busy.of_dog and busy.kind in WORKING_KINDS for day in busy.days}
    weeks: dict[date, tuple[int, int]] = {}
    for monday in dict.fromkeys(day - timedelta(days=day.weekday()) for day in need.days):
        week = {monday + timedelta(days=n) for n in range(7)}
        done = sum(max(facts.worked.get(day, (0, 0))[0], int(day in booked)) for day in week)
        weeks[monday] = done, len(week & set(need.days))
    return weeks


CHECKS: tuple[Callable[[TeamFacts, Need, Limits], Iterator[Reason]], ...] = (
    check_force,
    check_handler,
    check_assessment,
    check_restrictions,
    check_dog,
    check_together,
    check_liability,
    check_papers,
    check_busy,
    check_rest,
    check_workload,
)


def first_to_end(facts: TeamFacts, *, with_force: bool) -> tuple[str, date] | None:
    """Of everything dated that a team stands on, what ends first and its last day; None where anything is missing.

    Without the force's agreement and insurance, where the reader of the facts is not told of them.
    """
    ends: dict[str, date | None] = {
        _("the %s") % inside(str(DocumentKind(kind).label)): facts.papers.get(kind) for kind in REQUIRED_OF_DOG
    }
    ends[_("the handler's certificate")] = facts.certificate_until
    ends[_("the suitability assessment")] = facts.assessed_until
    if with_force:
        ends[_("the force's agreement")] = facts.agreement_until
        ends[_("the force's public liability insurance")] = facts.liability.until if facts.liability else None
    dated = [(until, name) for name, until in ends.items() if until]
    return (min(dated)[1], min(dated)[0]) if len(dated) == len(ends) else None


def _notes(facts: TeamFacts, need: Need, limits: Limits) -> Iterator[str]:
    """What a coordinator should know of a team that may go."""
    papers = ((DocumentKind(kind).label, until) for kind, until in facts.papers.items())
    for name, until in (*papers, (AGREEMENT, facts.agreement_until), (CERTIFICATE, facts.certificate_until)):
        if until and until <= need.last_day + SOON:
            yield _("%(paper)s ends on %(day)s, after the last day") % {
                "paper": name,
                "day": said_day(until, need.today),
            }
    for done, asked in _sessions_by_week(facts, need).values():
        left = limits.sessions_a_week - done - asked
        if done and left == 0:
            yield _("No session left that week after this")
        elif done and left == 1:
            yield _("One session left that week after this")
    if _hours(facts, need) > limits.travel_stop_hours:
        yield _("Travel stop needed: about %s by road") % travel_time(facts.road_km_to(need))


def _hours(facts: TeamFacts, need: Need) -> float:
    return travel_hours(facts.road_km_to(need))
