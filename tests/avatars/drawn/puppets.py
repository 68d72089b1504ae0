"""Characters to be moved in tests: ellipses in colours of their own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.puppet import BlinkKind, Build, Colour, EyeLook, Layer, MouthLook, Puppet, Role, Sprite

WIDTH, HEIGHT = 320, 240
BACKGROUND: Colour = (240, 240, 240)
SKIN: Colour = (230, 180, 140)
SHIRT: Colour = (40, 70, 200)
HAIR: Colour = (90, 60, 30)
WHITE: Colour = (255, 255, 255)
PUPIL: Colour = (10, 10, 10)
BROW: Colour = (120, 0, 120)
NOSE: Colour = (0, 160, 0)
LINE: Colour = (60, 0, 0)

BUILD = Build(centre_px=(160.0, 100.0), face_height_px=100.0, face_width_px=80.0, neck_px=(160.0, 162.0))


def ellipse(x0: float, y0: float, x1: float, y1: float, colour: Colour, alpha: float = 1.0) -> Sprite:
    """Return an ellipse with soft edges."""
    left, top, right, bottom = int(x0) - 1, int(y0) - 1, int(x1) + 2, int(y1) + 2
    y, x = np.mgrid[top:bottom, left:right] + 0.5
    across, along = (x1 - x0) / 2, (y1 - y0) / 2
    u, v = (x - (x0 + x1) / 2) / across, (y - (y0 + y1) / 2) / along
    radius = np.sqrt(u**2 + v**2)
    slope = np.sqrt((u / across) ** 2 + (v / along) ** 2) / np.maximum(radius, 1e-6)
    cover = np.clip(0.5 + (1 - radius) / np.maximum(slope, 1e-6), 0, 1) * alpha
    rgba = cover[..., None] * np.array([*colour, 255])
    return Sprite(np.round(rgba).astype(np.uint8), left, top)


def rectangle(x0: int, y0: int, x1: int, y1: int, colour: Colour) -> Sprite:
    rgba = np.empty((y1 - y0, x1 - x0, 4), np.uint8)
    rgba[:] = (*colour, 255)
    return Sprite(rgba, x0, y0)


def eye(side: str, x: float, blink: BlinkKind = "lid") -> EyeLook:
    box = (x - 11.0, 82.0, x + 11.0, 98.0)
    return EyeLook(
        side="left" if side == "left" else "right",
        white=ellipse(*box, WHITE),
        pupil=ellipse(x - 4, 86, x + 4, 94, PUPIL),
        shut=rectangle(int(x) - 10, 91, int(x) + 10, 93, LINE),
        box_px=box,
        reach_px=(6.0, 4.0),
        blink=blink,
        line=LINE,
        line_px=2.0,
    )


MOUTH = MouthLook((160.0, 128.0), 16.0, 3.0, 12.0, line=LINE, inside=(120, 20, 20))


def puppet(blink: BlinkKind = "lid", floats: bool = False) -> Puppet:
    """Return somebody with a body, a neck, hair at the back and in front, and a face."""
    body = [
        Layer(Role.BODY, rectangle(146, 130, 174, 240, SKIN)),
        Layer(Role.BODY, rectangle(90, 180, 230, 240, SHIRT)),
    ]
    head = [
        Layer(Role.HEAD, ellipse(120, 50, 200, 150, SKIN)),
        Layer(Role.EYE, None, "left"),
        Layer(Role.EYE, None, "right"),
        Layer(Role.BROW, rectangle(133, 72, 153, 76, BROW), "left"),
        Layer(Role.BROW, rectangle(167, 72, 187, 76, BROW), "right"),
        Layer(Role.NOSE, ellipse(156, 104, 164, 112, NOSE)),
        Layer(Role.MOUTH, None),
        Layer(Role.HAIR, ellipse(118, 44, 202, 70, HAIR)),
    ]
    rear = [Layer(Role.REAR_HAIR, ellipse(112, 42, 208, 190, HAIR))]
    return Puppet(
        size_px=(WIDTH, HEIGHT),
        layers=(*rear, *([] if floats else body), *head),
        mouth=MOUTH,
        eyes=(eye("left", 143, blink), eye("right", 177, blink)),
        build=replace(BUILD, floats=floats),
        background=BACKGROUND,
    )


def where(picture: NDArray[np.uint8], colour: Colour, tolerance: int = 12) -> NDArray[np.bool_]:
    """Return which pixels of a picture have a colour."""
    return np.asarray(np.abs(picture[..., :3].astype(int) - colour).max(-1) <= tolerance)


def centre(found: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the middle of what was found: x, y."""
    y, x = np.nonzero(found)
    return float(x.mean()), float(y.mean())
