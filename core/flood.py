"""How often one address may do what costs us something. Knows no domain word."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from core.addresses import client_address


def too_many(request: HttpRequest, what: str, *, an_hour: int) -> bool:
    """Count this one; whether the visitor's address has now done `what` more often than that in this hour."""
    key = f"{what}:{client_address(request)}:{timezone.now():%Y%m%d%H}"
    cache.add(key, 0, timeout=3600)
    return bool(cache.incr(key) > an_hour)
