"""The page of the five digital forms, for members and for coordinators."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import must
from accounts.requests import SignedIn
from portal.five_forms import coordinator_page, member_page


@login_required
@require_safe
def form_list(request: SignedIn) -> HttpResponse:
    """Every form that this person may begin, their drafts, and the last that they sent."""
    must(request.user, "deployment.work", "welfare.judge")
    roles = request.roles
    context = member_page(request.user.pk, roles.leads, handles=roles.is_handler, now=timezone.now())
    return render(request, "portal/member/form_list.html", context)


@login_required
@require_safe
def network_form_list(request: SignedIn) -> HttpResponse:
    must(request.user, "network.keep")
    return render(request, "portal/coordinator/form_list.html", coordinator_page(today=timezone.localdate()))
