"""The drawings of dogs, by the words in their address."""

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from core.encoding import chosen_encoding, squeeze
from dogs.portrait import Words, picture, read_words

# Packed drawings that a process remembers: every dog of a large network in two frames, about 3 kB each.
REMEMBERED = 1024


@require_safe
def portrait(request: HttpRequest, words: str) -> HttpResponse:
    """A drawing by its six words. The same words always give the same picture, so it may be kept for a year."""
    known = read_words(words)
    if known is None:
        raise Http404
    encoding = chosen_encoding(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(_packed(known, encoding), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    if encoding:
        response["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@lru_cache(maxsize=REMEMBERED)
def _packed(words: Words, encoding: str) -> bytes:
    return squeeze(picture(words), encoding)
