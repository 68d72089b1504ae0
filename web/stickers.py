"""Draw the stickers to choose from, as they look in a video on any computer: `python web/stickers.py`."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Box
from phonoscope.scene.drawing.rasterising import rasterise
from phonoscope.scene.text import TextStyle, lay_out

WEB = Path(__file__).parent
LIST = WEB / "src/inspector/stickers.json"
SHEET = WEB / "src/inspector/stickers.webp"

COLUMNS = 6
SIDE_PX, ROOM_PX = 72, 4
"""Of each, and how much of it is left free on all sides."""

LARGE_PX = 128
"""Size of the letter that is made smaller."""

QUALITY = 85


def main() -> None:
    """Write all in one picture, row by row."""
    emoji = json.loads(LIST.read_text("utf-8"))
    rows = -(-len(emoji) // COLUMNS)
    sheet = np.zeros((rows * SIDE_PX, COLUMNS * SIDE_PX, 4), np.uint8)
    for number, one in enumerate(emoji):
        top, left = (place * SIDE_PX for place in divmod(number, COLUMNS))
        sheet[top : top + SIDE_PX, left : left + SIDE_PX] = drawn(one)
    cv2.imwrite(str(SHEET), cv2.cvtColor(sheet, cv2.COLOR_RGBA2BGRA), [cv2.IMWRITE_WEBP_QUALITY, QUALITY])


def drawn(emoji: str) -> NDArray[np.uint8]:
    """Return an emoji in the middle of a square, uint8, shape (SIDE_PX, SIDE_PX, 4): RGBA."""
    layout = lay_out(emoji, TextStyle(size_px=LARGE_PX), 1e6)
    box = Box(-LARGE_PX, -LARGE_PX, 2 * LARGE_PX, 3 * LARGE_PX)
    rgba = rasterise(lambda canvas: layout.paint(canvas, 0, 0), box)
    x, y, width, height = cv2.boundingRect(np.ascontiguousarray(rgba[..., 3]))
    inner_px = SIDE_PX - 2 * ROOM_PX
    factor = inner_px / max(width, height)
    small = cv2.resize(rgba[y : y + height, x : x + width], None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    square = np.zeros((SIDE_PX, SIDE_PX, 4), np.uint8)
    top, left = (SIDE_PX - small.shape[0]) // 2, (SIDE_PX - small.shape[1]) // 2
    square[top : top + small.shape[0], left : left + small.shape[1]] = small
    # Drawn premultiplied; files keep colours as they are.
    alpha = np.maximum(square[..., 3:].astype(np.float32), 1) / 255
    square[..., :3] = np.clip(square[..., :3] / alpha, 0, 255)
    return square


if __name__ == "__main__":
    main()
