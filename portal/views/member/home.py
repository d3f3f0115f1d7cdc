"""A member's home: what needs doing now."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import can
from accounts.requests import SignedIn
from portal.today import today_of


@login_required
@require_safe
def home(request: SignedIn) -> HttpResponse:
    """For a handler today's deployment or visit first; then everything that waits; then the teams."""
    if not any(can(request.user, needed) for needed in ("force.keep", "deployment.work", "assessment.judge")):
        raise PermissionDenied
    page = today_of(request.user.pk or 0, request.roles, now=timezone.now())
    return render(request, "portal/member/home.html", {"page": page, "leads": request.roles.is_lead})
