"""The assessors' room: the teams assigned to them, and what they decide."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import can, must
from accounts.requests import SignedIn
from assessments.actions import assigned_assessments, record_outcome
from assessments.forms import OutcomeForm
from assessments.models import Assessment
from assessments.states import AssessmentStatus
from core.lifecycle import Refused

# So many of what was decided are shown, the newest; all of it is on record.
LATELY = 40


@login_required
@require_safe
def assessment_list(request: SignedIn) -> HttpResponse:
    """The booked ones by day, then what was decided lately, the newest first."""
    must(request.user, "assessment.judge")
    rows = assigned_assessments(by=request.user)
    context = {
        "today": timezone.localdate(),
        "booked": [row for row in rows if row.status == AssessmentStatus.BOOKED],
        "decided": [row for row in reversed(rows) if row.status != AssessmentStatus.BOOKED][:LATELY],
    }
    return render(request, "assessments/member/assessment_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_decide(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Record the outcome, on a page that shows the criteria; what was decided already is said instead."""
    found = _assigned(request, uuid)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            record_outcome(assessment=found, outcome=form.outcome(), by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            said = _("The outcome for %(team)s is recorded. The handler and their force have been told.")
            messages.success(request, said % {"team": found.team})
            return redirect("member_assessment_list")
    context = {
        "found": found,
        "form": form,
        "is_booked": found.status == AssessmentStatus.BOOKED,
        "is_early": bool(found.booked_for and found.booked_for > timezone.localdate()),
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/member/assessment_decide.html", context, status=status)


def _assigned(request: SignedIn, uuid: UUID) -> Assessment:
    """The assessment with its team's names, for the assessor who is booked for it."""
    found = get_object_or_404(Assessment, uuid=uuid)
    if found.assessor_user_id != request.user.pk or not can(request.user, "assessment.judge"):
        raise PermissionDenied
    return assigned_assessments(by=request.user, only=found.pk)[0]
