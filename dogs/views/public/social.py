"""The picture that is shown where a dog's address is shared."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from core.files import public_response
from dogs.social import social_picture
from dogs.views.public.profiles import found


@require_safe
def dog_social(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The dog is looked up each time, so that the picture goes when the page goes."""
    face = found(slug)
    return public_response(social_picture(face), face.slug, request)
