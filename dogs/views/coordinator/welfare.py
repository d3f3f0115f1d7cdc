"""Welfare visits as the national team asks for them: who is to go, by when, and what waits still."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import must
from accounts.models import Role, RoleName
from accounts.requests import SignedIn
from core.lifecycle import Refused
from dogs.actions.asked import ask_for_visit, call_off_visit, is_begun, pass_on_visit
from dogs.forms.welfare import AskVisitForm, PassOnForm
from dogs.models import WelfareVisit
from dogs.own import dogs_to_visit
from dogs.sheets import WELFARE_VISITS, asked_entry, asked_visits
from dogs.views.entries import COORDINATOR, show_list


@login_required
@require_safe
def welfare_list(request: SignedIn) -> HttpResponse:
    """What was found, and above it what somebody was asked for and has not sent."""
    must(request.user, "network.keep")
    today = timezone.localdate()
    asked = [asked_entry(row, today) for row in asked_visits()]
    return show_list(request, WELFARE_VISITS, COORDINATOR, may_add=True, asked=asked)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welfare_ask(request: SignedIn) -> HttpResponse:
    """Ask an assessor to visit a dog by a day."""
    must(request.user, "network.keep")
    dogs = dogs_to_visit(0, (), everywhere=True)
    form = AskVisitForm(request.POST if request.method == "POST" else None, dogs=dogs, assessors=_assessors())
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        visitor = typed["visitor"].user
        try:
            ask_for_visit(
                dog=typed["dog"], visitor=visitor, visitor_name=visitor.profile.name, due_on=typed["due_on"],
                by=request.user, now=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            words = {"name": visitor.profile.name, "dog": typed["dog"].name}
            messages.success(request, _("%(name)s is asked to visit %(dog)s.") % words)
            return redirect("coordinator_welfare_list")
    return render(request, "dogs/coordinator/welfare_ask.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welfare_asked(request: SignedIn, uuid: UUID) -> HttpResponse:
    """A visit that was asked for: passed on to somebody else or another day, as long as its report is not begun."""
    visit = _found(request, uuid)
    form = PassOnForm(
        request.POST if request.method == "POST" else None, assessors=_assessors(),
        initial={"visitor": str(visit.visitor.uuid), "due_on": visit.due_on},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        visitor = form.cleaned_data["visitor"].user
        try:
            pass_on_visit(
                visit=visit, visitor=visitor, visitor_name=visitor.profile.name, due_on=form.cleaned_data["due_on"],
                by=request.user, now=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            words = {"name": visitor.profile.name, "dog": visit.dog_name}
            messages.success(request, _("%(name)s is asked to visit %(dog)s.") % words)
            return redirect("coordinator_welfare_list")
    context = {"form": form, "visit": visit, "is_begun": is_begun(visit)}
    return render(request, "dogs/coordinator/welfare_asked.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def welfare_call_off(request: SignedIn, uuid: UUID) -> HttpResponse:
    visit = _found(request, uuid)
    try:
        call_off_visit(visit=visit, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        words = {"name": visit.visitor_name, "dog": visit.dog_name}
        messages.success(request, _("The visit to %(dog)s is called off; %(name)s has been told.") % words)
    return redirect("coordinator_welfare_list")


def _found(request: SignedIn, uuid: UUID) -> WelfareVisit:
    """Asked for and not sent; a report that somebody began by themselves is nobody else's."""
    visit = get_object_or_404(asked_visits(), uuid=uuid)
    must(request.user, "network.keep")
    return visit


def _assessors() -> list[Role]:
    held = Role.objects.filter(role=RoleName.ASSESSOR, user__is_active=True).select_related("user__profile")
    return list(held.order_by("user__profile__name", "pk"))
