"""Requests and their match: looked at, triaged, matched; teams asked and reminded."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from core.typed import read_uuid
from deployments.actions import requests as asked_for
from deployments.actions.proposing import propose_offers
from deployments.actions.reminding import remind_waiting
from deployments.forms.coordinator import TelephoneRequestForm, TierForm, TriageForm
from deployments.models import Request
from deployments.pages import match_page, request_page
from deployments.queries import requests_in_view
from deployments.views.coordinator.found import request_found, status_of

# What the list may be narrowed to; the home page's counts link to some of these.
SHOWN = [
    ("open", _lazy("Open")),
    ("new", _lazy("New")),
    ("unfilled", _lazy("Short within 24 hours")),
    ("active", _lazy("Active")),
    ("ended", _lazy("Ended")),
]


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
def request_add(request: SignedIn) -> HttpResponse:
    """A request that comes by telephone; its triage follows."""
    must(request.user, "request.triage")
    form = TelephoneRequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        new, key = form.new_request(), form.cleaned_data["key"]
        try:
            made = asked_for.submit_request(new=new, key=key, by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%s is taken. Its triage is next.") % made.reference)
            return redirect("coordinator_request_detail", made.uuid)
    return render(request, "deployments/coordinator/request_add.html", {"form": form}, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def request_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    """A request with everything known of it; the form is its triage."""
    found = request_found(request, uuid, "request.triage", held=request.method == "POST")
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
    return render(request, "deployments/coordinator/request_detail.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def request_match(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Every team judged for the request's dates; ticking some and sending asks their forces.

    The best are drawn at once; "show all" is a send of the same form, so that it keeps the ticks.
    """
    found = request_found(request, uuid, "request.match")
    if request.method == "POST" and "show" not in request.POST:
        return _propose(request, found)
    everyone, ticked = "show" in request.POST, request.POST.getlist("teams")
    context = match_page(found, now=timezone.now(), ticked=set(ticked), everyone=everyone)
    return render(request, "deployments/coordinator/request_match.html", context)


def _propose(request: SignedIn, found: Request) -> HttpResponse:
    ticked = [uuid for text in request.POST.getlist("teams") if (uuid := read_uuid(text))]
    try:
        made, left_out = propose_offers(request=found, teams=ticked, by=request.user, now=timezone.now())
    except Refused as refused:
        context = match_page(found, now=timezone.now(), ticked={str(t) for t in ticked}, problem=str(refused))
        return render(request, "deployments/coordinator/request_match.html", context, status=422)
    if made:
        names = ", ".join(str(offer.team) for offer in sorted(made, key=lambda offer: ticked.index(offer.team.uuid)))
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
    found = request_found(request, uuid, "request.triage")
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
    found = request_found(request, uuid, "offer.propose")
    try:
        reminded, not_yet = remind_waiting(request=found, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Reminded: %s.") % ", ".join(str(offer.team) for offer in reminded))
        if not_yet:
            names = ", ".join(str(offer.team) for offer in not_yet)
            messages.warning(request, _("Asked or reminded just lately, so not again: %s.") % names)
    here = "coordinator_request_detail" if request.GET.get("back") == "request" else "coordinator_request_match"
    return redirect(here, uuid)
