"""A dog's profile as its handler writes it and its lead approves it; and what the handler agrees to."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import can
from accounts.requests import SignedIn
from core.lifecycle import Refused
from core.typed import read_moment
from dogs import previews
from dogs.actions.consents import choose_parts, gave_consent, give_consent, withdraw_consent
from dogs.actions.profiles import (
    approve_profile,
    send_back_profile,
    send_profile,
    take_back_profile,
    write_profile,
)
from dogs.actions.showing import leads, works
from dogs.forms.profiles import ConsentForm, ProfileForm, SendBackProfileForm
from dogs.models import Dog, Draft, Profile
from dogs.states import Consent, DraftStatus
from dogs.stories import read_story
from dogs.views.member.found import own_dog

READ_OR_WRITE = ["GET", "HEAD", "POST"]
_AGREED = _lazy(
    "You agree to a page for %(dog)s. It is shown once the lead has approved and a coordinator has published it."
)


@login_required
@require_safe
def profile_list(request: SignedIn) -> HttpResponse:
    if not (can(request.user, "team.keep") or can(request.user, "deployment.work")):
        raise PermissionDenied
    lines = previews.own_profiles(request.user.pk, request.roles.leads)
    return render(request, "dogs/member/profile_list.html", {"lines": lines})


@login_required
@require_http_methods(READ_OR_WRITE)
def dog_profile(request: SignedIn, uuid: str) -> HttpResponse:
    """The draft, to be saved, or saved and sent to the lead."""
    dog = own_dog(request, uuid)
    draft = _profile_of(dog)[1]
    story = read_story(draft.words if draft else None)
    questions = previews.questions_asked()
    if request.method != "POST":
        return _draft_page(request, dog, ProfileForm(questions=questions, story=story))
    form = ProfileForm(request.POST, questions=questions, story=story)
    if form.is_valid() and _saved(request, dog, form):
        return redirect("member_dog_profile_preview", uuid=uuid)
    return _draft_page(request, dog, form)


def _saved(request: SignedIn, dog: Dog, form: ProfileForm) -> bool:
    """Save, and send where that button was pressed. What is refused is said on the form; what was saved stays saved."""
    now = timezone.now()
    try:
        profile = write_profile(dog=dog, story=form.written, by=request.user, now=now)
        if "send" in request.POST:
            send_profile(profile=profile, by=request.user, now=now)
    except Refused as refused:
        form.refuse(refused)
        return False
    sent = "send" in request.POST
    told = _("%(dog)s’s profile is with the lead now.") if sent else _("%(dog)s’s profile is saved.")
    messages.success(request, told % {"dog": dog})
    return True


def _draft_page(request: SignedIn, dog: Dog, form: ProfileForm) -> HttpResponse:
    profile, draft = _profile_of(dog)
    context = {**_about(request, dog, profile, draft), "form": form}
    return render(request, "dogs/member/dog_profile.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def dog_profile_preview(request: SignedIn, uuid: str) -> HttpResponse:
    """The page as the public will see it; before any consent, as it could be."""
    dog = own_dog(request, uuid)
    return _preview(request, dog, SendBackProfileForm())


def _preview(request: SignedIn, dog: Dog, form: SendBackProfileForm) -> HttpResponse:
    profile, draft = _profile_of(dog)
    context = {**_about(request, dog, profile, draft), "form": form}
    if profile and draft:
        # Who judges it reads every word; the public reads what is agreed to.
        whole = context["may_judge"] or not context["agreed"]
        context["face"] = previews.face_of_draft(profile, draft, all_parts=whole, now=timezone.now())
    return render(request, "dogs/member/dog_profile_preview.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def dog_profile_send(request: SignedIn, uuid: str) -> HttpResponse:
    return _done(request, uuid, send_profile, _("%(dog)s’s profile is with the lead now."))


@login_required
@require_POST
def dog_profile_take_back(request: SignedIn, uuid: str) -> HttpResponse:
    return _done(request, uuid, take_back_profile, _("%(dog)s’s profile is yours again. Change what you want."))


@login_required
@require_POST
def dog_profile_approve(request: SignedIn, uuid: str) -> HttpResponse:
    approve = partial(approve_profile, as_of=read_moment(request.POST.get("as_of", "")))
    return _done(request, uuid, approve, _("%(dog)s’s profile is with the coordinators now."))


@login_required
@require_POST
def dog_profile_send_back(request: SignedIn, uuid: str) -> HttpResponse:
    dog = own_dog(request, uuid)
    if not leads(dog, request.user):
        raise PermissionDenied
    profile = get_object_or_404(Profile.objects, dog=dog)
    form = SendBackProfileForm(request.POST)
    if form.is_valid():
        try:
            send_back_profile(profile=profile, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(dog)s’s profile was sent back.") % {"dog": dog})
            return redirect("member_profile_list")
    return _preview(request, dog, form)


def _done(request: SignedIn, uuid: str, action: Callable[..., Profile], told: str) -> HttpResponse:
    """One press of a button, and back to the preview with what came of it."""
    dog = own_dog(request, uuid)
    profile = get_object_or_404(Profile.objects, dog=dog)
    try:
        action(profile=profile, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told % {"dog": dog})
    return redirect("member_dog_profile_preview", uuid=uuid)


@login_required
@require_http_methods(READ_OR_WRITE)
def dog_profile_consent(request: SignedIn, uuid: str) -> HttpResponse:
    """What each part means, and a tick for each. Only a handler of the dog can agree."""
    dog = own_dog(request, uuid)
    if not works(dog, request.user):
        raise PermissionDenied(_("Only the handler can agree to what is shown."))
    profile = Profile.objects.filter(dog=dog).first()
    if request.method == "POST" and profile is None:
        profile = write_profile(dog=dog, story=read_story(None), by=request.user, now=timezone.now())
    agreed = {"parts": profile.parts if profile else []}
    form = ConsentForm(request.POST, initial=agreed) if request.method == "POST" else ConsentForm(initial=agreed)
    if request.method == "POST" and profile and form.is_valid():
        given = profile.consent == Consent.GIVEN
        act: Callable[..., Profile] = choose_parts if given else give_consent
        try:
            act(profile=profile, parts=form.cleaned_data["parts"], by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            told = _("What %(dog)s’s page may show is saved.") if given else _AGREED
            if not given and Draft.objects.filter(profile=profile, status=DraftStatus.APPROVED).exists():
                told = _("You agree to a page for %(dog)s. It is shown once a coordinator has published it.")
            messages.success(request, told % {"dog": dog})
            return redirect("member_dog_profile_consent", uuid=uuid)
    since = previews.consents_of(profile) if profile else {}
    context = {"dog": dog, "profile": profile, "form": form, "since": since, "asked": _asked(form, since)}
    return render(request, "dogs/member/dog_profile_consent.html", context, status=422 if form.errors else 200)


def _asked(form: ConsentForm, since: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**switch, "since": since.get(switch["value"])} for switch in form.switches]


@login_required
@require_POST
def dog_profile_withdraw(request: SignedIn, uuid: str) -> HttpResponse:
    """One press, and the page is gone with everything on it. Also for a handler who gave consent and has left since."""
    dog = get_object_or_404(Dog.objects, uuid=uuid)
    profile = get_object_or_404(Profile.objects, dog=dog)
    if not (leads(dog, request.user) or works(dog, request.user) or gave_consent(profile, request.user)):
        raise PermissionDenied
    try:
        withdraw_consent(profile=profile, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(dog)s’s page is taken down, everywhere.") % {"dog": dog})
    return redirect("member_profile_list" if leads(dog, request.user) or works(dog, request.user) else "consent_list")


@login_required
@require_safe
def consent_list(request: SignedIn) -> HttpResponse:
    """What one has agreed to be shown, of which dogs; also for whoever has left since. There it can be taken back."""
    context = {"lines": previews.own_consents(request.user)}
    return render(request, "dogs/member/consent_list.html", context)


def _profile_of(dog: Dog) -> tuple[Profile | None, Draft | None]:
    profile = getattr(dog, "profile", None)
    return profile, getattr(profile, "draft", None)


def _about(request: SignedIn, dog: Dog, profile: Profile | None, draft: Draft | None) -> dict[str, Any]:
    """What every page of a draft says: where it stands, and what may be done by whom."""
    state, kind = previews.standing(profile, draft)
    status = draft.status if draft else DraftStatus.WRITING
    is_lead = leads(dog, request.user)
    return {
        "dog": dog,
        "profile": profile,
        "state": state,
        "kind": kind,
        "reason": draft.reason if draft and status == DraftStatus.WRITING else "",
        "is_open": status in (DraftStatus.WRITING, DraftStatus.PUBLISHED),
        "may_send": profile is not None and status == DraftStatus.WRITING,
        "may_take_back": status in (DraftStatus.SENT, DraftStatus.APPROVED),
        "as_of": draft.moved_at.isoformat() if draft else "",
        "may_judge": is_lead and status == DraftStatus.SENT,
        "may_consent": works(dog, request.user),
        "agreed": profile is not None and profile.consent == Consent.GIVEN,
        "withdrawn_at": profile.consent_at if profile and profile.consent == Consent.WITHDRAWN else None,
    }
