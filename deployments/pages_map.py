"""A request's map: the host, the best clear teams by rank, the nearest that are not clear; and all of it in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from deployments.models import Request
from deployments.rules import Candidate
from dogs.drawing.chart import Chart, Thing, chart, wind

# More marks than this cover the coast. The lists beside it are whole.
MOST_CLEAR, MOST_OTHERS = 12, 10
WIDTH, HEIGHT, MARGIN = 310, 230, 28


@dataclass(frozen=True)
class RequestMap:
    """What is drawn, the same in words, and the key below it: the kinds of marks that there are."""

    chart: Chart
    words: str
    has_clear: bool
    has_others: bool
    has_going: bool


def request_map(
    request: Request, clear: Sequence[Candidate], others: Sequence[Candidate], going: Sequence[Candidate]
) -> RequestMap:
    """`clear` by rank, `others` and `going` nearest first; those that are going to this very request are all drawn."""
    ranked = list(islice(enumerate(clear, start=1), MOST_CLEAR))
    things = [Thing(request.lat, request.lng, "host", request.place, radius=11, rise=18)]
    things += [_thing(request, candidate, "going") for candidate in going]
    things += [_thing(request, candidate, "clear", label=str(rank)) for rank, candidate in ranked]
    things += [_thing(request, candidate, "cross", radius=8) for candidate in others[:MOST_OTHERS]]
    drawn = chart(things, width=WIDTH, height=HEIGHT, margin=MARGIN)
    return RequestMap(drawn, _words(request, things), bool(clear), bool(others), bool(going))


def _thing(request: Request, candidate: Candidate, kind: str, *, label: str = "", radius: float = 10) -> Thing:
    facts = candidate.facts
    words = {"dog": facts.dog_name, "miles": candidate.miles}
    if candidate.miles:
        way = _winds()[wind((request.lat, request.lng), (facts.lat, facts.lng))]
        said = _("%(dog)s, %(miles)d miles %(way)s") % {**words, "way": way}
    else:
        said = _("%(dog)s, in the same town") % words
    return Thing(facts.lat, facts.lng, kind, f"{label} {said}".strip(), label, radius)


def _winds() -> tuple[str, ...]:
    return (
        _("north"), _("north-east"), _("east"), _("south-east"),
        _("south"), _("south-west"), _("west"), _("north-west"),
    )  # fmt: skip


def _words(request: Request, things: Sequence[Thing]) -> str:
    """'Map around Newport. Clear: 1 Haf, 64 miles west; 2 …. Not clear: Juno, 38 miles north.'"""
    names = {"going": _("Confirmed"), "clear": _("Clear, by rank"), "cross": _("Not clear")}
    said = [_("Map around %s.") % request.place]
    for kind, name in names.items():
        of_kind = "; ".join(thing.said for thing in things if thing.kind == kind)
        said += [f"{name}: {of_kind}."] if of_kind else []
    return " ".join(said)
