"""A handler's work on the day: check in, log sessions, report an incident, check out, write the debrief."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedIn
from core.forms import HouseForm
from core.lifecycle import Refused
from deployments.actions.deployments import Account, check_in, check_out, save_debrief_draft, write_debrief
from deployments.forms.member import DebriefForm
from deployments.models import Deployment
from deployments.pages_member import drafted, is_more_than_the_time, working_days
from deployments.states import DeploymentStatus
from deployments.views.member.found import work_deployment
from dogs.actions.work import log_session, report_incident
from dogs.forms.work import IncidentForm, SessionForm
from dogs.models import SessionLog
from dogs.states import IncidentKind


@login_required
@require_POST
def deployment_check_in(request: SignedIn, uuid: UUID) -> HttpResponse:
    deployment = work_deployment(request, uuid)
    try:
        check_in(deployment=deployment, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You and %(dog)s are checked in. The host has been told.") % _dog(deployment))
    return redirect("member_deployment_detail", uuid)


@login_required
@require_POST
def deployment_check_out(request: SignedIn, uuid: UUID) -> HttpResponse:
    deployment = work_deployment(request, uuid)
    try:
        check_out(deployment=deployment, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You and %(dog)s are checked out. Travel home safely.") % _dog(deployment))
    return redirect("member_deployment_detail", uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deployment_session(request: SignedIn, uuid: UUID) -> HttpResponse:
    deployment = work_deployment(request, uuid)
    if deployment.checked_in_at is None:
        messages.error(request, _("Check in first: sessions are logged from then on."))
        return redirect("member_deployment_detail", uuid)
    days = working_days(deployment, today=timezone.localdate())
    form = SessionForm(request.POST if request.method == "POST" else None, days=days)
    if request.method == "POST" and form.is_valid() and (row := _log(request, deployment, form)):
        said = ngettext("%(minutes)d minute", "%(minutes)d minutes", row.minutes) % {"minutes": row.minutes}
        people = ngettext("%(people)d person", "%(people)d people", row.people) % {"people": row.people}
        messages.success(request, _("Session saved: %(minutes)s, %(people)s.") % {"minutes": said, "people": people})
        if is_more_than_the_time(row, deployment, now=timezone.now()):
            note = _(
                "That is more contact than the time that you have been there that day. If it is a slip, open the"
                " session below and remove it; if you checked in late, leave it."
            )
            messages.info(request, note)
        return redirect("member_deployment_detail", uuid)
    return _form_page(request, "deployments/member/deployment_session.html", deployment, form)


def _log(request: SignedIn, deployment: Deployment, form: SessionForm) -> SessionLog | None:
    try:
        return log_session(
            team=deployment.team,
            session=form.session(),
            key=form.cleaned_data["key"],
            commitment=deployment.commitment,
            by=request.user,
            now=timezone.now(),
        )
    except Refused as refused:
        form.refuse(refused)
        return None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deployment_incident(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Report a bite, scare, injury or escape. A bite suspends the dog at once, and the page says so beforehand."""
    deployment, now = work_deployment(request, uuid), timezone.now()
    form = IncidentForm(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            incident = report_incident(
                team=deployment.team,
                report=form.report(),
                key=form.cleaned_data["key"],
                commitment=deployment.commitment,
                host_force_id=deployment.host_force_id,
                by=request.user,
                now=now,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _reported(deployment, incident.kind))
            return redirect("member_deployment_detail", uuid)
    return _form_page(request, "deployments/member/deployment_incident.html", deployment, form)


def _reported(deployment: Deployment, kind: str) -> str:
    if kind == IncidentKind.BITE:
        said = _("Reported. %(dog)s is suspended from now until a review. Your lead and the coordinators know.")
    else:
        said = _("Reported. Your lead and the coordinators have been told about %(dog)s.")
    # Not every host has a lead in OK9 who would be told.
    return f"{said % _dog(deployment)} {_('Tell whoever received you there, too.')}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deployment_debrief(request: SignedIn, uuid: UUID) -> HttpResponse:
    deployment = work_deployment(request, uuid)
    if deployment.status not in (DeploymentStatus.COMPLETED, DeploymentStatus.DEBRIEFED):
        messages.error(request, _("Check out first: the debrief is written afterwards."))
        return redirect("member_deployment_detail", uuid)
    if hasattr(deployment, "debrief"):
        messages.info(request, _("Your debrief is written already. It is below."))
        return redirect("member_deployment_detail", uuid)
    typed, kept = request.POST if request.method == "POST" else None, drafted(deployment)
    form = DebriefForm(typed, dog=deployment.dog_name, initial=kept)
    if request.method == "POST" and form.is_valid():
        act = save_debrief_draft if form.is_draft else write_debrief
        try:
            act(deployment=deployment, account=Account(**form.cleaned_data), by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            if form.is_draft:
                messages.success(request, _("Draft saved. Nobody else reads it until you send it."))
                return redirect("member_deployment_debrief", uuid)
            messages.success(request, _("Debrief saved. Thank you, and a good rest to %(dog)s.") % _dog(deployment))
            return redirect("member_deployment_detail", uuid)
    return _form_page(request, "deployments/member/deployment_debrief.html", deployment, form)


def _form_page(request: SignedIn, template: str, deployment: Deployment, form: HouseForm) -> HttpResponse:
    context = {"deployment": deployment, "found": deployment.request, "dog": deployment.team.dog, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def _dog(deployment: Deployment) -> dict[str, str]:
    return {"dog": deployment.dog_name}
