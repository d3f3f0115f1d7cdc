"""A certificate in the coordinators' queue: looked at, then verified or sent back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import can
from accounts.requests import SignedIn
from core.files import private_response
from core.lifecycle import Refused
from network.actions.certificates import reject_certificate, verify_certificate
from network.actions.evidence import open_evidence
from network.forms import SendBackForm
from network.models import Certificate
from network.queries import sender_of, standing, verified_before
from network.states import EvidenceStatus


@login_required
@require_safe
def certificate_detail(request: SignedIn, uuid: str) -> HttpResponse:
    certificate = _found(request, uuid)
    return _page(request, certificate, SendBackForm())


@login_required
@require_safe
def certificate_file(request: SignedIn, uuid: str) -> HttpResponseBase:
    """The file in the browser, not as a download: a queue is worked by looking. The look is recorded."""
    certificate = _found(request, uuid)
    name = open_evidence(evidence=certificate, by=request.user, now=timezone.now())
    return private_response(name, str(certificate), inline=True)


@login_required
@require_POST
def certificate_verify(request: SignedIn, uuid: str) -> HttpResponse:
    certificate = _found(request, uuid)
    try:
        verify_certificate(certificate=certificate, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("coordinator_certificate_detail", uuid=uuid)
    messages.success(request, _("%(certificate)s is verified.") % {"certificate": certificate})
    return redirect("coordinator_document_next")


@login_required
@require_POST
def certificate_reject(request: SignedIn, uuid: str) -> HttpResponse:
    certificate = _found(request, uuid)
    form = SendBackForm(request.POST)
    if form.is_valid():
        try:
            reject_certificate(
                certificate=certificate,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("%(certificate)s was sent back.") % {"certificate": certificate})
            return redirect("coordinator_document_next")
    return _page(request, certificate, form)


def _page(request: SignedIn, certificate: Certificate, form: SendBackForm) -> HttpResponse:
    today = timezone.localdate()
    state, kind = standing(certificate.status, certificate.expires_on, certificate.reason, today=today)
    context: dict[str, Any] = {
        "certificate": certificate,
        "state": state,
        "kind": kind,
        "waits": certificate.status == EvidenceStatus.SUBMITTED,
        "replaces": verified_before(certificate),
        "sender": sender_of(certificate),
        "form": form,
    }
    return render(request, "network/coordinator/certificate_detail.html", context)


def _check(request: SignedIn) -> None:
    if not can(request.user, "document.verify"):
        raise PermissionDenied


def _found(request: SignedIn, uuid: str) -> Certificate:
    certificate = get_object_or_404(Certificate.objects.select_related("handler", "force"), uuid=uuid)
    _check(request)
    return certificate
