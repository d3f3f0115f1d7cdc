"""Public doorways: the drawings, the gallery, a dog's page."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dogs.faces import face_of, faces_of
from dogs.models import Profile
from dogs.models.profiles import ProfileQuerySet
from dogs.portrait import picture, read_words

PAGE_SIZE = 24
NEIGHBOURS = 6


@require_safe
def portrait(request: HttpRequest, words: str) -> HttpResponse:
    """A drawing by its six words. The same words always give the same picture, so it may be kept for a year."""
    known = read_words(words)
    if known is None:
        raise Http404
    response = HttpResponse(picture(known), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def dog_list(request: HttpRequest) -> HttpResponse:
    """The gallery: published dogs, by region and force; `show=remembered` for those who have stopped."""
    remembered = request.GET.get("show") == "remembered"
    profiles = _published().filter(is_tribute=remembered)
    places = list(
        profiles.placed().order_by("force__name").values_list("force__slug", "force__name", "force__region").distinct()
    )
    region, force = _chosen(request, places)
    if region:
        profiles = profiles.placed().filter(force__region=region)
    if force:
        profiles = profiles.placed().filter(force__slug=force)
    page = Paginator(profiles.order_by("name", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = faces_of(cast(ProfileQuerySet, page.object_list))  # type: ignore[assignment]
    names = {slug: name for slug, name, _region in places}
    context = {
        "page": page,
        "remembered": remembered,
        "forces": [(slug, name) for slug, name, where in places if not region or where == region],
        "regions": sorted({where for _slug, _name, where in places}),
        "region": region,
        "force": force,
        "place": names.get(force, "") or region,
    }
    return render(request, "dogs/public/dog_list.html", context)


@require_safe
def dog_detail(request: HttpRequest, slug: str) -> HttpResponse:
    face = face_of(slug)
    if face is None:
        raise Http404
    near = _published().placed().filter(force__region=face.place.region, is_tribute=False) if face.place else None
    neighbours = near.exclude(slug=slug).order_by("force__name", "name", "pk")[:NEIGHBOURS] if near else None
    context = {"profile": face, "neighbours": faces_of(neighbours) if neighbours is not None else []}
    return render(request, "dogs/public/dog_detail.html", context)


def _published() -> ProfileQuerySet:
    """What anybody may see; a keeper signed in sees no more than that here."""
    return cast(ProfileQuerySet, Profile.objects.all()).published()


def _chosen(request: HttpRequest, places: list[Any]) -> tuple[str, str]:
    """The region and force asked for, where there are any dogs; a force outside the region gives way."""
    region = request.GET.get("region", "")
    region = region if any(where == region for _slug, _name, where in places) else ""
    force = request.GET.get("force", "")
    fits = any(slug == force and region in ("", where) for slug, _name, where in places)
    return region, force if fits else ""
