"""What programs ask for: the site map in both languages, what they may read, and the web manifest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from core.public_pages import public_page
from dogs.gallery import published
from pages.queries import public_news
from resources.queries import public_shelf

# Public forms are made anew for each visitor and so carry no mark; these are worth finding all the same.
FORMS = ("support", "join", "contact")


@dataclass(frozen=True)
class Place:
    """A public page: its address in each language, and when it last changed where that is known."""

    english: str
    welsh: str
    changed_on: date | None = None


@public_page
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, dog, piece of news and resource, each with its address in the other language."""
    context = {"site": settings.OK9_ADDRESS, "places": [*_pages(), *_dogs(), *_news(), *_resources()]}
    return render(request, "portal/public/sitemap.xml", context, content_type="application/xml")


@public_page
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """An invented network is nothing to find; of a real one, everything that is public."""
    context = {"site": settings.OK9_ADDRESS, "demo": settings.OK9_DEMO}
    return render(request, "portal/public/robots.txt", context, content_type="text/plain; charset=utf-8")


@public_page
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How the site looks on a phone's first page."""
    icons = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable.png", 512, "maskable"))
    told = {
        "name": _("OK9: wellbeing and trauma support dogs"),
        "short_name": "OK9",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "browser",
        "background_color": "#fffaf1",
        "theme_color": "#14243d",
        "icons": [
            {"src": static(f"img/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in icons
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _pages() -> Iterator[Place]:
    """The addresses of all views that are marked as public and need nothing more in their address."""
    for name in dict.fromkeys([*_plain_names(get_resolver()), *FORMS]):
        yield _place(name)


def _plain_names(resolver: URLResolver) -> Iterator[str]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _plain_names(found)
        elif isinstance(found, URLPattern) and found.name and _is_page(found):
            yield found.name


def _is_page(pattern: URLPattern) -> bool:
    """A marked view with nothing to fill in, that is neither the API's nor one of these here."""
    view = pattern.callback
    is_public = getattr(view, "is_public_page", False) and not pattern.pattern.converters
    return is_public and not hasattr(view, "cls") and view.__module__ != __name__


def _dogs() -> Iterator[Place]:
    shown: Any = published().order_by("pk").values_list("slug", "published_at")
    for slug, published_at in shown:
        yield _place("dog_detail", slug, changed_on=localdate(published_at))


def _news() -> Iterator[Place]:
    for text in public_news().only("slug", "published_at"):
        assert text.published_at  # noqa: S101  (a published one is asked for)
        yield _place("news_detail", text.slug, changed_on=localdate(text.published_at))


def _resources() -> Iterator[Place]:
    for resource in public_shelf().order_by("pk"):
        changed_at = resource.current.added_at if resource.current else None
        yield _place("resource_detail", str(resource.uuid), changed_on=changed_at and localdate(changed_at))


def _place(name: str, *args: str, changed_on: date | None = None) -> Place:
    def address(language: str) -> str:
        with override(language):
            return reverse(name, args=args)

    return Place(address("en-gb"), address("cy"), changed_on)
