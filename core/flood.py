"""How often something may happen in a stretch of time, counted in the cache and forgotten with it."""

import logging
import time

from django.core.cache import cache
from django.http import HttpRequest

from core.addresses import client_address

HOUR = 3600
log = logging.getLogger(__name__)


def is_too_often(what: str, *, most: int, seconds: int = HOUR, cost: int = 1) -> bool:
    """Count `what` once more (or `cost` times) in the present stretch; whether that is more than `most`.

    While the cache is away nothing can be counted. Then it is not too often: the limit keeps floods away, and a person
    who is refused because of a server that is down has done nothing wrong.
    """
    key = f"rate:{what}:{int(time.time()) // seconds}"
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key, cost)) > most
    except ValueError as error:  # the stretch ended between the two
        log.info("Could not count %s: %s", what.partition(":")[0], error)
        return False


def too_many(request: HttpRequest, what: str, *, an_hour: int) -> bool:
    """Whether the visitor's address has now, counting this one, done `what` more often than that in this hour."""
    return is_too_often(f"{what}:{client_address(request)}", most=an_hour)
