"""One's own profile; for leads the people of their force; for members the contact list of leads."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import can
from accounts.actions import (
    INVITED_BY_FORCE,
    Contact,
    Way,
    invite_person,
    keep_profile,
    list_contacts,
    reveal_contact,
)
from accounts.forms import InviteForm, ProfileForm
from accounts.models import Force, ForceKind, Profile
from accounts.queries import open_invitations, people_in
from accounts.requests import SignedIn
from accounts.unsent import unsent_of
from core.lifecycle import Refused
from core.typed import tidy_line

CONTACTS = 50
# Where the session keeps what was just opened, until the list has shown it.
OPENED = "opened_contact"


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


_KEPT = ("name", "telephone", "texts", "language", "shares_telephone")


def _kept(request: SignedIn) -> dict[str, object]:
    known = Profile.objects.filter(user=request.user).values(*_KEPT).first()
    return dict(known) if known else {"language": settings.LANGUAGE_CODE, "texts": True, "shares_telephone": True}


def base_for(request: SignedIn) -> str:
    """Coordinators keep their own frame on the pages that everybody has."""
    national = request.roles.is_coordinator
    return "base_coordinator.html" if national else "base_member.html"


@login_required
@never_cache
@require_safe
def unsent(request: SignedIn) -> HttpResponse:
    """What could not be sent because the sign-in had ended, ready to be sent as it was."""
    waits = unsent_of(request)
    if waits is None:
        return redirect("home_redirect")
    return render(request, "accounts/member/unsent.html", {"waits": waits, "base": base_for(request)})


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
            form.refuse(refused)
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


@login_required
@require_safe
def contact_list(request: SignedIn) -> HttpResponse:
    """Leads and deputies everywhere, searched and narrowed. What was just opened is shown once, in its row."""
    everybody = list_contacts(by=request.user)
    wanted = tidy_line(request.GET.get("q", "").replace("\0", ""))[:100]
    region, kind = request.GET.get("region", ""), request.GET.get("kind", "")
    found = [contact for contact in everybody if _fits(contact, wanted.casefold(), region, kind)]
    kinds = {contact.kind for contact in everybody}
    context = {
        "page": Paginator(found, CONTACTS).get_page(request.GET.get("page")),
        "number": len(found),
        "wanted": wanted,
        "region": region,
        "kind": kind,
        "regions": sorted({contact.region for contact in everybody}),
        "kinds": [(value, label) for value, label in ForceKind.choices if value in kinds],
        "opened": request.session.pop(OPENED, None),
        "base": base_for(request),
    }
    return render(request, "accounts/member/contact_list.html", context)


def _fits(contact: Contact, wanted: str, region: str, kind: str) -> bool:
    text = f"{contact.name} {contact.force}".casefold()
    return wanted in text and region in ("", contact.region) and kind in ("", contact.kind)


@login_required
@require_POST
def contact_reveal(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Open one address or number, and go back to its row. Whoever may not read the list finds nobody in it."""
    if not can(request.user, "contacts.read"):
        raise Http404
    way = Way.TELEPHONE if request.POST.get("way") == Way.TELEPHONE else Way.EMAIL
    try:
        value = reveal_contact(contact=uuid, way=way, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('member_contact_list')}?{request.GET.urlencode()}")  # the top, where it is said
    else:
        if value is None:
            raise Http404
        request.session[OPENED] = {"uuid": str(uuid), "way": way.value, "value": value}
    return redirect(f"{reverse('member_contact_list')}?{request.GET.urlencode()}#contact-{uuid}")
