"""How often somebody did something lately."""

from __future__ import annotations

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class Counter:
    """Counts within a window that moves along, in memory: a studio has one server."""

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def wait_s(self, rate: str, *who: str) -> int:
        """Count one more, and return 0; or where that is too often, after how many seconds it is not."""
        limit = parse(rate)
        if self._window.hit(limit, *who):
            return 0
        reset_at, _ = self._window.get_window_stats(limit, *who)
        return max(1, math.ceil(reset_at - time.time()))
