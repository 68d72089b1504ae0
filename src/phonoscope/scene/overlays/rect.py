"""Rectangles between pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from phonoscope.core.frames import Box


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in pixels of the canvas, not bound to whole ones."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of_size(cls, left: float, top: float, width: float, height: float) -> Rect:
        """Return the rectangle with an upper left corner and a size."""
        return cls(left, top, left + width, top + height)

    @property
    def width(self) -> float:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in pixels."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """(x, y) of its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def union(self, other: Rect) -> Rect:
        """Return the smallest rectangle around both."""
        return Rect(
            min(self.left, other.left), min(self.top, other.top),
            max(self.right, other.right), max(self.bottom, other.bottom),
        )  # fmt: skip

    def clipped(self, other: Rect) -> Rect:
        """Return what both share; empty, with a size of 0, when that is nothing."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Rect(left, top, max(left, min(self.right, other.right)), max(top, min(self.bottom, other.bottom)))

    def grown(self, by_px: float) -> Rect:
        """Return it with a margin."""
        return Rect(self.left - by_px, self.top - by_px, self.right + by_px, self.bottom + by_px)

    def moved(self, dx_px: float, dy_px: float) -> Rect:
        """Return it elsewhere."""
        return Rect(self.left + dx_px, self.top + dy_px, self.right + dx_px, self.bottom + dy_px)

    def turned(self, degrees: float, scale: float, middle: tuple[float, float]) -> Rect:
        """Return the rectangle around it when it has been scaled and turned about a point."""
        if degrees == 0 and scale == 1:
            return self
        cos, sin = scale * math.cos(math.radians(degrees)), scale * math.sin(math.radians(degrees))
        corners = [
            (middle[0] + cos * x - sin * y, middle[1] + sin * x + cos * y)
            for x in (self.left - middle[0], self.right - middle[0])
            for y in (self.top - middle[1], self.bottom - middle[1])
        ]
        across, down = zip(*corners, strict=True)
        return Rect(min(across), min(down), max(across), max(down))

    def even_box(self) -> Box:
        """Return the smallest box of even coordinates around it."""
        return Box(
            2 * math.floor(self.left / 2), 2 * math.floor(self.top / 2),
            2 * math.ceil(self.right / 2), 2 * math.ceil(self.bottom / 2),
        )  # fmt: skip
