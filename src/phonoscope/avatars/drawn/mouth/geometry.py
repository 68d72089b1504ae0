"""From what a mouth is asked for to its form: where corners, lips, teeth and tongue are, as a cartoonist would have it.

Lengths are pixels in the mouth's own frame: x along the mouth to the right, y down, from the middle of the shut mouth's
line. Everything is continuous in the wishes, and where the gap is 0 both lips are the same line.
"""

from __future__ import annotations

from dataclasses import dataclass

from phonoscope.avatars.drawn.mouth.interior import teeth_heights_px, tongue_height_px
from phonoscope.avatars.drawn.mouth.opening import BITE_GAP, grin_opening_px, most_open_px, opening_px
from phonoscope.avatars.drawn.mouth.steps import ramp
from phonoscope.avatars.drawn.mouth.wishes import MouthWishes
from phonoscope.avatars.drawn.puppet import MouthLook

WIDER, SMILE_WIDER, FROWN_NARROWER = 0.16, 0.12, 0.05
ROUND_NARROWER, PUCKER_NARROWER, OPEN_NARROWER, BITE_NARROWER = 0.56, 0.50, 0.08, 0.20
PRESS_NARROWER, PUFF_NARROWER = 0.05, 0.15
"""What stretches and narrows a mouth, each as a share of its width."""

NARROWEST_LINES = 1.1
"""Half the width that is always left, in widths of the line."""

SPOKEN_SMILE = 0.6
"""Share of the style's own smile that is kept in speech."""

BITTEN_SMILE, ROUND_SMILE = 0.15, 0.3
"""Share of that in turn that is kept where the lower lip is bitten, and where lips are round."""

CURL_FROM, CURL_AT, CURL = 0.30, 1.00, 0.8
"""Corners (halves of the mouth's width) from which on a smile is no shallow arc any more, and where it is so much of
half an ellipse."""

SMILE_LIFT, FROWN_DROP, SHRUG_LIFT = 0.46, 0.50, 0.14
"""Movement of corners and of the middle in halves of the mouth's width."""

GIVES_WAY = 0.8
"""Share of its own smile that a style gives up in a full frown, and of its own frown in a full smile."""

HIGHEST_CORNER = 0.75
"""Highest corner in halves of the mouth's width: a style that smiles already gains less."""

CENTRED = 0.35
"""Share of the corners' rise by which the middle sinks, so that a smile stays where the mouth is."""

UPPER_SHARE, ROUND_UPPER_SHARE, RAISED_SHARE = 0.28, 0.48, 0.12
"""Share of an opening that lies above the line: the jaw drops, the upper lip hardly moves."""

GRIN_FLAT, GRIN_UPPER_SHARE = 0.75, 0.5
"""Share of its own bend that an open smile's upper lip gives up, and most of its opening that thus lies above the line:
it is a D on its back."""

GRIN_ROUND_UPPER, GRIN_ROUND_LOWER = 0.1, 0.7
"""How round its lips are."""

CORNER_DROP = 0.16
"""How far the corners follow the jaw, as a share of the opening."""

SIDEWAYS, JAW_SIDEWAYS = 0.30, 0.20
"""Movement to the side in halves of the mouth's width."""

TONGUE_OUT = 0.75
"""How far a tongue that is put out hangs down, in halves of the mouth's width."""

UPPER_LIP, LIP_PRESSED, LIP_BITTEN, LIP_THINNED = 0.44, 0.25, 0.55, 0.15
"""Upper lip's share of both; how much pressed, bitten (the lower one) and stretched lips lose."""


@dataclass(frozen=True, slots=True)
class MouthForm:
    """A mouth at one moment, in pixels of its own frame.

    Attributes
    ----------
    left, right
        The corners.
    middle_x
        Where the lips' middles are.
    upper_y, lower_y
        Middle of the upper and of the lower lip's edge; equal where the lips touch.
    round_upper, round_lower
        How round an edge is: 0 an arc from corner to corner, 1 half an ellipse.
    square
        How far that ellipse is a rectangle.
    teeth_upper_px, teeth_lower_px
        Heights of the rows of teeth, from the lips' edges; 0 where none is seen.
    tongue_px
        Height of the tongue over the lower lip's edge.
    tongue_tip
        How far its tip is raised in front of the lower teeth.
    tongue_out_px
        How far it hangs over the lower lip.
    upper_lip_px, lower_lip_px
        Heights of the lips.
    rounded
        How far the mouth is a ring.
    """

    left: tuple[float, float]
    right: tuple[float, float]
    middle_x: float
    upper_y: float
    lower_y: float
    round_upper: float
    round_lower: float
    square: float
    teeth_upper_px: float
    teeth_lower_px: float
    tongue_px: float
    tongue_tip: float
    tongue_out_px: float
    upper_lip_px: float
    lower_lip_px: float
    rounded: float

    @property
    def gap_px(self) -> float:
        """Opening between the lips at the middle."""
        return self.lower_y - self.upper_y


def form_mouth(wishes: MouthWishes, look: MouthLook, face_height_px: float) -> MouthForm:
    """Return the form of a mouth.

    Parameters
    ----------
    face_height_px
        Crown to chin: lip gaps are told in face heights.
    """
    half_px = look.half_width_px
    rounded = max(wishes.round, 0.9 * wishes.pucker)
    width_px = _half_width_px(wishes, look, rounded)
    spoken_px, grin_px = opening_px(wishes, look, face_height_px, width_px), grin_opening_px(wishes, look)
    openness = spoken_px / max(most_open_px(look), 1e-6)
    grin_px *= 1 - min(openness, 1.0)
    gap_px = spoken_px + grin_px
    grin = grin_px / gap_px if gap_px > 0 else 0.0
    ring = rounded * min(1.0, 4 * gap_px / half_px)

    lift_left, lift_right = (_lift(wishes, look, side, rounded) for side in ("left", "right"))
    own = look.smile * half_px
    sunk = CENTRED * (0.5 * (lift_left + lift_right) * half_px - own) - SHRUG_LIFT * wishes.shrug * half_px
    x = look.skew * half_px + SIDEWAYS * wishes.side * half_px
    bend_px = 0.5 * max(0.0, lift_left + lift_right) * half_px
    share = _upper_share(wishes, rounded)
    share += (min(GRIN_UPPER_SHARE, GRIN_FLAT * bend_px / max(gap_px, 1e-6)) - share) * grin
    upper_y, lower_y = sunk - share * gap_px, sunk + (1 - share) * gap_px
    dropped = sunk + CORNER_DROP * gap_px * (1 - wishes.wide) * (1 - grin)
    corner_left, corner_right = (
        (dropped - lift * half_px) * (1 - ring) + 0.5 * (upper_y + lower_y) * ring for lift in (lift_left, lift_right)
    )
    tall = ramp(gap_px, 0.0, 0.3 * half_px)
    curl = CURL * ramp(0.5 * abs(lift_left + lift_right), CURL_FROM, CURL_AT)
    round_upper, round_lower = _roundness(wishes, openness, ring, grin)
    teeth_upper, teeth_lower = teeth_heights_px(wishes, gap_px, half_px, ring)
    teeth_upper += (look.rest_teeth * gap_px - teeth_upper) * grin
    teeth_lower *= 1 - grin
    lip_upper, lip_lower = _lips_px(wishes, look, openness)
    return MouthForm(
        left=(x - look.skew * half_px - width_px, corner_left),
        right=(x - look.skew * half_px + width_px, corner_right),
        middle_x=x + JAW_SIDEWAYS * wishes.jaw_side * half_px * min(1.0, openness),
        upper_y=upper_y,
        lower_y=lower_y,
        round_upper=_rounder(curl, tall * max(round_upper, look.square)),
        round_lower=_rounder(curl, tall * max(round_lower, look.square)),
        square=look.square,
        teeth_upper_px=teeth_upper,
        teeth_lower_px=teeth_lower,
        tongue_px=tongue_height_px(wishes, gap_px, half_px, teeth_upper, grin),
        tongue_tip=wishes.tongue_up,
        tongue_out_px=TONGUE_OUT * wishes.tongue_out * half_px * min(1.0, 4 * openness),
        upper_lip_px=lip_upper,
        lower_lip_px=lip_lower,
        rounded=rounded,
    )


def _upper_share(wishes: MouthWishes, rounded: float) -> float:
    """Return which share of an opening lies above the line."""
    share = UPPER_SHARE + RAISED_SHARE * (wishes.upper_up - wishes.lower_down) * (1 - rounded)
    return share + (ROUND_UPPER_SHARE - share) * rounded


def _roundness(wishes: MouthWishes, openness: float, ring: float, grin: float) -> tuple[float, float]:
    """Return how round the edges of the upper and the lower lip are."""
    # A jaw that drops rounds the lower lip, spread lips make a rectangle of an opening.
    upper = min(1.0, 0.20 + 0.35 * openness + 0.35 * wishes.wide + ring)
    lower = min(1.0, 0.45 + 0.45 * openness + 0.20 * wishes.wide + ring)
    return upper + (GRIN_ROUND_UPPER - upper) * grin, lower + (GRIN_ROUND_LOWER - lower) * grin


def _half_width_px(wishes: MouthWishes, look: MouthLook, rounded: float) -> float:
    """Return half the mouth's width."""
    smile = 0.5 * (wishes.smile_left + wishes.smile_right)
    frown = 0.5 * (wishes.frown_left + wishes.frown_right)
    width = 1 + (WIDER * wishes.wide + SMILE_WIDER * smile) * (1 - rounded) - FROWN_NARROWER * frown
    width *= 1 - ROUND_NARROWER * max(wishes.round, PUCKER_NARROWER / ROUND_NARROWER * wishes.pucker)
    width *= 1 - OPEN_NARROWER * wishes.jaw * (1 - wishes.wide)
    width *= 1 - BITE_NARROWER * wishes.bite * min(1.0, wishes.gap / BITE_GAP)
    width *= (1 - PRESS_NARROWER * wishes.press) * (1 - PUFF_NARROWER * wishes.puff)
    return max(width * look.half_width_px, NARROWEST_LINES * look.line_px)


def _lift(wishes: MouthWishes, look: MouthLook, side: str, rounded: float) -> float:
    """Return how far a corner stands above the middle, in halves of the mouth's width."""
    smile, frown = (
        (wishes.smile_left, wishes.frown_left) if side == "left" else (wishes.smile_right, wishes.frown_right)
    )
    spoken = SPOKEN_SMILE * (1 - (1 - ROUND_SMILE) * rounded) * (1 - (1 - BITTEN_SMILE) * wishes.bite)
    own = look.smile * (spoken + (1 - spoken) * wishes.rest)
    up = SMILE_LIFT * smile * max(0.0, 1 - max(own, 0.0) / HIGHEST_CORNER)
    down = FROWN_DROP * frown * max(0.0, 1 + min(own, 0.0) / HIGHEST_CORNER)
    own *= 1 - GIVES_WAY * (frown if own > 0 else smile)
    return own + (up - down) * (1 - 0.6 * rounded)


def _lips_px(wishes: MouthWishes, look: MouthLook, openness: float) -> tuple[float, float]:
    """Return the heights of the upper and the lower lip."""
    both_px = look.lip_height * look.half_width_px
    both_px *= (1 - LIP_PRESSED * wishes.press) * (1 - LIP_THINNED * max(wishes.wide, openness))
    return UPPER_LIP * both_px, (1 - UPPER_LIP) * both_px * (1 - LIP_BITTEN * wishes.bite)


def _rounder(curl: float, roundness: float) -> float:
    return curl + (1 - curl) * roundness
