"""A picture with what was found drawn on it: a numbered box and the face's lines, in the colour of its grade."""

from __future__ import annotations

from importlib import resources
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from phonoscope.avatars.photo.check.report import FaceReport, Grade, PhotoReport
from phonoscope.avatars.photo.finding.landmarks import (
    EYES,
    FACE_OVAL,
    INNER_LOWER_LIP,
    INNER_UPPER_LIP,
    OUTER_LOWER_LIP,
    OUTER_UPPER_LIP,
)
from phonoscope.core.frames import Picture

COLOURS = {Grade.GOOD: (0, 190, 140), Grade.USABLE: (240, 175, 20), Grade.POOR: (232, 90, 30)}
"""Told apart by colour-blind people, too (after Okabe and Ito, https://jfly.uni-koeln.de/color/)."""

SIDE_PX = (1200, 2400)
"""Range of the longer side: small pictures are enlarged until letters can be read, large ones made handy."""

LETTERS = 0.017
"""Height of the letters, of the longer side: 20 pixels of 1200."""

_FONT = "assets/fonts/NotoSans-700.ttf"
_CROWD = 4
"""From so many faces on, labels tell number and grade only."""
_OUTLINES = (
    FACE_OVAL,
    OUTER_UPPER_LIP + OUTER_LOWER_LIP[-2:0:-1],
    INNER_UPPER_LIP + INNER_LOWER_LIP[-2:0:-1],
    *(eye.upper_lid + eye.lower_lid[-2:0:-1] for eye in EYES),
)


def annotate(picture: Picture, report: PhotoReport) -> NDArray[np.uint8]:
    """Return the picture with boxes, lines, numbers and grades on it, uint8 RGB, at a legible size."""
    longer = max(picture.size_px)
    scale = float(np.clip(longer, *SIDE_PX)) / longer
    size = tuple(max(1, round(side * scale)) for side in picture.size_px)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    canvas = np.asarray(cv2.resize(picture.rgb, size, interpolation=way), np.uint8).copy()
    for face in report.faces:
        _draw_lines(canvas, face, scale)
    image = Image.fromarray(canvas)
    draw = ImageDraw.Draw(image)
    letters_px = max(12, round(LETTERS * max(size)))
    font = ImageFont.truetype(BytesIO(resources.files("phonoscope").joinpath(_FONT).read_bytes()), letters_px)
    for face in report.faces:
        _draw_label(draw, font, face, scale, brief=len(report.faces) >= _CROWD)
    if not report.faces:
        _draw_plate(draw, font, ["no face found"], (letters_px, letters_px), COLOURS[Grade.POOR])
    return np.array(image)


def _draw_lines(canvas: NDArray[np.uint8], face: FaceReport, scale: float) -> None:
    """Draw a face's box and outlines, with a dark rim that shows on any ground."""
    colour = COLOURS[face.grade]
    box = face.face.box
    corners = [tuple(round(c * scale) for c in corner) for corner in ((box.x0, box.y0), (box.x1, box.y1))]
    width = max(1, round(max(canvas.shape[:2]) / 500))
    fine = width if face.face.size_px * scale > 200 else 1
    points = face.face.landmarks_px[:, :2] * scale
    for extra, ink in ((2, (20, 20, 20)), (0, colour)):
        cv2.rectangle(canvas, corners[0], corners[1], ink, width + extra, cv2.LINE_AA)
        for outline in _OUTLINES:
            if extra and fine == 1:
                continue
            line = np.round(points[list(outline)]).astype(np.int32)
            cv2.polylines(canvas, [line], True, ink, max(1, fine // 2 + extra), cv2.LINE_AA)


def _draw_label(
    draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, face: FaceReport, scale: float, brief: bool
) -> None:
    """Write number and grade above the box, and below it what is not good."""
    colour, box = COLOURS[face.grade], face.face.box
    title = str(face.number) if brief else f"{face.number}  {face.grade.word}"
    _, height = _plate_size(font, [title])
    _draw_plate(draw, font, [title], (box.x0 * scale, box.y0 * scale - height), colour)
    lines = [f"{f.name}: {f.value}" for f in sorted(face.findings, key=lambda f: f.grade) if f.grade is not Grade.GOOD]
    if lines and not brief:
        _draw_plate(draw, font, lines, (box.x0 * scale, box.y1 * scale), colour)


def _plate_size(font: ImageFont.FreeTypeFont, lines: list[str]) -> tuple[float, float]:
    return max(font.getlength(line) for line in lines) + font.size, (len(lines) + 0.2) * 1.25 * font.size


def _draw_plate(
    draw: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont,
    lines: list[str],
    place: tuple[float, float],
    colour: tuple[int, int, int],
) -> None:
    """Write dark letters on a plate, moved into the picture where it would stand out of it."""
    width, height = _plate_size(font, lines)
    x = min(max(0.0, place[0]), max(0.0, draw.im.size[0] - width))
    y = min(max(0.0, place[1]), max(0.0, draw.im.size[1] - height))
    draw.rectangle((x, y, x + width, y + height), fill=colour)
    for row, line in enumerate(lines):
        draw.text((x + 0.5 * font.size, y + (0.12 + 1.25 * row) * font.size), line, font=font, fill=(15, 15, 15))
