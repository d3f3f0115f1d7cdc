"""Sessions of local visits, planned or not, as handlers log them and leads read them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import can
from accounts.requests import SignedIn
from core.lifecycle import Refused
from dogs.actions.clearance import look_at_workload
from dogs.actions.work import log_session, may_take_back, take_back_session
from dogs.forms.work import VisitSessionForm
from dogs.models import SessionLog
from dogs.own import CLAIMED_WITHIN, likely_visit, own_teams, visits_to_log
from dogs.sheets import SESSIONS, place_of
from dogs.views.entries import MEMBER, show_list, take_away
from dogs.views.member.found import must_read

# Which session this reader removed last, in their own sign-in.
REMOVED = "removed_session"


@login_required
@require_safe
def session_list(request: SignedIn) -> HttpResponse:
    if not _may_log(request):
        raise PermissionDenied
    return show_list(request, SESSIONS, MEMBER, may_add=True)


def _may_log(request: SignedIn) -> bool:
    """Handlers for themselves, leads for the handlers of their force."""
    return can(request.user, "deployment.work") or can(request.user, "team.keep")


@login_required
@require_safe
def session_export(request: SignedIn) -> HttpResponse:
    return take_away(request, SESSIONS, MEMBER)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_add(request: SignedIn) -> HttpResponse:
    if not _may_log(request):
        raise PermissionDenied
    now, leads = timezone.now(), request.roles.leads
    teams = own_teams(request.user.pk, leads)
    asked, today = _asked(request), timezone.localdate(now)
    visits = visits_to_log(request.user.pk, leads, asked=asked, now=now)
    typed = request.POST if request.method == "POST" else None
    if asked:
        planned = next((visit for visit in visits if visit.uuid == asked), None)
    else:
        planned = likely_visit(visits, request.user.pk, today=today)
    chosen = {"visit": str(planned.uuid), "team": str(planned.team.uuid)} if planned else {}
    form = VisitSessionForm(typed, teams=teams, visits=visits, today=today, initial=chosen)
    if planned:
        form.initial["on"] = planned.local_days[0]
    if request.method == "POST" and form.is_valid() and (row := _log(request, form)):
        _say(request, row)
        return redirect("member_session_detail", row.uuid)
    context = {"form": form, "teams": teams, "leads": bool(leads)}
    return render(request, "dogs/member/form_session_add.html", context, status=422 if form.errors else 200)


def _asked(request: SignedIn) -> UUID | None:
    """The visit that the link to the page is about."""
    try:
        return UUID(request.GET.get("visit", ""))
    except ValueError:
        return None


def _log(request: SignedIn, form: VisitSessionForm) -> SessionLog | None:
    try:
        return log_session(
            team=form.cleaned_data["team"],
            session=form.session(),
            key=form.cleaned_data["key"],
            commitment=form.cleaned_data["visit"],
            by=request.user,
            now=timezone.now(),
        )
    except Refused as refused:
        form.refuse(refused)
        return None


def _say(request: SignedIn, row: SessionLog) -> None:
    """What was saved, and each limit that it passes: too much work is logged as it was, and said."""
    minutes = ngettext("%(minutes)d minute", "%(minutes)d minutes", row.minutes) % {"minutes": row.minutes}
    people = ngettext("%(people)d person", "%(people)d people", row.people) % {"people": row.people}
    words = {"minutes": minutes, "people": people, "handler": row.team.handler.first_name}
    if row.logged_by_id:
        said = _("Session saved for %(handler)s: %(minutes)s, %(people)s. They have been told.")
    else:
        said = _("Session saved: %(minutes)s, %(people)s.")
    messages.success(request, said % words)
    if row.commitment and row.commitment.sessions.exclude(pk=row.pk).exists():
        messages.info(request, _("This visit has another session already. Both count in the workload."))
    for warning in look_at_workload(row.team, row.on, by=request.user).warnings:
        messages.info(request, warning)


@login_required
@require_safe
def session_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    rows = SessionLog.objects.select_related("team__dog", "team__handler", "force", "commitment")
    row, since = get_object_or_404(rows, uuid=uuid), timezone.localdate() - CLAIMED_WITHIN
    must_read(request.user, row.force_id)
    context = {
        "row": row,
        "place": place_of(row),
        "may_take_back": may_take_back(row, request.user, now=timezone.now()),
        "may_claim": row.commitment_id is None and row.handler_user_id == request.user.pk and row.on >= since,
        "signposts": list(row.signposts.order_by("-people", "kind")),
        "workload": look_at_workload(row.team, row.on, by=request.user),
    }
    return render(request, "dogs/member/form_session_detail.html", context)


@login_required
@require_POST
def session_remove(request: SignedIn, uuid: UUID) -> HttpResponse:
    rows = SessionLog.objects.select_related("team")
    if request.session.get(REMOVED) == str(uuid) and not rows.filter(uuid=uuid).exists():
        return redirect("member_session_list")  # a second press: what the first one did is said there
    row = get_object_or_404(rows, uuid=uuid)
    take_back_session(row=row, by=request.user, now=timezone.now())
    request.session[REMOVED] = str(uuid)
    minutes = ngettext("%(minutes)d minute", "%(minutes)d minutes", row.minutes) % {"minutes": row.minutes}
    messages.success(
        request, _("The session of %(minutes)s is removed. Log it again as it was.") % {"minutes": minutes}
    )
    return redirect("member_session_list")
