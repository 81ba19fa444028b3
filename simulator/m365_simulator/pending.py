"""Requests that were answered before they take effect, as one whose answer overtakes it."""

import threading
from collections.abc import Callable


class Pending:
    """What is still to take effect, each in a thread of its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting: set[threading.Timer] = set()

    def add(self, milliseconds: int, effect: Callable[[], object]) -> None:
        """Call `effect` that much later, unless `clear()` comes before."""

        def take_effect() -> None:
            try:
                effect()
            finally:
                with self.lock:
                    self.waiting.discard(timer)

        timer = threading.Timer(milliseconds / 1000, take_effect)
        timer.daemon = True
        with self.lock:
            self.waiting.add(timer)
            timer.start()

    def clear(self) -> None:
        """What has not begun never will; what has begun is waited for.

        Call without the tenant's lock, which what has begun may need.
        """
        with self.lock:
            ended = list(self.waiting)
            self.waiting.clear()
        for timer in ended:
            timer.cancel()
        for timer in ended:
            timer.join()
