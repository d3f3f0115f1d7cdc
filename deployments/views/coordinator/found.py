"""What a coordinator's page is about, if it is behind the reader's wall; and one decision on a page of its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import must
from accounts.requests import SignedIn
from core.forms import HouseForm
from core.lifecycle import Refused
from deployments.models import Deployment, Offer, Request
from deployments.queries import with_keepers


def request_found(request: SignedIn, uuid: UUID, permission: str, *, held: bool = False) -> Request:
    """The request, if it is behind the reader's wall; then whether they may: another force's does not exist.

    `held`: its row is locked first, so that a form is compared with what stands until it is saved.
    """
    if held:
        Request.objects.select_for_update(no_key=True).filter(uuid=uuid).values_list("pk").first()
    rows = Request.objects.select_related("force", "detail", "briefing")
    found = get_object_or_404(rows, uuid=uuid)
    must(request.user, permission)
    return found


def offer_found(request: SignedIn, uuid: UUID) -> Offer:
    rows = Offer.objects.select_related(
        "request__force", "team__dog", "team__handler", "force__membership", "handler_user__profile", "deployment"
    )
    offer = get_object_or_404(with_keepers(rows), uuid=uuid)
    must(request.user, "offer.record_answer")
    return offer


def deployment_found(request: SignedIn, uuid: UUID) -> Deployment:
    deployment = get_object_or_404(Deployment.objects.select_related("request__force"), uuid=uuid)
    must(request.user, "offer.propose")
    return deployment


def decision(found: Request, title: str, button: str, *, kind: str = "", note: str = "") -> dict[str, Any]:
    back = ("coordinator_request_detail", found.uuid)
    return {"found": found, "title": title, "button": button, "kind": kind, "note": note, "back": back}


def decide(
    request: SignedIn,
    form_class: type[HouseForm],
    *,
    act: Callable[[dict[str, Any]], object],
    done: str | Callable[[Any], str],
    context: dict[str, Any],
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """A decision on a page of its own: the form, the action, then back to where it came from with what was done.

    `done` may be worded from what `act` returned.
    """
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            if said := done if isinstance(done, str) else done(made):
                messages.success(request, said)
            return redirect(*context["back"])
    context = {**context, "form": form}
    return render(request, "deployments/coordinator/decision.html", context, status=status_of(form))


def status_of(form: HouseForm) -> int:
    return 422 if form.errors else 200
