"""Avatars in their boxes: where these are, and their shape, border and shadow."""

from __future__ import annotations

import numpy as np

from phonoscope.core.frames import Box
from phonoscope.scene.document.model import rgba_of
from phonoscope.scene.document.speaking import Avatar, Crop
from phonoscope.scene.drawing.layer import Layer, Patch
from phonoscope.scene.drawing.pictured import Draw, PictureLayer
from phonoscope.scene.drawing.shadows import ShadowLayer, shadow_of
from phonoscope.scene.drawing.shapes import even, grown, rounded, tinted
from phonoscope.scene.drawing.still import StillLayer
from phonoscope.scene.layout import LARGEST_SIDE_PX, SMALLEST_SIDE_PX

BOX_SIZE, CORNER_SIZE = 0.6, 0.28
"""Heights of boxes whose document tells none, of the canvas's shorter side."""

SAFE_MARGIN = 0.05
"""Distance of a corner's circle from the canvas's edges, of its shorter side: what title-safe areas leave free."""

ROUND_CROPS: frozenset[Crop] = frozenset({"circle", "corner"})

OVERLAP_PX = 1
"""How far a border lies over the picture's edge, so that nothing shines through between them."""


def box_of(avatar: Avatar, size_px: tuple[int, int]) -> Box:
    """Return where an avatar is: a box in pixels of the canvas, all even, which may reach over its edges.

    It is never smaller or larger than a video may be.
    """
    width, height = size_px
    short = min(size_px)
    x, y = width / 2, height / 2
    area = avatar.area()
    if area is not None and avatar.crop != "full":
        # Halves meet at the same edge.
        x0, y0 = (2 * round(share * side / 2) for share, side in ((area.x, width), (area.y, height)))
        x1 = 2 * round((area.x + area.width) * width / 2)
        y1 = 2 * round((area.y + area.height) * height / 2)
        return Box(x0, y0, max(x1, x0 + SMALLEST_SIDE_PX), max(y1, y0 + SMALLEST_SIDE_PX))
    if avatar.crop == "full":
        size = avatar.size or 1.0
        wide, tall = size * width, size * height
    else:
        size = avatar.size or (CORNER_SIZE if avatar.crop == "corner" else BOX_SIZE)
        wide, tall = size * short * (1 if avatar.crop in ROUND_CROPS else avatar.aspect), size * short
    if avatar.crop == "corner":
        x, y = width - SAFE_MARGIN * short - wide / 2, height - SAFE_MARGIN * short - tall / 2
    x = x if avatar.x is None else avatar.x * width
    y = y if avatar.y is None else avatar.y * height
    return _around((x, y), (wide, tall))


def avatar_layers(avatar: Avatar, draw: Draw, box: Box, size_px: tuple[int, int]) -> list[Layer]:
    """Return the layers that show an avatar, from the bottom to the top: its shadow, itself, its border.

    Parameters
    ----------
    draw
        Returns the avatar in frame `number` of the scene, of the box's size; the next call may overwrite it.
    box, size_px
        Where it is (`box_of`), and (width, height) of the canvas.
    """
    border_px = round(avatar.border * min(size_px))
    radius_px = _radius_px(avatar, box)
    mask = np.rint(rounded(box, radius_px, box) * 255).astype(np.uint8) if radius_px else None
    picture = PictureLayer(draw, box, mask, avatar.mirror)
    layers: list[Layer] = [picture]
    # What fills its part of the canvas has its border inside, and no room for a shadow unless it is cut out.
    fills = avatar.area() is not None
    outer = box if fills else grown(box, border_px)
    outer_radius_px = radius_px + border_px if radius_px and not fills else radius_px
    if avatar.shadow:
        layers.insert(0, ShadowLayer(picture, None if fills else shadow_of(outer, outer_radius_px)))
    if border_px:
        inner = grown(box, -border_px if fills else -OVERLAP_PX)
        area = even(outer)
        ring = rounded(outer, outer_radius_px, area) - rounded(inner, max(0, radius_px - OVERLAP_PX), area)
        layers.append(StillLayer(Patch(area, tinted(ring, rgba_of(avatar.border_colour)), "border")))
    return layers


def _radius_px(avatar: Avatar, box: Box) -> float:
    """Return how round the corners of a box are."""
    side = min(box.width, box.height)
    if avatar.crop in ROUND_CROPS:
        return side / 2
    return min(avatar.radius, 0.5) * side if avatar.crop == "rounded" else 0.0


def _around(middle: tuple[float, float], size: tuple[float, float]) -> Box:
    """Return an even box of about a size around a point."""
    across, down = (2 * round(min(max(side, SMALLEST_SIDE_PX), LARGEST_SIDE_PX) / 2) for side in size)
    x0, y0 = 2 * round((middle[0] - across / 2) / 2), 2 * round((middle[1] - down / 2) / 2)
    return Box(x0, y0, x0 + across, y0 + down)
