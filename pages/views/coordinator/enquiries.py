"""Enquiries in the coordinators' hands: those that wait, and how each was answered."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from pages.actions.enquiries import answer_enquiry
from pages.forms import AnswerForm
from pages.models import Enquiry
from pages.queries import enquiries

PAGE_SIZE = 50


@login_required
@require_safe
def enquiry_list(request: SignedIn) -> HttpResponse:
    """Those that wait, the oldest first; `show=answered` for the others."""
    must(request.user, "enquiry.answer")
    answered = request.GET.get("show") == "answered"
    page = Paginator(enquiries(answered=answered), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "pages/coordinator/enquiry_list.html", {"page": page, "answered": answered})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The enquiry, and the note of how it was answered."""
    found = Enquiry.objects.select_related("organisation", "answered_by__profile")
    enquiry = get_object_or_404(found, uuid=uuid)
    must(request.user, "enquiry.answer")
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_enquiry(enquiry=enquiry, note=form.cleaned_data["note"], by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(reference)s is answered.") % {"reference": enquiry})
            return redirect("coordinator_enquiry_list")
    context = {"enquiry": enquiry, "form": form}
    return render(request, "pages/coordinator/enquiry_detail.html", context, status=422 if form.errors else 200)
