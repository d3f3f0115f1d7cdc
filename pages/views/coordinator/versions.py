"""Versions of a text: what each changed, and bringing one back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from pages.actions.texts import restore_version
from pages.models import Version
from pages.shown import both, changes_between


@login_required
@require_safe
def version_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    """What this version changed, beside the one before it; of the first, its words."""
    version = _found(request, uuid)
    before = Version.objects.filter(text=version.text, number=version.number - 1).first()
    context = {
        "version": version,
        "text": version.text,
        "before": before,
        "changes": changes_between(before, version) if before else [],
        "readings": [] if before else both(version.words, below=2),
    }
    return render(request, "pages/coordinator/version_detail.html", context)


@login_required
@require_POST
def version_restore(request: SignedIn, uuid: UUID) -> HttpResponse:
    version = _found(request, uuid)
    try:
        restore_version(version=version, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Version %(number)d is back, as the newest.") % {"number": version.number})
    return redirect("coordinator_text_detail", uuid=version.text.uuid)


def _found(request: SignedIn, uuid: UUID) -> Version:
    version = get_object_or_404(Version.objects.select_related("text", "saved_by__profile"), uuid=uuid)
    must(request.user, "text.keep")
    return version
