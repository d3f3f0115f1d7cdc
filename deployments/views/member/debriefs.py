"""Debriefs as their authors and leads find them again. One is written and read on its deployment's own page."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import can
from accounts.requests import SignedIn
from deployments.sheets import DEBRIEFS
from dogs.views.entries import MEMBER, show_list, take_away


@login_required
@require_safe
def debrief_list(request: SignedIn) -> HttpResponse:
    if not (can(request.user, "deployment.work") or can(request.user, "force.keep")):
        raise PermissionDenied
    return show_list(request, DEBRIEFS, MEMBER)


@login_required
@require_safe
def debrief_export(request: SignedIn) -> HttpResponse:
    return take_away(request, DEBRIEFS, MEMBER)
