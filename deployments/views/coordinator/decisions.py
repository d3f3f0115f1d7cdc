"""What a coordinator decides of a whole request, each on a page of its own."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedIn
from core.lifecycle import Refused
from deployments.actions import ending
from deployments.actions import requests as asked_for
from deployments.actions.moving import Moved, move_request_to
from deployments.forms.coordinator import CancelForm, CloseForm, MoveForm, ReasonForm
from deployments.inputs import WhenAndWhere
from deployments.models import Deployment, Request
from deployments.queries import debriefs_left
from deployments.states import MOVABLE
from deployments.views.coordinator.found import decide, decision, request_found, status_of


@login_required
@require_http_methods(["GET", "POST"])
def request_decline(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = request_found(request, uuid, "request.triage")
    return decide(
        request,
        ReasonForm,
        act=lambda data: asked_for.decline_request(request=found, **data, by=request.user, now=timezone.now()),
        done=_("%s is declined. Whoever asked has been told.") % found.reference,
        context=decision(found, _("Decline this request"), _("Decline it"), kind="stop"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def request_cancel(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = request_found(request, uuid, "request.triage")
    note = _(
        "Cancel a request that is no longer needed, while nobody has gone yet. Offers that wait are taken back, and"
        " confirmed teams are told to stay at home. When it ends early for any other reason, stand it down."
    )
    return decide(
        request,
        CancelForm,
        act=lambda data: ending.cancel_request(request=found, **data, by=request.user, now=timezone.now()),
        done=_("%s is cancelled. Everybody concerned has been told.") % found.reference,
        context=decision(found, _("Cancel this request"), _("Cancel the request"), kind="stop", note=note),
    )


@login_required
@require_http_methods(["GET", "POST"])
def request_stand_down(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = request_found(request, uuid, "request.triage")
    note = _(
        "Stand a request down to end it early, also while teams are there. Teams on the way are told to turn round."
        " When the host no longer needs anybody and nobody has gone yet, cancel it."
    )
    return decide(
        request,
        ReasonForm,
        act=lambda data: ending.stand_down_request(request=found, **data, by=request.user, now=timezone.now()),
        done=_("%s is stood down. Everybody on it has been told.") % found.reference,
        context=decision(found, _("Stand everybody down"), _("Stand down"), kind="stop", note=note),
    )


@login_required
@require_http_methods(["GET", "POST"])
def request_close(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = request_found(request, uuid, "request.triage")
    return decide(
        request,
        CloseForm,
        act=lambda data: asked_for.close_request(request=found, **data, by=request.user, now=timezone.now()),
        done=_("%s is closed.") % found.reference,
        context=decision(found, _("Close this request"), _("Close it"), note=_still_open(found)),
    )


def _still_open(found: Request) -> str:
    """What a coordinator would want to know before closing: debriefs that are missing, and who asks to be called."""
    missing, calls = debriefs_left(Deployment.objects.filter(request=found).select_related("debrief").order_by("pk"))
    said = []
    if missing:
        words = ngettext(
            "%d debrief is still to come. It can also be written after closing.",
            "%d debriefs are still to come. They can also be written after closing.",
            missing,
        )
        said.append(words % missing)
    if calls:
        said.append(_("Asked to be called, in the debrief: %s.") % ", ".join(str(team) for team in calls))
    return " ".join(said)


@login_required
@require_http_methods(["GET", "POST"])
def request_move(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Another date, place or kind. The teams that were asked or booked keep their place and are told."""
    found = request_found(request, uuid, "request.triage", held=request.method == "POST")
    if found.status not in MOVABLE:
        messages.warning(request, _("%s is over, so it can't be moved.") % found.reference)
        return redirect("coordinator_request_detail", uuid)
    form = MoveForm(request.POST if request.method == "POST" else None, initial=asdict(WhenAndWhere.of(found)))
    note = _(
        "Booked teams keep their place, teams that wait for an answer are asked anew, and everybody concerned is told."
        " If a booked team is busy then, nothing changes, and you see which it is."
    )
    if request.method == "POST" and form.is_valid():
        to, asked_by = form.when_and_where(), form.cleaned_data["asked_by"]
        try:
            moved = move_request_to(request=found, to=to, asked_by=asked_by, by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            _say_of_move(request, moved, is_elsewhere=to.is_elsewhere(WhenAndWhere.of(found)))
            return redirect("coordinator_request_detail", uuid)
    title = _("Change when and where")
    context = {**decision(found, title, _("Save the change"), note=note), "form": form}
    return render(request, "deployments/coordinator/decision.html", context, status=status_of(form))


def _say_of_move(request: SignedIn, moved: Moved, *, is_elsewhere: bool) -> None:
    if not moved.is_changed:
        messages.info(request, _("Nothing about %s has changed, so nobody was told.") % moved.request.reference)
        return
    messages.success(request, _("%s is changed. Everybody concerned has been told.") % moved.request.reference)
    for sentence in moved.late:
        messages.info(request, sentence)
    if is_elsewhere:
        messages.info(request, _("Read the briefing below again: where to come, whom to ask for, parking."))
