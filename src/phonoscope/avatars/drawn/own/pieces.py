"""Pieces: what somebody's drawing falls into, whether it was an SVG or a folder of pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.own.names import Tag, other_side
from phonoscope.avatars.drawn.puppet import Colour, Role, Sprite

SOLID = 128
"""Alpha from which a pixel belongs to a mark."""

CUT_OFF = 0.1
"""Share of the canvas's width that a body covers at its lower edge."""

PixelBox = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Stroke:
    """The line of a mark: its colour, and its width in pixels of the video."""

    colour: Colour
    width_px: float


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One piece of a drawing.

    Attributes
    ----------
    name
        As its author called it; empty for what has no name.
    tag
        What it shows; None where its name does not tell.
    sprite
        Its picture on the canvas.
    stroke
        Its line, where it is known.
    """

    name: str
    tag: Tag | None
    sprite: Sprite
    stroke: Stroke | None = None


@dataclass(frozen=True, slots=True, eq=False)
class OwnDrawing:
    """A drawing in pieces.

    Attributes
    ----------
    pieces
        In the order of painting.
    size_px
        (width, height) of the canvas.
    to_px
        Maps the author's coordinates to the canvas: scale, x, y.
    names
        All names that were found, understood or not.
    notes
        What was left out or guessed, in sentences.
    wholes
        It came as pictures of the whole character; no head is drawn apart.
    """

    pieces: tuple[Piece, ...]
    size_px: tuple[int, int]
    to_px: tuple[float, float, float]
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    wholes: bool = False

    @property
    def stands(self) -> bool:
        """The character stands on the canvas's lower edge: it has a body, or is cut off there."""
        return any(
            piece.tag is not None
            and (
                piece.tag.role is Role.BODY or (piece.tag.role is not Role.BACKDROP and self._is_cut_off(piece.sprite))
            )
            for piece in self.pieces
        )

    def _is_cut_off(self, sprite: Sprite) -> bool:
        row = self.size_px[1] - 2 - sprite.y
        if not 0 <= row < sprite.size_px[1]:
            return False
        return int((sprite.rgba[row, :, 3] >= SOLID).sum()) >= CUT_OFF * self.size_px[0]

    def of(self, role: Role, part: str = "") -> tuple[Piece, ...]:
        """Return the pieces of a role, without mouth shapes."""
        return tuple(
            piece for piece in self.pieces if piece.tag and piece.tag.role is role and piece.tag.part == part
            and not piece.tag.shape
        )  # fmt: skip

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return where one of the author's points lies on the canvas."""
        scale, x, y = self.to_px
        return scale * point[0] + x, scale * point[1] + y


def box_of(sprites: Iterable[Sprite]) -> PixelBox | None:
    """Return x0, y0, x1, y1 around all solid pixels of some pictures; None where there are none."""
    found: PixelBox | None = None
    for sprite in sprites:
        solid = sprite.rgba[:, :, 3] >= SOLID
        columns, rows = np.flatnonzero(solid.any(0)), np.flatnonzero(solid.any(1))
        if not len(columns):
            continue
        x0, y0 = sprite.x + int(columns[0]), sprite.y + int(rows[0])
        x1, y1 = sprite.x + int(columns[-1]) + 1, sprite.y + int(rows[-1]) + 1
        found = (
            (x0, y0, x1, y1)
            if found is None
            else (min(found[0], x0), min(found[1], y0), max(found[2], x1), max(found[3], y1))
        )
    return found


def merged(sprites: Iterable[Sprite]) -> Sprite | None:
    """Paint pictures over each other, the first at the bottom; None where there are none."""
    sprites = tuple(sprites)
    if len(sprites) < 2:
        return sprites[0] if sprites else None
    x0, y0 = min(sprite.x for sprite in sprites), min(sprite.y for sprite in sprites)
    x1 = max(sprite.x + sprite.size_px[0] for sprite in sprites)
    y1 = max(sprite.y + sprite.size_px[1] for sprite in sprites)
    whole = np.zeros((y1 - y0, x1 - x0, 4), np.uint8)
    for sprite in sprites:
        width, height = sprite.size_px
        place = np.s_[sprite.y - y0 : sprite.y - y0 + height, sprite.x - x0 : sprite.x - x0 + width]
        whole[place] = over(sprite.rgba, whole[place])
    return Sprite(whole, x0, y0)


def over(upper: NDArray[np.uint8], lower: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Paint one premultiplied picture over another of the same size."""
    left = 255 - upper[:, :, 3:].astype(np.uint16)
    painted: NDArray[np.uint8] = (upper + (lower * left + 127) // 255).astype(np.uint8)
    return painted


def on_canvas(sprite: Sprite, size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a picture of the canvas's size, cut at its edges."""
    width, height = size_px
    canvas = np.zeros((height, width, 4), np.uint8)
    x0, y0 = max(sprite.x, 0), max(sprite.y, 0)
    x1, y1 = min(sprite.x + sprite.size_px[0], width), min(sprite.y + sprite.size_px[1], height)
    if x0 < x1 and y0 < y1:
        canvas[y0:y1, x0:x1] = sprite.rgba[y0 - sprite.y : y1 - sprite.y, x0 - sprite.x : x1 - sprite.x]
    return canvas


def scaled(rgba: NDArray[np.uint8], size_px: tuple[int, int], pixelated: bool) -> NDArray[np.uint8]:
    """Scale a premultiplied picture; `pixelated` keeps its pixels square."""
    if rgba.shape[1::-1] == size_px:
        return rgba
    if pixelated:
        return np.asarray(cv2.resize(rgba, size_px, interpolation=cv2.INTER_NEAREST), np.uint8)
    smaller = size_px[0] < rgba.shape[1]
    kind = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return within_alpha(np.asarray(cv2.resize(rgba, size_px, interpolation=kind), np.uint8))


def within_alpha(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return premultiplied pixels no colour of which is more than its alpha, as cubic scaling may leave them."""
    *colours, alpha = cv2.split(rgba)
    return np.asarray(cv2.merge([*(cv2.min(colour, alpha) for colour in colours), alpha]), np.uint8)


def distance(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the largest difference of a channel in each pixel, uint8, shape (height, width)."""
    first, *rest = cv2.split(cv2.absdiff(one, other))
    for channel in rest:
        first = cv2.max(first, channel)
    return np.asarray(first, np.uint8)


def with_true_sides(pieces: tuple[Piece, ...], note: Callable[[str], None]) -> tuple[Piece, ...]:
    """Swap left and right where the pieces of a way of naming lie the other way round."""
    wrong = {told_by for told_by in ("picture", "character") if _crossed(pieces, told_by)}
    if wrong:
        note("Left and right are named the other way round; they were taken as they lie in the picture.")
    return tuple(
        replace(piece, tag=other_side(piece.tag)) if piece.tag and piece.tag.told_by in wrong else piece
        for piece in pieces
    )


def _crossed(pieces: tuple[Piece, ...], told_by: str) -> bool:
    votes = 0.0
    for role, part in ((Role.EYE, ""), (Role.EYE, "pupil"), (Role.BROW, ""), (Role.EARS, ""), (Role.EARRINGS, "")):
        middles = {}
        for piece in pieces:
            tag = piece.tag
            if tag and tag.role is role and tag.part == part and tag.side and tag.told_by == told_by:
                middles[tag.side] = piece.sprite.x + piece.sprite.size_px[0] / 2
        if len(middles) == 2:
            votes += float(np.sign(middles["left"] - middles["right"]))
    return votes > 0
