"""Deployments as their handler and the donor's lead read them: the day, the briefing and its paper."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import can
from accounts.requests import SignedIn
from deployments.actions.briefings import open_briefing
from deployments.briefing import briefing_groups, period
from deployments.documents import briefing_pdf
from deployments.models import Briefing, Deployment
from deployments.pages_member import PAGE, day_page, deployment_line, own_deployments
from deployments.states import DEPLOYMENT_OVER
from deployments.views.member.found import read_deployment
from deployments.way import way_fact
from dogs.forms.work import SessionForm
from dogs.queries import limits


@login_required
@require_safe
def deployment_list(request: SignedIn) -> HttpResponse:
    if not (can(request.user, "deployment.work") or can(request.user, "force.keep")):
        raise PermissionDenied
    rows = own_deployments(request.user.pk or 0, request.roles.leads)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [deployment_line(row) for row in page]
    context = {
        "page": page,
        "open": [line for line in lines if line.deployment.status not in DEPLOYMENT_OVER],
        "over": [line for line in lines if line.deployment.status in DEPLOYMENT_OVER],
    }
    return render(request, "deployments/member/deployment_list.html", context)


@login_required
@require_safe
def deployment_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    deployment = read_deployment(request, uuid)
    context = day_page(deployment, request.user.pk or 0, now=timezone.now())
    form = SessionForm(days=context["days"])
    context |= {"session_form": form, "trail": _trail(request, deployment)}
    return render(request, "deployments/member/deployment_detail.html", context)


def _trail(request: SignedIn, deployment: Deployment) -> tuple[str, str]:
    """Where this person came from: their list of deployments, or for the coordinators the request."""
    if can(request.user, "deployment.work") or can(request.user, "force.keep"):
        return _("Deployments"), reverse("member_deployment_list")
    return deployment.request.reference, reverse("coordinator_request_detail", args=[deployment.request.uuid])


@login_required
@require_safe
def deployment_briefing(request: SignedIn, uuid: UUID) -> HttpResponse:
    deployment = read_deployment(request, uuid)
    found = deployment.request
    way, briefing = way_fact(deployment.team, found, limits()), get_object_or_404(Briefing, request_id=found.pk)
    context = {
        "deployment": deployment,
        "found": found,
        "dog": deployment.team.dog,
        "period": period(found.starts_at, found.ends_at),
        "groups": briefing_groups(found, briefing, way),
        "is_over": deployment.status in DEPLOYMENT_OVER,
        "trail": _trail(request, deployment),
    }
    return render(request, "deployments/member/deployment_briefing.html", context)


@login_required
@require_safe
def deployment_briefing_pdf(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The briefing as a paper, for the way there. Opening it is recorded."""
    now = timezone.now()
    deployment = open_briefing(deployment=read_deployment(request, uuid), by=request.user, now=now)
    paper = briefing_pdf(deployment, get_object_or_404(Briefing, request_id=deployment.request_id), now=now)
    name = f"briefing-{deployment.request.reference}.pdf"
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
