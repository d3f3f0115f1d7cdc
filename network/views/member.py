"""Certificates as their keepers see them: handlers their own, leads those of the force."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import must
from accounts.requests import SignedIn
from core.files import discard_upload, private_response, store_upload
from core.lifecycle import Refused
from network.actions.certificates import submit_certificate
from network.actions.evidence import open_evidence
from network.forms import CertificateForm
from network.models import Certificate, Evidence, Handler
from network.queries import own_handlers, standing
from network.states import HandlerStatus


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_add(request: SignedIn) -> HttpResponse:
    must(request.user, "document.upload")
    handlers = own_handlers(request.user.pk, request.roles.leads)
    form, certificate = take_certificate(request, handlers=handlers)
    if certificate:
        messages.success(request, _("%(certificate)s was sent to be verified.") % {"certificate": certificate})
        return redirect("member_document_list")
    return ask_for_evidence(request, form, title=_("Add a certificate"), evidence="certificate")


def take_certificate(request: SignedIn, *, handlers: list[Handler]) -> tuple[CertificateForm, Certificate | None]:
    """The form for a certificate of one of these, and the certificate once it was taken."""
    if request.method != "POST":
        wanted = {name: request.GET.get(name, "") for name in ("kind", "handler")}
        return CertificateForm(initial=wanted, handlers=handlers), None
    form = CertificateForm(request.POST, request.FILES, handlers=handlers)
    return form, _submit(request, form) if form.is_valid() else None


def ask_for_evidence(
    request: SignedIn, form: Form, *, title: str, evidence: str, for_network: bool = False
) -> HttpResponse:
    """The page that takes a paper and its file; what is typed is kept under the name of the `evidence`.

    `for_network`: it was sent to the national team, and a coordinator enters it.
    """
    context = {"form": form, "title": title, "evidence": evidence, "for_network": for_network}
    return render(request, "network/member/evidence_add.html", context, status=422 if form.errors else 200)


def _submit(request: SignedIn, form: CertificateForm) -> Certificate | None:
    """Store the file and submit; where the action refuses, the file goes again and the form says why."""
    typed = form.cleaned_data
    name = store_upload(typed["file"], "certificates")
    try:
        return submit_certificate(
            handler=typed["handler"],
            kind=typed["kind"],
            issued_on=typed["issued_on"],
            expires_on=typed["expires_on"],
            file=name,
            by=request.user,
            now=timezone.now(),
        )
    except Refused as refused:
        discard_upload(name)
        form.refuse(refused)
        return None


@login_required
@require_safe
def certificate_detail(request: SignedIn, uuid: str) -> HttpResponse:
    certificate = _own(request, uuid)
    query = urlencode({"kind": certificate.kind, "handler": certificate.handler.uuid})
    works = certificate.handler.status != HandlerStatus.LEFT
    return show_evidence(
        request,
        certificate,
        file=reverse("member_certificate_file", args=[uuid]),
        add=f"{reverse('member_certificate_add')}?{query}" if works else "",
        more=[(_("Force"), certificate.force.name, "")],
    )


def show_evidence(
    request: SignedIn, evidence: Evidence, *, file: str, add: str, more: list[tuple[str, str, str]]
) -> HttpResponse:
    """The page of a certificate or a document: how it stands, its file, where a newer one is added.

    `more` is what it says besides the days: name, value and a detail under it.
    """
    state, kind = standing(evidence, today=timezone.localdate())
    context = {"evidence": evidence, "file": file, "add": add, "more": more, "state": state, "kind": kind}
    return render(request, "network/member/evidence_detail.html", context)


@login_required
@require_safe
def certificate_file(request: SignedIn, uuid: str) -> HttpResponseBase:
    certificate = _own(request, uuid)
    name = open_evidence(evidence=certificate, by=request.user, now=timezone.now())
    return private_response(name, str(certificate))


def _own(request: SignedIn, uuid: str) -> Certificate:
    """The certificate, if it is behind the reader's wall; and they keep documents at all."""
    certificate = get_object_or_404(Certificate.objects.select_related("handler", "force"), uuid=uuid)
    must(request.user, "document.upload", force=certificate.force_id)
    return certificate
