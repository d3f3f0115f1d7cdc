"""The page of the five digital forms, for members and for coordinators."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import can
from accounts.requests import SignedIn
from portal.five_forms import coordinator_page, member_page


@login_required
@require_safe
def form_list(request: SignedIn) -> HttpResponse:
    """Every form that this person may begin, their drafts, and the last that they sent."""
    if not (can(request.user, "deployment.work") or can(request.user, "welfare.judge")):
        raise PermissionDenied
    roles = request.roles
    context = member_page(request.user.pk, roles.leads, handles=roles.is_handler, now=timezone.now())
    return render(request, "portal/member/form_list.html", context)


@login_required
@require_safe
def network_form_list(request: SignedIn) -> HttpResponse:
    if not can(request.user, "network.keep"):
        raise PermissionDenied
    return render(request, "portal/coordinator/form_list.html", coordinator_page(today=timezone.localdate()))
