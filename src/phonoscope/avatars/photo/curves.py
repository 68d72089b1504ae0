"""Smooth curves that fields of movement are made of."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def smoothstep(low: float, high: float, x: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Return 0 below `low`, 1 above `high`, and a smooth cubic rise between."""
    t = np.clip((np.asarray(x, np.float64) - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float64)


def bump(x: NDArray[np.floating[Any]], width: float) -> NDArray[np.float64]:
    """Return a bell of height 1 at 0, down to 1/e at `width`."""
    return np.asarray(np.exp(-((np.asarray(x, np.float64) / width) ** 2)), np.float64)
