"""The teams that were asked or are going: answers by telephone, offers taken back, who came and who did not."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from deployments.actions import deployments as going
from deployments.actions import offers as asking
from deployments.forms.coordinator import AnswerForm, AttendanceForm, LeavingForm, ReasonForm
from deployments.models import Offer
from deployments.pages_offers import numbers_of, offer_out
from deployments.queries import every_waiting_offer
from deployments.states import OfferStatus, Side
from deployments.views.coordinator.found import decide, decision, deployment_found, offer_found


@login_required
@require_GET
def offer_list(request: SignedIn) -> HttpResponse:
    """The offers that wait for an answer, the soonest deadline first."""
    must(request.user, "offer.propose")
    now = timezone.now()
    lines = [offer_out(offer, {}, now=now) for offer in every_waiting_offer()]
    return render(request, "deployments/coordinator/offer_list.html", {"lines": lines})


@login_required
@require_http_methods(["GET", "POST"])
def offer_record(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Write down an answer that was given by telephone."""
    offer = offer_found(request, uuid)
    context = {
        **decision(offer.request, _("Answer given by telephone"), _("Record the answer")),
        "offer": offer,
        "telephones": numbers_of(offer),
        "back": ("coordinator_request_match", offer.request.uuid),
    }
    return decide(
        request,
        AnswerForm,
        act=lambda data: _record(offer, data, request),
        done=str,
        context=context,
        initial={"said_at": timezone.now(), "side": request.GET.get("side", "")},
    )


def _record(offer: Offer, data: dict[str, Any], request: SignedIn) -> str:
    """What came of it, in a sentence; empty where that is a warning."""
    now, was = timezone.now(), (offer.status, offer.ended_side)
    told = asking.Told(said_by=data["said_by"], said_at=data["said_at"])
    if data["answer"] == "no":
        ended = asking.decline_offer(
            offer=offer, side=data["side"], reason=data["reason"], told=told, by=request.user, now=now
        )
        if (ended.status, ended.ended_side) == was:
            return _("%s had said no already, so nothing has changed.") % offer.team
        return _("The no is recorded for %s. Both people get a mail.") % offer.team
    say_yes = asking.release_offer if data["side"] == Side.LEAD else asking.accept_offer
    answered = say_yes(offer=offer, told=told, by=request.user, now=now)
    if answered.status == OfferStatus.CONFIRMED:
        return _("%s is confirmed now. Say so, if you have them on the line.") % offer.team
    if answered.status == OfferStatus.WITHDRAWN:
        words = {"team": offer.team, "why": answered.reason}
        messages.warning(request, _("The yes of %(team)s is recorded, but it can’t count any more. %(why)s") % words)
        return ""
    return _("Recorded for %s. Both people get a mail and can correct it.") % offer.team


@login_required
@require_POST
def offer_withdraw(request: SignedIn, uuid: UUID) -> HttpResponse:
    offer = offer_found(request, uuid)
    try:
        asking.withdraw_offer(offer=offer, reason="", by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The offer of %s is taken back.") % offer.team)
    return redirect("coordinator_request_match", offer.request.uuid)


@login_required
@require_http_methods(["GET", "POST"])
def deployment_stand_down(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = deployment_found(request, uuid)
    return decide(
        request,
        ReasonForm,
        act=lambda data: going.stand_down_deployment(deployment=found, **data, by=request.user, now=timezone.now()),
        done=_("%s is stood down and has been told.") % found,
        context=decision(found.request, _("Stand down %s") % found, _("Stand down"), kind="stop"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def deployment_attended(request: SignedIn, uuid: UUID) -> HttpResponse:
    """A team was there and could not check in or out itself."""
    found = deployment_found(request, uuid)

    def act(data: dict[str, Any]) -> object:
        told = going.Attendance(data.get("arrived_at"), data["left_at"], data["said_by"])
        return going.record_attendance(deployment=found, told=told, by=request.user, now=timezone.now())

    note = _(
        "Record what the handler or their force told you. The handler can then write the debrief and claim expenses."
    )
    return decide(
        request,
        AttendanceForm if found.checked_in_at is None else LeavingForm,
        act=act,
        done=_("Recorded: %s was there. They have been told.") % found,
        context=decision(found.request, _("%s was there") % found, _("Record it"), note=note),
    )


@login_required
@require_http_methods(["GET", "POST"])
def deployment_absent(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = deployment_found(request, uuid)
    return decide(
        request,
        ReasonForm,
        act=lambda data: going.mark_absent(deployment=found, **data, by=request.user, now=timezone.now()),
        done=_("Recorded: %s did not attend.") % found,
        context=decision(found.request, _("%s did not attend") % found, _("Record it")),
    )
