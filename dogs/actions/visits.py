"""Local visits: a force's own team to its own people. A visit is a commitment, judged by the rules of clearance."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.access import can
from accounts.models import User
from accounts.queries import people
from audit.actions import record
from core.lifecycle import Refused
from core.tenancy import network_scope
from dogs import emails
from dogs.actions.clearance import judge_visit
from dogs.actions.commitments import commit, hold_pair, release
from dogs.facts import Verdict
from dogs.inputs import PlannedVisit
from dogs.models import Commitment, Team
from dogs.rules import OF_FORCE
from dogs.states import CommitmentKind

LONGEST = timedelta(hours=12)
FURTHEST = timedelta(days=366)


@transaction.atomic
def plan_visit(*, team: Team, visit: PlannedVisit, by: User, now: datetime) -> Commitment:
    """Plan a visit; the handler is told where somebody else plans it. The same visit again is the one that stands.

    Refused with every reason where the team is not clear for it.
    """
    _must_keep(team, by)
    _check_time(visit, now=now)
    _hold(team)  # the queue of its taps: of two alike, the second finds the first's row
    period = DateTimeTZRange(visit.start, visit.end)
    standing = _visits().filter(team=team, period=period, cancelled_at=None).first()
    if standing:
        return standing
    verdict = judge_visit(team, start=visit.start, end=visit.end, by=by, now=now)
    if not verdict.clear:
        raise Refused(_why_not(team, verdict, by))
    booked = commit(
        team, kind=CommitmentKind.VISIT, start=visit.start, end=visit.end, place=visit.place, note=visit.note
    )
    record("planned visit", booked, by=by, now=now)
    _tell_handler(booked, by=by, now=now)
    return booked


@transaction.atomic
def cancel_visit(*, visit: Commitment, by: User, now: datetime) -> Commitment:
    """Free the team again. A visit for which a session is logged has been, and stays."""
    _must_keep(visit.team, by)
    _hold(visit.team)  # a session is logged under it
    visit = _visits().select_for_update(no_key=True, of=("self",)).select_related("team__dog").get(pk=visit.pk)
    if visit.cancelled_at:
        return visit
    if visit.sessions.exists():
        raise Refused(_("A session of this visit is logged already, so it stays."))
    if visit.period.upper <= now:
        raise Refused(_("This visit is over. If it did not happen, leave it without a session."))
    release(visit, now=now)
    record("cancelled visit", visit, by=by, now=now)
    _tell_handler(visit, by=by, now=now)
    return visit


def call_off_planned(team: Team, *, by: User | None, now: datetime) -> None:
    """The visits that a pair had planned end with the pair; the handler is told. Part of their parting."""
    for visit in _visits().filter(team=team, cancelled_at=None, period__startswith__gt=now).select_related("team__dog"):
        release(visit, now=now)
        record("cancelled visit", visit, by=by, now=now)
        with network_scope(user=by.pk if by else None, reason="the handler is told that a visit of theirs is off"):
            for recipient in people([visit.handler_user_id]):
                emails.visit_settled(visit, recipient, now=now)


def _hold(team: Team) -> None:
    """Handler, dog, team: the house's order, in which a bite reported meanwhile holds them too."""
    hold_pair(team)
    Team.objects.select_for_update(no_key=True, of=("self",)).get(pk=team.pk)


def _visits() -> QuerySet[Commitment]:
    return Commitment.objects.filter(kind=CommitmentKind.VISIT)


def _check_time(visit: PlannedVisit, *, now: datetime) -> None:
    if visit.end <= visit.start:
        raise Refused(_("The end must be after the start."), field="end")
    if visit.end <= now:
        raise Refused(
            _("That is over already. Log its session instead, as a visit that was not planned."), field="start"
        )
    if visit.start > now + FURTHEST:
        raise Refused(_("That is more than a year ahead."), field="start")
    if visit.end - visit.start > LONGEST:
        raise Refused(_("A visit lasts at most 12 hours. Plan one for each day."), field="end")


def _why_not(team: Team, verdict: Verdict, by: User) -> str:
    """Every reason, as the planner may know it: the force's own papers are the lead's business."""
    reasons = verdict.reasons
    said = [
        reason.sentence
        for reason in reasons
        if can(by, "force.keep", force=team.force_id) or reason.code not in OF_FORCE
    ]
    if len(said) < len(reasons):
        said.append(_("Something of your force's has ended or is missing; your lead sees what"))
    return _("%(dog)s can't go on that visit: %(why)s.") % {"dog": team.dog.name, "why": "; ".join(said)}


def _tell_handler(visit: Commitment, *, by: User, now: datetime) -> None:
    if visit.handler_user_id == by.pk:
        return
    with network_scope(user=by.pk, reason="the handler is told of a visit that somebody else plans"):
        for recipient in people([visit.handler_user_id]):
            emails.visit_settled(visit, recipient, now=now)


def _must_keep(team: Team, by: User) -> None:
    own = team.handler_user_id == by.pk and can(by, "commitment.keep", force=team.force_id)
    if not (own or can(by, "team.keep", force=team.force_id)):
        raise PermissionDenied
