# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="arg-type, assignment, operator"
# Scalars in compiled code are numbers of the machine; the type checker knows Python's only.
"""Any rectangle of a picture at the size of a frame, to fractions of a pixel: what a slow camera sees.

Each direction is filtered on its own (P. Heckbert, "Zoom", Graphics Gems III, 1992), with the cubic of E. Catmull and
R. Rom (1974) as wide as the steps on the picture are. Rows are summed up as wholes: the picture is kept on its side
for the first of the two directions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.compiled import compiled
from phonoscope.core.frames import Picture, VideoFrame, blank_frame
from phonoscope.media.pictures import scale_picture

WEIGHT_BITS, BETWEEN_BITS = 12, 6
"""Of the filters' weights, so that positions are known to far less than what is seen; and what the numbers between
both directions have more than bytes."""

SOFTNESS = 1.4
"""Width of the filter where pixels are shown one by one, 1 being the sharpest: that would show whether pixels fall on
pixels, and what moves would shimmer."""

OCTAVE = 2.0
"""Steps on the picture that a half as large copy of it is used from."""


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of a picture, in its pixels: left and top edge, width and height."""

    left: float
    top: float
    width: float
    height: float


class Camera:
    """Shows rectangles of a picture at one size.

    Parameters
    ----------
    picture
        Opaque, with even sides of at least 4 pixels.
    size_px
        (width, height) of what is shown, even.
    largest_step
        How many pixels of the picture the widest rectangle has for each one that is shown.
    """

    def __init__(self, picture: Picture, size_px: tuple[int, int], largest_step: float) -> None:
        self._size_px = size_px
        self._picture_px = picture.size_px
        self._levels = [_on_its_side(picture)]
        while largest_step >= OCTAVE and min(picture.size_px) >= 8:
            half = tuple(side // 4 * 2 for side in picture.size_px)
            picture = scale_picture(picture, (half[0], half[1]))
            self._levels.append(_on_its_side(picture))
            largest_step /= 2
        self._frame = blank_frame(size_px)

    def show(self, view: View) -> VideoFrame:
        """Return what is seen of a rectangle; the next call overwrites it."""
        step = max(view.width / self._size_px[0], view.height / self._size_px[1])
        level = min(int(np.log2(max(step / OCTAVE, 0.5))) + 1 if step >= OCTAVE else 0, len(self._levels) - 1)
        luma, chroma = self._levels[level]
        across, down = (own / whole for own, whole in zip(luma.shape[:2], self._picture_px, strict=True))
        width, height = self._size_px
        step_x, step_y = view.width * across / width, view.height * down / height
        left, top = view.left * across, view.top * down
        # Pixels are known by their middles. Chroma lies on the even columns, and between two rows.
        columns = _taps(left + 0.5 * step_x - 0.5, step_x, width, luma.shape[0])
        rows = _taps(top + 0.5 * step_y - 0.5, step_y, height, luma.shape[1])
        _filtered(luma, columns, rows, (16, 235), self._frame.luma[..., None])
        columns = _taps((left + 0.5 * step_x - 0.5) / 2, step_x, width // 2, chroma.shape[0])
        rows = _taps((top + step_y) / 2 - 0.5, step_y, height // 2, chroma.shape[1])
        _filtered(chroma, columns, rows, (16, 240), self._frame.chroma)
        return self._frame


def _on_its_side(picture: Picture) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return luma, uint8 (width, height, 1), and chroma, uint8 (width / 2, height / 2, 2)."""
    frame = rgb_to_frame(picture.rgb)
    return np.ascontiguousarray(frame.luma.T)[..., None], np.asarray(cv2.transpose(frame.chroma), np.uint8)


def _taps(first: float, step: float, count: int, length: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return what each of `count` samples is made of: indices and weights, each int32, shape (count, taps).

    Parameters
    ----------
    first, step
        Where the first lies, and how far each is from the last one, in samples of the source.
    length
        Samples of the source; its first and last ones go on beyond it.
    """
    # A picture that is enlarged twice is smooth anyway, and need not be made softer.
    width = max(step, 1 + (SOFTNESS - 1) * min(max(2 * step - 1, 0.0), 1.0))
    reach = int(np.ceil(2 * width))
    at = first + step * np.arange(count)
    indices = np.floor(at).astype(np.int32)[:, None] + np.arange(1 - reach, reach + 1, dtype=np.int32)
    away = np.abs(indices - at[:, None]) / width
    near = (1.5 * away - 2.5) * away**2 + 1
    far = ((2.5 - 0.5 * away) * away - 4) * away + 2
    weights = np.where(away < 1, near, np.where(away < 2, far, 0))
    weights *= (1 << WEIGHT_BITS) / weights.sum(1, keepdims=True)
    whole = np.rint(weights).astype(np.int32)
    # All that rounding takes away goes to the middle: a plain colour stays what it is.
    whole[:, reach - 1] += (1 << WEIGHT_BITS) - whole.sum(1)
    return np.clip(indices, 0, length - 1), whole


def _filtered(
    source: NDArray[np.uint8],
    columns: tuple[NDArray[np.int32], NDArray[np.int32]],
    rows: tuple[NDArray[np.int32], NDArray[np.int32]],
    limits: tuple[int, int],
    out: NDArray[np.uint8],
) -> None:
    """Filter a plane that lies on its side, uint8 (width, height, channels), into one that stands upright."""
    channels = source.shape[2]
    top, bottom = int(rows[0].min()), int(rows[0].max()) + 1
    count = columns[0].shape[0]
    between = np.empty((count, (bottom - top) * channels), np.int16)
    flat = source.reshape(source.shape[0], -1)
    _sum_rows(flat, top * channels, *columns, WEIGHT_BITS - BETWEEN_BITS, (-32768, 32767), between)
    upright = cv2.transpose(between.reshape(count, bottom - top, channels)).reshape(bottom - top, -1)
    _sum_rows(upright, 0, rows[0] - top, rows[1], WEIGHT_BITS + BETWEEN_BITS, limits, out.reshape(out.shape[0], -1))


@compiled
def _sum_rows(
    source: NDArray[np.integer[Any]],
    first: int,
    indices: NDArray[np.int32],
    weights: NDArray[np.int32],
    bits: int,
    limits: tuple[int, int],
    out: NDArray[np.integer[Any]],
) -> None:
    """Write sums of rows from column `first` on times their weights, shifted by `bits`, rounded, within limits."""
    sums = np.empty(out.shape[1], np.int32)
    low, high, shift = np.int32(limits[0]), np.int32(limits[1]), np.int32(bits)
    length = np.uint64(out.shape[1])
    for row in range(indices.shape[0]):
        sums[:] = np.int32(1) << (shift - np.int32(1))
        for tap in range(indices.shape[1]):
            weight = weights[row, tap]
            if weight == 0:
                continue
            line = source[indices[row, tap], first : first + out.shape[1]]
            for x in range(length):
                sums[x] += np.int32(line[x]) * weight
        target = out[row]
        for x in range(length):
            target[x] = min(max(sums[x] >> shift, low), high)
