"""Drawings of the tests' own: an SVG face, and layers made of simple shapes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

HEAD = '<g id="head"><ellipse cx="100" cy="90" rx="60" ry="70" fill="#e0b090"/></g>'
BODY = '<g id="body"><rect x="40" y="150" width="120" height="60" fill="#336699"/></g>'
EYES = (
    '<g id="eye-left"><circle cx="75" cy="75" r="14" fill="#fff"/>'
    '<g id="pupil-left"><circle cx="76" cy="76" r="6"/></g></g>'
    '<g id="eye-right"><circle cx="125" cy="75" r="14" fill="#fff"/>'
    '<g id="pupil-right"><circle cx="124" cy="76" r="6"/></g></g>'
)
MOUTH = '<g id="mouth"><path d="M80 120Q100 136 120 120" fill="none" stroke="#802020" stroke-width="4"/></g>'
ALL = BODY + HEAD + EYES + MOUTH


def write_svg(folder: Path, body: str, page: str = 'viewBox="0 0 200 200"') -> Path:
    """Write an SVG file with some groups."""
    path = folder / "me.svg"
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
    path.write_text(f"<svg {names} {page}>{body}</svg>", "utf-8")
    return path


Box = tuple[int, int, int, int]


def layer(*shapes: tuple[Box, str], size: tuple[int, int] = (200, 200)) -> Image.Image:
    """Return a clear picture with ellipses in boxes of a colour."""
    image = Image.new("RGBA", size)
    pen = ImageDraw.Draw(image)
    for box, colour in shapes:
        pen.ellipse(box, fill=colour)
    return image


def write_layers(folder: Path, **layers: Image.Image) -> Path:
    """Write pictures; in their names ``__`` stands for a hyphen."""
    folder.mkdir(exist_ok=True)
    for name, image in layers.items():
        image.save(folder / f"{name.replace('__', '-')}.png")
    return folder


HEAD_LAYER = layer(((40, 20, 160, 160), "#e0b090"))
MOUTH_LAYER = layer(((75, 118, 125, 128), "#802020"))


def face(mouth_height: int, eyes_open: bool = True) -> Image.Image:
    """Return a whole character, with a mouth of some height."""
    shapes = [((20, 150, 180, 260), "#336699"), ((40, 20, 160, 160), "#e0b090")]
    for x in (75, 125):
        shapes.append(((x - 10, 65, x + 10, 85), "#203040") if eyes_open else ((x - 10, 74, x + 10, 77), "#203040"))
    shapes.append(((80, 120 - mouth_height // 2, 120, 120 + mouth_height // 2), "#701020"))
    return layer(*shapes)


def painted(rgba: NDArray[np.uint8]) -> int:
    """Return how many pixels are not clear."""
    return int((rgba[:, :, 3] > 0).sum())
