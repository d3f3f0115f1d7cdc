"""Assessments: asked for, booked, decided, cancelled. A pass is written onto the team in the same step."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import can, must
from accounts.models import Role, RoleName, User
from accounts.queries import concerned, coordinators
from assessments import emails
from assessments.models import Assessment, Criteria
from assessments.rules import Outcome, check_outcome, retest_from
from assessments.states import ASSESSMENT, PASSES, AssessmentStatus
from audit.actions import record
from core.bookings import recheck_soon
from core.lifecycle import Refused
from core.tenancy import network_scope
from core.validity import valid_until
from dogs.models import Team
from network.models import NetworkNumbers


@transaction.atomic
def request_assessment(*, team: Team, by: User | None, now: datetime) -> Assessment:
    """Ask for an assessment against the newest criteria. One at a time; a referred team waits its weeks."""
    if by is not None:
        must(by, "team.keep", "network.keep", force=team.force_id)
    rows = Team.objects.select_for_update(no_key=True, of=("self",)).select_related("dog", "handler", "force")
    team, today = rows.get(pk=team.pk), localdate(now)
    _check_may_ask(team, today=today)
    criteria = Criteria.objects.filter(published_on__lte=today).order_by("-version").first()
    if criteria is None:
        raise Refused(_("No criteria are published to assess against."))
    assessment = Assessment(
        force=team.force, team=team, handler_user_id=team.handler_user_id, criteria=criteria, requested_on=today
    )
    assessment.save(force_insert=True)
    record("requested assessment", assessment, by=by, now=now, moved=("", assessment.status))
    _tell(assessment, by=by, now=now, and_coordinators=True)
    return assessment


def _check_may_ask(team: Team, *, today: date) -> None:
    if not team.is_active:
        raise Refused(_("%s don't work together any more.") % team)
    earlier = Assessment.objects.filter(team=team).order_by("-requested_on", "-pk").first()
    if earlier is None:
        return
    if earlier.status in (AssessmentStatus.REQUESTED, AssessmentStatus.BOOKED):
        raise Refused(_("An assessment of %s is under way already.") % team)
    if earlier.status == AssessmentStatus.REFERRED and earlier.decided_at and earlier.retest_weeks:
        first = retest_from(localdate(earlier.decided_at), earlier.retest_weeks)
        if today < first:
            words = {"team": team, "day": date_format(first, "j F Y")}
            raise Refused(_("%(team)s may be assessed again from %(day)s.") % words)


@transaction.atomic
def book_assessment(
    *, assessment: Assessment, assessor_user: User, booked_for: date, by: User | None, now: datetime
) -> Assessment:
    """Fix the day and the assessor; both sides are told."""
    if by is not None:
        must(by, "network.keep")
    assessment = _checked(assessment, AssessmentStatus.BOOKED)
    if booked_for < localdate(now):
        raise Refused(_("The day is in the past."), field="booked_for")
    if not Role.objects.filter(user=assessor_user, role=RoleName.ASSESSOR).exists():
        raise Refused(_("Choose a person who is appointed as an assessor."), field="assessor_user")
    if assessor_user.pk == assessment.handler_user_id:
        raise Refused(_("Nobody assesses their own team. Choose another assessor."), field="assessor_user")
    assessment.assessor_user, assessment.booked_for = assessor_user, booked_for
    return _move(assessment, AssessmentStatus.BOOKED, verb="booked assessment", by=by, now=now)


@transaction.atomic
def record_outcome(*, assessment: Assessment, outcome: Outcome, by: User, now: datetime) -> Assessment:
    """Decide. The assessor who was booked does, or a coordinator for them; a pass holds for the network's months."""
    may_judge = by.pk == assessment.assessor_user_id and can(by, "assessment.judge")
    if not (may_judge or can(by, "network.keep")):
        raise PermissionDenied
    if by.pk == assessment.handler_user_id:
        raise Refused(_("Nobody decides on their own team."))
    check_outcome(outcome)
    assessment = _checked(assessment, AssessmentStatus(outcome.result))
    if assessment.booked_for and assessment.booked_for > localdate(now):
        raise Refused(
            _("It is booked for %s. Record the outcome on that day or after.")
            % date_format(assessment.booked_for, "j F Y")
        )
    assessment.decided_at, assessment.decided_by = now, by
    assessment.findings, assessment.restrictions = outcome.findings, list(outcome.restrictions)
    assessment.retest_weeks = outcome.retest_weeks if outcome.result == AssessmentStatus.REFERRED else None
    _write_onto_team(assessment, is_pass=outcome.result in PASSES, by=by, now=now)
    return _move(assessment, AssessmentStatus(outcome.result), verb="decided assessment", by=by, now=now)


def _write_onto_team(assessment: Assessment, *, is_pass: bool, by: User, now: datetime) -> None:
    """The newest outcome is the one that counts: a team that does not pass again works no longer on its last pass.

    It holds from the day that it was booked for, not from the day on which it is typed. An assessor sees the
    assessment, not the team's force.
    """
    held_on = assessment.booked_for or localdate(now)
    with network_scope(user=by.pk, reason="an outcome is written onto the team"):
        if is_pass:
            months = NetworkNumbers.objects.get().assessment_months
            assessment.valid_until = valid_until(held_on, months)
        team = Team.objects.select_for_update(no_key=True, of=("self",)).get(pk=assessment.team_id)
        had_passed = team.assessed_until is not None
        team.assessed_on, team.assessed_until = held_on, assessment.valid_until
        team.restrictions = assessment.restrictions
        team.save(update_fields=["assessed_on", "assessed_until", "restrictions"])
    if had_passed:  # a new restriction may stand against what is booked, as much as no pass
        recheck_soon()


def assigned_assessments(*, by: User, only: int | None = None) -> list[Assessment]:
    """The assessments that `by` is booked for (or the one with that key), by day, with their teams' names.

    Which they are is asked in the assessor's own scope; the team's and the force's names, which an assessor's wall
    hides, are then read as the network. It writes nothing.
    """
    own = Assessment.objects.filter(assessor_user=by)
    ids = list((own if only is None else own.filter(pk=only)).values_list("pk", flat=True))
    with network_scope(user=by.pk, reason="an assessor reads the names of the teams assigned to them"):
        rows = Assessment.objects.filter(pk__in=ids).select_related("team__dog", "team__handler", "force", "criteria")
        found = list(rows.order_by("booked_for", "pk"))
    for row in found:
        row.team.dog.likeness = None  # the photo is for the dog's own people; an assessor sees the drawing
    return found


@transaction.atomic
def cancel_assessment(*, assessment: Assessment, by: User | None, now: datetime, why: str = "") -> Assessment:
    if by is not None:
        must(by, "team.keep", "network.keep", force=assessment.force_id)
    assessment = _checked(assessment, AssessmentStatus.CANCELLED)
    return _move(assessment, AssessmentStatus.CANCELLED, verb="cancelled assessment", by=by, now=now, why=why)


def _checked(assessment: Assessment, to: AssessmentStatus) -> Assessment:
    """The locked row, which may go to that state. Its team is read by those who tell of it, in their own scope."""
    row = Assessment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assessment.pk)
    ASSESSMENT.check(row.status, to, thing=str(_("The assessment")))
    return row


def _move(
    assessment: Assessment, to: AssessmentStatus, *, verb: str, by: User | None, now: datetime, why: str = ""
) -> Assessment:
    was, assessment.status = assessment.status, to
    with network_scope(user=by.pk if by else None, reason="the record and the mails name the team"):
        assessment.save()
        record(verb, assessment, by=by, now=now, moved=(was, to), why=why)
    _tell(assessment, by=by, now=now, why=why)
    return assessment


def _tell(
    assessment: Assessment, *, by: User | None, now: datetime, why: str = "", and_coordinators: bool = False
) -> None:
    """The handler, the leads and the assessor, and the coordinators where it is theirs to act; not who did it."""
    with network_scope(user=by.pk if by else None, reason="the handler, the leads and the assessor are told"):
        told = concerned([assessment.handler_user_id, assessment.assessor_user_id], assessment.force_id)
        told += coordinators() if and_coordinators else []
        for recipient in {to.user_id: to for to in told if by is None or to.user_id != by.pk}.values():
            emails.assessment_moved(assessment, recipient, now=now, why=why)
