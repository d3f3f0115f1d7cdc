"""Some of each of the digital forms, filled in through the actions by the people of a few invented forces."""

from datetime import datetime, time, timedelta

from core.lifecycle import Refused
from core.typed import LONDON
from deployments.actions.claims import (
    Expense,
    add_expense,
    approve_claim,
    return_claim,
    settle_claim,
    start_claim,
    submit_claim,
)
from deployments.models import Claim
from deployments.sheets import claimable
from deployments.states import ExpenseKind
from dogs.actions.asked import ask_for_visit
from dogs.actions.incidents import review_incident
from dogs.actions.visits import plan_visit
from dogs.actions.welfare import start_welfare_visit
from dogs.actions.work import log_session, report_incident
from dogs.inputs import IncidentReport, PlannedVisit, Session, WelfareReport
from dogs.models import Commitment
from dogs.states import (
    CommitmentKind,
    DogStatus,
    IncidentKind,
    IncidentOutcome,
    Judgement,
    SupportKind,
    WelfareFinding,
    WelfareNeed,
)
from portal.demo.cast import Demo
from portal.demo.teams import Pair
from portal.demo.work import key_of

FORCES = 4
# The last claim is sent back; the others are begun, sent, approved, paid.
CLAIMS, RETURNED = 5, 4
NEAR_MISS = "A door blew shut behind us. We stopped, sat down for a minute and went on."
SHADE = "The kennel stands in full sun from noon. Put up shade by the end of March; water was fresh and the bed dry."


def invent_forms(demo: Demo, pairs: list[Pair]) -> None:
    """In each of the first forces: sessions of visits, one planned, a near miss, a welfare visit, a draft of one."""
    working = [pair for pair in pairs if pair.dog.status == DogStatus.ACCREDITED and not pair.trouble]
    firsts = list({pair.member.force.pk: pair for pair in reversed(working)}.values())[::-1][:FORCES]
    for number, pair in enumerate(firsts):
        _sessions(demo, pair, number)
        _near_miss(demo, pair)
        _welfare(demo, pair, number)
    for pair in firsts[:2]:
        _plan(demo, pair)


def _sessions(demo: Demo, pair: Pair, number: int) -> None:
    told: dict[str, int] = {
        SupportKind.PEER_SUPPORT: 2,
        SupportKind.OCCUPATIONAL_HEALTH: 1,
        SupportKind.SAMARITANS: number % 2,
    }
    for days_ago, place in ((9, "Control room"), (2, "Custody")):
        session = Session(
            on=demo.day(days_ago), minutes=35 + 5 * number, people=11 + number, breaks=1, signposted=3, signposts=told,
            place=place,
        )  # fmt: skip
        log_session(
            team=pair.team,
            session=session,
            key=key_of(demo),
            commitment=None,
            by=pair.user,
            now=_at(demo, -days_ago, 16),
        )


def _plan(demo: Demo, pair: Pair) -> None:
    """A visit on the first of the coming days on which the team is free and rested enough."""
    for days in range(3, 12):
        visit = PlannedVisit(_at(demo, days, 10), _at(demo, days, 12), "Call handlers", "Ask for the shift supervisor")
        try:
            plan_visit(team=pair.team, visit=visit, by=pair.member.lead, now=demo.now)
        except Refused:
            continue
        return


def _near_miss(demo: Demo, pair: Pair) -> None:
    happened = _at(demo, -6, 11)
    report = IncidentReport(kind=IncidentKind.NEAR_MISS, happened_at=happened, account=NEAR_MISS)
    incident = report_incident(
        team=pair.team, report=report, key=key_of(demo), commitment=None, host_force_id=None, by=pair.user,
        now=happened + timedelta(hours=1),
    )  # fmt: skip
    if pair.member.force.pk % 2:
        review_incident(
            incident=incident, found="Nothing to blame on anybody. Door stops are ordered.",
            outcome=IncidentOutcome.NOTED, by=demo.coordinator(), now=happened + timedelta(days=1),
        )  # fmt: skip


def _welfare(demo: Demo, pair: Pair, number: int) -> None:
    """Visited by a coordinator or the lead; one finds something to improve, one is only begun, one is asked for."""
    needs = dict.fromkeys(WelfareNeed.values, (Judgement.MET, ""))
    finding, summary = WelfareFinding.ACCEPTABLE, ""
    if number == 1:
        needs[WelfareNeed.ENVIRONMENT] = (Judgement.PARTLY, "No shade after noon.")
        finding, summary = WelfareFinding.IMPROVE, SHADE
    report = WelfareReport(demo.day(5), number % 2 == 0, needs, finding, summary)
    by = pair.member.lead if number == 2 else demo.coordinators[0]
    start_welfare_visit(
        dog=pair.dog, report=report, key=key_of(demo), is_whole=number != 3, by=by, now=_at(demo, -5, 15)
    )
    if number == 0:
        assessor, due = demo.assessors[0], demo.today + timedelta(days=21)
        ask_for_visit(
            dog=pair.dog, visitor=assessor, visitor_name=assessor.display_name, due_on=due, by=demo.coordinators[0],
            now=demo.at(1),
        )  # fmt: skip


def invent_expenses(demo: Demo, pairs: list[Pair]) -> None:
    """Claims for deployments of late, as far as each has come; after the requests have been told."""
    people = {pair.user.pk: pair for pair in pairs}
    made, begun = list[tuple[Claim, Pair]](), demo.now - timedelta(hours=10)
    for pair in people.values():
        for commitment, _place in claimable(pair.user.pk, now=begun)[:1]:
            if commitment.kind == CommitmentKind.DEPLOYMENT and len(made) < CLAIMS:
                made.append((_claim(demo, pair, commitment, now=begun), pair))
    for number, (claim, pair) in enumerate(made):
        if number > 0:
            submit_claim(claim=claim, by=pair.user, now=demo.now - timedelta(hours=9))
        if number == RETURNED:
            reason = "Which day was the second drive? Say so, and send it again."
            return_claim(claim=claim, reason=reason, by=pair.member.lead, now=demo.now - timedelta(hours=5))
        elif number > 1:
            approve_claim(claim=claim, by=pair.member.lead, now=demo.now - timedelta(hours=5))
        if 2 < number < RETURNED:
            settle_claim(claim=claim, by=pair.member.lead, now=demo.now - timedelta(hours=1))


def _claim(demo: Demo, pair: Pair, commitment: Commitment, *, now: datetime) -> Claim:
    claim, day = start_claim(commitment=commitment, by=pair.user, now=now), commitment.local_days[0]
    for expense in (
        Expense(ExpenseKind.MILEAGE, day, "There and back", miles=demo.random.randint(20, 180)),
        Expense(ExpenseKind.EQUIPMENT, day, "Water bowl and a towel", amount_pence=1850),
    ):
        add_expense(claim=claim, expense=expense, key=key_of(demo), by=pair.user, now=now)
    claim.refresh_from_db()
    return claim


def _at(demo: Demo, days: int, hour: int) -> datetime:
    moment = datetime.combine(demo.today + timedelta(days=days), time(hour), tzinfo=LONDON)
    return moment if days > 0 else min(moment, demo.now - timedelta(minutes=5))
