"""The part of the library that is for everybody: promotion that visitors may take."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from core.files import private_response
from core.markdown import to_html
from core.public_pages import public_page
from resources.actions.reading import count_download
from resources.queries import public_shelf
from resources.shelf import by_category, line_of
from resources.views.found import current_file

MOST = 200


@require_safe
@public_page
def resource_list(request: HttpRequest) -> HttpResponse:
    rows = public_shelf().order_by("category__position", "category__name", "title", "pk")[:MOST]
    groups = by_category(rows, today=timezone.localdate())
    return render(request, "resources/public/resource_list.html", {"groups": groups})


@require_safe
@public_page
def resource_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    resource = get_object_or_404(public_shelf().defer(None), uuid=uuid)
    context = {
        "line": line_of(resource, today=timezone.localdate()),
        "text": to_html(resource.current.markdown) if resource.current and resource.current.markdown else "",
    }
    return render(request, "resources/public/resource_detail.html", context)


@require_safe
def resource_download(request: HttpRequest, uuid: str) -> HttpResponseBase:
    resource = get_object_or_404(public_shelf(), uuid=uuid)
    by = request.user if isinstance(request.user, User) else None
    name = count_download(version=current_file(resource), by=by, now=timezone.now())
    return private_response(name, resource.title)
