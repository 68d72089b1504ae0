"""Displacement fields that bring photographed open lips together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import bump, smoothstep
from phonoscope.avatars.photo.lips.line import COLUMNS, LipLine
from phonoscope.avatars.photo.motion.mouth_space import MouthSpace, photographed_drop, spread_profile

JAW_DROP = 0.105
"""Drop of the chin at jaw 1, in face heights: 18 mm on an average face."""

FIRM_DROP = 0.04, 0.09
"""Drops of a photographed jaw, in face heights: from the first on closing lips begin to keep their photographed
thickness, from the second on they do."""

UPPER_CLOSING = 0.40
"""The upper lip's share of what lips close themselves."""

OWN_BOW = 0.006
"""How far the middle of a serious mouth may hang below its corners, in face heights."""

EVEN_LEFT = 0.01
"""So little of an opening, in face heights, need not be shared out with care."""

JAW_REACH = -0.10, 0.14
"""From where above the lip line (face heights) the skin begins to follow the jaw, to where below it follows fully."""

JAW_AT_LIPS = float(smoothstep(*JAW_REACH, np.zeros(())))
"""Part of the jaw's drop that the lip line makes at its corners."""

Layer = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
"""One layer's displacement along u, v, w; three arrays of the lattice's shape."""

Field = tuple[Layer, Layer]
"""The upper and the lower layer's displacement."""


def close_lips(mouth: MouthSpace, jaw: Field, cell: float) -> Field:
    """Bring photographed lips together: the jaw closes most of a wide opening, the lips close the rest.

    The jaw narrows the opening by the spread profile; what is left varies along the mouth, and goes column by column.
    """
    lips = mouth.lips
    drop = photographed_drop(lips)
    open_still = np.maximum(lips.gap - drop * spread_profile(lips.x), 0)
    left = np.interp(mouth.x, lips.x, open_still)
    # Towards the corners an opening may end within one cell of the lattice, but no column may stay open between its
    # nodes: there the lower lip moves on under the upper one, which keeps its shape.
    beside = [np.interp(mouth.x + side * 0.7 * cell / lips.half_width, lips.x, open_still) for side in (-1, 1)]
    further = np.maximum(np.max(beside, 0) - left, 0)
    shut = -drop / JAW_DROP
    upper_grip, lower_grip = _closing_grips(mouth)
    none = np.zeros_like(mouth.x)
    share = np.interp(mouth.x, lips.x, upper_share(lips))
    up, down = join_past_corners(
        mouth, (none, share * left * upper_grip, none), (none, ((share - 1) * left - further) * lower_grip, none)
    )
    upper = (shut * jaw[0][0], shut * jaw[0][1] + up[1], shut * jaw[0][2])
    lower = (shut * jaw[1][0], shut * jaw[1][1] + down[1], shut * jaw[1][2])
    return upper, lower


def gapes_by(lips: LipLine) -> float:
    """Return how far the photographed mouth gapes, 0 to 1: its lips are drawn out, not spread by a smile."""
    return float(np.clip((photographed_drop(lips) - FIRM_DROP[0]) / (FIRM_DROP[1] - FIRM_DROP[0]), 0, 1))


def close_corners(mouth: MouthSpace) -> Field:
    """Close what a smile opens beside the middle, more than a speaking mouth does: a small opening ends in points."""
    lips = mouth.lips
    none = np.zeros_like(mouth.x)
    excess = np.interp(mouth.x, lips.x, np.maximum(lips.gap - lips.opening * spread_profile(lips.x), 0))
    upper_grip, lower_grip = _closing_grips(mouth)
    share = np.interp(mouth.x, lips.x, upper_share(lips))
    return (none, share * excess * upper_grip, none), (none, (share - 1) * excess * lower_grip, none)


def flatten_smile(mouth: MouthSpace) -> Field:
    """Take the bow out of a smiling lip line: its corners come down to the level of its middle."""
    lips = mouth.lips
    line = lips.upper + UPPER_CLOSING * lips.gap
    chord = line[0] + (line[-1] - line[0]) * (lips.x - lips.x[0]) / (lips.x[-1] - lips.x[0])
    bow = line - chord
    # A lip's own bow is no smile.
    sag = max(0.0, float(bow[COLUMNS // 2]) - OWN_BOW)
    down = sag * np.clip(np.abs(mouth.x), 0, 1) ** 2 * bump(np.maximum(np.abs(mouth.x) - 1, 0), 0.7)
    none = np.zeros_like(mouth.x)
    layer = (none, down * bump(mouth.away, 0.13), none)
    return layer, layer


def upper_share(lips: LipLine) -> NDArray[np.float64]:
    """Return the upper lip's share of a closing along the mouth, shape (COLUMNS,).

    It is the same everywhere for a smile. A gaping mouth is a box, whose lips would meet in a wave: there they meet on
    a parabola through its corners.
    """
    drop, spread = photographed_drop(lips), spread_profile(lips.x)
    left = np.maximum(lips.gap - drop * spread, 0)
    # The jaw takes the corners along with its share of their own height.
    start = lips.upper - JAW_AT_LIPS * drop * (1 - spread)
    middle = COLUMNS // 2
    met = start[middle] + UPPER_CLOSING * left[middle]
    tilt, bend = 0.5 * (start[-1] - start[0]), 0.5 * (start[-1] + start[0]) - met
    way = met + tilt * lips.x + bend * lips.x**2 - start
    # The usual share where next to nothing is left to close.
    share = np.clip((way + UPPER_CLOSING * EVEN_LEFT) / (left + EVEN_LEFT), 0, 1)
    return np.asarray(UPPER_CLOSING + (share - UPPER_CLOSING) * gapes_by(lips), np.float64)


def _closing_grips(mouth: MouthSpace) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how the skin above follows a closing upper lip, and the skin below a closing lower one."""
    lips = mouth.lips
    # Closing lips of a smile regain their thickness: they stretch, over a shorter way than a rigid shift would take.
    # Those of a dropped jaw are thick already, and what stretches is the skin around them.
    gaping = gapes_by(lips)
    firm = 1.5 * gaping
    tu, tl = lips.upper_thickness, lips.lower_thickness
    upper_grip = np.where(mouth.above < 0, 1.0, 1 - smoothstep(firm * tu, max(2.6 * tu, 0.07), mouth.above))
    lower_grip = np.where(
        mouth.below < 0, 1.0, 1 - smoothstep(firm * tl, max(2.8 * tl, 0.12 + 0.08 * gaping), mouth.below)
    )
    return upper_grip, lower_grip


def join_past_corners(mouth: MouthSpace, upper: Layer, lower: Layer) -> Field:
    """Let both layers agree past the corners of the mouth: each takes over the other's movement on the other's side."""
    past = np.abs(mouth.x) >= 1
    below = mouth.away > 0
    whole = tuple(np.where(below, low, up) for up, low in zip(upper, lower, strict=True))
    joined = [tuple(np.where(past, w, own) for w, own in zip(whole, layer, strict=True)) for layer in (upper, lower)]
    return (joined[0][0], joined[0][1], joined[0][2]), (joined[1][0], joined[1][1], joined[1][2])
