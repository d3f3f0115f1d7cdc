"""Photos as anybody may see them: published, agreed to, and gone on the next request when they are not."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.files import public_response
from dogs.models import Photo
from dogs.states import Part
from dogs.views.member.photos import copy_name


@require_safe
def photo(request: HttpRequest, uuid: str, width: int, ending: str) -> HttpResponseBase:
    """A keeper who is signed in sees no more here than anybody else."""
    shown = Photo.objects.filter(
        is_shown=True, profile__published_at__isnull=False, profile__parts__contains=[Part.PHOTOS]
    )
    found = get_object_or_404(shown, uuid=uuid)
    return public_response(copy_name(found, width, ending), "photo", request)
