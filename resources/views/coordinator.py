"""Keeping the library: what there is, who has not read it, new versions, publishing and withdrawing."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import must
from accounts.requests import SignedIn
from core.files import discard_upload
from core.forms import HouseForm
from core.lifecycle import Refused
from core.markdown import to_words
from resources import queries
from resources.actions.library import (
    add_resource,
    add_version,
    change_resource,
    publish_resource,
    withdraw_resource,
)
from resources.forms import CARD, AddForm, ResourceForm, VersionForm, WithdrawForm
from resources.inputs import Content
from resources.models import Resource, Version
from resources.paper import store_paper
from resources.shelf import about, line_of, status_kind
from resources.states import RESOURCE, Audience, ResourceStatus
from resources.views.found import resource_for

PAGE_SIZE = 50
T = TypeVar("T")


@login_required
@require_safe
def resource_list(request: SignedIn) -> HttpResponse:
    """Everything there is, by category, with how often it was taken and how many have still to read it."""
    must(request.user, "library.keep")
    show = request.GET.get("show", "")
    rows = queries.whole_library().order_by("category__position", "category__name", "title", "pk")
    if show in ResourceStatus.values:
        rows = rows.filter(status=show)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    unread, today = queries.unread_counts(page), timezone.localdate()
    lines = [(line_of(row, today=today), status_kind(row.status), unread.get(row.pk)) for row in page]
    context = {"page": page, "lines": lines, "show": show, "states": ResourceStatus.choices}
    return render(request, "resources/coordinator/resource_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resource_add(request: SignedIn) -> HttpResponse:
    must(request.user, "library.keep")
    categories = list(queries.categories())
    form = AddForm(request.POST, request.FILES, categories=categories) if request.method == "POST" else None
    if form and form.is_valid():
        resource = _kept(form, partial(_add, request, form))
        if resource:
            messages.success(request, _("%(title)s is a draft. Look at it, then publish it.") % {"title": resource})
            return redirect("coordinator_resource_detail", uuid=resource.uuid)
    form = form or AddForm(categories=categories)
    return render(
        request, "resources/coordinator/resource_add.html", {"form": form}, status=422 if form.errors else 200
    )


def _add(request: SignedIn, form: AddForm, content: Content) -> Resource:
    return add_resource(card=form.card, content=content, by=request.user, now=timezone.now())


@login_required
@require_safe
def resource_detail(request: SignedIn, uuid: str) -> HttpResponse:
    return _page(request, resource_for(request, uuid, "library.keep"), WithdrawForm())


def _page(request: SignedIn, resource: Resource, form: WithdrawForm) -> HttpResponse:
    today, taken = timezone.localdate(), queries.downloads_by_version(resource)
    is_asked = resource.must_read_by is not None and resource.status == ResourceStatus.PUBLISHED
    readers = queries.readers_of([resource], None)[resource.pk] if is_asked else []
    versions = resource.versions.select_related("added_by__profile").defer("words", "markdown", "search")
    context: dict[str, Any] = {
        "resource": resource,
        "line": line_of(resource, today=today),
        "kind": status_kind(resource.status),
        "versions": [(row, about(row, today=today), taken.get(row.pk, 0)) for row in versions.order_by("-number")],
        "readers": readers,
        "asked": sum(group.asked for group in readers),
        "read": sum(group.read for group in readers),
        "may_publish": ResourceStatus.PUBLISHED in RESOURCE.moves.get(resource.status, ()),
        "may_withdraw": ResourceStatus.WITHDRAWN in RESOURCE.moves.get(resource.status, ()),
        "is_public": resource.audience == Audience.PUBLIC and resource.status == ResourceStatus.PUBLISHED,
        "form": form,
    }
    return render(request, "resources/coordinator/resource_detail.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resource_edit(request: SignedIn, uuid: str) -> HttpResponse:
    resource = resource_for(request, uuid, "library.keep")
    categories = list(queries.categories())
    if request.method == "POST":
        form = ResourceForm(request.POST, categories=categories)
        if form.is_valid() and _said(form, partial(_change, request, resource, form)) is not None:
            messages.success(request, _("%(title)s is changed.") % {"title": form.card.title})
            return redirect("coordinator_resource_detail", uuid=uuid)
    else:
        form = ResourceForm(initial=_card_of(resource), categories=categories)
    context = {"resource": resource, "form": form}
    return render(request, "resources/coordinator/resource_edit.html", context, status=422 if form.errors else 200)


def _change(request: SignedIn, resource: Resource, form: ResourceForm) -> Resource:
    return change_resource(resource=resource, card=form.card, by=request.user, now=timezone.now())


def _card_of(resource: Resource) -> dict[str, Any]:
    return {"category": str(resource.category.uuid), **{name: getattr(resource, name) for name in CARD}}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resource_version(request: SignedIn, uuid: str) -> HttpResponse:
    resource = resource_for(request, uuid, "library.keep")
    asks: dict[str, Any] = {"kind": resource.kind, "must_read": resource.must_read_by is not None}
    form = VersionForm(request.POST, request.FILES, **asks) if request.method == "POST" else None
    if form and form.is_valid():
        version = _kept(form, partial(_add_version, request, resource, form))
        if version:
            messages.success(request, _("%(version)s is the newest.") % {"version": version})
            return redirect("coordinator_resource_detail", uuid=uuid)
    text = resource.current.markdown if resource.current else ""
    form = form or VersionForm(initial={"markdown": text}, **asks)
    context = {"resource": resource, "form": form}
    return render(request, "resources/coordinator/resource_version.html", context, status=422 if form.errors else 200)


def _add_version(request: SignedIn, resource: Resource, form: VersionForm, content: Content) -> Version:
    return add_version(resource=resource, content=content, change=form.change, by=request.user, now=timezone.now())


@login_required
@require_POST
def resource_publish(request: SignedIn, uuid: str) -> HttpResponse:
    resource = resource_for(request, uuid, "library.keep")
    try:
        publish_resource(resource=resource, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(title)s is published.") % {"title": resource.title})
    return redirect("coordinator_resource_detail", uuid=uuid)


@login_required
@require_POST
def resource_withdraw(request: SignedIn, uuid: str) -> HttpResponse:
    resource = resource_for(request, uuid, "library.keep")
    form = WithdrawForm(request.POST)
    if form.is_valid() and _said(form, partial(_withdraw, request, resource, form)) is not None:
        messages.success(request, _("%(title)s is withdrawn.") % {"title": resource.title})
        return redirect("coordinator_resource_detail", uuid=uuid)
    return _page(request, resource, form)


def _withdraw(request: SignedIn, resource: Resource, form: WithdrawForm) -> Resource:
    reason = form.cleaned_data["reason"]
    return withdraw_resource(resource=resource, reason=reason, by=request.user, now=timezone.now())


def _kept(form: AddForm | VersionForm, act: Callable[[Content], T]) -> T | None:
    """Keep the file and act; where the action refuses, the file goes again and the form says why."""
    paper, text = form.cleaned_data.get("file"), form.cleaned_data.get("markdown") or ""
    content = store_paper(paper) if paper else Content(markdown=text, words=to_words(text))
    done = _said(form, partial(act, content))
    if done is None and content.file:
        discard_upload(content.file)
    return done


def _said(form: HouseForm, act: Callable[[], T]) -> T | None:
    """Act; what is refused stands on the form, beside its field."""
    try:
        return act()
    except Refused as refused:
        form.refuse(refused)
        return None
