"""Clear teams by region, as the coordinators' home counts and draws them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from django.utils.translation import gettext as _

from accounts.regions import region_words
from dogs.actions.clearance import Standing
from dogs.drawing.chart import Chart, Thing, chart

WIDTH, HEIGHT = 220, 410


@dataclass(frozen=True)
class Region:
    """A mutual-aid region's teams, and the middle of where they work."""

    name: str
    clear: int
    teams: int
    lat: float
    lng: float


def regions_of(standings: Iterable[Standing]) -> list[Region]:
    """Every region that has teams, by name, each team judged by the same rules as everywhere."""
    found: dict[str, list[Standing]] = defaultdict(list)
    for standing in standings:
        found[standing.facts.region].append(standing)
    return [
        Region(
            name,
            clear=sum(standing.verdict.clear for standing in teams),
            teams=len(teams),
            lat=fmean(standing.facts.lat for standing in teams),
            lng=fmean(standing.facts.lng for standing in teams),
        )
        for name, teams in sorted(found.items())
    ]


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
