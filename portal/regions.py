"""Clear teams by region, as the coordinators' home counts and draws them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.regions import region_words
from dogs.drawing.chart import Chart, Thing, chart

WIDTH, HEIGHT = 220, 410


@dataclass(frozen=True)
class Region:
    """A mutual-aid region's teams, and the middle of the forces that have them."""

    name: str
    clear: int
    teams: int
    lat: float
    lng: float


def region_of(name: str, clear: str, teams: str, lat: str, lng: str) -> Region:
    return Region(name, int(clear), int(teams), float(lat), float(lng))


@dataclass(frozen=True)
class RegionMap:
    """Clear teams by region, drawn, and the same in words."""

    chart: Chart
    words: str


def region_map(regions: Iterable[Region]) -> RegionMap:
    """A dot for each region, as large as it has clear teams, with their number in it; an empty one has none."""
    ordered = sorted(regions, key=lambda region: (-region.clear, region.name))
    dots = []
    for region in ordered:
        kind, radius = ("region", min(19, 9 + 1.6 * region.clear**0.5)) if region.clear else ("none", 10)
        said = f"{region_words(region.name)} {region.clear}"
        dots.append(Thing(region.lat, region.lng, kind, said, str(region.clear), radius))
    words = _("Map of the clear teams: %s.") % ", ".join(dot.said for dot in dots)
    return RegionMap(chart(dots, width=WIDTH, height=HEIGHT, margin=0, whole=True), words)
