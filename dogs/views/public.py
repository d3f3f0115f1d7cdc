"""Public doorways: the drawings, the gallery, a dog's page."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dogs.models import Profile
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
        profiles.order_by("force__name").values_list("force__slug", "force__name", "force__region").distinct()
    )
    region, force = _chosen(request, places)
    if region:
        profiles = profiles.filter(force__region=region)
    if force:
        profiles = profiles.filter(force__slug=force)
    page = Paginator(profiles.select_related("force").order_by("name", "pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
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
    profile = get_object_or_404(_published().select_related("force"), slug=slug)
    neighbours = _published().filter(force__region=profile.force.region, is_tribute=False).exclude(pk=profile.pk)
    context = {
        "profile": profile,
        "ticks": _ticks(profile),
        "neighbours": neighbours.order_by("force__name", "name", "pk")[:NEIGHBOURS],
        "mood": "soft" if profile.is_tribute else "smile",
    }
    return render(request, "dogs/public/dog_detail.html", context)


def _published() -> QuerySet[Profile]:
    """What anybody may see; a keeper signed in sees no more than that here."""
    return Profile.objects.filter(published_at__isnull=False)


def _chosen(request: HttpRequest, places: list[Any]) -> tuple[str, str]:
    """The region and force asked for, where there are any dogs; a force outside the region gives way."""
    region = request.GET.get("region", "")
    region = region if any(where == region for _slug, _name, where in places) else ""
    force = request.GET.get("force", "")
    fits = any(slug == force and region in ("", where) for slug, _name, where in places)
    return region, force if fits else ""


def _ticks(profile: Profile) -> list[tuple[str, str, str]]:
    """What makes the dog tick: question, answer, and the colour behind it."""
    answers = (
        (_("Favourite treat"), profile.favourite_treat, "biscuit"),
        (_("Best trick"), profile.best_trick, "mint"),
        (_("Nap place"), profile.nap_place, "lilac"),
    )
    return [answer for answer in answers if answer[1]]
