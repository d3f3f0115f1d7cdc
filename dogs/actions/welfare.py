"""Welfare visits: kept as a draft, sent. A critical finding suspends the dog in the same transaction."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import can, must
from accounts.models import User
from accounts.queries import concerned, coordinators
from audit.actions import for_the_record, record
from core.lifecycle import Refused
from core.once import fresh_key, must_say_the_same
from core.tenancy import network_scope
from core.validity import valid_until
from dogs import emails
from dogs.actions.asked import begin_visit, check_visitor, check_works
from dogs.actions.documents import record_welfare_evidence
from dogs.actions.dogs import suspend_dog
from dogs.inputs import WelfareReport
from dogs.models import Document, Dog, Team, WelfareVisit
from dogs.queries import limits
from dogs.states import GONE, WELFARE, Judgement, WelfareFinding, WelfareNeed, WelfareStatus

# How long afterwards a visit is still written up.
LATE = timedelta(days=60)


@transaction.atomic
def start_welfare_visit(
    *, dog: Dog, report: WelfareReport, key: UUID, is_whole: bool, by: User, now: datetime
) -> WelfareVisit:
    """Begin a report: sent where it is whole, else kept as a draft. The same `key` again is the same report.

    A page that was saved as a draft and is sent again afterwards goes on with that draft. One about another dog, or
    about what was sent already in other words, is refused.
    """
    must(by, "force.keep", "network.keep", force=dog.force_id)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # of two taps with one key, the second finds the first's
    visit = WelfareVisit.objects.filter(key=key, visitor=by).first()
    if visit:
        must_say_the_same(visit, {"dog_id": dog.pk}, _("This report"))
    if visit and visit.status == WelfareStatus.SUBMITTED:
        must_say_the_same(visit, _columns(report), _("This report"))
        return visit
    if visit is None:
        check_works(dog)
        check_visitor(dog, by)
        with fresh_key():
            visit = begin_visit(dog, by, by.display_name, key=key, now=now)
        record("started a welfare visit", visit, by=by, now=now)
    act = send_welfare_visit if is_whole else save_welfare_visit
    return act(visit=visit, report=report, by=by, now=now)


@transaction.atomic
def save_welfare_visit(*, visit: WelfareVisit, report: WelfareReport, by: User, now: datetime) -> WelfareVisit:
    """Keep what is written so far. One that was sent stays as it was sent."""
    visit = _held(visit, by)
    if visit.status != WelfareStatus.DRAFT:
        raise Refused(_("This report was sent already."))
    if report.visited_on:
        _check_day(report.visited_on, now=now)
    _write(visit, report, now=now)
    visit.save()
    return visit


@transaction.atomic
def send_welfare_visit(*, visit: WelfareVisit, report: WelfareReport, by: User, now: datetime) -> WelfareVisit:
    """Send the report. Sent twice, it counts once.

    Acceptable: the dog's evidence is renewed. Critical: the dog is suspended in the same transaction. The handlers and
    the leads are told, the coordinators unless it is acceptable; of a critical finding everybody at once.
    """
    visit = _held(visit, by)
    if visit.status == WelfareStatus.SUBMITTED:
        return visit
    WELFARE.check(visit.status, WelfareStatus.SUBMITTED, thing=str(visit))
    visited_on = _check_whole(report, now=now)
    with network_scope(user=by.pk, reason="a finding renews or suspends, and the force and the network are told"):
        # The house's order is dog first; whoever visits need not be of the dog's force.
        dog = Dog.objects.select_for_update(no_key=True, of=("self",)).select_related("force").get(pk=visit.dog_id)
        check_visitor(dog, by)
        _write(visit, report, now=now)
        visit.status, visit.submitted_at = WelfareStatus.SUBMITTED, now
        if visit.finding == WelfareFinding.ACCEPTABLE and dog.status not in GONE:
            visit.document = _renew(dog, visited_on, by=by, now=now)
        visit.save()
        record("sent a welfare visit", visit, by=by, now=now, moved=("draft", visit.status), finding=visit.finding)
        if visit.finding == WelfareFinding.CRITICAL and dog.status not in GONE:
            with for_the_record():
                reason = _("A welfare visit found something critical.")
            suspend_dog(dog=dog, reason=reason, by=by, now=now)
        _tell(visit, by=by, now=now)
    return visit


def _renew(dog: Dog, visited_on: date, *, by: User, now: datetime) -> Document | None:
    """New evidence from the day of the visit. Whoever keeps the dog's force does not verify its own visit."""
    is_of_force = can(by, "force.keep", force=dog.force_id)
    until = valid_until(visited_on, limits().welfare_visit_months)
    return record_welfare_evidence(
        dog, visited_on=visited_on, expires_on=until, is_verified=not is_of_force, by=by, now=now
    )


def _tell(visit: WelfareVisit, *, by: User, now: datetime) -> None:
    handlers = Team.objects.filter(dog_id=visit.dog_id, is_active=True).values_list("handler_user_id", flat=True)
    told = {to.user_id: to for to in concerned(handlers, visit.force_id)}
    if visit.finding != WelfareFinding.ACCEPTABLE:
        told |= {to.user_id: to for to in coordinators()}
    if visit.finding != WelfareFinding.CRITICAL:
        told.pop(by.pk, None)
    for recipient in told.values():
        emails.welfare_visit_sent(visit, recipient, now=now)


def _held(visit: WelfareVisit, by: User) -> WelfareVisit:
    visit = WelfareVisit.objects.select_for_update(no_key=True, of=("self",)).get(pk=visit.pk)
    if visit.visitor_id != by.pk or not can(by, "welfare.judge", force=visit.force_id):
        raise PermissionDenied
    return visit


def _check_day(visited_on: date, *, now: datetime) -> None:
    today = localdate(now)
    if visited_on > today:
        raise Refused(_("That day is in the future. Write the report after the visit."), field="visited_on")
    if visited_on < today - LATE:
        raise Refused(_("That is more than %(days)d days ago.") % {"days": LATE.days}, field="visited_on")


def _check_whole(report: WelfareReport, *, now: datetime) -> date:
    """Everything is there and fits together; the day of the visit."""
    if report.visited_on is None:
        raise Refused(_("Enter the day of the visit."), field="visited_on")
    _check_day(report.visited_on, now=now)
    for need in WelfareNeed.values:
        judged, words = report.needs.get(need, ("", ""))
        if judged not in Judgement.values:
            raise Refused(_("Say whether this need is met."), field=need)
        if judged != Judgement.MET and not words.strip():
            raise Refused(_("Say what you saw where a need is not fully met."), field=f"{need}_words")
    if report.finding not in WelfareFinding.values:
        raise Refused(_("Choose what you find overall."), field="finding")
    unmet = any(judged == Judgement.NOT_MET for judged, _words in report.needs.values())
    if unmet and report.finding == WelfareFinding.ACCEPTABLE:
        raise Refused(_("A need is not met, so this can't be acceptable."), field="finding")
    if report.finding != WelfareFinding.ACCEPTABLE and not report.summary.strip():
        raise Refused(_("Say what must happen, and by when."), field="summary")
    return report.visited_on


def _write(visit: WelfareVisit, report: WelfareReport, *, now: datetime) -> None:
    for name, value in _columns(report).items():
        setattr(visit, name, value)
    visit.saved_at = now


def _columns(report: WelfareReport) -> dict[str, object]:
    """What the report says, by the names of its columns."""
    said = {need: report.needs.get(need, ("", "")) for need in WelfareNeed.values}
    return {
        "visited_on": report.visited_on,
        "is_unannounced": report.is_unannounced,
        **{need: judged for need, (judged, _words) in said.items()},
        **{f"{need}_words": words for need, (_judged, words) in said.items()},
        "finding": report.finding,
        "summary": report.summary,
    }
