"""Working at a few pixels of a large picture only."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_ROW = 4096
"""OpenCV reads at most 32767 places in a row."""


def around(wanted: NDArray[np.bool_], margin_px: int) -> tuple[slice, slice]:
    """Return the rows and columns that hold the pixels of a mask, of which there are some, and a margin."""
    rows, columns = np.flatnonzero(wanted.any(1)), np.flatnonzero(wanted.any(0))
    return (
        slice(max(0, rows[0] - margin_px), rows[-1] + margin_px + 1),
        slice(max(0, columns[0] - margin_px), columns[-1] + margin_px + 1),
    )


def read_small(
    planes: NDArray[np.floating[Any]], wanted: NDArray[np.bool_], places: tuple[NDArray[np.intp], ...]
) -> NDArray[np.float32]:
    """Interpolate planes, shape (rows, columns[, channels]), that cover a whole picture.

    Parameters
    ----------
    wanted, places
        Mask of pixels, shape (height, width) of the picture, and its n pixels as (y, x).

    Returns
    -------
    float32, shape (n,) or (n, channels).
    """
    height, width = wanted.shape
    rows, columns = planes.shape[:2]
    count = len(places[0])
    lines = -(-count // _ROW)
    maps = []
    for place, small, large in ((places[1], columns, width), (places[0], rows, height)):
        at = np.zeros(lines * _ROW, np.float32)
        at[:count] = (place + 0.5) * (small / large) - 0.5
        maps.append(at.reshape(lines, _ROW))
    read = cv2.remap(
        np.asarray(planes, np.float32), maps[0], maps[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(read.reshape(lines * _ROW, *planes.shape[2:])[:count], np.float32)
