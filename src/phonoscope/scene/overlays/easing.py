"""Easing: how the speed of a motion changes, after Robert Penner's equations (https://easings.net)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from phonoscope.scene.document.overlays import Easing

_OVERSHOOT: Final = 1.70158
"""Of ``back``: it goes a tenth of the way too far."""

_BOUNCE: Final = 7.5625
"""Of ``bounce``: curvature of its parabolas, 2.75 squared."""

_SWINGS: Final = 2 * math.pi / 3
"""Of ``elastic``: radians of its swing per tenth of the time."""


def ease(easing: Easing, share: float) -> float:
    """Return how much of the way has been covered after a share of the time.

    Parameters
    ----------
    share
        Of the time; below 0 counts as 0, above 1 as 1.

    Returns
    -------
    float
        0 at the beginning, 1 at the end; between them ``back`` and ``elastic`` also go beyond 1.
    """
    if share <= 0:
        return 0.0
    if share >= 1:
        return 1.0
    return _CURVES[easing](share)


def _ease_out(share: float) -> float:
    return 1 - (1 - share) ** 3


def _ease_in_out(share: float) -> float:
    return 4 * share**3 if share < 0.5 else 1 - 4 * (1 - share) ** 3


def _back(share: float) -> float:
    rest = share - 1
    return 1 + (_OVERSHOOT + 1) * rest**3 + _OVERSHOOT * rest**2


def _bounce(share: float) -> float:
    for until, middle, floor in ((1, 0, 0), (2, 1.5, 0.75), (2.5, 2.25, 0.9375)):
        if share < until / 2.75:
            return _BOUNCE * (share - middle / 2.75) ** 2 + floor
    return _BOUNCE * (share - 2.625 / 2.75) ** 2 + 0.984375


def _elastic(share: float) -> float:
    return float(2 ** (-10 * share) * math.sin((10 * share - 0.75) * _SWINGS) + 1)


_CURVES: Final[dict[Easing, Callable[[float], float]]] = {
    "linear": lambda share: share,
    "ease-in": lambda share: share**3,
    "ease-out": _ease_out,
    "ease-in-out": _ease_in_out,
    "back": _back,
    "bounce": _bounce,
    "elastic": _elastic,
}
