"""Pose styles: how much the head, the brows and the eyes do, as factors on the measured dynamics of the other modules.

``presenter`` is 1 throughout: the amplitudes in `head`, `gaze`, `blinks` and `brows` come from people who speak to a
camera. The others keep the same movements, and change how large and how frequent they are: people differ by that, not
by how a nod goes (Hadar et al. 1983: the head moves in nearly all of speaking time, by amounts that vary several times
between speakers). Blinks: 4 to 5 a minute in reading, 17 at rest, 26 in conversation (Bentivoglio et al. 1997). Gaze:
speakers look at their listener for 40 to 60 % of the time, announcers at the camera nearly always (Argyle & Cook 1976).
"""

from __future__ import annotations

from typing import NamedTuple


class Style(NamedTuple):
    """One row of `STYLE`; factors unless told.

    Attributes
    ----------
    drift
        Size of the head's slow drift.
    posture
        Size of a new posture with each phrase.
    nod, nod_chance
        Depth of nods, and how many accents get one.
    brows
        Size and frequency of raised brows.
    blink_wait
        Time between blinks.
    aversion
        How often the eyes look away from the viewer.
    scatter
        How far they wander over the viewer's face.
    breath
        Size of breathing.
    limit
        Farthest turn of the head.
    """

    drift: float
    posture: float
    nod: float
    nod_chance: float
    brows: float
    blink_wait: float
    aversion: float
    scatter: float
    breath: float
    limit: float


STYLE = {
    #              drift  posture nod  nod_ch brows  blink  avert  scatter breath limit
    "still":     Style(0.12, 0.08, 0.15, 0.15, 0.25, 2.60, 0.00, 0.35, 0.60, 0.35),
    "calm":      Style(0.60, 0.65, 0.60, 0.60, 0.60, 1.40, 0.80, 0.80, 1.00, 0.80),
    "presenter": Style(1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00),
    "lively":    Style(1.30, 1.90, 1.55, 1.35, 1.60, 0.65, 1.50, 1.30, 1.20, 1.45),
}  # fmt: skip
"""Styles by name."""
