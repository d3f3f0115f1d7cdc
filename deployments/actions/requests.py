"""A request from the visitor's form to its close."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from accounts.queries import coordinators, leads_of
from audit.actions import record
from core.bookings import recheck_soon
from core.lifecycle import Refused
from core.once import already_saved
from core.tenancy import network_scope
from deployments import emails
from deployments.actions.held import locked_request, move_request, settle_places
from deployments.actions.offers import tell_the_rest
from deployments.inputs import NewRequest, Triage
from deployments.models import Briefing, Offer, Request, RequestDetail
from deployments.rules import period_problems
from deployments.states import OPEN_REQUESTS, REQUEST, TAKES_OFFERS, OfferStatus, RequestStatus, Tier


def submit_request(*, new: NewRequest, key: UUID, by: User | None, now: datetime) -> Request:
    """Take a request for support. The same `key` again, or the same words within the hour, return what stands;
    other words under a key that stands are refused, so that nobody believes they have arrived.

    A visitor has no scope of their own: the row is written for the network, and until a coordinator has triaged it
    nobody else reads it. The duty coordinators are told at once; whoever asked gets a receipt that repeats nothing
    of what they typed. `by` is a coordinator who took the request on the telephone, if any: they know of it already.
    """
    for problem in period_problems(new.starts_at, new.ends_at, now=now):
        raise Refused(problem.sentence, field=problem.field)
    with network_scope(user=by.pk if by else None, reason="a visitor asks for support, for the network to read"):
        if standing := Request.objects.filter(key=key).first():
            if not Request.objects.filter(pk=standing.pk, **_words(new)).exists():
                raise Refused(already_saved(standing.reference))
            return standing
        if same := _same(new, now=now):
            return same
        try:
            with transaction.atomic():
                request = _write(new, key=key, now=now)
        except IntegrityError:
            return Request.objects.get(key=key)
        record("submitted", request, by=by, now=now, moved=(RequestStatus.DRAFT, RequestStatus.SUBMITTED))
        for asker in emails.askers_of(request):
            emails.request_receipt(request, asker, now=now)
        for coordinator in coordinators():
            if by is None or coordinator.user_id != by.pk:
                emails.request_new(request, coordinator, now=now)
        return request


def _same(new: NewRequest, *, now: datetime) -> Request | None:
    """What the same person asked for a moment ago in the very same words: they went back, and sent it again."""
    with connection.cursor() as cursor:  # two tabs at once are one after the other
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [new.email.lower() or new.telephone])
    going_on = {"status__in": OPEN_REQUESTS, "submitted_at__gt": now - timedelta(hours=1)}
    return Request.objects.filter(**_words(new), **going_on).first()


def _words(new: NewRequest) -> dict[str, Any]:
    """What was typed, as the row and its detail keep it."""
    columns = asdict(new) | {"force": new.force, "setting": list(new.setting)}
    said = {name: columns.pop(name) for name in ("name", "email", "telephone", "story")}
    return columns | {f"detail__{name}": value for name, value in said.items()}


def _write(new: NewRequest, *, key: UUID, now: datetime) -> Request:
    request = Request.objects.create(
        reference=_next_reference(),
        key=key,
        force=new.force,
        status=RequestStatus.SUBMITTED,
        kind=new.kind,
        postcode=new.postcode,
        place=new.place,
        lat=new.lat,
        lng=new.lng,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        places=new.places,
        setting=list(new.setting),
        people=new.people,
        submitted_at=now,
    )
    RequestDetail.objects.create(
        request=request, force=new.force, name=new.name, email=new.email, telephone=new.telephone, story=new.story
    )
    Briefing.objects.create(
        request=request,
        force=new.force,
        meeting_point=new.place,
        contact_name=new.name,
        contact_telephone=new.telephone,
    )
    return request


def _next_reference() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('deployments_reference')")
        return f"R-{cursor.fetchone()[0]}"


@transaction.atomic
def triage_request(*, request: Request, triage: Triage, by: User, now: datetime) -> Request:
    """Give the request its tier and its briefing, and tell the host force's leads that it is being worked on.

    Where the setting is another than was asked for, teams that were asked or booked already are judged again.
    """
    must(by, "request.triage")
    request = locked_request(request.pk)
    if request.status not in (RequestStatus.SUBMITTED, *TAKES_OFFERS, RequestStatus.FILLED):
        raise Refused(_("%s is over, so it can't be triaged now.") % request.reference)
    if triage.places < request.taken:
        raise Refused(_("%d teams are confirmed already.") % request.taken, field="places")
    first_time = request.triaged_at is None
    if first_time:
        request.triaged_at, request.triaged_by = now, by
    before, was_short = list(request.setting), request.taken < request.places
    _write_triage(request, triage)
    if request.setting != before:
        was, is_now = ", ".join(before), ", ".join(request.setting)
        record("changed setting", request, by=by, now=now, was=was, setting=is_now)
        recheck_soon()
    if first_time:
        move_request(request, RequestStatus.TRIAGED, verb="triaged", by=by, now=now)
        for lead in leads_of(request.force_id):
            emails.request_triaged(request, lead, now=now)
    else:
        record("changed triage", request, by=by, now=now, tier=triage.tier, places=triage.places)
        settle_places(request, by=by, now=now)
        if was_short and request.taken == request.places:
            tell_the_rest(request, by=by, now=now)
    return request


def _write_triage(request: Request, triage: Triage) -> None:
    request.tier, request.places, request.legal_basis = triage.tier, triage.places, triage.legal_basis
    if triage.setting is not None:
        request.setting = list(triage.setting)
    request.save(update_fields=["tier", "places", "legal_basis", "setting", "triaged_at", "triaged_by"])
    RequestDetail.objects.filter(request=request).update(triage_note=triage.note)
    Briefing.objects.filter(request=request).update(
        meeting_point=triage.meeting_point,
        contact_name=triage.contact_name,
        contact_telephone=triage.contact_telephone,
        expect=triage.expect,
        practical=triage.practical,
    )


@transaction.atomic
def change_tier(*, request: Request, tier: int, by: User, now: datetime) -> Request:
    """Look for teams in the region first, or in the whole country: the match ranks by it at once. Nobody is told."""
    must(by, "request.triage")
    request = locked_request(request.pk)
    if request.tier == tier:
        return request
    if request.tier is None or request.status not in (*TAKES_OFFERS, RequestStatus.FILLED):
        raise Refused(_("%s is not being matched, so its tier stays as it is.") % request.reference)
    if tier not in Tier.values:
        raise Refused(_("Choose tier 1, 2 or 3."), field="tier")
    record("changed tier", request, by=by, now=now, moved=(f"tier {request.tier}", f"tier {tier}"))
    request.tier = tier
    request.save(update_fields=["tier"])
    return request


@transaction.atomic
def decline_request(*, request: Request, reason: str, by: User, now: datetime) -> Request:
    """Say no to a request, kindly and with a reason that whoever asked will read."""
    must(by, "request.triage")
    request = locked_request(request.pk)
    if not reason.strip():
        raise Refused(_("Say why, in a sentence that the person who asked can read."), field="reason")
    if Offer.objects.filter(request=request, status__in=[OfferStatus.PROPOSED, OfferStatus.CONFIRMED]).exists():
        raise Refused(_("Teams have been asked already. Stand the request down instead."))
    request.closed_at, request.closing_note = now, reason
    request.save(update_fields=["closed_at", "closing_note"])
    move_request(request, RequestStatus.DECLINED, verb="declined", by=by, now=now, why=reason)
    # Until it is triaged nobody but whoever asked knows of it.
    for recipient in emails.host_side(request) if request.triaged_at else emails.askers_of(request):
        emails.request_declined(request, recipient, now=now)
    return request


@transaction.atomic
def close_request(*, request: Request, note: str, by: User, now: datetime) -> Request:
    """Close a request after its last team has checked out, and thank whoever asked."""
    must(by, "request.triage")
    request = locked_request(request.pk)
    REQUEST.check(request.status, RequestStatus.CLOSED, thing=request.reference)
    request.closed_at, request.closing_note = now, note
    request.save(update_fields=["closed_at", "closing_note"])
    move_request(request, RequestStatus.CLOSED, verb="closed", by=by, now=now, why=note)
    for recipient in emails.host_side(request):
        emails.request_closed(request, recipient, now=now)
    return request
