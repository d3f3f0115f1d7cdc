"""The library as its readers see it, and what leads see of their own force's reading."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import can, must
from accounts.requests import SignedIn
from core.files import private_response
from core.lifecycle import Refused
from core.markdown import to_html
from resources import queries
from resources.actions.reading import acknowledge_version, count_download, drop_favourite, keep_favourite
from resources.models import Resource, Version
from resources.search import clean_query, find
from resources.shelf import about, by_category, line_of, version_name
from resources.states import ResourceKind, ResourceStatus
from resources.views.found import current_file, resource_for

PAGE_SIZE = 30


@login_required
@require_safe
def resource_list(request: SignedIn) -> HttpResponse:
    """What must be read first, then everything by category; or what was looked for, the best first."""
    must(request.user, "library.read")
    today, user = timezone.localdate(), request.user.pk or 0
    shelves = list(queries.categories())
    chosen = _chosen(request, {str(shelf.uuid) for shelf in shelves})
    rows, is_near = _looked_for(queries.shelf(user), chosen)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    must_read = [] if any(chosen.values()) or page.number > 1 else _must_read(request)
    lines = [line_of(resource, today=today) for resource in page] if chosen["q"] else []
    context = {
        **chosen,
        "page": page,
        "lines": lines,
        "groups": [] if chosen["q"] else by_category(page, today=today),
        "must_read": [line_of(resource, today=today) for resource in must_read],
        "categories": shelves,
        "kinds": ResourceKind.choices,
        "is_near": is_near,
        "is_narrowed": any(chosen.values()),
        "may_chase": can(request.user, "force.keep"),
    }
    return render(request, "resources/member/resource_list.html", context)


def _chosen(request: SignedIn, shelves: set[str]) -> dict[str, str]:
    """The filters asked for, where there is such a thing."""
    category, kind, show = (request.GET.get(name, "") for name in ("category", "kind", "show"))
    return {
        "q": clean_query(request.GET.get("q", "")),
        "category": category if category in shelves else "",
        "kind": kind if kind in ResourceKind.values else "",
        "show": show if show in ("favourites", "must-read") else "",
    }


def _looked_for(rows: QuerySet[Any], chosen: dict[str, str]) -> tuple[QuerySet[Any], bool]:
    if chosen["category"]:
        rows = rows.filter(category__uuid=chosen["category"])
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    if chosen["show"] == "favourites":
        rows = rows.filter(is_favourite=True)
    elif chosen["show"] == "must-read":
        rows = rows.filter(must_read_by__isnull=False)
    if chosen["q"]:
        return find(rows, chosen["q"])
    return rows.order_by("category__position", "category__name", "title", "pk"), False


def _must_read(request: SignedIn) -> QuerySet[Resource]:
    return queries.to_read(request.user.pk or 0, [role for role, _force in request.roles.held])


@login_required
@require_safe
def resource_detail(request: SignedIn, uuid: str) -> HttpResponse:
    resource = resource_for(request, uuid, "library.read")
    context: dict[str, Any] = {
        "resource": resource,
        "line": line_of(resource, today=timezone.localdate()),
        "text": to_html(resource.current.markdown) if resource.current and resource.current.markdown else "",
        "versions": resource.versions.order_by("-number").defer("words", "markdown", "search"),
        "is_published": resource.status == ResourceStatus.PUBLISHED,
        "may_keep": can(request.user, "library.keep"),
    }
    return render(request, "resources/member/resource_detail.html", context)


@login_required
@require_POST
def version_acknowledge(request: SignedIn, uuid: str) -> HttpResponse:
    """Addressed by the version: a page that has grown old acknowledges nothing that its reader did not see."""
    version = _version(request, uuid)
    try:
        acknowledge_version(version=version, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Noted: you have read %(version)s.") % {"version": version})
    return redirect("member_resource_detail", uuid=version.resource.uuid)


@login_required
@require_safe
def version_detail(request: SignedIn, uuid: str) -> HttpResponse:
    """An earlier version, as no longer current. The newest is on the resource's own page."""
    version = _version(request, uuid)
    if version.pk == version.resource.current_id:
        return redirect("member_resource_detail", uuid=version.resource.uuid)
    context = {
        "version": version,
        "resource": version.resource,
        "about": about(version, today=timezone.localdate()),
        "text": to_html(version.markdown) if version.markdown else "",
    }
    return render(request, "resources/member/version_detail.html", context)


@login_required
@require_safe
def version_download(request: SignedIn, uuid: str) -> HttpResponseBase:
    """The file of one version; of an earlier one its name says so. Counted and recorded like any other."""
    version = _version(request, uuid)
    if not version.file:
        raise Http404
    name = count_download(version=version, by=request.user, now=timezone.now())
    return private_response(name, version_name(version))


def _version(request: SignedIn, uuid: str) -> Version:
    """The version, if it stood for the reader's audience; and they read the library at all."""
    rows = Version.objects.select_related("resource__category", "resource__current")
    version = get_object_or_404(rows, uuid=uuid)
    must(request.user, "library.read")
    return version


@login_required
@require_POST
def resource_keep(request: SignedIn, uuid: str) -> HttpResponse:
    resource = resource_for(request, uuid, "library.read")
    keep_favourite(resource=resource, by=request.user, now=timezone.now())
    messages.success(request, _("%(title)s is among your favourites.") % {"title": resource.title})
    return redirect("member_resource_detail", uuid=uuid)


@login_required
@require_POST
def resource_let_go(request: SignedIn, uuid: str) -> HttpResponse:
    resource = resource_for(request, uuid, "library.read")
    drop_favourite(resource=resource, by=request.user, now=timezone.now())
    messages.success(request, _("%(title)s is no longer among your favourites.") % {"title": resource.title})
    return redirect("member_resource_detail", uuid=uuid)


@login_required
@require_safe
def resource_download(request: SignedIn, uuid: str) -> HttpResponseBase:
    """The file, for those whose it is to read; that they took it is counted and recorded."""
    resource = resource_for(request, uuid, "library.read")
    name = count_download(version=current_file(resource), by=request.user, now=timezone.now())
    return private_response(name, resource.title)


@login_required
@require_safe
def resource_reading(request: SignedIn) -> HttpResponse:
    """For leads: who of their own forces has not read what must be read, among what they may read themselves."""
    must(request.user, "force.keep")
    resources = list(queries.must_be_read())
    readers = queries.readers_of(resources, request.roles.leads)
    today = timezone.localdate()
    lines = [(line_of(resource, today=today), readers[resource.pk]) for resource in resources if readers[resource.pk]]
    return render(request, "resources/member/resource_reading.html", {"lines": lines})
