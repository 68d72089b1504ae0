"""Flat drawings with marked faces: a smiling toaster, and a cartoon of a person."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from phonoscope.avatars.photo.marks import EyeMarks, FaceMarks, MouthMarks
from phonoscope.core.frames import Picture

FINE = 4
"""Drawn so many times larger, then reduced: even edges."""

Colour = tuple[int, int, int]


def toaster() -> tuple[Picture, FaceMarks]:
    """A red toaster on a table, 640 x 480, whose smile is a stroke of 8 pixels."""
    image, draw = _canvas(640, 480, (236, 228, 210))
    _rectangle(draw, (0, 380, 640, 480), (170, 120, 80))
    case = [v * FINE for v in (120, 110, 520, 400)]
    draw.rounded_rectangle(case, 60 * FINE, fill=(196, 60, 54), outline=(90, 24, 22), width=6 * FINE)
    for x in (250, 390):
        _ellipse(draw, (x - 22, 175, x + 22, 235), (255, 255, 255), (40, 20, 20))
        _ellipse(draw, (x - 9, 200, x + 9, 222), (20, 20, 20))
    _stroke(draw, (230, 410, 290, 40), 8, (50, 14, 14))
    eyes = tuple(EyeMarks((x - 22, 205), (x + 22, 205), (x, 175), (x, 235), (x, 211)) for x in (250, 390))
    marks = FaceMarks(MouthMarks((230, 290), (410, 290), ((320, 330),)), (320, 372), "Toaster", "thing", eyes)
    return _reduced(image), marks


def drawn_face() -> tuple[Picture, FaceMarks]:
    """A cartoon of a person, 600 x 700, whose mouth is a thin stroke."""
    image, draw = _canvas(600, 700, (150, 200, 235))
    _ellipse(draw, (150, 130, 450, 560), (252, 214, 178), (60, 35, 25))
    for x in (235, 365):
        _ellipse(draw, (x - 34, 270, x + 34, 340), (255, 255, 255), (60, 35, 25))
        _ellipse(draw, (x - 15, 290, x + 15, 325), (60, 110, 60))
    _stroke(draw, (245, 355, 445, 14), 5, (60, 35, 25))
    eyes = tuple(EyeMarks((x - 34, 305), (x + 34, 305), (x, 270), (x, 340)) for x in (235, 365))
    mouth = MouthMarks((245, 445), (355, 445), ((300, 459),))
    return _reduced(image), FaceMarks(mouth, (300, 558), "Tim", "drawing", eyes, (300, 400))


def _canvas(width: int, height: int, colour: Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width * FINE, height * FINE), colour)
    return image, ImageDraw.Draw(image)


def _reduced(image: Image.Image) -> Picture:
    small = image.resize((image.width // FINE, image.height // FINE), Image.Resampling.LANCZOS)
    return Picture(np.array(small, np.uint8))


def _rectangle(draw: ImageDraw.ImageDraw, box: tuple[int, ...], colour: Colour) -> None:
    draw.rectangle([v * FINE for v in box], fill=colour)


def _ellipse(draw: ImageDraw.ImageDraw, box: tuple[int, ...], colour: Colour, outline: Colour | None = None) -> None:
    draw.ellipse([v * FINE for v in box], fill=colour, outline=outline, width=4 * FINE if outline else 0)


def _stroke(draw: ImageDraw.ImageDraw, smile: tuple[int, int, int, int], width: int, colour: Colour) -> None:
    """Draw a parabola (left, right, level of the corners, sag) with round ends."""
    left, right, level, sag = smile
    t = np.linspace(-1, 1, 60)
    x, y = (left + right) / 2 + (right - left) / 2 * t, level + sag * (1 - t * t)
    points = [(a * FINE, b * FINE) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    draw.line(points, fill=colour, width=width * FINE, joint="curve")
    half = width * FINE / 2
    for a, b in (points[0], points[-1]):
        draw.ellipse((a - half, b - half, a + half, b + half), fill=colour)
