"""The coordinators' queue of profiles that leads have approved: read, published or sent back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from core.typed import read_moment
from dogs import previews
from dogs.actions.profiles import publish_profile, send_back_profile, unpublish_profile
from dogs.forms.profiles import SendBackProfileForm
from dogs.models import Draft, Profile
from dogs.states import Consent, DraftStatus, Part
from dogs.stories import read_story

PAGE_SIZE = 50


@login_required
@require_safe
def profile_list(request: SignedIn) -> HttpResponse:
    must(request.user, "network.keep")
    page = Paginator(previews.to_publish(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "dogs/coordinator/profile_list.html", {"page": page})


@login_required
@require_safe
def profile_detail(request: SignedIn, uuid: str) -> HttpResponse:
    return _page(request, _found(request, uuid), SendBackProfileForm())


@login_required
@require_POST
def profile_publish(request: SignedIn, uuid: str) -> HttpResponse:
    profile, as_of = _found(request, uuid), read_moment(request.POST.get("as_of", ""))
    try:
        publish_profile(profile=profile, by=request.user, now=timezone.now(), as_of=as_of)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("coordinator_profile_detail", uuid=uuid)
    messages.success(request, _("%(dog)s’s page is published.") % {"dog": profile})
    return redirect("coordinator_profile_list")


@login_required
@require_POST
def profile_unpublish(request: SignedIn, uuid: str) -> HttpResponse:
    profile = _found(request, uuid)
    try:
        unpublish_profile(profile=profile, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(dog)s’s page is taken down.") % {"dog": profile})
    return redirect("coordinator_profile_detail", uuid=uuid)


@login_required
@require_POST
def profile_send_back(request: SignedIn, uuid: str) -> HttpResponse:
    profile = _found(request, uuid)
    form = SendBackProfileForm(request.POST)
    if form.is_valid():
        try:
            send_back_profile(profile=profile, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(dog)s’s profile was sent back.") % {"dog": profile})
            return redirect("coordinator_profile_list")
    return _page(request, profile, form)


def _page(request: SignedIn, profile: Profile, form: SendBackProfileForm) -> HttpResponse:
    """Every word and picture of the draft, each part marked where the handler did not agree to it."""
    draft = Draft.objects.filter(profile=profile).select_related("moved_by").first() or Draft(profile=profile)
    state, kind = previews.standing(profile, draft)
    context = {
        "profile": profile,
        "dog": profile.dog,
        "face": previews.face_of_draft(profile, draft, all_parts=True, now=timezone.now()),
        "left_out": [part.label for part in Part if part not in profile.parts],
        "agreed": profile.consent == Consent.GIVEN,
        "waits": draft.status == DraftStatus.APPROVED,
        "may_show_again": profile.published_at is None and draft.shown_words is not None,
        "is_edit": draft.shown_words is not None,
        "before": read_story(draft.shown_words),
        "state": state,
        "kind": kind,
        "as_of": draft.moved_at.isoformat() if draft.moved_at else "",
        "form": form,
    }
    return render(request, "dogs/coordinator/profile_detail.html", context, status=422 if form.errors else 200)


def _found(request: SignedIn, uuid: str) -> Profile:
    profile = get_object_or_404(Profile.objects.select_related("dog__force", "force"), uuid=uuid)
    must(request.user, "network.keep")
    return profile
