"""Setting up a second factor, which counts as signing in with it: the code was just proved."""

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import activate_totp
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.adapter import shorten_session


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    own = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP)
    had = own.exists()
    response = activate_totp(request)
    made = None if had else own.first()
    if made:
        post_authentication(request, made)
        shorten_session(request, made.user)
    return response
