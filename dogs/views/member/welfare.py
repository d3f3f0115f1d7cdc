"""Welfare visits: written by leads, assessors and coordinators, read by the dog's handlers and force."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import can
from accounts.requests import SignedIn
from core.lifecycle import Refused
from dogs.actions.welfare import save_welfare_visit, send_welfare_visit, start_welfare_visit
from dogs.forms.welfare import NewWelfareForm, WelfareForm, written
from dogs.models import WelfareVisit
from dogs.own import dogs_to_visit
from dogs.sheets import FINDING_KINDS, WELFARE_VISITS
from dogs.states import Judgement, WelfareFinding, WelfareNeed, WelfareStatus
from dogs.views.entries import MEMBER, show_list, take_away
from dogs.views.member.found import must_read

JUDGED = {Judgement.MET: "ok", Judgement.PARTLY: "warn", Judgement.NOT_MET: "stop"}


@login_required
@require_safe
def welfare_list(request: SignedIn) -> HttpResponse:
    if not (can(request.user, "deployment.work") or can(request.user, "welfare.judge")):
        raise PermissionDenied
    return show_list(request, WELFARE_VISITS, MEMBER, may_add=_may_start(request))


@login_required
@require_safe
def welfare_export(request: SignedIn) -> HttpResponse:
    return take_away(request, WELFARE_VISITS, MEMBER)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welfare_add(request: SignedIn) -> HttpResponse:
    """Begin a report: kept as a draft, or sent at once."""
    if not _may_start(request):
        raise PermissionDenied
    everywhere = can(request.user, "network.keep")
    dogs = dogs_to_visit(request.user.pk, request.roles.leads, everywhere=everywhere)
    form = NewWelfareForm(request.POST if request.method == "POST" else None, dogs=dogs)
    if request.method == "POST" and form.is_valid():
        typed, now = form.cleaned_data, timezone.now()
        try:
            visit = start_welfare_visit(
                dog=typed["dog"], report=form.report(), key=typed["key"], by=request.user, now=now,
                is_whole=not form.is_draft,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return _kept(request, visit)
    return _page(request, "dogs/member/form_welfare_add.html", form, {"dogs": dogs})


def _may_start(request: SignedIn) -> bool:
    """Who chooses which dog to visit: a lead in the own force, a coordinator anywhere. An assessor is asked."""
    return can(request.user, "force.keep") or can(request.user, "network.keep")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welfare_edit(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The own draft: written on, or sent."""
    visit = get_object_or_404(_rows(), uuid=uuid)
    if visit.visitor_id != request.user.pk or not can(request.user, "welfare.judge", force=visit.force_id):
        raise PermissionDenied
    if request.method != "POST" and visit.status == WelfareStatus.SUBMITTED:
        return redirect("member_welfare_detail", uuid)
    form = WelfareForm(request.POST if request.method == "POST" else None, initial=written(visit))
    if request.method == "POST" and form.is_valid():
        act = save_welfare_visit if form.is_draft else send_welfare_visit
        try:
            visit = act(visit=visit, report=form.report(), by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            return _kept(request, visit)
    return _page(request, "dogs/member/form_welfare_edit.html", form, {"visit": visit})


def _kept(request: SignedIn, visit: WelfareVisit) -> HttpResponse:
    words = {"dog": visit.dog_name}
    if visit.status == WelfareStatus.DRAFT:
        messages.success(request, _("Draft saved. Nobody else reads it until you send it."))
        return redirect("member_welfare_edit", visit.uuid)
    if visit.finding == WelfareFinding.CRITICAL:
        said = _("Sent. %(dog)s is suspended from now until a review. The force and the coordinators know.")
    elif visit.finding == WelfareFinding.IMPROVE:
        said = _("Sent. The handlers, the leads and the coordinators have been told what must improve for %(dog)s.")
    elif can(request.user, "force.keep", force=visit.force_id):
        said = _("Sent. %(dog)s’s welfare visit counts once a coordinator has verified it.")
    else:
        said = _("Sent. %(dog)s’s welfare visit counts from now on.")
    messages.success(request, said % words)
    return redirect("member_welfare_detail", visit.uuid)


def _page(request: SignedIn, template: str, form: WelfareForm, more: dict[str, object]) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)


@login_required
@require_safe
def welfare_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    visit = get_object_or_404(_rows(), uuid=uuid)
    must_read(request.user, visit.force_id, "welfare.judge")
    if visit.status == WelfareStatus.DRAFT:
        return redirect("member_welfare_edit", uuid)
    judged = {need: Judgement(getattr(visit, need)) for need in WelfareNeed}
    needs = [(n.label, found.label, JUDGED[found], getattr(visit, f"{n}_words")) for n, found in judged.items()]
    context = {
        "visit": visit,
        "needs": needs,
        "kind": FINDING_KINDS[WelfareFinding(visit.finding)],
        "is_critical": visit.finding == WelfareFinding.CRITICAL,
        "keeps_network": can(request.user, "network.keep"),
    }
    return render(request, "dogs/member/form_welfare_detail.html", context)


def _rows() -> QuerySet[WelfareVisit]:
    """With their force, and not their dog: an assessor who visits does not read the dog."""
    return WelfareVisit.objects.select_related("force")
