"""The drawings of dogs, by the words in their address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dogs.portrait import picture, read_words


@require_safe
def portrait(request: HttpRequest, words: str) -> HttpResponse:
    """A drawing by its six words. The same words always give the same picture, so it may be kept for a year."""
    known = read_words(words)
    if known is None:
        raise Http404
    response = HttpResponse(picture(known), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
