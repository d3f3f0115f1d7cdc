"""Asking for support: the one door of mutual aid that anybody may use."""

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from core.flood import too_many
from core.lifecycle import Refused
from deployments.actions.requests import submit_request
from deployments.forms.public import SupportForm


@never_cache
@require_http_methods(["GET", "POST"])
def support(request: HttpRequest) -> HttpResponse:
    """The form. It asks everything on one page, keeps what was typed, and never needs an account."""
    form = SupportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = f"support-sent:{form.cleaned_data['key']}"
        if not cache.get(sent) and too_many(request, "support", an_hour=settings.SUPPORT_REQUESTS_AN_HOUR):
            return render(request, "deployments/public/support_busy.html", {"form": form}, status=429)
        by = request.user if isinstance(request.user, User) else None
        try:
            made = submit_request(new=form.new_request(), key=form.cleaned_data["key"], by=by, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            cache.set(sent, True, timeout=3600)  # the same sending again is no further request
            request.session["support_reference"] = made.reference
            return redirect("support_sent")
    status = 422 if form.errors else 200
    return render(request, "deployments/public/support.html", {"form": form}, status=status)


@never_cache
@require_GET
def support_sent(request: HttpRequest) -> HttpResponse:
    """What happens next, with the reference; nothing of what was typed."""
    reference = request.session.get("support_reference")
    if not reference:
        messages.info(request, _("Your last request is not kept in this browser. The receipt has its reference."))
        return redirect("support")
    return render(request, "deployments/public/support_sent.html", {"reference": reference})
