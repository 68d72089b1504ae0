"""How far the lips are apart: in words, and in an open smile."""

from __future__ import annotations

import math

from phonoscope.avatars.drawn.mouth.steps import ramp, reached
from phonoscope.avatars.drawn.mouth.wishes import MouthWishes
from phonoscope.avatars.drawn.puppet import MouthLook

HALF_MOUTH = 0.145
"""Half the width of an average mouth, in face heights."""

GAIN, CONTRAST, MIDDLE_GAP = 2.4, 0.25, 0.06
"""Exaggeration of openings: life-size ones cannot be read in a face of a hundred pixels. Those wider than the third
(face heights) gain more, narrow ones less: the beat of the vowels is what is seen."""

MOST_OPEN = 1.7
"""Largest opening in halves of the mouth's width, where the style has room for more: beyond, jaws look unhinged."""

RING_HEIGHT, RING_GAP = 0.95, 0.0075
"""Height of fully rounded lips against their width, and the gap (face heights) at which they reach two thirds of it: a
drawn "oo" is a ring, not a slit."""

BITE_HEIGHT, BITE_LINES, BITE_GAP = 0.30, 0.7, 0.006
"""Height of the teeth seen on the lower lip in halves of the mouth's width, with what is added to it in widths of the
line, which covers them; and the gap at which they are at two thirds of it."""

GRIN_SHUT = 0.1
"""Rest up to which an open smile is shut: p, b, m at the edge of a pause are not to be missed."""


def opening_px(wishes: MouthWishes, look: MouthLook, face_height_px: float, width_px: float) -> float:
    """Return how far the lips are apart, in pixels: exactly 0 where the gap is.

    Parameters
    ----------
    width_px
        Half the width of the mouth as it is now.
    """
    if wishes.gap <= 0:
        return 0.0
    # Small mouths on large faces open as far as both allow.
    scale_px = math.sqrt(max(look.half_width_px, 0.0) / HALF_MOUTH * max(face_height_px, 0.0))
    raw_px = GAIN * wishes.gap * (wishes.gap / MIDDLE_GAP) ** CONTRAST * scale_px
    ring_px = 2 * RING_HEIGHT * width_px * reached(wishes.gap, RING_GAP)
    raw_px += max(0.0, ring_px - raw_px) * (wishes.round * wishes.pucker) ** 0.75
    bite_px = (BITE_HEIGHT * look.half_width_px + BITE_LINES * look.line_px) * reached(wishes.gap, BITE_GAP)
    raw_px += max(0.0, bite_px - raw_px) * wishes.bite
    reach_px = most_open_px(look)
    return raw_px / (1 + (raw_px / reach_px) ** 3) ** (1 / 3) if reach_px > 0 else 0.0


def grin_opening_px(wishes: MouthWishes, look: MouthLook) -> float:
    """Return how far an open smile stands open: exactly 0 where the mouth does not rest."""
    shut_by = max(wishes.press, wishes.bite, 0.5 * (wishes.frown_left + wishes.frown_right))
    rest = ramp(wishes.rest, GRIN_SHUT, 1.0) * (1 - shut_by)
    return min(max(look.rest_opening, 0.0), 1.0) * most_open_px(look) * rest


def most_open_px(look: MouthLook) -> float:
    """Return the largest opening of a mouth."""
    return max(0.0, min(look.reach_px, MOST_OPEN * look.half_width_px))
