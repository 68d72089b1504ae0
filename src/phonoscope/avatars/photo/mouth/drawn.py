"""A drawn mouth: one stroke on plain colour, which opens as an animator would draw it.

Its own line is measured (width along the mouth, colour), taken out of the skin, and drawn again around the opening.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.faces import Face
from phonoscope.avatars.photo.lips.line import COLUMNS, LipLine
from phonoscope.avatars.photo.lips.search import Band
from phonoscope.avatars.photo.motion.controls import Controls
from phonoscope.avatars.photo.mouth.box import MouthBox
from phonoscope.avatars.photo.mouth.drawn_painting import Ink
from phonoscope.avatars.photo.mouth.state import MouthState
from phonoscope.avatars.photo.photometry import Photometry, picture_chroma, with_chroma
from phonoscope.avatars.photo.smooth_fill import fill_smoothly

REACH, STEPS = 0.07, 71
"""How far to each side of the lip line the picture is read (face heights), in so many steps."""

BESIDE = 0.045
"""From here on, to `REACH`, lies the plain skin beside the line."""

CENTRE = 0.010
"""The line's darkest part lies within this of the lip line, in face heights."""

LEAST_CONTRAST, LEAST_SURE_CONTRAST = 26.0, 10.0
"""Grey levels by which a line is darker than what lies beside it: to be taken for one, and where a person has said
that it is one."""

MOST_WIDTH = 0.055
"""Widest stroke, in face heights: anything higher has two edges, as lips have."""

MOST_UNEVEN = 9.0
"""Grey levels by which plain skin beside a line may vary (median deviation)."""

MOST_TURN = 26.0
"""Grey levels by which both sides may differ: lips have their own colour below the line."""

USUAL_WIDTH = 0.012
"""Width of the line where none was drawn, in face heights."""

MARGIN = 0.010
"""What is taken out with the line on each side, in face heights: its soft edge."""

TONGUE, TEETH, TEETH_FROM = 0.42, 0.20, 0.045
"""Height of tongue and band of teeth, of the opening; and the opening from which on teeth show, in face heights."""

ROUND_GAP, ROUND_PUCKER = 2.6, 0.35
"""What rounded lips add to their opening, in openings, and to their pucker: a drawn "oo" is a ring, not a line."""

OUTLINE = 0.012
"""How far an open mouth's outline may lie from its marks, in face heights."""

LEAST_PIXELS = 20
"""Fewer tell no colour."""

_CAVITY = np.array([122.0, 28.0, 38.0])
_TONGUE = np.array([236.0, 112.0, 116.0])
_TOOTH = np.array([252.0, 250.0, 246.0])
"""Cel colours in full light."""

_CAVITY_LINE = 0.35
"""Share of the line's own colour in the cavity's."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnMouth:
    """A line that speaks.

    Attributes
    ----------
    skin
        uint8, shape (box.height, box.width, 3): the picture in `MouthBox.box` without the line.
    photo
        The same with it.
    line_px
        float32, shape (COLUMNS,): half the line's width along the mouth.
    line, cavity, tongue, tooth
        float32, shape (3,): colours, 0 to 255.
    """

    skin: NDArray[np.uint8]
    photo: NDArray[np.uint8]
    line_px: NDArray[np.float32]
    line: NDArray[np.float32]
    cavity: NDArray[np.float32]
    tongue: NDArray[np.float32]
    tooth: NDArray[np.float32]

    def lip_skin(self, moved: float) -> NDArray[np.uint8]:
        """Return what the layers of skin are warped from; `moved` as of `MouthState`."""
        if moved <= 0:
            return self.photo
        if moved >= 1:
            return self.skin
        return np.asarray(cv2.addWeighted(self.photo, 1 - moved, self.skin, moved, 0), np.uint8)

    def ink(self, opening: float, state: MouthState) -> Ink:
        """Return how the mouth is painted at an opening in face heights."""
        shown = float(np.clip((opening - TEETH_FROM) / (0.5 * TEETH_FROM), 0, 1)) * (1 - state.rounded)
        return Ink(
            line_px=float(np.median(self.line_px)),
            shown=state.moved,
            tongue=TONGUE + 0.3 * state.tongue_up,
            teeth=TEETH * shown,
            line_colour=self.line,
            cavity_colour=self.cavity,
            tongue_colour=self.tongue,
            tooth_colour=self.tooth,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Stroke:
    """A measured line: half its width along the mouth (face heights), its colour, and whether it is one at all."""

    half_width: NDArray[np.float64]
    colour: NDArray[np.float64]
    contrast: float
    is_line: bool


def exaggerated(controls: Controls) -> Controls:
    """Return what a drawn mouth is asked for: lines tell shapes by their outline alone."""
    return replace(
        controls,
        gap_mm=controls.gap_mm * (1 + ROUND_GAP * controls.round * controls.pucker),
        pucker=min(1.0, controls.pucker * (1 + ROUND_PUCKER)),
    )


def build_drawn_mouth(
    rgb: NDArray[np.uint8], face: Face, frame: FaceFrame, lips: LipLine, around: tuple[MouthBox, Photometry]
) -> DrawnMouth | None:
    """Return the mouth of a face that was drawn as a line, or None for one with lips.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3).
    around
        The mouth's surroundings, and the face's looks.
    """
    box, photometry = around
    may_be = face.kind in ("drawing", "thing") or photometry.flat or face.mouth_style == "line"
    if not may_be or face.mouth_style == "lips":
        return None
    certain = face.mouth_style == "line" or face.kind == "thing"
    if not lips.closed:
        sure = face.is_marked and (certain or photometry.flat)
        return _open_mouth(rgb, frame, box, photometry) if sure else None
    stroke = _measure(rgb, frame, lips)
    if not stroke.is_line and not certain:
        return None
    seen = stroke.contrast >= (LEAST_SURE_CONTRAST if certain else LEAST_CONTRAST)
    photo = np.ascontiguousarray(rgb[box.box.slices])
    half_width = stroke.half_width if seen else np.full_like(stroke.half_width, 0.5 * USUAL_WIDTH)
    line = stroke.colour if seen else photometry.skin * 0.25
    line_px = np.maximum(half_width * frame.height_px, 0.6)
    cavity, tongue, tooth = _cel_colours(rgb, photometry, line)
    away = np.abs(0.5 * (box.upper_distance_px + box.lower_distance_px))
    return DrawnMouth(
        skin=_without_line(photo, box, away, line_px, MARGIN * frame.height_px) if seen else photo,
        photo=photo,
        line_px=line_px.astype(np.float32),
        line=line.astype(np.float32),
        cavity=cavity,
        tongue=tongue,
        tooth=tooth,
    )


def _cel_colours(
    rgb: NDArray[np.uint8], photometry: Photometry, line: NDArray[np.float64]
) -> tuple[NDArray[np.float32], ...]:
    """Return colours of cavity, tongue and teeth as a cartoonist would choose them, float32, shape (3,)."""
    light = float(np.clip(photometry.skin.max() / 255, 0.45, 1.0))
    chroma = picture_chroma(rgb)
    cavity = _CAVITY * light * (1 - _CAVITY_LINE) + line * _CAVITY_LINE
    return tuple(with_chroma(c, chroma).astype(np.float32) for c in (cavity, _TONGUE * light, _TOOTH * light))


def _open_mouth(rgb: NDArray[np.uint8], frame: FaceFrame, box: MouthBox, photometry: Photometry) -> DrawnMouth:
    """Return a mouth that was drawn open: its own colours, and the outline around them."""
    photo = np.ascontiguousarray(rgb[box.box.slices])
    inside, height_px = box.inside_px(), frame.height_px
    # The marks may lie on either side of the outline.
    rim = photo[(np.abs(inside) < OUTLINE * height_px) & (np.abs(box.x) < 0.95)].astype(np.float64)
    light = rim.mean(-1) if len(rim) else np.zeros(0)
    dark = rim[light <= np.percentile(light, 20)] if len(rim) else np.zeros((0, 3))
    line = np.median(dark, 0) if len(dark) else photometry.skin * 0.25
    core = photo[(inside > OUTLINE * height_px) & (np.abs(box.x) < 0.95)].astype(np.float64)
    cavity, tongue, tooth = _cel_colours(rgb, photometry, line)
    if len(core) >= LEAST_PIXELS:
        bright = core.mean(-1)
        parts = np.percentile(bright, (0, 50, 100))
        cavity = np.median(core[bright <= parts[1]], 0).astype(np.float32)
        redder = core[(core[:, 0] - core[:, 1]) > 1.2 * max(float(cavity[0] - cavity[1]), 1.0)]
        tongue = np.median(redder, 0).astype(np.float32) if len(redder) >= LEAST_PIXELS else tongue
    line_px = np.full(COLUMNS, max(0.5 * USUAL_WIDTH * height_px, 0.6))
    return DrawnMouth(
        skin=_without_line(photo, box, np.maximum(-inside, 0), line_px, 1.5 * MARGIN * height_px),
        photo=photo,
        line_px=line_px.astype(np.float32),
        line=line.astype(np.float32),
        cavity=cavity,
        tongue=tongue,
        tooth=tooth,
    )


def _measure(rgb: NDArray[np.uint8], frame: FaceFrame, lips: LipLine) -> _Stroke:
    """Measure the dark stroke along the lip line."""
    from scipy.ndimage import gaussian_filter1d, median_filter

    offsets = np.linspace(-REACH, REACH, STEPS)
    band = Band(frame, lips.centre_u + lips.x * lips.half_width, lips.upper, lips.depth)
    colours = band.read(rgb.astype(np.float32), offsets)
    light = colours.mean(-1)
    above, below = light[offsets < -BESIDE], light[offsets > BESIDE]
    beside = 0.5 * (np.median(above, 0) + np.median(below, 0))
    near = np.abs(offsets) <= CENTRE
    darkest = light[near].min(0)
    contrast = beside - darkest
    # Half-way between line and skin lies its edge.
    dark = light < 0.5 * (beside + darkest)
    middle = np.flatnonzero(near)[light[near].argmin(0)]
    half = np.array([_run(dark[:, i], middle[i]) for i in range(len(lips.x))]) * 0.5 * (offsets[1] - offsets[0])
    inner = np.abs(lips.x) < 0.85
    typical = float(np.median(half[inner]))
    sides = np.concatenate([above, below])
    uneven = float(np.median(np.abs(sides - np.median(sides, 0))[:, inner]))
    turn = float(np.median(np.abs(np.median(above, 0) - np.median(below, 0))[inner]))
    steady = float((contrast[inner] > LEAST_SURE_CONTRAST).mean()) > 0.85
    middle_contrast = float(np.median(contrast[inner]))
    is_line = (
        middle_contrast > LEAST_CONTRAST
        and steady
        and 2 * typical < MOST_WIDTH
        and uneven < MOST_UNEVEN
        and turn < MOST_TURN
    )
    core = colours[middle, np.arange(len(lips.x))][inner]
    half = median_filter(np.clip(half, 0.35 * typical, 1.6 * typical), 9, mode="nearest")
    return _Stroke(gaussian_filter1d(half, 3.0), np.median(core, 0).astype(np.float64), middle_contrast, is_line)


def _run(dark: NDArray[np.bool_], middle: int) -> int:
    """Return the length of a run through `middle`."""
    if not dark[middle]:
        return 0
    ends = np.flatnonzero(~dark)
    before, after = ends[ends < middle], ends[ends > middle]
    return int((after[0] if len(after) else len(dark)) - (before[-1] if len(before) else -1) - 1)


def _without_line(
    photo: NDArray[np.uint8],
    box: MouthBox,
    away_px: NDArray[np.float32],
    line_px: NDArray[np.float64],
    margin_px: float,
) -> NDArray[np.uint8]:
    """Return the picture with the line filled in by the colours around; `away_px` is the distance from its middle."""
    half = np.interp(box.x, np.linspace(-1, 1, len(line_px)), line_px) + max(1.5, margin_px)
    # A pen's line has round ends.
    columns = np.flatnonzero((np.abs(box.x) < 1).any(0))
    per_half = max(0.5 * float(columns[-1] - columns[0]), 1.0) if len(columns) else 1.0
    beyond = np.maximum(np.abs(box.x) - 1, 0) * per_half
    hole = np.hypot(away_px, beyond) < half
    hole[[0, -1]] = False
    hole[:, [0, -1]] = False
    if not hole.any():
        return photo
    filled = photo.astype(np.float64)
    filled[hole] = fill_smoothly(filled, hole)
    return np.asarray(np.clip(filled + 0.5, 0, 255), np.uint8)
