"""What a team logs: sessions, whose minutes are the workload, and incidents: a bite suspends the dog at once."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import can
from accounts.models import User
from accounts.queries import concerned, coordinators, leads_of, people
from audit.actions import for_the_record, record
from core.lifecycle import Refused
from core.once import fresh_key, must_say_the_same
from core.tenancy import network_scope
from dogs import emails
from dogs.actions.dogs import suspend_dog
from dogs.inputs import IncidentReport, Session
from dogs.models import Commitment, Dog, Incident, SessionLog, Signpost, Team
from dogs.states import GONE, CommitmentKind, IncidentKind

# How long afterwards a session is still logged: long enough for leave, short enough to be remembered.
LATE = timedelta(days=60)
# How long whoever logged a session may take it back: long enough to see a slip, too short to tidy a week of work away.
TAKEN_BACK_WITHIN = timedelta(hours=24)


@transaction.atomic
def log_session(
    *, team: Team, session: Session, key: UUID, commitment: Commitment | None, by: User, now: datetime
) -> SessionLog:
    """Log one session. The same `key` again returns the row that stands: a repeated tap counts once. One that says
    something else under it is refused.

    A lead may do it for a handler who has no signal or no telephone: the row says who did, and the handler is told.
    """
    is_own = team.handler_user_id == by.pk
    if is_own or not can(by, "team.keep", force=team.force_id):
        _must_work(team, by)
    # The team's row is the queue of its handler's taps: of two with one key, the second finds the first's row.
    Team.objects.select_for_update(no_key=True, of=("self",)).get(pk=team.pk)
    standing = SessionLog.objects.filter(key=key).first()
    if standing:
        said = {name: getattr(session, name) for name in ("on", "minutes", "people", "breaks")}
        said |= {"signposted": _signposted(session), "place": "" if commitment else session.place}
        said |= {"team_id": team.pk, "commitment_id": commitment.pk if commitment else None}
        must_say_the_same(standing, said, _("This session"))
        return standing
    _check_session(session, commitment, now=now)
    with fresh_key():
        row = SessionLog.objects.create(
            force_id=team.force_id,
            team=team,
            dog_id=team.dog_id,
            handler_user_id=team.handler_user_id,
            commitment=commitment,
            key=key,
            on=session.on,
            minutes=session.minutes,
            people=session.people,
            breaks=session.breaks,
            signposted=_signposted(session),
            place="" if commitment else session.place,
            logged_at=now,
            logged_by=None if is_own else by,
            logged_by_name="" if is_own else by.display_name,
        )
    _tell_apart(row, session)
    record("logged a session", row, by=by, now=now, minutes=row.minutes)
    _tell_handler(row, now=now)
    return row


def _signposted(session: Session) -> int:
    return session.signposted or sum(session.signposts.values())


def may_take_back(row: SessionLog, by: User, *, now: datetime) -> bool:
    """Whoever logged it, for a day: a slip of the finger must not count in the workload."""
    return (row.logged_by_id or row.handler_user_id) == by.pk and now < row.logged_at + TAKEN_BACK_WITHIN


@transaction.atomic
def take_back_session(*, row: SessionLog, by: User, now: datetime) -> None:
    """Remove a session that was logged wrongly, to be logged again. The trail keeps what it said; twice is once."""
    found = SessionLog.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        return
    if not may_take_back(found, by, now=now):
        raise PermissionDenied
    told = {"minutes": found.minutes, "people": found.people, "on": found.on.isoformat()}
    record("took back a session", found, by=by, now=now, **told)
    found.delete()


def _tell_handler(row: SessionLog, *, now: datetime) -> None:
    """Of a session that somebody else has logged for them, so that a wrong count is put right."""
    if row.logged_by_id is None:
        return
    with network_scope(user=row.logged_by_id, reason="the handler is told of a session that a lead logged for them"):
        for recipient in people([row.handler_user_id]):
            emails.session_logged(row, recipient, now=now)


def _check_session(session: Session, commitment: Commitment | None, *, now: datetime) -> None:
    """A deployment's or visit's session is on one of its days; any other not in the future and not long ago."""
    if not 1 <= session.minutes <= 720:
        raise Refused(_("Enter the minutes of contact, like 30."), field="minutes")
    if commitment and not (commitment.local_days[0] <= session.on <= commitment.local_days[1]):
        if commitment.kind == CommitmentKind.VISIT:
            raise Refused(_("That visit was on another day."), field="on")
        raise Refused(_("That day is not one of this deployment's days."), field="on")
    if commitment and commitment.kind == CommitmentKind.DEPLOYMENT:
        return
    today = localdate(now)
    if session.on > today:
        raise Refused(_("That day is in the future. Log the session when it is over."), field="on")
    if session.on < today - LATE:
        raise Refused(_("That is more than %(days)d days ago.") % {"days": LATE.days}, field="on")


def _tell_apart(row: SessionLog, session: Session) -> None:
    """Keep to which kinds of support people were told to go."""
    Signpost.objects.bulk_create(
        Signpost(session=row, force_id=row.force_id, handler_user_id=row.handler_user_id, kind=kind, people=people)
        for kind, people in session.signposts.items()
        if people
    )


@transaction.atomic
def report_incident(
    *, team: Team, report: IncidentReport, key: UUID, commitment: Commitment | None, host_force_id: int | None,
    by: User, now: datetime,
) -> Incident:  # fmt: skip
    """Report an incident. A bite suspends the dog in the same transaction; everyone concerned is told at once.

    Told are the coordinators, the leads of the dog's force and of the host, and the handler. The same `key` again
    returns the row that stands; a report that says something else under it is refused.
    """
    _must_work(team, by)
    # The reporter's row, not the team's: the house's order is handler, dog, team, and a bite goes on to hold the dog.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    standing = Incident.objects.filter(key=key).first()
    if standing:
        must_say_the_same(standing, {"team_id": team.pk, **asdict(report)}, _("This report"))
        return standing
    with fresh_key():
        incident = Incident.objects.create(
            force_id=team.force_id,
            team=team,
            dog_id=team.dog_id,
            handler_user=by,
            commitment=commitment,
            key=key,
            kind=report.kind,
            happened_at=report.happened_at,
            account=report.account,
            first_aid=report.first_aid,
            reported_at=now,
        )
    record("reported an incident", incident, by=by, now=now, kind=report.kind)
    with network_scope(user=by.pk, reason="a bite suspends the dog, and both forces and the network are told"):
        if report.kind == IncidentKind.BITE and (dog := Dog.objects.get(pk=team.dog_id)).status not in GONE:
            with for_the_record():
                reason = _("A bite was reported; waiting for review.")
            suspend_dog(dog=dog, reason=reason, by=by, now=now, is_told=True)
        _tell(incident, host_force_id, by=by, now=now)
    return incident


def _tell(incident: Incident, host_force_id: int | None, *, by: User, now: datetime) -> None:
    readers = {to.user_id: to for to in [*coordinators(), *concerned([by.pk], incident.force_id)]}
    hosts = {to.user_id: to for to in leads_of(host_force_id)} if host_force_id else {}
    for recipient in (hosts | readers).values():
        emails.incident_reported(incident, recipient, now=now, may_read=recipient.user_id in readers)


def _must_work(team: Team, by: User) -> None:
    if team.handler_user_id != by.pk or not can(by, "deployment.work", force=team.force_id):
        raise PermissionDenied
