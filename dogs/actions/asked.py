"""Welfare visits that a coordinator asks an assessor for: asked, passed on to somebody else, called off."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import can, must
from accounts.models import User
from accounts.queries import people
from audit.actions import record
from core.lifecycle import Refused
from core.tenancy import network_scope
from dogs import emails
from dogs.models import Dog, Team, WelfareVisit
from dogs.states import GONE, WelfareNeed, WelfareStatus

# What a report has in the beginning. One that still has it may be called off, and nothing is lost.
UNWRITTEN = {
    "visited_on": None,
    "summary": "",
    "finding": "",
    **dict.fromkeys(WelfareNeed.values, ""),
    **dict.fromkeys((f"{need}_words" for need in WelfareNeed.values), ""),
}


@transaction.atomic
def ask_for_visit(*, dog: Dog, visitor: User, visitor_name: str, due_on: date, by: User, now: datetime) -> WelfareVisit:
    """A coordinator asks an assessor to visit a dog by a day; it stands among the assessor's drafts. They are told."""
    must(by, "network.keep")
    dog = Dog.objects.select_for_update(no_key=True, of=("self",)).get(pk=dog.pk)  # one asks after the other
    _check_asked(dog, visitor, due_on, now=now)
    standing = WelfareVisit.objects.filter(dog=dog, visitor=visitor, status=WelfareStatus.DRAFT).first()
    if standing:
        return standing
    visit = begin_visit(dog, visitor, visitor_name, due_on=due_on, now=now)
    record("asked for a welfare visit", visit, by=by, now=now, to=visitor_name)
    _tell_wanted(visit, by=by, now=now)
    return visit


@transaction.atomic
def pass_on_visit(
    *, visit: WelfareVisit, visitor: User, visitor_name: str, due_on: date, by: User, now: datetime
) -> WelfareVisit:
    """Ask another assessor instead, or the same one by another day. Who is asked now is told, and who was asked before.

    Refused once the report is begun: what somebody saw is theirs to send.
    """
    must(by, "network.keep")
    visit = _held(visit)
    _check_asked(visit.dog, visitor, due_on, now=now)
    other = WelfareVisit.objects.filter(dog=visit.dog_id, visitor=visitor, status=WelfareStatus.DRAFT)
    if other.exclude(pk=visit.pk).exists():
        raise Refused(_("%s is asked to visit this dog already.") % visitor_name, field="visitor")
    if (visit.visitor_id, visit.due_on) == (visitor.pk, due_on):
        return visit
    if visit.visitor_id != visitor.pk:
        _tell_called_off(visit, by=by, now=now)
    record("passed a welfare visit on", visit, by=by, now=now, was=visit.visitor_name, to=visitor_name)
    visit.visitor, visit.visitor_name, visit.due_on, visit.saved_at = visitor, visitor_name, due_on, now
    visit.save(update_fields=["visitor", "visitor_name", "due_on", "saved_at"])
    _tell_wanted(visit, by=by, now=now)
    return visit


@transaction.atomic
def call_off_visit(*, visit: WelfareVisit, by: User, now: datetime) -> None:
    """The visit is not wanted any more; whoever was asked is told. Refused once the report is begun."""
    must(by, "network.keep")
    _call_off(_held(visit), by=by, now=now)


def call_off_visits_of(dog: Dog, *, by: User | None, now: datetime) -> None:
    """When a dog goes: what was asked for and of which nothing is written. There is nobody left to visit."""
    with network_scope(user=by.pk if by else None, reason="an assessor's drafts are theirs and the network's alone"):
        asked = WelfareVisit.objects.filter(dog=dog, status=WelfareStatus.DRAFT, **UNWRITTEN)
        for visit in asked.select_related("force").order_by("pk"):
            _call_off(visit, by=by, now=now)


def begin_visit(
    dog: Dog, visitor: User, name: str, *, now: datetime, key: UUID | None = None, due_on: date | None = None
) -> WelfareVisit:
    """An empty report, for the actions that ask for one or start one."""
    return WelfareVisit.objects.create(
        key=key or uuid4(), force_id=dog.force_id, dog=dog, dog_name=dog.name, visitor=visitor, visitor_name=name,
        due_on=due_on, saved_at=now,
    )  # fmt: skip


def check_visitor(dog: Dog, visitor: User) -> None:
    """Nobody judges how they keep the dog that they handle themselves."""
    if Team.objects.filter(dog=dog, handler_user=visitor, is_active=True).exists():
        raise Refused(_("Whoever handles %s does not visit it. Somebody else does.") % dog, field="dog")


def check_works(dog: Dog) -> None:
    """A report that was begun before the dog went can still be sent; none is begun or asked for afterwards."""
    if dog.status in GONE:
        raise Refused(_("%s does not work any more.") % dog, field="dog")


def is_begun(visit: WelfareVisit) -> bool:
    return any(getattr(visit, name) != value for name, value in UNWRITTEN.items())


def _check_asked(dog: Dog, visitor: User, due_on: date, *, now: datetime) -> None:
    if not can(visitor, "assessment.judge"):
        raise Refused(_("Choose an assessor."), field="visitor")
    if due_on < localdate(now):
        raise Refused(_("That day is over. Choose one that is still to come."), field="due_on")
    check_works(dog)
    check_visitor(dog, visitor)


def _held(visit: WelfareVisit) -> WelfareVisit:
    """The visit, locked, if nothing is written of it yet."""
    rows = WelfareVisit.objects.select_for_update(no_key=True, of=("self",)).select_related("dog", "force")
    held = rows.filter(pk=visit.pk).first()
    if held is None:
        raise Refused(_("This visit is called off already."))
    if held.status != WelfareStatus.DRAFT:
        raise Refused(_("This report was sent already."))
    if is_begun(held):
        raise Refused(_("%s has begun the report. Ask them to send it.") % held.visitor_name)
    return held


def _call_off(visit: WelfareVisit, *, by: User | None, now: datetime) -> None:
    record("called off a welfare visit", visit, by=by, now=now, to=visit.visitor_name)
    _tell_called_off(visit, by=by, now=now)
    visit.delete()


def _tell_wanted(visit: WelfareVisit, *, by: User, now: datetime) -> None:
    with network_scope(user=by.pk, reason="the assessor who is to visit is told"):
        for recipient in people([visit.visitor_id]):
            emails.welfare_visit_wanted(visit, recipient, now=now)


def _tell_called_off(visit: WelfareVisit, *, by: User | None, now: datetime) -> None:
    """Of a visit that somebody was asked for; a report that they meant to write by themselves is nobody's errand."""
    if visit.due_on is None or (by and visit.visitor_id == by.pk):
        return
    with network_scope(user=by.pk if by else None, reason="the assessor who was to visit is told"):
        for recipient in people([visit.visitor_id]):
            emails.welfare_visit_called_off(visit, recipient, now=now)
