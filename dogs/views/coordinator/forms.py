"""The five forms as the national team reads them; incidents reviewed."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from dogs.actions.incidents import review_incident
from dogs.entries import Sheet
from dogs.forms.work import ReviewForm
from dogs.models import Incident
from dogs.sheets import incident_state
from dogs.states import DogStatus, IncidentOutcome
from dogs.views.entries import COORDINATOR, show_list, take_away


@login_required
@require_safe
def sheet_list(request: SignedIn, sheet: Sheet) -> HttpResponse:
    """The list of one kind of form, whichever its address says."""
    return show_list(request, sheet, COORDINATOR)


@login_required
@require_safe
def sheet_export(request: SignedIn, sheet: Sheet) -> HttpResponse:
    return take_away(request, sheet, COORDINATOR)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_review(request: SignedIn, uuid: UUID) -> HttpResponse:
    """What was found, and whether the dog works again."""
    rows = Incident.objects.select_related("team__dog", "team__handler", "force", "reviewed_by__profile")
    incident = get_object_or_404(rows, uuid=uuid)
    must(request.user, "network.keep")
    dog = incident.team.dog
    form = ReviewForm(
        request.POST if request.method == "POST" else None, dog=dog, is_suspended=dog.status == DogStatus.SUSPENDED
    )
    if request.method == "POST" and form.is_valid():
        try:
            review_incident(incident=incident, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _reviewed(form.cleaned_data["outcome"], dog.name))
            return redirect("coordinator_incident_list")
    tag, kind = incident_state(incident)
    is_open = not incident.reviewed_at or incident.outcome == IncidentOutcome.KEPT
    context = {"incident": incident, "dog": dog, "form": form, "tag": tag, "kind": kind, "is_open": is_open}
    return render(request, "dogs/coordinator/incident_review.html", context, status=422 if form.errors else 200)


def _reviewed(outcome: str, dog: str) -> str:
    said = {
        IncidentOutcome.RETURNED: _("%s is back at work. The handler and the leads have been told."),
        IncidentOutcome.KEPT: _("%s stays suspended. The handler and the leads have been told."),
    }.get(IncidentOutcome(outcome), _("The incident with %s is reviewed. The handler and the leads have been told."))
    return said % dog
