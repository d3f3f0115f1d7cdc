"""Whose address a request comes from, past the proxies that we run ourselves."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's address. `X-Forwarded-For` counts only as far as `TRUSTED_PROXY_COUNT` of our proxies wrote it."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if trusted and len(chain) >= trusted:
        return chain[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))
