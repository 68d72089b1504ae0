"""How far each field of the mouth moves for the controls of a pose, given how the mouth was photographed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.motion.controls import Controls
from phonoscope.avatars.photo.motion.expression import expression_weights
from phonoscope.avatars.photo.motion.fields import FIELDS
from phonoscope.avatars.photo.motion.lip_closing import JAW_DROP, gapes_by
from phonoscope.avatars.photo.motion.mouth_space import photographed_drop

OPENING_LOWER, CLOSING_LOWER = 0.62, 0.85
"""Share of the lower lip in an opening and in a closing: lower lips do most of the work, and nearly all of closing."""

ROUND_LOWER = 0.60
"""Share of the lower lip in a round opening."""

OVERLAP, OVERLAP_OF_GAP = 0.0045, 0.05
"""How far shut lips overlap, in face heights and per photographed opening: pressed lips hide each other's rim."""

FULL_LIPS, MOST_OVERLAP = 0.10, 1.7
"""Full lips press deeper into each other: from this height of both on (face heights), in proportion, up to so much."""

OVERLAP_UNTIL = 0.006
"""Opening at which nothing overlaps any more, in face heights."""

SMILE_WIDTH, SMILE_RELAX = 0.29, 0.35
"""A mouth wider than this (inner corners, face heights) smiles; closing or rounding narrows it by so much pucker."""

SMILE_DROP = 0.5
"""A smile that closes or rounds also loses this much of its lifted corners."""

FLATTEN = 0.9
"""Share of a smile's bow that a rounded mouth loses."""

OPEN_WIDTH = 0.27
"""A mouth photographed open and narrower than this widens again when it closes."""

CORNERS_FIRST = 4.0
"""The corners of a smile close ahead of its middle: 1 - (1 - closing) to this power."""

CORNERS_TIDY = 0.45
"""Share of what a smile opens beside its middle that a speaking mouth closes: dark corners."""

SMILE_ALREADY, SMILE_ROUNDED = 0.6, 0.5
"""A photographed smile has taken up so much of a further one; pushed-forward lips leave so much less room for it."""

GAPING_PRESS = 1.0
"""Lips of a mouth photographed wide open are turned out; closing presses them by so much, or they look swollen."""

SHOWN_GAP, SHOWN_LIMIT = 0.4 / 13, 0.06
"""An opening mouth shows more of a gap if it was photographed open: this much per millimetre of gap and of opening, up
to an opening in face heights that a speaking mouth has."""

PARTED_MORE, PARTED_FROM = 0.006, (0.014, 0.042)
"""Lips photographed closed lose the dark line between them as they part (`mouth.parting`), which counted as opening to
any eye: they part by so much more (face heights), growing between these openings."""


@dataclass(frozen=True, slots=True, eq=False)
class MouthMotion:
    """What the mouth does.

    Attributes
    ----------
    weights
        float32, shape (len(FIELDS),).
    opening
        Between the inner lips at their middle, in face heights.
    lip_shift
        Larger of both lips' own shifts, in face heights.
    closing
        Part of the photographed opening that is closed, 0 to 1.
    is_drawn
        False when the mouth is as photographed, and the warped photo itself shows it best.
    """

    weights: NDArray[np.float32]
    opening: float
    lip_shift: float
    closing: float
    is_drawn: bool


def move_mouth(controls: Controls, lips: LipLine) -> MouthMotion:
    """Turn controls into weights of the fields.

    The opening that is asked for is reached in three parts: the jaw's drop at the lips, closing the photographed
    opening, and the lips' own shift, which makes up for the rest. So `gap` decides, whatever the jaw does.
    """
    mm, photographed = lips.millimetre, 0.0 if lips.closed else lips.opening
    rest, awake = controls.rest, 1 - controls.rest
    gap = controls.gap_mm * (mm + SHOWN_GAP * min(photographed, SHOWN_LIMIT)) * awake + photographed * rest
    if lips.closed:
        gap += PARTED_MORE * float(smoothstep(*PARTED_FROM, np.array(gap)))
    rounded = controls.round * awake
    spread_gap, round_gap = gap * (1 - rounded), gap * rounded
    closing = float(np.clip(1 - spread_gap / photographed, 0, 1)) if photographed > 1e-4 else 0.0
    # The jaw of a photographed open mouth has dropped already, as far as it is not closed.
    dropped = photographed_drop(lips) * (1 - closing - rest)
    jaw = controls.jaw * awake - dropped / JAW_DROP

    need = spread_gap - photographed * (1 - closing) - JAW_DROP * jaw
    full = float(np.clip((lips.upper_thickness + lips.lower_thickness) / FULL_LIPS, 1, MOST_OVERLAP))
    need -= (OVERLAP * full + OVERLAP_OF_GAP * photographed) * awake * max(0.0, 1 - gap / OVERLAP_UNTIL)
    share = CLOSING_LOWER if need < 0 else OPENING_LOWER
    raised = controls.upper_raise_mm * mm * awake
    lower, upper = share * need - raised, -(1 - share) * need - raised
    smiling = float(np.clip((2 * lips.half_width - SMILE_WIDTH) / 0.1, 0, 1))
    small = float(np.clip((OPEN_WIDTH - 2 * lips.half_width) / 0.06, 0, 1)) if not lips.closed else 0.0
    serious = max(closing, rounded) * smiling * awake
    tidied = 0.0 if lips.closed else CORNERS_TIDY * (1 - closing) ** CORNERS_FIRST * awake
    # What lips are shaped to outlasts the opening: rounded ones close before they spread again. Not over
    # photographed teeth, which would be squeezed.
    shaped = 1.0 if lips.closed else awake
    weights = {
        "jaw": jaw,
        "lower": lower,
        "upper": upper,
        "lower_round": ROUND_LOWER * round_gap,
        "upper_round": -(1 - ROUND_LOWER) * round_gap,
        "close": closing,
        "corners": 1 - (1 - closing) ** CORNERS_FIRST - closing + tidied,
        "wide": controls.wide * shaped + closing * small * (1 - rounded) * awake,
        "pucker": controls.pucker * shaped + SMILE_RELAX * serious * (1 - 0.6 * controls.pucker),
        "press": controls.press * awake + GAPING_PRESS * gapes_by(lips) * closing * awake,
        "roll": controls.roll * awake,
        "smile": -SMILE_DROP * serious,
        "flat": FLATTEN * rounded,
        **expression_weights(controls),
    }
    for side in ("smile_left", "smile_right"):
        weights[side] *= (1 - SMILE_ALREADY * smiling) * (1 - SMILE_ROUNDED * controls.pucker * shaped)
    return MouthMotion(
        weights=np.array([weights[name] for name in FIELDS], np.float32),
        opening=gap,
        lip_shift=max(abs(lower), abs(upper)),
        closing=closing,
        is_drawn=awake > 1e-4,
    )
