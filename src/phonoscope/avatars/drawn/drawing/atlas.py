"""All pictures of a character in one array, with what the compositor needs to know of each beforehand."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.drawing.pixels import put_cropped
from phonoscope.avatars.drawn.puppet import Sprite

PAD_PX = 12
"""Pixels added around each picture: what an interpolation, or a tile at the edge, reads beyond it."""

REACH_PX = 64
"""How far a picture that is cut off by the canvas goes on beyond it, repeating its last pixels."""

OFFSET, WIDTH, HEIGHT, X, Y = range(5)
"""Columns of `Atlas.places`: where a picture's pixels begin, its size, and where it lies on the canvas."""


class Atlas:
    """The pictures of a character's layers, side by side in one array.

    Attributes
    ----------
    pixels
        uint32, shape (n,): RGBA, premultiplied, red in the lowest byte.
    uniform_px
        uint8, shape (n,): how far around each pixel its picture has one colour, along either axis; 0 where it is drawn
        anew each frame.
    places
        int32, shape (layers, 5).
    versions
        int64, shape (layers,): changes with a layer's picture.
    """

    def __init__(self, sprites: Sequence[Sprite | None], room_px: Sequence[int], size_px: tuple[int, int]) -> None:
        """Take the layers' pictures; one that is None is drawn anew each frame and gets so many pixels of room."""
        self.places = np.zeros((len(sprites), 5), np.int32)
        pixels, uniform = [], []
        offset = 0
        for row, (sprite, room) in enumerate(zip(sprites, room_px, strict=True)):
            self.places[row, OFFSET] = offset
            if sprite is None:
                pixels.append(np.zeros(room, np.uint32))
                uniform.append(np.zeros(room, np.uint8))
            else:
                padded, x, y = _padded(sprite, size_px)
                self.places[row] = offset, padded.shape[1], padded.shape[0], x, y
                pixels.append(padded.reshape(-1))
                uniform.append(_uniform(padded).reshape(-1))
            offset += pixels[-1].size
        self.pixels = np.concatenate([*pixels, np.zeros(1, np.uint32)])
        self.uniform_px = np.concatenate([*uniform, np.zeros(1, np.uint8)])
        self.versions: NDArray[np.int64] = np.zeros(len(sprites), np.int64)
        self._room_px = tuple(room_px)

    def set(self, row: int, sprite: Sprite) -> None:
        """Put this frame's picture of a layer."""
        start = int(self.places[row, OFFSET])
        part = self.pixels[start : start + self._room_px[row]]
        left, top, width, height = put_cropped(sprite.rgba.view(np.uint32)[..., 0], part)
        self.places[row, WIDTH : Y + 1] = width, height, sprite.x + left, sprite.y + top
        self.versions[row] += 1


def room_px(width: int, height: int) -> int:
    """Return the room that `Atlas.set` needs for a picture."""
    return (width + 2) * (height + 2)


def _padded(sprite: Sprite, size_px: tuple[int, int]) -> tuple[NDArray[np.uint32], int, int]:
    """Return a picture with room around it, shape (height, width), and where it lies."""
    width, height = sprite.size_px
    right, bottom = sprite.x + width, sprite.y + height
    rgba = sprite.rgba
    # Where the canvas cuts a picture off, it goes on, so that nothing opens when it moves in.
    cut = (sprite.y <= 0, bottom >= size_px[1], sprite.x <= 0, right >= size_px[0])
    top, low, left, far = (REACH_PX if is_cut else 0 for is_cut in cut)
    rgba = np.pad(rgba, ((top, low), (left, far), (0, 0)), "edge")
    rgba = np.pad(rgba, ((PAD_PX, PAD_PX), (PAD_PX, PAD_PX), (0, 0)))
    pixels = np.ascontiguousarray(rgba).view(np.uint32)[..., 0]
    return pixels, sprite.x - left - PAD_PX, sprite.y - top - PAD_PX


def _uniform(pixels: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return how far around each pixel a picture has one colour, in pixels along either axis."""
    same = np.ones(pixels.shape, np.uint8)
    across, down = pixels[:, 1:] != pixels[:, :-1], pixels[1:] != pixels[:-1]
    same[:, 1:][across] = 0
    same[:, :-1][across] = 0
    same[1:][down] = 0
    same[:-1][down] = 0
    away = cv2.distanceTransform(same, cv2.DIST_C, 3) if not same.all() else np.full(same.shape, 255.0)
    return np.minimum(away, 255).astype(np.uint8)
