"""The people of the whole network, and inviting anybody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import must
from accounts.actions import invite_person
from accounts.forms import InviteForm
from accounts.models import Force, RoleName
from accounts.queries import open_invitations, people_in
from accounts.requests import SignedIn
from core.lifecycle import Refused
from core.typed import tidy_line

PAGE = 50


@login_required
@require_safe
def person_list(request: SignedIn) -> HttpResponse:
    must(request.user, "network.keep")
    wanted = tidy_line(request.GET.get("q", "").replace("\0", ""))[:100]
    page = Paginator(people_in(None, wanted=wanted), PAGE).get_page(request.GET.get("page"))
    invitations = open_invitations(None, now=timezone.now())
    context = {"page": page, "wanted": wanted, "invitations": invitations}
    return render(request, "accounts/coordinator/person_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: SignedIn) -> HttpResponse:
    must(request.user, "network.keep")
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        forces=Force.objects.order_by("name"),
        roles=tuple(RoleName.values),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = invite_person(invited=form.invited(), by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Invitation sent to %(email)s.") % {"email": made.email})
            return redirect("coordinator_person_list")
    context = {"form": form}
    return render(request, "accounts/coordinator/person_invite.html", context, status=422 if form.errors else 200)
