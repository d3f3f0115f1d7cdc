"""Evidence in the coordinators' queue, a certificate or a document: looked at, then verified or sent back.

Each address says of which kind it is: `CERTIFICATES` here, the documents beside dogs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import must
from accounts.models import Force
from accounts.requests import SignedIn
from core.files import private_response
from core.lifecycle import Refused
from network.actions.certificates import reject_certificate, verify_certificate
from network.actions.evidence import open_evidence
from network.forms import SendBackForm
from network.models import Certificate, Evidence
from network.queries import own_handlers, sender_of, standing, verified_before
from network.states import EvidenceStatus
from network.views.member import ask_for_evidence, take_certificate

QUEUED = gettext_lazy("%(document)s is in the queue. Look at it once more, then verify it.")


@dataclass(frozen=True)
class Queued:
    """One kind of evidence. Its `noun` names its addresses and what its actions take.

    `more` is what its page says besides the days: name, value and a detail under it.
    """

    noun: str
    rows: Callable[[], QuerySet[Any]]
    verify: Callable[..., Any]
    reject: Callable[..., Any]
    more: Callable[[Any], list[tuple[str, str, str]]]

    def address(self, verb: str, evidence: Evidence) -> str:
        return reverse(f"coordinator_{self.noun}_{verb}", args=[evidence.uuid])


CERTIFICATES = Queued(
    noun="certificate",
    rows=lambda: Certificate.objects.select_related("handler", "force"),
    verify=verify_certificate,
    reject=reject_certificate,
    more=lambda certificate: [(_("Handler"), str(certificate.handler), "")],
)


@login_required
@require_safe
def evidence_detail(request: SignedIn, uuid: str, kind: Queued) -> HttpResponse:
    return _page(request, kind, _found(request, kind, uuid), SendBackForm())


@login_required
@require_safe
def evidence_file(request: SignedIn, uuid: str, kind: Queued) -> HttpResponseBase:
    """The file in the browser, not as a download: a queue is worked by looking. The look is recorded."""
    evidence = _found(request, kind, uuid)
    name = open_evidence(evidence=evidence, by=request.user, now=timezone.now())
    return private_response(name, str(evidence), inline=True)


@login_required
@require_POST
def evidence_verify(request: SignedIn, uuid: str, kind: Queued) -> HttpResponse:
    evidence = _found(request, kind, uuid)
    try:
        kind.verify(**{kind.noun: evidence}, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(kind.address("detail", evidence))
    messages.success(request, _("%(document)s is verified.") % {"document": evidence})
    return redirect("coordinator_document_next")


@login_required
@require_POST
def evidence_reject(request: SignedIn, uuid: str, kind: Queued) -> HttpResponse:
    evidence = _found(request, kind, uuid)
    form = SendBackForm(request.POST)
    if form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        try:
            kind.reject(**{kind.noun: evidence}, reason=reason, by=request.user, now=now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(document)s was sent back.") % {"document": evidence})
            return redirect("coordinator_document_next")
    return _page(request, kind, evidence, form)


def _page(request: SignedIn, kind: Queued, evidence: Evidence, form: SendBackForm) -> HttpResponse:
    state, tag = standing(evidence, today=timezone.localdate())
    context = {
        "evidence": evidence,
        "more": kind.more(evidence),
        "state": state,
        "kind": tag,
        "waits": evidence.status == EvidenceStatus.SUBMITTED,
        "replaces": verified_before(evidence),
        "sender": sender_of(evidence),
        "form": form,
        **{verb: kind.address(verb, evidence) for verb in ("file", "verify", "reject")},
    }
    return render(request, "network/coordinator/evidence_detail.html", context, status=422 if form.errors else 200)


def _found(request: SignedIn, kind: Queued, uuid: str) -> Evidence:
    evidence = get_object_or_404(kind.rows(), uuid=uuid)
    must(request.user, "document.verify")
    return evidence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_add(request: SignedIn, uuid: UUID) -> HttpResponse:
    """A certificate of a handler of this force, which was sent to the national team."""
    force = get_object_or_404(Force, uuid=uuid)
    must(request.user, "network.keep")
    form, certificate = take_certificate(request, handlers=own_handlers(0, [force.pk]))
    if certificate:
        messages.success(request, QUEUED % {"document": certificate})
        return redirect("coordinator_certificate_detail", certificate.uuid)
    title = _("A certificate of %(force)s") % {"force": force}
    return ask_for_evidence(request, form, title=title, evidence="certificate", for_network=True)
