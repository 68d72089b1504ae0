"""Teeth and tongue: how much of them an opening shows."""

from __future__ import annotations

from phonoscope.avatars.drawn.mouth.steps import ramp
from phonoscope.avatars.drawn.mouth.wishes import MouthWishes

TEETH_APART_FROM, TEETH_APART_AT = 0.08, 0.60
"""Jaw at which the rows of teeth part, and at which only the upper row is left to see."""

TEETH_LEFT = 0.24
"""Share of a wide opening that the upper teeth take."""

BITTEN_TEETH = 0.82
"""Share of the opening that the upper teeth take on a bitten lip: their edge is to be seen."""

TEETH_HEIGHT = 0.55
"""Tallest upper tooth in halves of the mouth's width."""

TEETH_SEEN_FROM, TEETH_SEEN_AT = 0.05, 0.16
LOWER_SEEN_FROM, LOWER_SEEN_AT = 0.28, 0.50
"""Openings (halves of the mouth's width) between which the upper and the lower row come into view: a smaller one is
all shade, or one row."""

TONGUE_FROM, TONGUE_AT, TONGUE_HEIGHT = 0.30, 0.80, 0.42
"""Openings between which the tongue comes into view, and its height as a share of the opening."""


def teeth_heights_px(wishes: MouthWishes, gap_px: float, half_px: float, ring: float) -> tuple[float, float]:
    """Return the heights of the upper and the lower row of teeth."""
    apart = max(ramp(wishes.jaw, TEETH_APART_FROM, TEETH_APART_AT), wishes.tongue_up)
    seen = ramp(gap_px, TEETH_SEEN_FROM * half_px, TEETH_SEEN_AT * half_px)
    both = ramp(gap_px, LOWER_SEEN_FROM * half_px, LOWER_SEEN_AT * half_px) * (1 - apart)
    # One row fills a small opening; in a larger one both meet.
    upper = TEETH_LEFT + (1 - TEETH_LEFT) * (1 - apart) ** 1.5 * (1 - 0.6 * both) + 0.12 * wishes.upper_up * apart
    upper = min(upper, TEETH_HEIGHT * half_px / max(gap_px, 1e-6))
    lower = max(0.42 - 0.7 * apart, 0.3 * wishes.lower_down * (1 - wishes.tongue_out)) * both
    # Rounded lips hide the teeth; bitten ones show nothing else.
    shown = seen * gap_px * (1 - wishes.bite) * max(0.0, 1 - 1.5 * ring)
    return shown * min(upper, 1.0) + BITTEN_TEETH * seen * gap_px * wishes.bite, shown * max(lower, 0.0)


def tongue_height_px(wishes: MouthWishes, gap_px: float, half_px: float, teeth_px: float, grin: float) -> float:
    """Return the height of the tongue over the lower lip's edge."""
    seen = ramp(gap_px, TONGUE_FROM * half_px, TONGUE_AT * half_px)
    # Teeth that meet hide it.
    seen *= ramp(wishes.jaw, TEETH_APART_FROM, TEETH_APART_AT)
    low_px = TONGUE_HEIGHT * gap_px * (seen + (1 - seen) * grin)
    # The tip touches the upper teeth from behind.
    tip_px = 1.08 * max(0.0, gap_px - teeth_px) * ramp(gap_px, 0.05 * half_px, 0.25 * half_px)
    raised = ramp(wishes.tongue_up, 0.3, 0.9)
    return (low_px + max(0.0, tip_px - low_px) * raised) * (1 - wishes.bite)
