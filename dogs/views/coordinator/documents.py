"""The coordinators' queue of evidence: oldest first, one decision, then the next."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
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
from dogs import paperwork
from dogs.actions.documents import reject_document, verify_document
from dogs.models import Document
from network.actions.evidence import open_evidence
from network.forms import SendBackForm
from network.states import EvidenceStatus

PAGE_SIZE = 50


@login_required
@require_safe
def document_list(request: SignedIn) -> HttpResponse:
    _check(request)
    page = Paginator(paperwork.waiting(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": paperwork.waiting_lines(page.object_list)}
    return render(request, "dogs/coordinator/document_list.html", context)


@login_required
@require_safe
def document_next(request: SignedIn) -> HttpResponse:
    """On to the oldest that waits, or to the empty queue."""
    _check(request)
    lines = paperwork.waiting_lines(paperwork.waiting()[:1])
    return redirect(lines[0].href if lines else "coordinator_document_list")


@login_required
@require_safe
def document_detail(request: SignedIn, uuid: str) -> HttpResponse:
    document = _found(request, uuid)
    return _page(request, document, SendBackForm())


@login_required
@require_safe
def document_file(request: SignedIn, uuid: str) -> HttpResponseBase:
    """The file in the browser, not as a download: a queue is worked by looking. The look is recorded."""
    document = _found(request, uuid)
    name = open_evidence(evidence=document, by=request.user, now=timezone.now())
    return private_response(name, str(document), inline=True)


@login_required
@require_POST
def document_verify(request: SignedIn, uuid: str) -> HttpResponse:
    document = _found(request, uuid)
    try:
        verify_document(document=document, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("coordinator_document_detail", uuid=uuid)
    messages.success(request, _("%(document)s is verified.") % {"document": document})
    return redirect("coordinator_document_next")


@login_required
@require_POST
def document_reject(request: SignedIn, uuid: str) -> HttpResponse:
    document = _found(request, uuid)
    form = SendBackForm(request.POST)
    if form.is_valid():
        try:
            reject_document(
                document=document,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("%(document)s was sent back.") % {"document": document})
            return redirect("coordinator_document_next")
    return _page(request, document, form)


def _page(request: SignedIn, document: Document, form: SendBackForm) -> HttpResponse:
    state, kind = paperwork.standing(document, timezone.localdate())
    context: dict[str, Any] = {
        "document": document,
        "cover": paperwork.cover_of(document),
        "state": state,
        "kind": kind,
        "waits": document.status == EvidenceStatus.SUBMITTED,
        "replaces": paperwork.verified_before(document),
        "sender": paperwork.sender_of(document),
        "form": form,
    }
    return render(request, "dogs/coordinator/document_detail.html", context)


def _check(request: SignedIn) -> None:
    if not can(request.user, "document.verify"):
        raise PermissionDenied


def _found(request: SignedIn, uuid: str) -> Document:
    document = get_object_or_404(Document.objects.select_related("dog", "force"), uuid=uuid)
    _check(request)
    return document
