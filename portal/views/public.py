"""The public front door."""

from typing import NamedTuple

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.public_pages import public_page
from dogs.faces import Face, Told, faces_of
from dogs.models import Profile
from pages.queries import public_news
from pages.shown import shown

# The dogs who look over the wall on the home page.
WALL = (
    "shepherd-sable-prick-ink-smile",
    "golden-golden-feather-lamp-smile",
    "spaniel-liver-white-long-wavy-tongue-smile",
    "poodle-white-curly-ball-smile",
    "labrador-chocolate-drop-ball-smile",
    "collie-black-white-tipped-lamp-smile",
    "mixed-white-patch-one-up-lamp-smile",
)
NEWS = 3
# The colours behind what makes three dogs tick, looked for among so many of those published last.
QUOTE_COLOURS = ("biscuit", "lilac", "sky")
LATEST = 24


class Quote(NamedTuple):
    """What makes one dog tick, on its colour."""

    colour: str
    told: Told
    dog: Face


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    working = Profile.objects.filter(published_at__isnull=False, is_tribute=False)
    context = {
        "wall": WALL,
        "counts": working.aggregate(dogs=Count("pk"), forces=Count("force", distinct=True)),
        "quotes": _quotes(faces_of(working.order_by("-published_at", "pk")[:LATEST])),
        "news": [shown(text) for text in public_news()[:NEWS]],
    }
    return render(request, "portal/public/home.html", context)


def _quotes(dogs: list[Face]) -> list[Quote]:
    """Some dogs, unlike each other if that can be, each with its answer to a question that none before it answers."""
    quotes: list[Quote] = []
    asked: set[str] = set()
    firsts = {dog.head: dog for dog in reversed(dogs)}
    for dog in sorted(dogs, key=lambda dog: firsts[dog.head] is not dog):
        told = next((told for told in dog.answers if told.text not in asked), None)
        if told and len(quotes) < len(QUOTE_COLOURS):
            asked.add(told.text)
            quotes.append(Quote(QUOTE_COLOURS[len(quotes)], told, dog))
    return quotes
