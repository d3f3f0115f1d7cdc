"""How every page goes out: packed, and with headers that keep it safe beside Django's own and the content policy."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string

GetResponse = Callable[[HttpRequest], HttpResponse]

_REFUSED_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
)  # fmt: skip
_PERMISSIONS = ", ".join(f"{feature}=()" for feature in _REFUSED_FEATURES)


_PACKED = ("text/", "application/json", "image/svg+xml")


class PackingMiddleware(GZipMiddleware):
    """Outermost: text that is not packed yet is packed for the way, which a phone with little signal feels most.

    Django adds a random number of bytes, so that the length says nothing of what is secret in a page (BREACH). Files
    are left as they are: they are streamed, and pictures and PDFs are small for what they are already.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = not response.streaming and response.get("Content-Type", "").startswith(_PACKED)
        return super().process_response(request, response) if is_text else response


class ButtonAddressMiddleware:
    """Whoever opens the address of a button by hand reads a page that says so; Django's own answer is empty."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.streaming and not response.content:
            response.content = render_to_string("405.html").encode()
        return response


class SafetyHeadersMiddleware:
    """No feature of the device, no window of a stranger's; nothing of a signed-in person stays in any cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _is_signed_in(request):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    session = getattr(request, "session", None)
    return session is not None and SESSION_KEY in session
