"""What a drawn avatar is drawn on: a canvas that remembers its last frame, and the encoder's planes behind it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.drawing.atlas import Atlas
from phonoscope.avatars.drawn.drawing.compositing import NODE_PX, TILE_PX, draw_tiles, plan_tiles
from phonoscope.avatars.drawn.drawing.planes import unpremultiply, write_clear_planes, write_planes
from phonoscope.core.frames import VideoFrame


class Stage:
    """A canvas for the layers of an atlas.

    Parameters
    ----------
    atlas
        The layers.
    size_px
        (width, height), both even.
    background
        The premultiplied pixel behind all: 0 for none.
    """

    def __init__(self, atlas: Atlas, size_px: tuple[int, int], background: int) -> None:
        self._atlas, self._size_px, self._background = atlas, size_px, background
        width, height = size_px
        rows, columns = -(-height // NODE_PX), -(-width // NODE_PX)
        count = len(atlas.places)
        self.nodes: NDArray[np.float32] = np.zeros((count, rows + 1, columns + 1, 2), np.float32)
        self.spans: NDArray[np.int32] = np.zeros((count, 4), np.int32)
        self._canvas: NDArray[np.uint32] = np.zeros((rows * NODE_PX, columns * NODE_PX), np.uint32)
        tiles = rows * NODE_PX // TILE_PX, columns * NODE_PX // TILE_PX
        self._planned = np.zeros((*tiles, count + 1), np.int64), np.zeros((*tiles, 2), np.int32)
        # No tile is known yet.
        self._flat: NDArray[np.int64] = np.full(tiles, -1, np.int64)
        self._changed: NDArray[np.uint8] = np.ones(tiles, np.uint8)
        self._frame: VideoFrame | None = None

    def draw(self) -> None:
        """Lay the layers over each other, as `nodes` and `spans` say."""
        atlas = self._atlas.pixels, self._atlas.uniform_px, self._atlas.places
        plan_tiles(*atlas, self.nodes, self.spans, *self._planned)
        draw_tiles(
            (*atlas, self._atlas.versions),
            self.nodes,
            self._planned,
            self._background,
            self._canvas,
            self._flat,
            self._changed,
        )

    def rgba(self) -> NDArray[np.uint8]:
        """Return the drawing as a new picture, shape (height, width, 4), not premultiplied."""
        width, height = self._size_px
        if self._background >> 24 == 255:
            return self._canvas[:height, :width].copy().view(np.uint8).reshape(height, width, 4)
        rgba = np.empty((height, width, 4), np.uint8)
        unpremultiply(self._canvas, rgba)
        return rgba

    def frame(self) -> VideoFrame:
        """Return the drawing in the encoder's layout; the next frame overwrites it."""
        width, height = self._size_px
        is_clear = self._background >> 24 != 255
        if self._frame is None:
            self._frame = VideoFrame(
                np.full((height, width), 16, np.uint8),
                np.full((height // 2, width // 2, 2), 128, np.uint8),
                np.zeros((height, width), np.uint8) if is_clear else None,
            )
        frame = self._frame
        if frame.alpha is not None:
            write_clear_planes(self._canvas, self._changed, frame.luma, frame.chroma, frame.alpha)
        else:
            write_planes(self._canvas, self._changed, frame.luma, frame.chroma)
        self._changed[:] = 0
        return frame
