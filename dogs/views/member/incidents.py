"""Incidents and near misses outside a deployment, as handlers report them and leads read them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import can, must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from dogs.actions.work import report_incident
from dogs.forms.work import TeamIncidentForm
from dogs.models import Incident
from dogs.own import own_teams
from dogs.sheets import INCIDENTS, incident_state
from dogs.states import DogStatus, IncidentKind
from dogs.views.entries import MEMBER, show_list, take_away
from dogs.views.member.found import must_read


@login_required
@require_safe
def incident_list(request: SignedIn) -> HttpResponse:
    works = can(request.user, "deployment.work")
    must(request.user, "deployment.work", "force.keep")
    return show_list(request, INCIDENTS, MEMBER, may_add=works)


@login_required
@require_safe
def incident_export(request: SignedIn) -> HttpResponse:
    return take_away(request, INCIDENTS, MEMBER)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_add(request: SignedIn) -> HttpResponse:
    """Report a bite, scare, injury, escape or near miss. A bite suspends the dog; the page says so beforehand."""
    must(request.user, "deployment.work")
    teams, now = own_teams(request.user.pk), timezone.now()
    form = TeamIncidentForm(request.POST if request.method == "POST" else None, teams=teams, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            incident = report_incident(
                team=form.cleaned_data["team"],
                report=form.report(),
                key=form.cleaned_data["key"],
                commitment=None,
                host_force_id=None,
                by=request.user,
                now=now,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _reported(incident))
            return redirect("member_incident_detail", incident.uuid)
    context = {"form": form, "teams": teams}
    return render(request, "dogs/member/form_incident_add.html", context, status=422 if form.errors else 200)


def _reported(incident: Incident) -> str:
    if incident.kind == IncidentKind.BITE:
        said = _("Reported. %(dog)s is suspended from now until a review. Your lead and the coordinators know.")
    else:
        said = _("Reported. Your lead and the coordinators have been told about %(dog)s.")
    return said % {"dog": incident.dog.name}


@login_required
@require_safe
def incident_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    rows = Incident.objects.select_related("team__dog", "team__handler", "force")
    incident = get_object_or_404(rows, uuid=uuid)
    must_read(request.user, incident.force_id)
    tag, kind = incident_state(incident)
    context = {
        "incident": incident,
        "tag": tag,
        "kind": kind,
        "is_suspended": incident.team.dog.status == DogStatus.SUSPENDED,
        "may_review": can(request.user, "network.keep"),
    }
    return render(request, "dogs/member/form_incident_detail.html", context)
