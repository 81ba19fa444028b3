"""Redis or Valkey as the cache, which the site can do without: a page is slower then, not broken."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger("portal")

# Seconds that its answer may take; the library itself would wait for ever.
TIMEOUTS = {"socket_connect_timeout": 1, "socket_timeout": 1}
# Seconds for which this process does not ask a cache that did not answer.
SECONDS_WITHOUT_CACHE = 5
# The time (monotonic) from which on it is asked again.
asked_again_at = 0.0


class SpareableRedis(RedisCache):
    """While the server is away nothing is kept: `get` finds nothing, and `add` finds its place free."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**TIMEOUTS, **params.get("OPTIONS", {})}})

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return ask_or_do_without(lambda: super(SpareableRedis, self).get(key, default, version), default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        ask_or_do_without(lambda: super(SpareableRedis, self).set(*args, **kwargs), None)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(ask_or_do_without(lambda: super(SpareableRedis, self).add(*args, **kwargs), True))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(ask_or_do_without(lambda: super(SpareableRedis, self).delete(*args, **kwargs), False))


def ask_or_do_without(ask: Callable[[], Any], otherwise: Any) -> Any:
    """One that is away, or silent, is left alone for a while: a page must not wait for it eight times."""
    global asked_again_at
    if time.monotonic() < asked_again_at:
        return otherwise
    try:
        return ask()
    except RedisError as error:
        asked_again_at = time.monotonic() + SECONDS_WITHOUT_CACHE
        log.warning("the cache did not answer: %s", type(error).__name__)
        return otherwise
