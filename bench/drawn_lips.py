"""How surely drawn mouths shut on p, b and m, seen in their own pixels.

Sentences full of them are spoken, acted and drawn in marker colours: red lines, green lips, and blue for whatever may
only be seen between lips that are apart.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.scripts import BILABIALS
from bench.table import Figure
from phonoscope.avatars.drawn.mouth.drawing import MouthPainter
from phonoscope.avatars.drawn.mouth.pictures import choose_shape
from phonoscope.avatars.drawn.puppet import MouthLook
from phonoscope.core.performance import Performance, Pose
from phonoscope.core.speech import Speech
from phonoscope.performance import PerformOptions, perform
from phonoscope.performance.ipa import gestures
from phonoscope.performance.mouth_shapes import hold_mouth_shapes
from phonoscope.performance.visemes import CLOSED, VOWELS
from phonoscope.script import read_script
from phonoscope.speech import SpeakOptions, speak

RATES = (1.0, 1.6)
"""Speeds of speaking: usual, and hurried."""

FPS = (Fraction(25), Fraction(30), Fraction(24000, 1001), Fraction(60))

EXPRESSIONS = ("neutral", "happy", "sad", "surprised")

NEAR_FRAMES = 1.0
"""A closure may come so many frames before or after its phone."""

MIDDLE = 0.08
"""Columns that are looked at, in halves of the mouth's width from the middle."""

SLACK_PX, SLOPING = 0.25, 0.02
"""Soft edges of a stroke, in pixels, and how much higher than wide one is that is not quite level."""

OPEN_PX = 2.0
"""Opening that a vowel must reach at least in the middle of a mouth of 60 pixels, above its line."""

_RED, _GREEN, _BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
_MARKED = MouthLook((0.0, 0.0), 30.0, 4.0, 32.0, line=_RED, inside=_BLUE, teeth=_BLUE, tongue=_BLUE, lip=_GREEN)

LOOKS = {
    "line": _MARKED,
    "thin, skewed line": replace(_MARKED, line_px=1.5, skew=0.15, tilt_deg=-8.0, smile=0.5),
    "rectangle": replace(_MARKED, square=1.0, round_ends=False, smile=0.0),
    "outlined lips": replace(_MARKED, kind="lips", line_px=1.5),
    "lips": replace(_MARKED, kind="lips", line=None, line_px=2.0),
    "shape": replace(_MARKED, kind="shape", line=None, line_px=5.0),
    "tiny line": replace(_MARKED, half_width_px=8.0, line_px=1.2, reach_px=9.0),
    "large shape": replace(_MARKED, kind="shape", line=None, half_width_px=300.0, line_px=40.0, reach_px=330.0),
}
"""Every kind of mouth, in marker colours."""


class Sounds(NamedTuple):
    """When p, b, m and vowels are heard: start and end of each, in seconds."""

    closed: list[tuple[float, float]]
    vowels: list[tuple[float, float]]


def drawn_lips() -> list[Figure]:
    """Measure all kinds of drawn mouths, and mouths that are pictures."""
    shut: dict[str, list[bool]] = {name: [] for name in (*LOOKS, "pictures")}
    opened: dict[str, list[bool]] = {name: [] for name in LOOKS}
    held: list[int] = []
    for rate in RATES:
        pieces = tuple(speak(read_script(BILABIALS), SpeakOptions(rate=rate)))
        sounds = heard(pieces)
        for number, fps in enumerate(FPS):
            expression = EXPRESSIONS[number % len(EXPRESSIONS)]
            options = PerformOptions(fps=fps, expression=expression)
            poses = list(_poses(hold_mouth_shapes(perform(pieces, options))))
            for name, look in LOOKS.items():
                apart = apart_px(look, poses)
                shut[name] += _shown(apart <= SLACK_PX, sounds.closed, fps)
                opened[name] += _shown(apart > OPEN_PX * look.half_width_px / 30, sounds.vowels, fps)
            shapes = [choose_shape(pose) for pose in poses]
            shut["pictures"] += _shown(np.array(shapes) == "A", sounds.closed, fps)
            held += holds(shapes)[1:-1]
    return [
        *(Figure(f"lips shut at p, b, m: {name}", _percent(hits), "%", ">= 100") for name, hits in shut.items()),
        *(Figure(f"lips apart in vowels: {name}", _percent(hits), "%", ">= 95") for name, hits in opened.items()),
        Figure("shortest time that a mouth picture is held", min(held), "frames", ">= 2"),
    ]


def heard(pieces: Iterable[Speech]) -> Sounds:
    """Return when lips must touch, and when they must not."""
    closed, vowels, offset_s = [], [], 0.0
    for piece in pieces:
        for phone in piece.phones:
            length_s = phone.end_s - phone.start_s
            for gesture in gestures(phone.ipa):
                start_s, end_s = (offset_s + phone.start_s + share * length_s for share in (gesture.start, gesture.end))
                if gesture.viseme == CLOSED:
                    closed.append((start_s, end_s))
                elif gesture.viseme in VOWELS:
                    vowels.append((start_s, end_s))
        offset_s += piece.duration_s
    return Sounds(closed, vowels)


def apart_px(look: MouthLook, poses: Iterable[Pose]) -> NDArray[np.float64]:
    """Return how high is what is seen between the lips, beyond the shut mouth's own line, shape (frames,).

    Counted in the blue of the columns in the middle, where an opening is highest and a stroke level.
    """
    face_px = look.half_width_px / 0.145
    painter = MouthPainter(look, face_px)
    x = round(look.centre_px[0] + look.skew * look.half_width_px)
    reach = round(MIDDLE * look.half_width_px)
    heights = []
    for pose in poses:
        sprite = painter.paint(pose)
        middle = sprite.rgba[:, x - reach - sprite.x : x + reach + 1 - sprite.x, 2]
        heights.append(float((middle.sum(0) / 255.0).max()))
    stroke_px = 0.0
    if look.kind == "shape" or look.line is None:
        stroke_px = (1 + SLOPING) * look.line_px / math.cos(math.radians(look.tilt_deg))
    return np.array(heights) - stroke_px


def holds(shapes: list[str]) -> list[int]:
    """Return for how many frames each shape is held."""
    changes = [n for n in range(1, len(shapes)) if shapes[n] != shapes[n - 1]]
    return [b - a for a, b in itertools.pairwise([0, *changes, len(shapes)])]


def _shown(seen: NDArray[np.bool_], spans: list[tuple[float, float]], fps: Fraction) -> list[bool]:
    """Tell for each span whether something is seen in it, or next to it."""
    rate = float(fps)
    ranges = (
        (math.ceil(start_s * rate - NEAR_FRAMES - 1e-6), math.floor(end_s * rate + NEAR_FRAMES + 1e-6) + 1)
        for start_s, end_s in spans
    )
    return [bool(seen[max(0, first) : last].any()) for first, last in ranges]


def _poses(pieces: Iterable[Performance]) -> Iterator[Pose]:
    for piece in pieces:
        for index in range(len(piece)):
            yield piece.pose(index)


def _percent(hits: list[bool]) -> float:
    return 100.0 * float(np.mean(hits))
