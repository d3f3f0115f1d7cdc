"""The coordinators' queue of evidence: oldest first, one decision, then the next."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.access import must
from accounts.requests import SignedIn
from dogs import paperwork
from dogs.actions.documents import reject_document, verify_document
from dogs.models import Document
from network.views.coordinator import Queued

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
