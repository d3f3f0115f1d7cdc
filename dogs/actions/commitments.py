"""Making a team busy, and free again. The database's exclusion constraints are the last wall."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from accounts.queries import people
from audit.actions import record
from core.lifecycle import Refused
from core.tenancy import network_scope
from core.words import inside
from dogs import emails
from dogs.models import Commitment, Dog, Team
from dogs.states import CommitmentKind

# What a person enters by hand. Deployments come from offers, and visits are planned: both are judged.
BY_HAND = (CommitmentKind.LEAVE, CommitmentKind.SEASON, CommitmentKind.REST)


@transaction.atomic
def book_time(
    *, team: Team, kind: str, start: datetime, end: datetime, note: str = "", by: User, now: datetime
) -> Commitment:
    """Make `team` busy with leave, season or rest. Refused where the dog or the handler is busy already.

    The same time for the same reason again returns what stands: a second press books nothing.
    """
    must(by, "commitment.keep", "network.keep", force=team.force_id)
    if kind not in BY_HAND:
        raise Refused(_("A deployment is made by an offer, and a visit is planned by the team."), field="kind")
    try:
        commitment = commit(team, kind=kind, start=start, end=end, note=note)
    except Refused:
        if standing := _standing(team, kind, start, end):
            return standing
        raise
    record("booked time", commitment, by=by, now=now, why=note)
    _tell_handler(commitment, by=by, now=now)
    return commitment


def _tell_handler(commitment: Commitment, *, by: User, now: datetime) -> None:
    if commitment.handler_user_id == by.pk:
        return
    with network_scope(user=by.pk, reason="the handler is told of time that somebody else books or frees"):
        for recipient in people([commitment.handler_user_id]):
            emails.time_settled(commitment, recipient, now=now)


def _standing(team: Team, kind: str, start: datetime, end: datetime) -> Commitment | None:
    """What is booked already for exactly this."""
    if start >= end:
        return None
    rows = Commitment.objects.filter(team=team, kind=kind, period=DateTimeTZRange(start, end))
    return rows.filter(cancelled_at=None).first()


@transaction.atomic
def cancel_time(*, commitment: Commitment, by: User, now: datetime, why: str = "") -> Commitment:
    """Free the team again; a handler is told where somebody else does. A deployment and a visit end elsewhere."""
    must(by, "commitment.keep", "network.keep", force=commitment.force_id)
    commitment = Commitment.objects.select_for_update(no_key=True, of=("self",)).get(pk=commitment.pk)
    if commitment.kind == CommitmentKind.DEPLOYMENT:
        raise Refused(_("Stand the deployment down instead: that also tells the people concerned."))
    if commitment.kind == CommitmentKind.VISIT:
        raise Refused(_("Cancel the visit on its own page instead."))
    if commitment.cancelled_at is None:
        release(commitment, now=now)
        record("cancelled time", commitment, by=by, now=now, why=why)
        _tell_handler(commitment, by=by, now=now)
    return commitment


def hold_pair(team: Team) -> None:
    """Hold the handler's row and then the dog's, always in that order: whoever judges a team before booking it does so
    first, so that of two bookings the second is judged by the first. Inside a transaction."""
    User.objects.select_for_update(no_key=True).get(pk=team.handler_user_id)
    Dog.objects.select_for_update(no_key=True, of=("self",)).get(pk=team.dog_id)


def commit(
    team: Team, *, kind: str, start: datetime, end: datetime, is_trauma: bool = False, place: str = "", note: str = ""
) -> Commitment:
    """Insert the commitment, holding the handler's row and then the dog's.

    So writers queue up: two that meet only in the exclusion constraints could each wait for the other.
    Raises `Refused` naming who is busy. To be called inside a transaction.
    """
    if start >= end:
        raise Refused(_("The end must be after the start."), field="end")
    hold_pair(team)
    busy = Commitment(
        force_id=team.force_id,
        team=team,
        dog_id=team.dog_id,
        handler_id=team.handler_id,
        handler_user_id=team.handler_user_id,
        kind=kind,
        period=DateTimeTZRange(start, end),
        is_trauma=is_trauma,
        place=place,
        note=note,
    )
    try:
        with transaction.atomic():
            busy.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_busy_sentence(busy, str(error))) from error
    return busy


def move_commitments(busy: list[Commitment], *, start: datetime, end: datetime, is_trauma: bool) -> None:
    """Make these teams busy at another time instead, all or none: `Refused` names the first who can't be.

    Holds all the handlers' rows and then all the dogs', as `commit` does for one. Inside a transaction.
    """
    people, dogs = [row.handler_user_id for row in busy], [row.dog_id for row in busy]
    list(User.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(Dog.objects.filter(pk__in=dogs).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    for row in busy:
        row.period, row.is_trauma = DateTimeTZRange(start, end), is_trauma
        try:
            with transaction.atomic():
                row.save(update_fields=["period", "is_trauma"])
        except IntegrityError as error:
            told = _("%(why)s Stand this team down first, or choose another time.")
            raise Refused(told % {"why": _busy_sentence(row, str(error))}) from error


def release(commitment: Commitment, *, now: datetime) -> None:
    """Stop the commitment from making anybody busy. The row stays, for the record."""
    commitment.cancelled_at = now
    commitment.save(update_fields=["cancelled_at"])


def finish(commitment: Commitment, *, now: datetime) -> None:
    """End the time of a team that has worked: from now on it is free, but what it did still asks for rest."""
    start, planned = commitment.period.lower, commitment.period
    commitment.period = DateTimeTZRange(start, max(now, start + timedelta(minutes=1)))
    try:
        with transaction.atomic():
            commitment.save(update_fields=["period"])
    except IntegrityError:  # it ran over into the next booking: both stay as they were planned
        commitment.period = planned


def _busy_sentence(wanted: Commitment, error: str) -> str:
    """Who is busy, and with what and when, as far as whoever asks may know it."""
    taken = Commitment.objects.filter(cancelled_at=None, period__overlap=wanted.period).exclude(pk=wanted.pk)
    if "dog_in_one_place" in error:
        sentence = _("%s is already booked for some of that time") % wanted.team.dog.name
        taken = taken.filter(dog_id=wanted.dog_id)
    elif "handler_in_one_place" in error:
        sentence = _("%s is already booked with another dog for some of that time") % wanted.team.handler.name
        taken = taken.filter(handler_user_id=wanted.handler_user_id)
    else:
        raise RuntimeError(error)
    found = taken.order_by("period", "pk").first()
    return f"{sentence}: {inside(found.get_kind_display())}, {_days(found)}." if found else f"{sentence}."


def _days(busy: Commitment) -> str:
    first, last = (date_format(day, "D j M") for day in busy.local_days)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
