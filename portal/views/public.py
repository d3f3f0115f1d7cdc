"""The public front door."""

from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.public_pages import public_page
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
# Among so many of the dogs published last, one is looked for who answers each question.
LATEST = 24


class Quote(NamedTuple):
    """What makes one dog tick, on its colour."""

    colour: str
    question: str
    answer: str
    dog: Profile


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    working = Profile.objects.filter(published_at__isnull=False, is_tribute=False)
    context = {
        "wall": WALL,
        "counts": working.aggregate(dogs=Count("pk"), forces=Count("force", distinct=True)),
        "quotes": _quotes(working),
        "news": [shown(text) for text in public_news()[:NEWS]],
    }
    return render(request, "portal/public/home.html", context)


def _quotes(working: QuerySet[Profile]) -> list[Quote]:
    """Three dogs, each with its answer to another question."""
    questions = (
        ("biscuit", _("Best trick"), "best_trick"),
        ("lilac", _("Nap place"), "nap_place"),
        ("sky", _("Favourite treat"), "favourite_treat"),
    )
    dogs = list(working.select_related("force").order_by("-published_at", "pk")[:LATEST])
    quotes = []
    for colour, question, field in questions:
        dog = next((dog for dog in dogs if getattr(dog, field)), None)
        if dog:
            dogs.remove(dog)
            quotes.append(Quote(colour, question, getattr(dog, field), dog))
    return quotes
