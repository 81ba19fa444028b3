"""Redis or Valkey as the cache, which the site can do without: a page is slower then, not broken."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger("portal")


class SpareableRedis(RedisCache):
    """While the server is away nothing is kept: `get` finds nothing, and `add` finds its place free."""

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return spared(lambda: super(SpareableRedis, self).get(key, default, version), default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        spared(lambda: super(SpareableRedis, self).set(*args, **kwargs), None)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(spared(lambda: super(SpareableRedis, self).add(*args, **kwargs), True))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(spared(lambda: super(SpareableRedis, self).delete(*args, **kwargs), False))


def spared(ask: Callable[[], Any], otherwise: Any) -> Any:
    try:
        return ask()
    except RedisError as error:
        log.warning("the cache did not answer: %s", type(error).__name__)
        return otherwise
