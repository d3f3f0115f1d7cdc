"""A confirmed team's way: check in, check out, debrief; or stood down."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.access import can, must
from accounts.models import User
from accounts.queries import concerned, coordinators, leads_of
from audit.actions import for_the_record, record
from core.lifecycle import Refused
from core.tenancy import network_scope
from deployments import emails
from deployments.actions.held import locked_request, move_request, settle_places
from deployments.models import Debrief, DebriefDraft, Deployment, Offer, Request
from deployments.rules import CHECK_IN_EARLY, may_check_in
from deployments.states import DEPLOYMENT, ENDED_EARLY, OFFER, DeploymentStatus, OfferStatus, RequestStatus
from dogs.actions.commitments import finish, release


def end_deployment(deployment: Deployment, to: str, *, reason: str, by: User | None, now: datetime) -> None:
    """Move a held deployment to one of its early ends and free the team's time that is left."""
    was_on_scene = deployment.status == DeploymentStatus.ON_SCENE
    _move(deployment, to, verb=to.replace("_", " "), by=by, now=now, why=reason)
    deployment.ended_at, deployment.reason = now, reason[:300]
    if was_on_scene:
        deployment.checked_out_at = now  # it was there: it logs its sessions still, and is asked how it is
    deployment.save(update_fields=["ended_at", "reason", "checked_out_at"])
    if was_on_scene:
        finish(deployment.commitment, now=now)
    else:
        release(deployment.commitment, now=now)


def _move(deployment: Deployment, to: str, *, verb: str, by: User | None, now: datetime, why: str = "") -> None:
    DEPLOYMENT.check(deployment.status, to, thing=str(deployment))
    from_state, deployment.status = deployment.status, to
    deployment.save()
    record(verb, deployment, by=by, now=now, moved=(from_state, to), why=why)


def _held(deployment: Deployment) -> tuple[Request, Deployment]:
    request = locked_request(deployment.request_id)
    deployment = _rows_to_hold().get(pk=deployment.pk)
    deployment.request = request
    return request, deployment


def _rows_to_hold() -> QuerySet[Deployment]:
    return Deployment.objects.select_for_update(no_key=True, of=("self",)).select_related("commitment", "offer")


@transaction.atomic
def stand_down_deployment(*, deployment: Deployment, reason: str, by: User, now: datetime) -> Deployment:
    """End one team's deployment early. The place is free again; the team, its lead and the host are told at once."""
    return _end_early(deployment, DeploymentStatus.STOOD_DOWN, reason=reason, by=by, now=now)


@transaction.atomic
def mark_absent(*, deployment: Deployment, reason: str, by: User, now: datetime) -> Deployment:
    """A coordinator records that a scheduled team did not attend. While the request lasts, its place is free again.

    Not before it begins: who is not to come then is stood down, and told by text message.
    """
    return _end_early(deployment, DeploymentStatus.DID_NOT_ATTEND, reason=reason, by=by, now=now)


def _end_early(deployment: Deployment, to: str, *, reason: str, by: User, now: datetime) -> Deployment:
    must(by, "offer.propose")
    with network_scope(user=by.pk, reason="a team that does not come concerns the donor and the host"):
        request, deployment = _held(deployment)
        if to == DeploymentStatus.DID_NOT_ATTEND and now < request.starts_at:
            raise Refused(_("%s has not begun yet. Stand the team down instead.") % request.reference)
        if deployment.status != to:
            _end_held(deployment, to, reason=reason, by=by, now=now)
    return deployment


def stand_down_all(request: Request, *, reason: str, by: User, now: datetime) -> None:
    """Stand down every team that is to come to the held request, or is there. Inside a network scope."""
    going = [DeploymentStatus.SCHEDULED, DeploymentStatus.ON_SCENE]
    for deployment in _rows_to_hold().filter(request=request, status__in=going).order_by("pk"):
        deployment.request = request
        _end_held(deployment, DeploymentStatus.STOOD_DOWN, reason=reason, by=by, now=now)


def _end_held(deployment: Deployment, to: str, *, reason: str, by: User, now: datetime) -> None:
    """End a held deployment of a held request, with its offer. Its place is free again; its people are told."""
    request = deployment.request
    end_deployment(deployment, to, reason=reason, by=by, now=now)
    _withdraw_confirmed(deployment.offer, reason=reason, by=by, now=now)
    if to == DeploymentStatus.STOOD_DOWN or now < request.ends_at:
        request.taken -= 1
        request.save(update_fields=["taken"])
        settle_places(request, by=by, now=now)
    message = emails.deployment_stood_down if to == DeploymentStatus.STOOD_DOWN else emails.deployment_marked_absent
    for recipient in concerned([deployment.handler_user_id], deployment.force_id):
        message(deployment, recipient, now=now)
    if request.status not in ENDED_EARLY:  # else the host is told of the whole request
        emails.tell_of_absence(deployment, now=now)
    complete_if_over(request, by=by, now=now)


def _withdraw_confirmed(offer: Offer, *, reason: str, by: User | None, now: datetime) -> None:
    OFFER.check(offer.status, OfferStatus.WITHDRAWN, thing=str(offer))
    from_state, offer.status = offer.status, OfferStatus.WITHDRAWN
    offer.ended_at, offer.ended_by, offer.reason = now, by, reason[:300]
    offer.save(update_fields=["status", "ended_at", "ended_by", "reason"])
    record("withdrawn", offer, by=by, now=now, moved=(from_state, OfferStatus.WITHDRAWN), why=reason)


@transaction.atomic
def check_in(*, deployment: Deployment, by: User, now: datetime) -> Deployment:
    """The handler has arrived. The request becomes active with its first team; a repeated tap counts once."""
    _must_work(deployment, by)
    with network_scope(user=by.pk, reason="the first check-in makes the host's request active"):
        request, deployment = _held(deployment)
        if deployment.status == DeploymentStatus.ON_SCENE:
            return deployment
        if deployment.status == DeploymentStatus.SCHEDULED and not may_check_in(
            request.starts_at, request.ends_at, now=now
        ):
            raise Refused(_too_early_or_late(request, now))
        _arrive(request, deployment, at=now, by=by, now=now)
        emails.tell_of_arrival(deployment, now=now)
    return deployment


def _arrive(request: Request, deployment: Deployment, *, at: datetime, by: User, now: datetime, why: str = "") -> None:
    deployment.checked_in_at = at
    _move(deployment, DeploymentStatus.ON_SCENE, verb="checked in", by=by, now=now, why=why)
    if request.status in (RequestStatus.SOURCING, RequestStatus.FILLED):
        move_request(request, RequestStatus.ACTIVE, verb="active", by=by, now=now)


def _too_early_or_late(request: Request, now: datetime) -> str:
    if now < request.starts_at:
        return _("You can check in from %(hours)d hours before the start.") % {
            "hours": int(CHECK_IN_EARLY.total_seconds() // 3600)
        }
    return _("This deployment's time is over. Ring the coordinators so that they can put it right.")


@transaction.atomic
def check_out(*, deployment: Deployment, by: User, now: datetime) -> Deployment:
    """The handler has left. The team's time ends now; the request is completed with its last team."""
    _must_work(deployment, by)
    with network_scope(user=by.pk, reason="the last check-out completes the host's request"):
        request, deployment = _held(deployment)
        if deployment.checked_out_at:
            return deployment
        _leave(deployment, at=now, by=by, now=now)
        for lead in leads_of(deployment.force_id):
            emails.team_left(deployment, lead, now=now)
        complete_if_over(request, by=by, now=now)
    return deployment


def _leave(deployment: Deployment, *, at: datetime, by: User, now: datetime, why: str = "") -> None:
    deployment.checked_out_at = at
    _move(deployment, DeploymentStatus.COMPLETED, verb="checked out", by=by, now=now, why=why)
    finish(deployment.commitment, now=at)


@dataclass(frozen=True)
class Attendance:
    """What a coordinator was told of a team: when it came, when it left (None: it is still there), and by whom."""

    arrived_at: datetime | None
    left_at: datetime | None
    said_by: str


@transaction.atomic
def record_attendance(*, deployment: Deployment, told: Attendance, by: User, now: datetime) -> Deployment:
    """Record that a team was there and could not say so itself: no signal, or check-in or check-out forgotten.

    Of a team that has checked in, only when it left. Its handler and lead are told; a second press counts once.
    """
    must(by, "offer.propose")
    with network_scope(user=by.pk, reason="a team that was there concerns the donor and the host"):
        request, deployment = _held(deployment)
        if told.left_at and deployment.checked_out_at == told.left_at:
            return deployment
        arrived_at = deployment.checked_in_at or told.arrived_at
        if arrived_at is None:
            raise Refused(_("Enter when they came."), field="arrived_at")
        _check_times(request, arrived_at, told.left_at, now=now)
        with for_the_record():
            why = _("%s said so.") % told.said_by
        if deployment.checked_in_at is None:
            _arrive(request, deployment, at=arrived_at, by=by, now=now, why=why)
        if told.left_at:
            _leave(deployment, at=told.left_at, by=by, now=now, why=why)
        for recipient in concerned([deployment.handler_user_id], deployment.force_id):
            emails.attendance_recorded(deployment, recipient, now=now)
        complete_if_over(request, by=by, now=now)
    return deployment


def _check_times(request: Request, arrived_at: datetime, left_at: datetime | None, *, now: datetime) -> None:
    future = _("That is in the future. Check the day and the time.")
    if arrived_at > now:
        raise Refused(future, field="arrived_at")
    if not may_check_in(request.starts_at, request.ends_at, now=arrived_at):
        raise Refused(_("The teams were asked for another time. Check the day and the time."), field="arrived_at")
    if left_at is None and now >= request.ends_at:
        raise Refused(_("The time of this deployment is over: enter when they left."), field="left_at")
    if left_at and left_at > now:
        raise Refused(future, field="left_at")
    if left_at and left_at <= arrived_at:
        raise Refused(_("That is before they came. Check the day and the time."), field="left_at")


def complete_if_over(request: Request, *, by: User | None, now: datetime) -> None:
    """Complete an active request when its last team has left: nobody on scene, to come, or still asked to come.

    Before its end another team can be asked all the same: that makes it active again. One that has not begun and is
    short waits for those.
    """
    if request.status != RequestStatus.ACTIVE or (now < request.starts_at and request.open_places):
        return
    states = set(Deployment.objects.filter(request=request).values_list("status", flat=True))
    if states & {DeploymentStatus.SCHEDULED, DeploymentStatus.ON_SCENE}:
        return
    if now < request.ends_at and Offer.objects.filter(request=request, status=OfferStatus.PROPOSED).exists():
        return
    if states & {DeploymentStatus.COMPLETED, DeploymentStatus.DEBRIEFED}:
        move_request(request, RequestStatus.COMPLETED, verb="completed", by=by, now=now)
        for coordinator in coordinators():
            emails.request_completed(request, coordinator, now=now)


@dataclass(frozen=True)
class Account:
    """What the handler writes after a deployment."""

    went_well: str
    change: str
    dog_after: str
    needs_follow_up: bool


@transaction.atomic
def write_debrief(*, deployment: Deployment, account: Account, by: User, now: datetime) -> Debrief:
    """Keep the handler's debrief. A second one replaces nothing: the first stands and comes back."""
    _must_work(deployment, by)
    DebriefDraft.objects.filter(deployment=deployment).delete()  # here: the network does not see a draft
    with network_scope(user=by.pk, reason="the debrief's row is checked against the request's lock"):
        _request, deployment = _held(deployment)
        standing = Debrief.objects.filter(deployment=deployment).first()
        if standing:
            return standing
        debrief = Debrief.objects.create(
            deployment=deployment,
            force_id=deployment.force_id,
            handler_user=by,
            went_well=account.went_well,
            change=account.change,
            dog_after=account.dog_after,
            needs_follow_up=account.needs_follow_up,
            written_at=now,
        )
        _move(deployment, DeploymentStatus.DEBRIEFED, verb="debriefed", by=by, now=now)
        message = emails.follow_up_wanted if account.needs_follow_up else emails.debrief_written
        for recipient in [*coordinators(), *leads_of(deployment.force_id)]:
            message(deployment, recipient, now=now)
    return debrief


@transaction.atomic
def save_debrief_draft(*, deployment: Deployment, account: Account, by: User, now: datetime) -> DebriefDraft:
    """Keep what is written so far, for the handler alone. Once the debrief is written there is no draft."""
    _must_work(deployment, by)
    if Debrief.objects.filter(deployment=deployment).exists():
        raise Refused(_("Your debrief is written already."))
    draft, _is_new = DebriefDraft.objects.update_or_create(
        deployment=deployment, defaults={**asdict(account), "handler_user": by, "saved_at": now}
    )
    return draft


def _must_work(deployment: Deployment, by: User) -> None:
    if deployment.handler_user_id != by.pk or not can(by, "deployment.work", force=deployment.force_id):
        raise PermissionDenied
