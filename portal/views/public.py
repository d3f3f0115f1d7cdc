"""Public doorways that span apps: home, and the pages that the law asks for."""

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dogs.faces import faces_of
from dogs.models import Profile
from dogs.states import Part

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
    telling = working.filter(parts__contains=[Part.ANSWERS], answers__isnull=False).distinct()
    told = faces_of(telling.order_by("-published_at", "pk")[:QUOTES])
    context = {
        "wall": WALL,
        "counts": counts,
        "quotes": list(zip(("biscuit", "lilac", "sky"), told, strict=False)),
        "telephone": settings.OK9_COORDINATORS_TELEPHONE,
    }
    return render(request, "portal/public/home.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/public/accessibility.html", {"telephone": settings.OK9_COORDINATORS_TELEPHONE})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    kept = (
        (_("A request for support"), _("While it is open, then for as long as questions or claims about it can come")),
        (_("Records of dogs, teams and handlers"), _("While the team works, then for as long as a claim can be made")),
        (
            _("Mail and text messages sent"),
            _("Until it is certain that they arrived, then as part of the record they belong to"),
        ),
        (_("Who changed what"), _("As long as the record that was changed")),
    )
    context = {"kept": kept, "telephone": settings.OK9_COORDINATORS_TELEPHONE}
    return render(request, "portal/public/privacy.html", context)


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    kept = (
        ("sessionid", _("Keeps you signed in"), _("30 days; 12 hours for coordinators")),
        ("csrftoken", _("Proves that a form was sent from our own page"), _("1 year")),
    )
    return render(request, "portal/public/cookies.html", {"kept": kept})
