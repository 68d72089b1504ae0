"""Soft shadows, of boxes and of what moves in them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.drawing.layer import Patch
from phonoscope.scene.drawing.pictured import PictureLayer
from phonoscope.scene.drawing.shapes import even, grown, rounded, tinted

SOFTNESS, DROP, STRENGTH = 0.022, 0.014, 0.42
"""Sigma of a shadow's edge and how far below it falls, both of the box's height, and how dark it is, 0 to 1."""

REACH = 3.0
"""How far a soft edge is seen, in sigmas."""

STEP_PX = 4
"""Shadows that move are computed at this fraction of the size: they are much softer than that."""

BLACK = (0, 0, 0, 255)


def shadow_of(shape: Box, radius_px: float) -> Patch:
    """Return the shadow of a rounded rectangle."""
    sigma_px, fallen = SOFTNESS * shape.height, _fallen(shape, shape.height)
    area = even(grown(fallen, round(REACH * sigma_px)))
    return Patch(area, tinted(_softened(rounded(fallen, radius_px, area), sigma_px) * STRENGTH, BLACK), "shadow")


class ShadowLayer:
    """The shadow of a picture: that of its box, or, where it has holes, its own, which moves with it.

    Parameters
    ----------
    picture
        What throws it; its own layer follows this one.
    still
        The shadow of its box, for pictures without holes.
    """

    def __init__(self, picture: PictureLayer, still: Patch | None) -> None:
        self._picture = picture
        self._still = still
        box = picture.box
        self._sigma_px = SOFTNESS * box.height
        self._reach_px = -(-round(REACH * self._sigma_px) // STEP_PX) * STEP_PX
        self._box = grown(_fallen(box, box.height), self._reach_px)
        self._frame: VideoFrame | None = None

    def patch(self, number: int) -> Patch | None:
        """See `Layer`."""
        alpha = self._picture.foresee(number)
        return self._still if alpha is None else Patch(self._box, self._thrown(alpha), number)

    def _thrown(self, alpha: NDArray[np.uint8]) -> VideoFrame:
        """Return the shadow of something, uint8 (height, width); the next call overwrites it."""
        width, height = self._box.width, self._box.height
        if self._frame is None:
            self._frame = tinted(np.zeros((height, width), np.float32), BLACK)
        # Sides that are no multiple of the step are stretched by less than one.
        small_px = round(alpha.shape[1] / STEP_PX), round(alpha.shape[0] / STEP_PX)
        small = cv2.resize(alpha, small_px, interpolation=cv2.INTER_AREA)
        rim = self._reach_px // STEP_PX
        around = cv2.copyMakeBorder(small, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=(0,))
        soft = _softened(np.asarray(around, np.float32), self._sigma_px / STEP_PX) * STRENGTH
        thrown = cv2.resize(np.rint(soft).astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
        return VideoFrame(self._frame.luma, self._frame.chroma, np.asarray(thrown, np.uint8))


def _fallen(shape: Box, height_px: int) -> Box:
    """Return where the shadow of a shape falls, an even number of pixels below it."""
    drop_px = 2 * round(DROP * height_px / 2)
    return Box(shape.x0, shape.y0 + drop_px, shape.x1, shape.y1 + drop_px)


def _softened(coverage: NDArray[np.float32], sigma_px: float) -> NDArray[np.float32]:
    """Return coverage with soft edges; nothing lies beyond its sides."""
    soft = cv2.GaussianBlur(coverage, (0, 0), max(sigma_px, 0.1), borderType=cv2.BORDER_CONSTANT)
    return np.asarray(soft, np.float32)
