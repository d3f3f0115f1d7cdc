"""For coordinators: the mail and text messages that were given up, and those that wait."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from notifications.models import Message
from notifications.queries import given_up, not_yet_sent
from portal.actions import retry_message

PAGE = 50
# A message that waits longer than this is more than a busy minute.
LONG = timedelta(minutes=15)


@login_required
@require_safe
def mail_list(request: SignedIn) -> HttpResponse:
    must(request.user, "mail.watch")
    waiting, total = list(not_yet_sent()[:PAGE]), not_yet_sent().count()
    stuck = waiting[0].queued_at if waiting and waiting[0].queued_at < timezone.now() - LONG else None
    context = {
        "failed": Paginator(given_up(), PAGE).get_page(request.GET.get("page")),
        "waiting": waiting,
        "more": total - len(waiting),
        "stuck": stuck,
    }
    return render(request, "portal/coordinator/mail_list.html", context)


@login_required
@require_POST
def mail_retry(request: SignedIn, uuid: UUID) -> HttpResponse:
    message = get_object_or_404(Message.objects, uuid=uuid)
    must(request.user, "mail.watch")
    try:
        retry_message(message=message, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The message to %(to)s is sent again.") % {"to": message.to})
    return redirect("coordinator_mail_list")
