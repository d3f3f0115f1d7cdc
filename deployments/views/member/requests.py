"""Requests as the host's lead follows them: their state, who is coming, and their cancellation."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import can, must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from deployments.actions.ending import cancel_request
from deployments.briefing import period
from deployments.forms.member import CancelForm
from deployments.models import Request
from deployments.pages_member import PAGE, SEEN_BY_HOST, hosted_requests, request_facts, teams_coming
from deployments.rules import may_be_cancelled
from deployments.sheets import owed_for
from deployments.states import CANCELLABLE


@login_required
@require_safe
def request_list(request: SignedIn) -> HttpResponse:
    must(request.user, "request.host")
    rows = hosted_requests(request.roles.leads)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [(row, period(row.starts_at, row.ends_at), row.status in SEEN_BY_HOST) for row in page]
    return render(request, "deployments/member/request_list.html", {"lines": lines, "page": page})


@login_required
@require_safe
def request_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    found = _hosted(request, uuid)
    teams = teams_coming(found)
    context = {
        "found": found,
        "facts": request_facts(found)[2:],
        "teams": teams,
        "is_open": found.status in SEEN_BY_HOST,
        "may_cancel": _may_cancel(found),
        "next": _next(found, len(teams)),
        "owed": owed_for(found),
    }
    return render(request, "deployments/member/request_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def request_cancel(request: SignedIn, uuid: UUID) -> HttpResponse:
    """What the host no longer needs, before any team has come: a page of its own that asks why."""
    found = _hosted(request, uuid)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_request(request=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%s is cancelled. Everybody concerned has been told.") % found.reference)
            return redirect("member_request_detail", uuid)
    is_over = found.status in CANCELLABLE and not _may_cancel(found)
    context = {"found": found, "form": form, "may_cancel": _may_cancel(found), "is_over": is_over}
    return render(request, "deployments/member/request_cancel.html", context, status=422 if form.errors else 200)


def _may_cancel(found: Request) -> bool:
    return may_be_cancelled(found.status, found.ends_at, now=timezone.now())


def _hosted(request: SignedIn, uuid: UUID) -> Request:
    """A request that the own force hosts. A donor's wall lets the row through for its offer; the page is the host's."""
    found = get_object_or_404(Request.objects.select_related("force"), uuid=uuid)
    if not can(request.user, "request.host", force=found.force_id):
        if can(request.user, "request.match"):
            raise PermissionDenied
        raise Http404
    return found


def _next(found: Request, coming: int) -> str:
    """What happens next, in one sentence."""
    if found.status not in SEEN_BY_HOST:
        return ""
    if found.open_places and coming:
        return _("The coordinators are still looking for the rest.")
    if found.open_places:
        return _("The coordinators are asking forces for teams. We tell you as each one is confirmed.")
    return _("Every team is confirmed.")
