# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="arg-type, assignment, operator, index"
# Scalars in compiled code are numbers of the machine; the type checker knows Python's only.
"""Which rectangles of the canvas have to be drawn again, and from which layer upwards."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.core.frames import Box

TILE_PX = 32
"""What changes is known in squares of this size: smaller ones follow shapes better, and take longer to go through."""


class Damage:
    """The tiles of a canvas that have changed.

    Parameters
    ----------
    size_px
        (width, height) of the canvas.
    """

    def __init__(self, size_px: tuple[int, int]) -> None:
        self._width, self._height = size_px
        rows, columns = -(-self._height // TILE_PX), -(-self._width // TILE_PX)
        self._dirty = np.zeros((rows, columns), np.bool_)
        self._lowest = np.zeros((rows, columns), np.int32)
        self._rectangles = np.empty((rows * columns, 5), np.int32)

    def clear(self) -> None:
        """Forget all of it."""
        self._dirty[:] = False

    def add(self, box: Box) -> None:
        """Mark what a box touches."""
        x0, y0, x1, y1 = max(box.x0, 0), max(box.y0, 0), min(box.x1, self._width), min(box.y1, self._height)
        if x1 > x0 and y1 > y0:
            self._dirty[y0 // TILE_PX : -(-y1 // TILE_PX), x0 // TILE_PX : -(-x1 // TILE_PX)] = True

    def rectangles(self, opaque: Sequence[tuple[int, Box]]) -> NDArray[np.int32]:
        """Return the marked rectangles: left, top, right, bottom in pixels, and the layer that they begin with.

        Parameters
        ----------
        opaque
            Layers, counted from 1 in rising order, that hide everything below them within a box; a rectangle begins
            with the uppermost layer that hides it wholly, or 0 for none.

        Returns
        -------
        int32, shape (n, 5). The next call may overwrite it.
        """
        self._lowest[:] = 0
        for layer, box in opaque:
            x0, y0 = -(-max(box.x0, 0) // TILE_PX), -(-max(box.y0, 0) // TILE_PX)
            # At the canvas's edge, a tile may be cut.
            x1 = self._lowest.shape[1] if box.x1 >= self._width else max(box.x1, 0) // TILE_PX
            y1 = self._lowest.shape[0] if box.y1 >= self._height else max(box.y1, 0) // TILE_PX
            self._lowest[y0:y1, x0:x1] = layer
        count = _gather(self._dirty, self._lowest, (self._width, self._height), self._rectangles)
        return self._rectangles[:count]


@compiled
def _gather(
    dirty: NDArray[np.bool_], lowest: NDArray[np.int32], size_px: tuple[int, int], rectangles: NDArray[np.int32]
) -> int:
    """Gather marked tiles with the same lowest layer: runs in each row, and equal runs below each other."""
    count = 0
    above_from, above_to = 0, 0
    for row in range(dirty.shape[0]):
        row_from = count
        y0, y1 = row * TILE_PX, min((row + 1) * TILE_PX, size_px[1])
        column = 0
        while column < dirty.shape[1]:
            if not dirty[row, column]:
                column += 1
                continue
            first, layer = column, lowest[row, column]
            while column < dirty.shape[1] and dirty[row, column] and lowest[row, column] == layer:
                column += 1
            found = rectangles[count]
            found[0], found[1] = first * TILE_PX, y0
            found[2], found[3] = min(column * TILE_PX, size_px[0]), y1
            found[4] = layer
            count += 1
        if count - row_from == above_to - above_from > 0:
            same = True
            for n in range(count - row_from):
                over, under = rectangles[above_from + n], rectangles[row_from + n]
                if over[0] != under[0] or over[2] != under[2] or over[4] != under[4] or over[3] != y0:
                    same = False
            if same:
                for n in range(count - row_from):
                    rectangles[above_from + n, 3] = y1
                count = row_from
                continue
        above_from, above_to = row_from, count
    return count
