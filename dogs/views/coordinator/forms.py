"""The five forms as the national team reads them; incidents reviewed, welfare visits asked for."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import must
from accounts.models import Role, RoleName
from accounts.requests import SignedIn
from core.lifecycle import Refused
from dogs.actions.incidents import review_incident
from dogs.actions.welfare import ask_for_visit
from dogs.entries import Sheet
from dogs.forms.welfare import AskVisitForm
from dogs.forms.work import ReviewForm
from dogs.models import Incident
from dogs.own import dogs_to_visit
from dogs.sheets import incident_state
from dogs.states import DogStatus, IncidentOutcome
from dogs.views.entries import COORDINATOR, show_list, take_away


@login_required
@require_safe
def sheet_list(request: SignedIn, sheet: Sheet, *, may_add: bool = False) -> HttpResponse:
    """The list of one kind of form, whichever its address says."""
    return show_list(request, sheet, COORDINATOR, may_add=may_add)


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


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welfare_ask(request: SignedIn) -> HttpResponse:
    """Ask an assessor to visit a dog by a day."""
    must(request.user, "network.keep")
    dogs = dogs_to_visit(0, (), everywhere=True)
    held = Role.objects.filter(role=RoleName.ASSESSOR, user__is_active=True).select_related("user__profile")
    assessors = list(held.order_by("user__profile__name", "pk"))
    form = AskVisitForm(request.POST if request.method == "POST" else None, dogs=dogs, assessors=assessors)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        visitor = typed["visitor"].user
        try:
            ask_for_visit(
                dog=typed["dog"], visitor=visitor, visitor_name=visitor.profile.name, due_on=typed["due_on"],
                by=request.user, now=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            words = {"name": visitor.profile.name, "dog": typed["dog"].name}
            messages.success(request, _("%(name)s is asked to visit %(dog)s.") % words)
            return redirect("coordinator_welfare_list")
    return render(request, "dogs/coordinator/welfare_ask.html", {"form": form}, status=422 if form.errors else 200)
