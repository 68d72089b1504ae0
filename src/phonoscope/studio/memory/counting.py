"""How often somebody did something lately."""

from __future__ import annotations

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

SET_BACK_S = 5.0
"""By so much a clock is set back, and not only read in another order by another thread."""


class Counter:
    """Counts within a window that moves along, in memory: a studio has one server."""

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._latest_s = 0.0

    def wait_s(self, rate: str, *who: str) -> int:
        """Count one more, and return 0; or where that is too often, after how many seconds it is not."""
        limit = parse(rate)
        moment_s = time.time()
        if moment_s < self._latest_s - SET_BACK_S:
            # Else all that was counted would count until the clock is there again.
            self._window = MovingWindowRateLimiter(MemoryStorage())
        self._latest_s = moment_s
        if self._window.hit(limit, *who):
            return 0
        reset_at, _ = self._window.get_window_stats(limit, *who)
        return max(1, math.ceil(reset_at - time.time()))
