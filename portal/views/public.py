"""The public front door."""

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dogs.models import Profile

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
QUOTES = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    working = Profile.objects.filter(published_at__isnull=False, is_tribute=False)
    counts = working.aggregate(dogs=Count("pk"), forces=Count("force", distinct=True))
    telling = working.exclude(best_trick="").select_related("force").order_by("-published_at", "pk")[:QUOTES]
    context = {
        "wall": WALL,
        "counts": counts,
        "quotes": list(zip(("biscuit", "lilac", "sky"), telling, strict=False)),
        "telephone": settings.OK9_COORDINATORS_TELEPHONE,
    }
    return render(request, "portal/public/home.html", context)
