"""Debriefs and expenses as the national team reads them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.requests import SignedIn
from deployments.sheets import CLAIMS, DEBRIEFS
from dogs.views.entries import COORDINATOR, show_list, take_away


@login_required
@require_safe
def debrief_list(request: SignedIn) -> HttpResponse:
    return show_list(request, DEBRIEFS, COORDINATOR)


@login_required
@require_safe
def debrief_export(request: SignedIn) -> HttpResponse:
    return take_away(request, DEBRIEFS, COORDINATOR)


@login_required
@require_safe
def claim_list(request: SignedIn) -> HttpResponse:
    return show_list(request, CLAIMS, COORDINATOR)


@login_required
@require_safe
def claim_export(request: SignedIn) -> HttpResponse:
    return take_away(request, CLAIMS, COORDINATOR)
