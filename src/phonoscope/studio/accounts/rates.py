"""What is asked too often is refused."""

from __future__ import annotations

from phonoscope.studio.problems import Problem
from phonoscope.studio.state import Studio


def spend(studio: Studio, rate: str, *who: str) -> None:
    """Count one more.

    Raises
    ------
    Problem
        429: that is too often.
    """
    wait_s = studio.counter.wait_s(rate, *who)
    if wait_s:
        remedy = f"Wait for {wait_s} s."
        raise Problem(429, "too-many-requests", "This was asked too often.", remedy, {"Retry-After": str(wait_s)})
