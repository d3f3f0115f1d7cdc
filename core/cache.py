"""The shared cache, which may be away: then nothing is remembered, pages are slower, and nobody is turned away."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError, TimeoutError

logger = logging.getLogger(__name__)
T = TypeVar("T")


class ForgetfulCache(RedisCache):
    """Django's Redis cache, whose server holds no truth. While it is away every key is missing and every add is new.

    Limits that count in it do not hold meanwhile: what people send at night must still come in.
    """

    def _ask(self, question: Callable[..., T], otherwise: T, *words: Any, **named: Any) -> T:
        try:
            return question(*words, **named)
        except (ConnectionError, TimeoutError) as error:
            logger.warning("The cache does not answer: %s", error)
            return otherwise

    def add(self, key: Any, value: Any, *words: Any, **named: Any) -> bool:
        return self._ask(super().add, True, key, value, *words, **named)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(super().get, default, key, default, version)

    def set(self, key: Any, value: Any, *words: Any, **named: Any) -> None:
        self._ask(super().set, None, key, value, *words, **named)

    def touch(self, key: Any, *words: Any, **named: Any) -> bool:
        return self._ask(super().touch, False, key, *words, **named)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._ask(super().delete, False, key, version)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._ask(super().has_key, False, key, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return self._ask(super().incr, delta, key, delta, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        nothing: dict[Any, Any] = {}
        return self._ask(super().get_many, nothing, keys, version)

    def set_many(self, data: Any, *words: Any, **named: Any) -> list[Any]:
        return self._ask(super().set_many, list(data), data, *words, **named)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._ask(super().delete_many, None, keys, version)
