"""A dog's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.public_pages import public_page
from dogs.faces import Face, face_of
from dogs.gallery import neighbours_of
from dogs.models import Kudos

NEIGHBOURS = 6


@public_page
@require_safe
def dog_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "dogs/public/dog_detail.html", page_of(found(slug)))


def found(slug: str) -> Face:
    face = face_of(slug)
    if face is None:
        raise Http404
    return face


def page_of(face: Face) -> dict[str, object]:
    """What the page of this dog shows."""
    paws = Kudos.objects.filter(profile__slug=face.slug).values_list("paws", flat=True).first() or 0
    return {
        "profile": face,
        "paws": paws,
        "shown_paws": f"{paws:,}",
        "neighbours": neighbours_of(face, NEIGHBOURS),
    }
