"""Documents as their keepers see them: handlers their dogs', leads all of the force."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import must
from accounts.requests import SignedIn
from core.files import private_response
from dogs import paperwork
from dogs.actions.documents import may_submit_for
from dogs.models import Document
from dogs.states import GONE
from dogs.views.intake import take_document
from network.actions.evidence import open_evidence
from network.views.member import ask_for_evidence, show_evidence

# With more, what can't wait is gathered at the top of the page as well.
FEW_GROUPS = 3


@login_required
@require_safe
def document_list(request: SignedIn) -> HttpResponse:
    must(request.user, "document.upload")
    today = timezone.localdate()
    shown = paperwork.groups(request.user.pk, request.roles, today=today)
    urgent = [(group, line) for group in shown for line in group.lines if line.is_urgent]
    context = {"groups": shown, "urgent": urgent, "is_long": len(shown) > FEW_GROUPS}
    return render(request, "dogs/member/document_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request: SignedIn) -> HttpResponse:
    must(request.user, "document.upload")
    leads = request.roles.leads
    form, document = take_document(
        request, forces=paperwork.own_forces(leads), dogs=paperwork.own_dogs(request.user.pk, leads)
    )
    if document:
        messages.success(request, _("%(document)s was sent to be verified.") % {"document": document})
        return redirect("member_document_list")
    return ask_for_evidence(request, form, title=_("Add a document"), evidence="document")


@login_required
@require_safe
def document_detail(request: SignedIn, uuid: str) -> HttpResponse:
    document = _own(request, uuid)
    may_add = may_submit_for(force_id=document.force_id, dog=document.dog, by=request.user)
    gone = document.dog is not None and document.dog.status in GONE
    return show_evidence(
        request,
        document,
        file=reverse("member_document_file", args=[uuid]),
        add=paperwork.add_document_href(document.force, document.dog, document.kind) if may_add and not gone else "",
        more=paperwork.cover_of(document),
    )


@login_required
@require_safe
def document_file(request: SignedIn, uuid: str) -> HttpResponseBase:
    document = _own(request, uuid)
    name = open_evidence(evidence=document, by=request.user, now=timezone.now())
    return private_response(name, str(document))


def _own(request: SignedIn, uuid: str) -> Document:
    """The document, if it is behind the reader's wall; and they keep documents at all."""
    rows = Document.objects.select_related("dog", "force")
    document = get_object_or_404(rows, uuid=uuid)
    must(request.user, "document.upload", force=document.force_id)
    return document
