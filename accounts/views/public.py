"""The invitation's door: whoever holds the link comes in by it, once."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions import Link, LinkState, accept_invitation, read_link
from accounts.forms import AcceptForm
from core.lifecycle import Refused

_STATUS = {LinkState.UNKNOWN: HTTPStatus.NOT_FOUND, LinkState.USED: HTTPStatus.GONE, LinkState.EXPIRED: HTTPStatus.GONE}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Ask a newcomer for name, telephone and password; somebody who signs in already only to agree."""
    link = read_link(token, now=timezone.now())
    if link.state != LinkState.OPEN:
        return render(request, "accounts/public/invitation_closed.html", {"link": link}, status=_STATUS[link.state])
    typed = request.POST if request.method == "POST" else None
    form = None if link.has_account else AcceptForm(typed, initial={"name": link.name})
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _accept(token, form)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("invitation_accept", token=token)
        messages.success(request, _welcome(link))
        return redirect("account_login")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    return render(request, "accounts/public/invitation_accept.html", {"link": link, "form": form}, status=status)


def _accept(token: str, form: AcceptForm | None) -> None:
    person = form.person() if form else None
    password = form.cleaned_data["password"] if form else ""
    accept_invitation(token=token, person=person, password=password, now=timezone.now())


def _welcome(link: Link) -> str:
    return _("You are in, as %(role)s. Sign in with %(email)s.") % {"role": link.role.lower(), "email": link.email}
