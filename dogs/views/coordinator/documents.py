"""The coordinators' queue of evidence: oldest first, one decision, then the next."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import must
from accounts.models import Force
from accounts.requests import SignedIn
from dogs import paperwork
from dogs.actions.documents import reject_document, verify_document
from dogs.forms.documents import WhoseForm
from dogs.models import Document
from dogs.views.intake import take_document
from network.views.coordinator import QUEUED, Queued
from network.views.member import ask_for_evidence

PAGE_SIZE = 50


DOCUMENTS = Queued(
    noun="document",
    rows=lambda: Document.objects.select_related("dog", "force"),
    verify=verify_document,
    reject=reject_document,
    more=paperwork.cover_of,
)


@login_required
@require_safe
def document_list(request: SignedIn) -> HttpResponse:
    must(request.user, "document.verify")
    page = Paginator(paperwork.waiting(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": paperwork.waiting_lines(page.object_list)}
    return render(request, "dogs/coordinator/document_list.html", context)


@login_required
@require_safe
def document_next(request: SignedIn) -> HttpResponse:
    """On to the oldest that waits, or to the empty queue."""
    must(request.user, "document.verify")
    lines = paperwork.waiting_lines(paperwork.waiting()[:1])
    return redirect(lines[0].href if lines else "coordinator_document_list")


@login_required
@require_safe
def document_whose(request: SignedIn) -> HttpResponse:
    """A paper came to the national team by post or mail: first, whose it is and what."""
    must(request.user, "network.keep")
    form = WhoseForm(request.GET if "force" in request.GET else None, forces=paperwork.forces_with_papers())
    if form.is_bound and form.is_valid():
        return redirect(f"coordinator_{form.cleaned_data['what']}_add", form.cleaned_data["force"].uuid)
    return render(request, "dogs/coordinator/document_whose.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request: SignedIn, uuid: UUID) -> HttpResponse:
    """A document of this force, which was sent to the national team."""
    force = get_object_or_404(Force, uuid=uuid)
    must(request.user, "network.keep")
    form, document = take_document(request, forces=[force], dogs=paperwork.own_dogs(0, [force.pk]))
    if document:
        messages.success(request, QUEUED % {"document": document})
        return redirect("coordinator_document_detail", document.uuid)
    title = _("A document of %(force)s") % {"force": force}
    return ask_for_evidence(request, form, title=title, evidence="document", for_network=True)
