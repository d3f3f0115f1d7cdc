"""Visits in the own force, planned by handlers for themselves and by leads for their teams."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import can, must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from dogs.actions.visits import cancel_visit, plan_visit
from dogs.forms.work import VisitForm
from dogs.models import Commitment
from dogs.own import CLAIMED_WITHIN, own_teams
from dogs.sheets import VISITS, session_entry
from dogs.states import CommitmentKind
from dogs.views.entries import MEMBER, show_list
from dogs.views.member.found import must_read


@login_required
@require_safe
def visit_list(request: SignedIn) -> HttpResponse:
    must(request.user, "commitment.keep")
    return show_list(request, VISITS, MEMBER, may_add=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def visit_add(request: SignedIn) -> HttpResponse:
    must(request.user, "commitment.keep")
    teams = own_teams(request.user.pk, request.roles.leads)
    form = VisitForm(request.POST if request.method == "POST" else None, teams=teams)
    if request.method == "POST" and form.is_valid():
        team = form.cleaned_data["team"]
        try:
            visit = plan_visit(team=team, visit=form.visit(), by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            words = {"dog": team.dog.name, "place": visit.place}
            messages.success(request, _("%(dog)s is to visit %(place)s.") % words)
            return redirect("member_visit_detail", visit.uuid)
    context = {"form": form, "teams": teams}
    return render(request, "dogs/member/form_visit_add.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def visit_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    visit, now = _found(uuid), timezone.now()
    must_read(request.user, visit.force_id)
    has_begun, is_mine = visit.period.lower <= now, visit.handler_user_id == request.user.pk
    keeps = _keeps(request, visit)
    sessions = visit.sessions.select_related("team__dog", "team__handler", "force", "commitment").order_by("pk")
    entries = [session_entry(row) for row in sessions]
    context = {
        "visit": visit,
        "is_mine": is_mine,
        "entries": entries,
        "may_claim": is_mine and has_begun and not visit.cancelled_at and visit.period.upper > now - CLAIMED_WITHIN,
        "may_log": (is_mine or keeps) and has_begun and not visit.cancelled_at,
        "may_promote": not visit.cancelled_at and not has_begun,
        "may_cancel": keeps and not visit.cancelled_at and visit.period.upper > now and not entries,
    }
    return render(request, "dogs/member/form_visit_detail.html", context)


@login_required
@require_POST
def visit_cancel(request: SignedIn, uuid: UUID) -> HttpResponse:
    visit = _found(uuid)
    if not _keeps(request, visit):
        raise PermissionDenied
    try:
        cancel_visit(visit=visit, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The visit is cancelled; %(dog)s is free then.") % {"dog": visit.team.dog.name})
    return redirect("member_visit_detail", uuid)


def _keeps(request: SignedIn, visit: Commitment) -> bool:
    own = visit.handler_user_id == request.user.pk and can(request.user, "commitment.keep", force=visit.force_id)
    return own or can(request.user, "team.keep", force=visit.force_id)


def _found(uuid: UUID) -> Commitment:
    rows = Commitment.objects.filter(kind=CommitmentKind.VISIT).select_related("team__dog", "team__handler", "force")
    return get_object_or_404(rows, uuid=uuid)
