"""One's own profile, and for leads the people of their force."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import can
from accounts.actions import INVITED_BY_FORCE, invite_person, keep_profile
from accounts.forms import InviteForm, ProfileForm
from accounts.models import Force, Profile
from accounts.queries import open_invitations, people_in
from accounts.requests import SignedIn
from core.lifecycle import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedIn) -> HttpResponse:
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=_kept(request))
    if request.method == "POST" and form.is_valid():
        keep_profile(person=form.person(), by=request.user, now=timezone.now())
        messages.success(request, _("Your details are kept."))
        return redirect("profile")
    context = {"form": form, "base": base_for(request)}
    return render(request, "accounts/member/profile.html", context, status=422 if form.errors else 200)


def _kept(request: SignedIn) -> dict[str, object]:
    known = Profile.objects.filter(user=request.user).values("name", "telephone", "texts", "language").first()
    return dict(known) if known else {"language": settings.LANGUAGE_CODE, "texts": True}


def base_for(request: SignedIn) -> str:
    """Coordinators keep their own frame on the pages that everybody has."""
    national = request.roles.is_coordinator
    return "base_coordinator.html" if national else "base_member.html"


@login_required
@require_safe
def person_list(request: SignedIn) -> HttpResponse:
    forces = _own_forces(request)
    context = {
        "people": people_in(forces),
        "invitations": open_invitations(forces, now=timezone.now()),
        "several": len(forces) > 1,
    }
    return render(request, "accounts/member/person_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: SignedIn) -> HttpResponse:
    forces = Force.objects.filter(pk__in=_own_forces(request)).order_by("name")
    form = InviteForm(request.POST if request.method == "POST" else None, forces=forces, roles=INVITED_BY_FORCE)
    if request.method == "POST" and form.is_valid():
        try:
            made = invite_person(invited=form.invited(), by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Invitation sent to %(email)s.") % {"email": made.email})
            return redirect("person_list")
    context = {"form": form}
    return render(request, "accounts/member/person_invite.html", context, status=422 if form.errors else 200)


def _own_forces(request: SignedIn) -> tuple[int, ...]:
    """The forces that this person keeps and may invite into."""
    forces = request.roles.leads
    own = tuple(force for force in forces if can(request.user, "person.invite", force=force))
    if not own:
        raise PermissionDenied
    return own
