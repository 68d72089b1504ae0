"""What is added to a face that speaks: expressions and gestures, as channels, head movement and looks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL, CHANNELS, HEAD
from phonoscope.performance.easing import ease
from phonoscope.performance.rest import speaking
from phonoscope.performance.timeline import Window
from phonoscope.performance.visemes import CLOSED, ROUND, VISEMES

MOUTH = tuple(
    CHANNEL[name]
    for name in CHANNELS
    if name.startswith("mouth") and name not in ("mouthRest", "mouthClose", "mouthShape")
)
"""Columns that speech needs too."""

OPENING = (CHANNEL["lipGap"], CHANNEL["jawOpen"])
"""Columns that belong to speech alone: while it lasts, nothing else opens the mouth."""

PRESSED = 0.5
"""Lips pressed further than this do so for a sound, and no expression opens them; anger alone presses them less."""

TALK_YIELD = 0.25
ROUND_YIELD = 0.55
SHUT_YIELD = 0.20
"""Share of the mouth's expression that gives way while words are said, besides to rounded lips (a smiled "oo" is no
"oo"), and to shut ones: p, b and m pull the corners in."""

TALK_EDGE_S = (0.35, 0.15, 0.50)
"""Before the first word, into it, and behind the last word: how slowly it gives way and comes back. Lips come to rest
in a tenth of a second; a smile that did would pop."""

SOUND_EDGE_S = (0.18, 0.22)
"""The same before and behind one rounded or shut sound: the muscles of expression are slower than the lips' own."""


@dataclass(slots=True, eq=False)
class Acting:
    """What expressions or gestures add to the frames of a window.

    Attributes
    ----------
    channels
        float64, shape (frames, len(CHANNELS)). In the column of ``mouthRest``: how far the photographed mouth gives
        way to a closed one.
    head
        float64, shape (frames, 5): see `HEAD`.
    look
        float64, shape (frames, 3): where the eyes look, in degrees to the picture's right and up, and how far this
        takes the place of where they would look else, in [0, 1].
    energy
        float64, shape (frames,): factor on the head's own movement.
    """

    channels: NDArray[np.float64]
    head: NDArray[np.float64]
    look: NDArray[np.float64]
    energy: NDArray[np.float64]


def no_acting(frames: int) -> Acting:
    """Return what adds nothing."""
    return Acting(
        np.zeros((frames, len(CHANNELS))), np.zeros((frames, len(HEAD))), np.zeros((frames, 3)), np.ones(frames)
    )


def add_to_face(curves: NDArray[np.float64], window: Window, acting: Acting) -> None:
    """Blend expressions or gestures with what the face does already.

    The more a channel does already, the less is added (1 - (1 - a)(1 - b)), so none goes beyond its range.

    Parameters
    ----------
    curves
        Shape (frames, len(CHANNELS)); changed in place.
    """
    added = np.clip(acting.channels, 0.0, 1.0)
    if not acting.channels.any():
        return
    talk = speaking(window)
    added[:, MOUTH] *= _room(window)[:, None]
    # A word's last p, b or m shuts the lips although the mouth is on its way back to the expression.
    pressed = np.clip(curves[:, CHANNEL["mouthPressLeft"]], 0.0, 1.0)
    added[:, OPENING] *= ((1 - talk) * (1 - np.maximum(pressed - PRESSED, 0.0) / (1 - PRESSED)))[:, None]
    for column, name in enumerate(CHANNELS):
        if name == "mouthRest":
            curves[:, column] *= 1 - added[:, column]
        elif name == "breath":
            curves[:, column] = np.clip(curves[:, column] + acting.channels[:, column], -1.0, 1.0)
        else:
            curves[:, column] += added[:, column] * (1 - curves[:, column])


def _room(window: Window) -> NDArray[np.float64]:
    """Return how much of its expression the mouth keeps beside its words, shape (frames,), in [0, 1]."""
    times_s = window.times_s
    talk, rounded, shut = np.zeros((3, len(times_s)))
    before_s, into_s, behind_s = TALK_EDGE_S
    for span in window.spans:
        begun = ease(times_s, span.start_s - before_s, span.start_s + into_s)
        talk = np.maximum(talk, begun * (1 - ease(times_s, span.end_s, span.end_s + behind_s)))
    for cue in window.cues:
        length_s = cue.end_s - cue.start_s
        for gesture in cue.gestures:
            how_round = max(VISEMES[gesture.viseme][ROUND], gesture.rounded)
            if not how_round and gesture.viseme != CLOSED:
                continue
            start_s, end_s = cue.start_s + gesture.start * length_s, cue.start_s + gesture.end * length_s
            there = ease(times_s, start_s - SOUND_EDGE_S[0], start_s)
            there = there * (1 - ease(times_s, end_s, end_s + SOUND_EDGE_S[1]))
            rounded = np.maximum(rounded, how_round * there)
            if gesture.viseme == CLOSED:
                shut = np.maximum(shut, there)
    return np.asarray((1 - TALK_YIELD * talk) * (1 - ROUND_YIELD * rounded) * (1 - SHUT_YIELD * shut))
