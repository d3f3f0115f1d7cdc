"""The gallery: filters, search, near me and the map, all in the address and without any script."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.regions import region_words
from core.public_pages import keep_under, public_page
from dogs.drawing.coast import HEIGHT, WIDTH
from dogs.drawing.dots import Dot, Marked, dots
from dogs.forms.gallery import WishForm
from dogs.gallery import SERVICES, Gallery, Spot, Wish, open_gallery


@dataclass(frozen=True)
class Link:
    """A word that leads to another wish."""

    label: str
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class MapLink:
    """A force on the map: where its dot is, and the wish for its dogs."""

    spot: Spot
    dot: Dot
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """A line of the list beside the map: a region, or a force of the region that was chosen."""

    label: str
    dogs: int
    href: str


@public_page
@require_safe
def dog_list(request: HttpRequest) -> HttpResponse:
    """Published dogs that fit the address; `show=remembered` for those who have stopped."""
    form = WishForm(request.GET)
    wish = form.wish
    if form.is_valid() and "" in request.GET.values():
        # A browser sends the empty fields of a form as well: the page gets the address that one would share.
        return redirect(_address(wish))
    gallery = open_gallery(wish, where=form.where)
    response = render(request, "dogs/public/dog_list.html", _context(form, gallery), status=422 if form.errors else 200)
    return keep_under(response, None if wish.is_made_up else gallery.wish.query)


def _context(form: WishForm, gallery: Gallery) -> dict[str, Any]:
    wish = gallery.wish
    return {
        "form": form,
        "wish": wish,
        "gallery": gallery,
        "canonical": _address(wish.but(view="", page=wish.page)),
        "remembered": wish.is_remembering,
        "place": _place(gallery),
        "regions": sorted({spot.region for spot in gallery.spots}),
        "forces": [spot for spot in gallery.spots if wish.region in ("", spot.region)],
        "services": _services(gallery),
        "chips": _chips(gallery),
        "tabs": (
            Link(_("Dogs"), _address(wish.but(view="")), not wish.view),
            Link(_("Map"), _address(wish.but(view="map")), bool(wish.view)),
        ),
        "map": _map(gallery),
        "map_box": f"0 0 {WIDTH} {HEIGHT}",
        "rows": _rows(gallery),
        "before": _address(wish.but(page=wish.page - 1)) if wish.page > 1 else "",
        "after": _address(wish.but(page=wish.page + 1)) if gallery.left else "",
        "everybody": _address(Wish(show=wish.show, view=wish.view)),
    }


def _address(wish: Wish) -> str:
    return reverse("dog_list") + (f"?{wish.query}" if wish.query else "")


def _place(gallery: Gallery) -> str:
    """The force or the region that was chosen, by its name."""
    wish = gallery.wish
    return next((spot.name for spot in gallery.spots if spot.slug == wish.force), "") or region_words(wish.region)


def _services(gallery: Gallery) -> list[tuple[str, str]]:
    here = {spot.service for spot in gallery.spots}
    return [(name, str(label)) for name, (label, _kinds) in SERVICES.items() if name in here]


def _chips(gallery: Gallery) -> list[Link]:
    """What was asked for, each with the wish that no longer asks for it."""
    wish = gallery.wish
    said = {
        "q": f"“{wish.q}”" if wish.q else "",
        "region": region_words(wish.region),
        "force": next((spot.name for spot in gallery.spots if spot.slug == wish.force), ""),
        "service": str(SERVICES[wish.service][0]) if wish.service else "",
        "near": _("Near %s") % wish.near if wish.near else "",
    }
    return [Link(label, _address(wish.but(**{name: ""}))) for name, label in said.items() if label]


def _map(gallery: Gallery) -> list[MapLink]:
    """All forces with dogs, the ones that fit the wish marked and drawn last."""
    wish = gallery.wish
    drawn = dots(tuple(Marked(spot.slug, spot.lat, spot.lng, spot.dogs) for spot in gallery.spots))
    narrowed = {spot.slug for spot in gallery.chosen} if wish.is_by_place else set()
    links = [
        MapLink(
            spot, drawn[spot.slug], _address(wish.but(force=spot.slug, region="", service="")), spot.slug in narrowed
        )
        for spot in gallery.spots
    ]
    return sorted(links, key=lambda link: link.is_chosen)


def _rows(gallery: Gallery) -> list[Row]:
    """The map as a list: regions, or the forces of the region or service that was chosen."""
    wish = gallery.wish
    if wish.is_by_place:
        shown = gallery.chosen
        return [Row(spot.name, spot.dogs, _address(wish.but(force=spot.slug))) for spot in shown]
    dogs: dict[str, int] = {}
    for spot in gallery.spots:
        dogs[spot.region] = dogs.get(spot.region, 0) + spot.dogs
    return [Row(region_words(name), number, _address(wish.but(region=name))) for name, number in sorted(dogs.items())]
