"""How often something may happen in a stretch of time, counted in the cache and forgotten with it."""

import logging
import time

from django.core.cache import cache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def is_too_often(what: str, *, most: int, seconds: int) -> bool:
    """Count `what` once more in the present stretch; whether that is more than `most`.

    Without the cache nothing can be counted. Then it is not too often: the limit keeps floods away, and a person who
    is refused because of a server that is down has done nothing wrong.
    """
    key = f"rate:{what}:{int(time.time()) // seconds}"
    try:
        cache.add(key, 0, timeout=seconds)
        return int(cache.incr(key)) > most
    except (RedisError, ValueError) as error:  # ValueError: the stretch ended between the two
        log.info("Could not count %s: %s", what.partition(":")[0], error)
        return False
