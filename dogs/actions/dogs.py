"""Dogs and teams: added, accredited, resting, suspended, retired, remembered."""

from contextlib import suppress
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import can, must_or_system
from accounts.models import Force, User
from accounts.queries import concerned, coordinators
from audit.actions import record
from core.bookings import recheck_soon
from core.lifecycle import Refused
from core.tenancy import network_scope
from dogs import emails
from dogs.actions.asked import call_off_visits_of
from dogs.actions.profiles import end_profile
from dogs.actions.showing import show_again
from dogs.actions.visits import call_off_planned
from dogs.inputs import NewDog
from dogs.models import Dog, Incident, Team
from dogs.states import DOG, GONE, DogStatus, IncidentKind
from network.models import Handler
from network.states import HandlerStatus


@transaction.atomic
def add_dog(*, force: Force, new: NewDog, by: User | None, now: datetime) -> Dog:
    """Add a prospective dog to a force. A microchip number is one dog's, in whatever force."""
    must_or_system(by, "team.keep", "network.keep", force=force.pk)
    if new.born_on > localdate(now):
        raise Refused(_("The day it was born is in the future."), field="born_on")
    dog = Dog(
        force=force,
        name=new.name.strip()[:60],
        breed=new.breed.strip()[:80],
        sex=new.sex,
        born_on=new.born_on,
        coat=new.coat,
        ears=new.ears,
        microchip=new.microchip.strip() or None,
    )
    try:
        with transaction.atomic():
            dog.save(force_insert=True)
    except IntegrityError as error:
        if "microchip" not in str(error):
            raise
        raise Refused(_("Another dog has this microchip number. Check the number."), field="microchip") from error
    record("added dog", dog, by=by, now=now, moved=("", dog.status))
    _tell(dog, by=by, now=now)
    return dog


@transaction.atomic
def form_team(
    *, dog: Dog, handler: Handler, since_on: date, base_town: str = "", by: User | None, now: datetime
) -> Team:
    """Put a handler and a dog of one force together; a pair that parted works together again, from where it did.

    A base other than the headquarters is measured from where another force has its headquarters in that town; of any
    other town a coordinator enters the place.
    """
    must_or_system(by, "team.keep", "network.keep", force=dog.force_id)
    handler = Handler.objects.select_for_update(no_key=True, of=("self",)).get(pk=handler.pk)  # as leaving does
    dog = _locked(dog)
    _check_pair(dog, handler, since_on=since_on, today=localdate(now))
    team = Team.objects.filter(dog=dog, handler=handler).first()
    if team and team.is_active:
        raise Refused(_("%s are a team already.") % team, field="handler")
    team = team or Team(force_id=dog.force_id, dog=dog, handler=handler, handler_user_id=handler.handler_user_id)
    team.is_active, team.since_on = True, since_on
    if base_town.strip() or not team.pk:
        _base(team, dog.force, base_town.strip()[:60])
    team.save()
    record("formed team", team, by=by, now=now)
    show_again(dog, now=now)
    with network_scope(user=by.pk if by else None, reason="the handler and the leads are told"):
        for recipient in concerned([team.handler_user_id], team.force_id, but=by):
            emails.team_formed(team, recipient, now=now)
    return team


def _base(team: Team, force: Force, town: str) -> None:
    known = Force.objects.filter(hq_town__iexact=town).order_by("pk").first() if town else None
    team.base_town = town or force.hq_town
    team.lat, team.lng = (known or force).lat, (known or force).lng


def _check_pair(dog: Dog, handler: Handler, *, since_on: date, today: date) -> None:
    if handler.force_id != dog.force_id:
        raise Refused(_("Choose a handler of %s: a team is of one force.") % dog.force, field="handler")
    if handler.status == HandlerStatus.LEFT:
        raise Refused(_("%s has left the scheme.") % handler, field="handler")
    if dog.status in GONE:
        raise Refused(_("%s does not work any more.") % dog)
    if since_on > today:
        raise Refused(_("The first day together is in the future."), field="since_on")


@transaction.atomic
def part_team(*, team: Team, by: User | None, now: datetime, why: str = "") -> Team:
    """The two work together no longer. What they did stays; what they are booked for is looked at again."""
    must_or_system(by, "team.keep", "network.keep", force=team.force_id)
    team = _part(team, by=by, now=now, why=why)
    show_again(team.dog, now=now)
    with network_scope(user=by.pk if by else None, reason="the handler and the leads are told"):
        for recipient in concerned([team.handler_user_id], team.force_id, but=by):
            emails.team_parted(team, recipient, now=now, why=why)
    recheck_soon()
    return team


def part_teams_of(handler: Handler, *, by: User | None, now: datetime) -> None:
    """Whoever leaves the scheme works no dog any more, and no dog's page goes on naming them. Part of their leaving."""
    for team in Team.objects.filter(handler=handler, is_active=True).order_by("dog_id", "pk"):
        with suppress(Refused):  # (somebody else has parted them meanwhile)
            part_team(team=team, by=by, now=now)


def _part(team: Team, *, by: User | None, now: datetime, why: str = "") -> Team:
    Dog.objects.select_for_update(no_key=True).get(pk=team.dog_id)  # before the team's row, as everywhere
    rows = Team.objects.select_for_update(no_key=True, of=("self",)).select_related("dog", "handler")
    team = rows.get(pk=team.pk)
    if not team.is_active:
        raise Refused(_("%s don't work together any more already.") % team)
    team.is_active = False
    team.save(update_fields=["is_active"])
    record("parted team", team, by=by, now=now, why=why)
    call_off_planned(team, by=by, now=now)
    return team


@transaction.atomic
def accredit_dog(*, dog: Dog, by: User | None, now: datetime) -> Dog:
    """Let a prospective dog work, once one of its teams has passed an assessment that still holds."""
    must_or_system(by, "network.keep")
    dog = _locked(dog)
    if dog.status == DogStatus.SUSPENDED:
        raise Refused(_("%s is suspended. Let it return to work, once that is reviewed.") % dog)
    if dog.status == DogStatus.PROSPECTIVE and not _has_passed(dog, on=localdate(now)):
        raise Refused(_("None of %s’s teams has passed an assessment that holds today.") % dog)
    dog = _move(dog, DogStatus.ACCREDITED, verb="accredited dog", by=by, now=now)
    if dog.joined_on is None:
        dog.joined_on = localdate(now)
        dog.save(update_fields=["joined_on"])
    return dog


@transaction.atomic
def rest_dog(*, dog: Dog, by: User | None, now: datetime, why: str = "") -> Dog:
    must_or_system(by, "team.keep", "network.keep", force=dog.force_id)
    return _move(dog, DogStatus.RESTING, verb="rested dog", by=by, now=now, why=why)


@transaction.atomic
def restrict_dog(*, dog: Dog, reason: str, by: User | None, now: datetime) -> Dog:
    must_or_system(by, "network.keep")
    return _move(dog, DogStatus.RESTRICTED, verb="restricted dog", by=by, now=now, why=reason)


@transaction.atomic
def suspend_dog(*, dog: Dog, reason: str, by: User | None, now: datetime, is_told: bool = False) -> Dog:
    """Stop a dog from working at once. Who works, keeps or visits it may; one that is suspended stays so.

    `is_told`: the coordinators and the leads learn it from what caused it.
    """
    may = by is None or can(by, "deployment.work", force=dog.force_id)
    may = may or can(by, "welfare.judge", force=dog.force_id)
    if not (may or can(by, "team.keep", force=dog.force_id) or can(by, "network.keep")):
        raise PermissionDenied
    if _locked(dog).status == DogStatus.SUSPENDED:
        return _locked(dog)
    dog = _move(dog, DogStatus.SUSPENDED, verb="suspended dog", by=by, now=now, why=reason, to_leads=not is_told)
    if not is_told:
        with network_scope(user=by.pk if by else None, reason="the coordinators review every suspension"):
            for recipient in coordinators():
                emails.dog_moved(dog, recipient, now=now, why=reason)
    return dog


@transaction.atomic
def return_dog(*, dog: Dog, by: User | None, now: datetime, why: str = "") -> Dog:
    """Back to work: from a rest by those who keep the dog, from a suspension or restriction by the network.

    Never before every bite is reviewed (domain.md: a bite suspends pending review).
    """
    dog = _locked(dog)
    if dog.status == DogStatus.RESTING:
        must_or_system(by, "team.keep", "network.keep", force=dog.force_id)
    else:
        must_or_system(by, "network.keep")
    if dog.status == DogStatus.PROSPECTIVE:
        raise Refused(_("%s is not accredited yet.") % dog)
    if Incident.objects.filter(dog=dog, kind=IncidentKind.BITE, reviewed_at=None).exists():
        raise Refused(_("A bite by %s waits for its review. Review it first.") % dog)
    if not _has_passed(dog, on=localdate(now)):
        raise Refused(_("None of %s’s teams has an assessment that holds today.") % dog)
    return _move(dog, DogStatus.ACCREDITED, verb="returned dog to work", by=by, now=now, why=why)


@transaction.atomic
def retire_dog(*, dog: Dog, by: User | None, now: datetime, why: str = "") -> Dog:
    """The dog's teams part. Its public page, where the handler agreed to a tribute, becomes one."""
    must_or_system(by, "team.keep", "network.keep", force=dog.force_id)
    dog = _move(dog, DogStatus.RETIRED, verb="retired dog", by=by, now=now, why=why)
    end_profile(dog, by=by, now=now)
    _part_teams(dog, by=by, now=now)
    call_off_visits_of(dog, by=by, now=now)
    return dog


@transaction.atomic
def record_death(*, dog: Dog, by: User | None, now: datetime, why: str = "") -> Dog:
    """The dog has died. Its public page, where the handler agreed to a tribute, becomes one."""
    must_or_system(by, "team.keep", "network.keep", force=dog.force_id)
    dog = _move(dog, DogStatus.DIED, verb="recorded death", by=by, now=now, why=why)
    end_profile(dog, by=by, now=now)
    _part_teams(dog, by=by, now=now)
    call_off_visits_of(dog, by=by, now=now)
    return dog


def _locked(dog: Dog) -> Dog:
    return Dog.objects.select_for_update(no_key=True, of=("self",)).select_related("force").get(pk=dog.pk)


def _has_passed(dog: Dog, *, on: date) -> bool:
    return Team.objects.filter(dog=dog, is_active=True, assessed_until__gte=on).exists()


def _part_teams(dog: Dog, *, by: User | None, now: datetime) -> None:
    """The dog has gone: those who were there to the end stay on its page."""
    for team in Team.objects.filter(dog=dog, is_active=True).order_by("pk"):
        team = _part(team, by=by, now=now)
        team.to_the_end = True
        team.save(update_fields=["to_the_end"])


def _move(
    dog: Dog, to: DogStatus, *, verb: str, by: User | None, now: datetime, why: str = "", to_leads: bool = True
) -> Dog:
    """Lock, check, write, record, tell those who work and keep the dog."""
    dog = _locked(dog)
    was = dog.status
    DOG.check(was, to, thing=dog.name)
    dog.status, dog.status_reason = to, why[:300]
    dog.save(update_fields=["status", "status_reason"])
    record(verb, dog, by=by, now=now, moved=(was, to), why=why)
    _tell(dog, by=by, now=now, why=why, to_leads=to_leads)
    if DogStatus.ACCREDITED in (was, to):  # no longer clear, or clear again
        recheck_soon()
    return dog


def _tell(dog: Dog, *, by: User | None, now: datetime, why: str = "", to_leads: bool = True) -> None:
    """The dog's handlers, and those who keep it; not who did it."""
    with network_scope(user=by.pk if by else None, reason="the dog's handlers and leads are told"):
        handlers = Team.objects.filter(dog=dog, is_active=True).values_list("handler_user_id", flat=True)
        for recipient in concerned(handlers, dog.force_id if to_leads else None, but=by):
            emails.dog_moved(dog, recipient, now=now, why=why)
