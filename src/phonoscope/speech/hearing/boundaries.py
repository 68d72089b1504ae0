"""Where exactly one phone becomes the next: between two frames, by how the evidence changes over."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

REACH_FRAMES = 3
"""Frames before and after a boundary of the best path among which it may lie."""

SHARPNESS = 1.0
"""Power of the evidence of a frame."""


def refined(scores: NDArray[np.float32], edges: NDArray[np.int64], columns: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return boundaries in fractions of a frame: the mean of all places, weighted by how likely each is.

    Parameters
    ----------
    scores
        How well each frame fits each column, natural logarithms, shape (frames, columns).
    edges
        First frame of each stretch and the end of the last, rising, shape (n + 1,).
    columns
        Column of each stretch, shape (n,).

    Returns
    -------
    ndarray
        float64, shape (n + 1,), rising; the first and last are unchanged. Each has moved by `REACH_FRAMES` at most, and
        by no more than half of a stretch beside it.
    """
    out = edges.astype(np.float64)
    for index in range(1, len(edges) - 1):
        edge = int(edges[index])
        before = min(REACH_FRAMES, (edge - int(edges[index - 1])) // 2)
        behind = min(REACH_FRAMES, (int(edges[index + 1]) - edge) // 2)
        left, right = columns[index - 1], columns[index]
        if left == right or before + behind == 0:
            continue
        window = scores[edge - before : edge + behind]
        # Each frame that is taken from the right stretch and given to the left one.
        gain = np.cumsum(np.concatenate(([0.0], window[:, left] - window[:, right])))
        weight = np.exp(SHARPNESS * (gain - gain.max()))
        out[index] = edge - before + (weight * np.arange(len(gain))).sum() / weight.sum()
    return out
