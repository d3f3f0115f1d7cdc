"""Where somebody who has just signed in belongs."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe


@login_required
@require_safe
def home_redirect(request: HttpRequest) -> HttpResponse:
    roles = request.roles  # type: ignore[attr-defined]
    if roles.is_coordinator:
        return redirect("coordinator_home")
    if roles.is_assessor and not (roles.is_lead or roles.is_handler):
        return redirect("member_assessment_list")
    return redirect("member_home" if roles.held else "profile")
