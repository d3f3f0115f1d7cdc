"""The coordinators' pages of mutual aid: requests, the match, offers, and what is recorded for others."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import must
from accounts.requests import SignedIn
from core.forms import HouseForm
from core.lifecycle import Refused
from deployments.actions import deployments as going
from deployments.actions import ending
from deployments.actions import offers as asking
from deployments.actions import requests as asked_for
from deployments.actions.proposing import propose_offers
from deployments.actions.reminding import remind_waiting
from deployments.forms.coordinator import (
    AnswerForm,
    AttendanceForm,
    CancelForm,
    CloseForm,
    LeavingForm,
    ReasonForm,
    TierForm,
    TriageForm,
)
from deployments.models import Deployment, Offer, Request
from deployments.pages import match_page, request_page
from deployments.pages_offers import numbers_of, offer_out
from deployments.queries import every_waiting_offer, requests_in_view
from deployments.states import Side

# The lists that the home page's counts link to.
SHOWN = [
    ("open", _lazy("Open")),
    ("new", _lazy("New")),
    ("unfilled", _lazy("Short within 24 hours")),
    ("active", _lazy("Active")),
    ("ended", _lazy("Ended")),
]


def _request(request: SignedIn, uuid: UUID, permission: str) -> Request:
    """The request, if it is behind the reader's wall; then whether they may: another force's does not exist."""
    rows = Request.objects.select_related("force", "detail", "briefing")
    found = get_object_or_404(rows, uuid=uuid)
    must(request.user, permission)
    return found


@login_required
@require_GET
def request_list(request: SignedIn) -> HttpResponse:
    """Every request, the open ones first; `?show=` narrows to one of the home page's counts."""
    must(request.user, "request.match")
    show = request.GET.get("show", "open")
    rows = requests_in_view(show, now=timezone.now())
    context = {"requests": rows, "show": show, "choices": SHOWN}
    return render(request, "deployments/coordinator/request_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def request_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    """A request with everything known of it; the form is its triage."""
    found = _request(request, uuid, "request.triage")
    form = TriageForm(request.POST if request.method == "POST" else None, initial=TriageForm.starting_with(found))
    if request.method == "POST" and form.is_valid():
        try:
            asked_for.triage_request(request=found, triage=form.triage(), by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%s is triaged. Choose teams to ask.") % found.reference)
            return redirect("coordinator_request_match", uuid)
    context = {**request_page(found, now=timezone.now()), "form": form}
    return render(request, "deployments/coordinator/request_detail.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "POST"])
def request_match(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Every team judged for the request's dates; ticking some and sending asks their forces.

    The best are drawn at once; "show all" is a send of the same form, so that it keeps the ticks.
    """
    found = _request(request, uuid, "request.match")
    if request.method == "POST" and "show" not in request.POST:
        return _propose(request, found)
    everyone, ticked = "show" in request.POST, request.POST.getlist("teams")
    context = match_page(found, now=timezone.now(), ticked=set(ticked), everyone=everyone)
    return render(request, "deployments/coordinator/request_match.html", context)


def _propose(request: SignedIn, found: Request) -> HttpResponse:
    ticked = [UUID(text) for text in request.POST.getlist("teams") if _is_uuid(text)]
    try:
        made, left_out = propose_offers(request=found, teams=ticked, by=request.user, now=timezone.now())
    except Refused as refused:
        context = match_page(found, now=timezone.now(), ticked={str(t) for t in ticked}, problem=str(refused))
        return render(request, "deployments/coordinator/request_match.html", context, status=422)
    if made:
        names = ", ".join(str(offer.team) for offer in made)
        said = ngettext("Offer sent: %s.", "Offers sent: %s.", len(made)) % names
        messages.success(request, said)
    if gone := len(set(ticked)) - len(made) - len(left_out):
        said = ngettext(
            "%d team that you chose is not there any more.", "%d teams that you chose are not there any more.", gone
        )
        messages.error(request, said % gone)
    for team in left_out:
        messages.error(
            request, _("Not sent to %(team)s: %(why)s.") % {"team": team.team, "why": "; ".join(team.reasons)}
        )
    return redirect("coordinator_request_match", found.uuid)


@login_required
@require_POST
def request_tier(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Another tier by one press: the teams are ranked by it when the page comes back."""
    found = _request(request, uuid, "request.triage")
    form = TierForm(request.POST)
    try:
        tier = form.cleaned_data["tier"] if form.is_valid() else 0
        found = asked_for.change_tier(request=found, tier=tier, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        words = {"reference": found.reference, "tier": found.get_tier_display().lower()}
        messages.success(request, _("%(reference)s: %(tier)s.") % words)
    return redirect("coordinator_request_match", uuid)


@login_required
@require_POST
def request_remind(request: SignedIn, uuid: UUID) -> HttpResponse:
    """One message more to whoever has not answered; then back to the page whose button it was."""
    found = _request(request, uuid, "offer.propose")
    try:
        reminded, not_yet = remind_waiting(request=found, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Reminded: %s.") % ", ".join(str(offer.team) for offer in reminded))
        if not_yet:
            names = ", ".join(str(offer.team) for offer in not_yet)
            messages.warning(request, _("Reminded within the hour already: %s.") % names)
    here = "coordinator_request_detail" if request.GET.get("back") == "request" else "coordinator_request_match"
    return redirect(here, uuid)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@login_required
@require_http_methods(["GET", "POST"])
def request_decline(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = _request(request, uuid, "request.triage")
    return _with_form(
        request,
        ReasonForm,
        act=lambda data: asked_for.decline_request(request=found, **data, by=request.user, now=timezone.now()),
        done=_("%s is declined. Whoever asked has been told.") % found.reference,
        context=_decision(found, _("Decline this request"), _("Decline it"), kind="stop"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def request_cancel(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = _request(request, uuid, "request.triage")
    note = _(
        "Cancel a request that is no longer needed, while nobody has gone yet. Offers that wait are taken back, and"
        " confirmed teams are told to stay at home. When it ends early for any other reason, stand it down."
    )
    return _with_form(
        request,
        CancelForm,
        act=lambda data: ending.cancel_request(request=found, **data, by=request.user, now=timezone.now()),
        done=_("%s is cancelled. Everybody concerned has been told.") % found.reference,
        context=_decision(found, _("Cancel this request"), _("Cancel the request"), kind="stop", note=note),
    )


@login_required
@require_http_methods(["GET", "POST"])
def request_stand_down(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = _request(request, uuid, "request.triage")
    note = _(
        "Stand a request down to end it early, also while teams are there. Teams on the way are told to turn round."
        " When the host no longer needs anybody and nobody has gone yet, cancel it."
    )
    return _with_form(
        request,
        ReasonForm,
        act=lambda data: ending.stand_down_request(request=found, **data, by=request.user, now=timezone.now()),
        done=_("%s is stood down. Everybody on it has been told.") % found.reference,
        context=_decision(found, _("Stand everybody down"), _("Stand down"), kind="stop", note=note),
    )


@login_required
@require_http_methods(["GET", "POST"])
def request_close(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = _request(request, uuid, "request.triage")
    return _with_form(
        request,
        CloseForm,
        act=lambda data: asked_for.close_request(request=found, **data, by=request.user, now=timezone.now()),
        done=_("%s is closed.") % found.reference,
        context=_decision(found, _("Close this request"), _("Close it")),
    )


def _decision(found: Request, title: str, button: str, *, kind: str = "", note: str = "") -> dict[str, Any]:
    back = ("coordinator_request_detail", found.uuid)
    return {"found": found, "title": title, "button": button, "kind": kind, "note": note, "back": back}


def _with_form(
    request: SignedIn,
    form_class: type[HouseForm],
    *,
    act: Callable[[dict[str, Any]], object],
    done: str,
    context: dict[str, Any],
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """A decision on a page of its own: the form, the action, then back to where it came from with what was done."""
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, done)
            return redirect(*context["back"])
    context = {**context, "form": form}
    return render(request, "deployments/coordinator/decision.html", context, status=_status(form))


def _status(form: HouseForm) -> int:
    return 422 if form.errors else 200


@login_required
@require_GET
def offer_list(request: SignedIn) -> HttpResponse:
    """The offers that wait for an answer, the soonest deadline first."""
    must(request.user, "offer.propose")
    now = timezone.now()
    lines = [offer_out(offer, {}, now=now) for offer in every_waiting_offer()]
    return render(request, "deployments/coordinator/offer_list.html", {"lines": lines})


def _offer(request: SignedIn, uuid: UUID) -> Offer:
    rows = Offer.objects.select_related(
        "request__force", "team__dog", "team__handler", "force__membership", "handler_user__profile", "deployment"
    )
    offer = get_object_or_404(rows, uuid=uuid)
    must(request.user, "offer.record_answer")
    return offer


@login_required
@require_http_methods(["GET", "POST"])
def offer_record(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Write down an answer that was given by telephone."""
    offer = _offer(request, uuid)
    context = {
        **_decision(offer.request, _("Answer given by telephone"), _("Record the answer")),
        "offer": offer,
        "telephones": numbers_of(offer),
        "back": ("coordinator_request_match", offer.request.uuid),
    }
    return _with_form(
        request,
        AnswerForm,
        act=lambda data: _record(offer, data, request),
        done=_("Recorded for %s. Both people get a mail and can correct it.") % offer.team,
        context=context,
        initial={"said_at": timezone.now(), "side": request.GET.get("side", "")},
    )


def _record(offer: Offer, data: dict[str, Any], request: SignedIn) -> None:
    now = timezone.now()
    told = asking.Told(said_by=data["said_by"], said_at=data["said_at"])
    if data["answer"] == "no":
        asking.decline_offer(offer=offer, side=data["side"], reason=data["reason"], told=told, by=request.user, now=now)
        return
    say_yes = asking.release_offer if data["side"] == Side.LEAD else asking.accept_offer
    say_yes(offer=offer, told=told, by=request.user, now=now)


@login_required
@require_POST
def offer_withdraw(request: SignedIn, uuid: UUID) -> HttpResponse:
    offer = _offer(request, uuid)
    try:
        asking.withdraw_offer(offer=offer, reason="", by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The offer of %s is taken back.") % offer.team)
    return redirect("coordinator_request_match", offer.request.uuid)


def _deployment(request: SignedIn, uuid: UUID) -> Deployment:
    deployment = get_object_or_404(Deployment.objects.select_related("request__force"), uuid=uuid)
    must(request.user, "offer.propose")
    return deployment


@login_required
@require_http_methods(["GET", "POST"])
def deployment_stand_down(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = _deployment(request, uuid)
    return _with_form(
        request,
        ReasonForm,
        act=lambda data: going.stand_down_deployment(deployment=found, **data, by=request.user, now=timezone.now()),
        done=_("%s is stood down and has been told.") % found,
        context=_decision(found.request, _("Stand down %s") % found, _("Stand down"), kind="stop"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def deployment_attended(request: SignedIn, uuid: UUID) -> HttpResponse:
    """A team was there and could not check in or out itself."""
    found = _deployment(request, uuid)

    def act(data: dict[str, Any]) -> object:
        told = going.Attendance(data.get("arrived_at"), data["left_at"], data["said_by"])
        return going.record_attendance(deployment=found, told=told, by=request.user, now=timezone.now())

    note = _(
        "Record what the handler or their force told you. The handler can then write the debrief and claim expenses."
    )
    return _with_form(
        request,
        AttendanceForm if found.checked_in_at is None else LeavingForm,
        act=act,
        done=_("Recorded: %s was there. They have been told.") % found,
        context=_decision(found.request, _("%s was there") % found, _("Record it"), note=note),
    )


@login_required
@require_http_methods(["GET", "POST"])
def deployment_absent(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = _deployment(request, uuid)
    return _with_form(
        request,
        ReasonForm,
        act=lambda data: going.mark_absent(deployment=found, **data, by=request.user, now=timezone.now()),
        done=_("Recorded: %s did not attend.") % found,
        context=_decision(found.request, _("%s did not attend") % found, _("Record it")),
    )
