"""Where something is on the canvas: shares of its width and height, so that a document has no pixels."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from phonoscope.scene.document.model import Model

Corner = Literal[
    "top-left", "top", "top-right", "left", "centre", "right", "bottom-left", "bottom", "bottom-right"
]  # fmt: skip
CORNERS: tuple[Corner, ...] = get_args(Corner)

SHARES: dict[Corner, tuple[float, float]] = {
    "top-left": (0.0, 0.0), "top": (0.5, 0.0), "top-right": (1.0, 0.0),
    "left": (0.0, 0.5), "centre": (0.5, 0.5), "right": (1.0, 0.5),
    "bottom-left": (0.0, 1.0), "bottom": (0.5, 1.0), "bottom-right": (1.0, 1.0),
}  # fmt: skip
"""Each place as shares of what lies left of it, and above."""


class Place(Model):
    """A point of the canvas, and which point of the thing lies there.

    ``"bottom-right"`` alone is the corner, `margin` away from the edges.
    """

    at: Corner | None = Field(None, description="One of nine places; or leave it out and give x and y.")
    x: float = Field(0.5, ge=-2, le=3, description="Of the canvas's width, from the left.")
    y: float = Field(0.5, ge=-2, le=3, description="Of the canvas's height, from above.")
    anchor: Corner = Field("centre", description="Which point of the thing lies at x, y.")
    margin: float = Field(0.05, ge=0, le=0.4, description="Distance from the edges, of the canvas's shorter side.")

    def corner_px(self, thing_px: tuple[float, float], canvas_px: tuple[int, int]) -> tuple[float, float]:
        """Return where the upper left corner of a thing of a size lies: (x, y) in pixels."""
        width, height = canvas_px
        if self.at is not None:
            margin_px = self.margin * min(canvas_px)
            right, down = SHARES[self.at]
            return (
                margin_px + right * (width - 2 * margin_px - thing_px[0]),
                margin_px + down * (height - 2 * margin_px - thing_px[1]),
            )
        right, down = SHARES[self.anchor]
        return self.x * width - right * thing_px[0], self.y * height - down * thing_px[1]


def _named(given: Any) -> Any:
    return {"at": given} if isinstance(given, str) else given


Position = Annotated[Place, BeforeValidator(_named)]
"""A place; a name such as ``"bottom-right"`` alone is enough."""


class Area(Model):
    """A rectangle of the canvas, in shares of its width and height."""

    x: float = Field(0.0, ge=-1, le=1)
    y: float = Field(0.0, ge=-1, le=1)
    width: float = Field(1.0, gt=0, le=3)
    height: float = Field(1.0, gt=0, le=3)
