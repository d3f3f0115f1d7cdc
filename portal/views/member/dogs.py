"""The own dogs: the list, a dog's page, and when its team is away."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import can, must
from accounts.requests import SignedIn
from accounts.views.member import base_for
from core.lifecycle import Refused
from dogs.actions.commitments import book_time, cancel_time
from dogs.forms.time import TimeForm
from dogs.models import Commitment, Dog
from portal.busy import said_time
from portal.dog_page import dog_list as dogs_of
from portal.dog_page import dog_page, found_dog


@login_required
@require_safe
def dog_list(request: SignedIn) -> HttpResponse:
    must(request.user, "commitment.keep")
    page = dogs_of(request.user.pk, request.roles.leads, now=timezone.now())
    return render(request, "portal/member/dog_list.html", {"page": page, "leads": request.roles.is_lead})


@login_required
@require_safe
def dog_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    dog, teams = found_dog(uuid)
    if not (may_keep := _may_keep(request, dog)):
        raise Http404  # a handler who has left: the wall still lets through what was theirs
    page = dog_page(dog, teams, request.roles, may_keep=may_keep, now=timezone.now())
    return render(request, "portal/member/dog_detail.html", {"page": page, "dog": dog, "base": base_for(request)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dog_time(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Leave, season or rest, entered by whoever works or keeps the dog."""
    dog, teams = found_dog(uuid)
    if not _may_keep(request, dog):
        raise PermissionDenied
    if not teams:
        messages.error(request, _("%(dog)s works with nobody now, so there is no time to book.") % {"dog": dog})
        return redirect("member_dog_detail", uuid)
    form = TimeForm(request.POST if request.method == "POST" else None, teams=teams, today=timezone.localdate())
    if request.method == "POST" and form.is_valid() and (booked := _book(request, form)):
        said = _("%(what)s is entered for %(dog)s: %(days)s. No offer is made for that time.")
        words = {"what": booked.get_kind_display(), "dog": dog, "days": said_time(booked)}
        messages.success(request, said % words)
        return redirect("member_dog_detail", uuid)
    context = {"form": form, "dog": dog, "base": base_for(request)}
    return render(request, "portal/member/dog_time.html", context, status=422 if form.errors else 200)


def _book(request: SignedIn, form: TimeForm) -> Commitment | None:
    typed, (start, end) = form.cleaned_data, form.period
    try:
        return book_time(
            team=form.chosen_team,
            kind=typed["kind"],
            start=start,
            end=end,
            note=typed["note"],
            by=request.user,
            now=timezone.now(),
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else "first_on", str(refused))
        return None


@login_required
@require_POST
def time_cancel(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Take leave, season or rest back: the team may be asked again for that time."""
    commitment = get_object_or_404(Commitment.objects.select_related("dog"), uuid=uuid)
    try:
        cancel_time(commitment=commitment, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        words = {"what": commitment.get_kind_display(), "dog": commitment.dog, "days": said_time(commitment)}
        messages.success(request, _("%(what)s of %(dog)s is cancelled: %(days)s.") % words)
    return redirect("member_dog_detail", commitment.dog.uuid)


def _may_keep(request: SignedIn, dog: Dog) -> bool:
    return can(request.user, "commitment.keep", force=dog.force_id) or can(request.user, "network.keep")
