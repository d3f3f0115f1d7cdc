"""Everybody's inbox, the same messages as the mail; and how each kind of message is wanted."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedIn
from accounts.views.member import base_for
from core.lifecycle import Refused
from notifications.queries import inbox_of, preferences_of
from notifications.states import ABOUT, Topic
from portal.actions import keep_preferences, read_message, read_messages
from portal.forms import PreferencesForm, ReadForm
from portal.inbox import Opened, line_of

PAGE = 50


@login_required
@require_safe
def inbox(request: SignedIn) -> HttpResponse:
    rows = inbox_of(request.user.pk).defer("text", "html", "error")
    only_unread = request.GET.get("show") == "unread"
    page = Paginator(rows.filter(read_at=None) if only_unread else rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [line_of(message) for message in page],
        "only_unread": only_unread,
        "unread": request.unread,
        "newest": next((message.uuid for message in page), None),
        "base": base_for(request),
    }
    return render(request, "portal/member/inbox.html", context)


@login_required
@require_safe
def inbox_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    """One message in full, and the way to the next unread one. Opening it is reading it."""
    message = get_object_or_404(inbox_of(request.user.pk), uuid=uuid)
    if request.method == "GET" and read_message(message=message, by=request.user, now=timezone.now()):
        request.unread = max(request.unread - 1, 0)
    unread = inbox_of(request.user.pk).filter(read_at=None).exclude(pk=message.pk) if request.unread else None
    context = {
        "opened": Opened.of(message),
        "next": unread.values_list("uuid", flat=True).first() if unread is not None else None,
        "base": base_for(request),
    }
    return render(request, "portal/member/inbox_detail.html", context)


@login_required
@require_POST
def inbox_read(request: SignedIn) -> HttpResponse:
    """Mark as read what the page showed and everything older; what came since stays unread."""
    form = ReadForm(request.POST)
    newest = inbox_of(request.user.pk).filter(uuid=form.cleaned_data["upto"]).first() if form.is_valid() else None
    if newest is None:
        messages.info(request, _("There is nothing to mark as read."))
        return redirect("member_inbox")
    read = read_messages(upto=newest, by=request.user, now=timezone.now())
    said = ngettext("%(count)d message is marked as read.", "%(count)d messages are marked as read.", read)
    messages.success(request, said % {"count": read})
    return redirect("member_inbox")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SignedIn) -> HttpResponse:
    """How each kind of message is wanted. Safety is shown, and can't be changed."""
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=preferences_of(request.user.pk))
    if request.method == "POST" and form.is_valid():
        try:
            keep_preferences(chosen=form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your choices are kept. They count for what comes from now on."))
            return redirect("member_preferences")
    context = {"form": form, "safety": ABOUT[Topic.SAFETY], "base": base_for(request)}
    return render(request, "portal/member/preferences.html", context, status=422 if form.errors else 200)
