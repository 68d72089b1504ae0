"""Blur: both planes, at the size where little work is left to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import VideoFrame
from phonoscope.scene.filters.settings import Blur

Level = TypeVar("Level", np.uint8, np.uint16)
"""Planes are bytes, or of 16 bits where colours are weighted."""

WIDEST = 0.045
"""Standard deviation of blur 1, of the frame's shorter side."""

BEND = 1.6
"""Power of the amount: a little blur is wanted more often, and finer, than much."""

WORK_SIGMA_PX = 2.2
"""A blur is computed at the smallest of halved sizes where it is still at least this wide, so that nobody sees it."""

KERNEL_REACH = 3.0
"""In standard deviations: what lies farther counts less than a level."""


class BlurFilter:
    """Blurs frames by a Gaussian."""

    def __init__(self, settings: Blur, size_px: tuple[int, int]) -> None:
        sigma_px = WIDEST * settings.amount**BEND * min(size_px)
        self._luma = Gaussian.of(sigma_px)
        self._chroma = Gaussian.of(sigma_px / 2)
        self.grid_px = max(self._luma.factor, 2 * self._chroma.factor)
        self.reach_px = max(self._luma.reach_px, 2 * self._chroma.reach_px)

    def filter(self, frame: VideoFrame) -> VideoFrame:
        """See `Surrounding`."""
        if frame.alpha is None:
            return VideoFrame(self._luma.blur(frame.luma), self._chroma.blur(frame.chroma))
        # Colours are weighted by alpha, so that what is hidden does not spread.
        alpha = frame.alpha.astype(np.uint16)
        small = (frame.chroma.shape[1], frame.chroma.shape[0])
        shown = np.asarray(cv2.resize(alpha, small, interpolation=cv2.INTER_AREA), np.uint16)
        chroma = np.dstack([_weighted(self._chroma, frame.chroma[..., k], shown) for k in range(2)])
        return VideoFrame(_weighted(self._luma, frame.luma, alpha), chroma, self._luma.blur(frame.alpha))


@dataclass(frozen=True, slots=True)
class Gaussian:
    """A blur of planes of any type that OpenCV takes.

    Attributes
    ----------
    factor
        How much smaller a plane is made meanwhile, a power of two; its sizes must be multiples of it.
    sigma
        Standard deviation then, in smaller pixels.
    """

    factor: int
    sigma: float

    @classmethod
    def of(cls, sigma_px: float) -> Gaussian:
        """Return a blur with a standard deviation in pixels of the plane."""
        factor = 1
        while sigma_px / (2 * factor) >= WORK_SIGMA_PX:
            factor *= 2
        # Averaging squares of pixels, and interpolating between them, blurs too.
        blurred_px2 = (factor**2 - 1) / 12 + (factor**2 - 1) / 6
        return cls(factor, max(1e-3, sigma_px**2 - blurred_px2) ** 0.5 / factor)

    @property
    def radius(self) -> int:
        """Of the kernel, in smaller pixels."""
        return int(np.ceil(KERNEL_REACH * self.sigma))

    @property
    def reach_px(self) -> int:
        """How far a pixel's light goes."""
        return self.factor * (self.radius + 1)

    def shrink(self, plane: NDArray[Level]) -> NDArray[Level]:
        """Return a plane `factor` times smaller, and blurred."""
        height, width = plane.shape[:2]
        if self.factor > 1:
            size = (width // self.factor, height // self.factor)
            plane = np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), plane.dtype)
        side = 2 * self.radius + 1
        blurred = cv2.GaussianBlur(plane, (side, side), self.sigma, borderType=cv2.BORDER_REPLICATE)
        return np.asarray(blurred, plane.dtype)

    def blur(self, plane: NDArray[Level]) -> NDArray[Level]:
        """Return a blurred plane, shape (height, width[, channels])."""
        small = self.shrink(plane)
        if self.factor == 1:
            return small
        size = (plane.shape[1], plane.shape[0])
        return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), plane.dtype)


def _weighted(gaussian: Gaussian, plane: NDArray[np.uint8], alpha: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Blur a plane weighted by alpha; where nothing at all is shown it stays as it is."""
    weights = gaussian.blur(alpha)
    values = gaussian.blur(np.asarray(plane * alpha, np.uint16))
    mean = np.minimum((values.astype(np.uint32) + weights // 2) // np.maximum(weights, 1), 255)
    return np.where(weights > 0, mean, plane).astype(np.uint8)
