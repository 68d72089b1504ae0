"""How a transition spends its time."""

from __future__ import annotations


def smooth(share: float) -> float:
    """Start and end at rest (Perlin's first curve): for what changes in brightness."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def swing(share: float) -> float:
    """Start and end slowly, and be quick between (a cubic): for what moves."""
    share = min(1.0, max(0.0, share))
    return 4 * share**3 if share < 0.5 else 1 - 4 * (1 - share) ** 3


def stretch(share: float, begin: float, end: float) -> float:
    """Return how much of the time from `begin` to `end` has passed, 0 to 1."""
    return min(1.0, max(0.0, (share - begin) / (end - begin)))
