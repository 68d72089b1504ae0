"""From controls to what one eye does."""

from __future__ import annotations

import math
from dataclasses import dataclass

from phonoscope.avatars.drawn.motion.controls import SideControls

GAZE_GAIN = 1.5
"""How much quicker than the gaze a pupil moves at first: a drawn one says where it looks by little else."""

UPPER_SQUINT, LOWER_SQUINT, LOWER_CHEEK = 0.15, 0.28, 0.42
"""How far lids come together at a squint, and the lower one with a raised cheek, as shares of a shut eye's way."""

WIDEN = (0.05, 0.16)
"""Growth of a wide eye, across and down."""

STEP = 1 / 64
"""Smaller differences are not seen: an eye that hardly changes is not drawn anew."""


@dataclass(frozen=True, slots=True)
class EyeState:
    """What one eye does.

    Attributes
    ----------
    upper, lower
        How far the lids have come on their way to each other, 0 to 1.
    shut
        How far it is shut by a blink.
    wide
        How far it is opened wide, 0 to 1.
    gaze_x, gaze_y
        Way of the pupil to the picture's right, and down, as a share of its reach, in [-1, 1].
    """

    upper: float
    lower: float
    shut: float
    wide: float
    gaze_x: float
    gaze_y: float

    @property
    def is_at_rest(self) -> bool:
        """It looks as it was drawn."""
        return not any((self.upper, self.lower, self.wide, self.gaze_x, self.gaze_y))


def read_eye(side: SideControls) -> EyeState:
    """Return the state of the eye on one side."""
    shut = _stepped(side.blink)
    open_share = 1 - shut
    return EyeState(
        upper=_stepped(shut + open_share * UPPER_SQUINT * side.squint),
        lower=_stepped(shut + open_share * min(LOWER_SQUINT * side.squint + LOWER_CHEEK * side.cheek, 0.5)),
        shut=shut,
        wide=_stepped(side.wide * open_share),
        gaze_x=_stepped(math.tanh(GAZE_GAIN * side.gaze_x)),
        gaze_y=_stepped(math.tanh(GAZE_GAIN * side.gaze_y)),
    )


def _stepped(value: float) -> float:
    return round(value / STEP) * STEP
