"""Speech → Performance, step by step."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL, CHANNELS, HEAD, Performance
from phonoscope.core.speech import Speech
from phonoscope.performance.acting import Acting, add_to_face
from phonoscope.performance.blinks import Blinks
from phonoscope.performance.breath import Breath
from phonoscope.performance.brows import raise_brows
from phonoscope.performance.easing import present
from phonoscope.performance.expressions import Expressions
from phonoscope.performance.gaze import Aim, Gaze, Steady, look_at, turn_eyes
from phonoscope.performance.gestures import Gestures
from phonoscope.performance.head import Head
from phonoscope.performance.listening import Attention, Nods
from phonoscope.performance.mouth import move_mouth
from phonoscope.performance.options import PerformOptions
from phonoscope.performance.prosody import Accent, Accents
from phonoscope.performance.styles import STYLE, Style
from phonoscope.performance.sway import Sway
from phonoscope.performance.timeline import Timeline, Window

FRAMES_AT_A_TIME = 256
"""Most frames in one piece of performance: memory stays constant however long a piece of speech is."""

FARTHEST = np.array([10.0, 8.0, 7.0, 0.04, 0.03])
"""Farthest that gestures may take the head, whatever it does besides: see `HEAD`."""

SWAY_EDGE_S = 0.5
"""Time in which the hair leaves the photograph, and comes back to it."""


def perform(pieces: Iterable[Speech], options: PerformOptions | None = None) -> Iterator[Performance]:
    """Act out speech as it comes.

    A stream of speech becomes a stream of performance. The curves depend on the seed, the phones and the sound, not on
    how they were cut into pieces (phones must be whole in theirs). Nothing is known of the speech beyond
    `LOOK_AHEAD_S` after a frame, so frames come that much later than their sound; the last ones when the speech ends.

    Parameters
    ----------
    pieces
        Consecutive speech; may be endless.
    options
        How to act; the defaults if None.

    A face that is named speaks its own lines, and follows its own directions; it listens to all others.

    Yields
    ------
    Performance
        Consecutive frames, ``round(duration * fps)`` over all. The first and the last frame are the photograph: mouth
        at rest, head straight.
    """
    options = options or PerformOptions()
    timeline = Timeline(options.fps, options.speaker)
    actor = _Actor(options)
    for piece in pieces:
        timeline.add(piece)
        yield from actor.act(timeline)
    timeline.end()
    yield from actor.act(timeline)


class _Actor:
    """What an actor remembers from one window of frames to the next."""

    def __init__(self, options: PerformOptions) -> None:
        self._options = options
        style = STYLE[options.style]
        self._style = style
        # Faces that act together are not twins.
        self._seed = seed = options.seed if not options.speaker else _own_seed(options.seed, options.speaker)
        self._accents = Accents(seed)
        self._expressions = Expressions(seed, options.expression, options.expression_strength)
        self._gestures = Gestures(seed)
        self._nods = Nods(seed, style)
        self._blinks = Blinks(seed, style.blink_wait)
        self._gaze = _gaze(options, seed, style)
        self._head = Head(seed, options.expressiveness, style)
        self._breath = Breath()
        self._sway = Sway(options.fps)

    def act(self, timeline: Timeline) -> Iterator[Performance]:
        """Act all frames that are ready."""
        while ready := min(timeline.frames_ready, FRAMES_AT_A_TIME):
            yield self._act(timeline.take(ready))

    def _act(self, window: Window) -> Performance:
        """Act one window of frames: mouth, brows, expression, gestures, head, eyes, lids, breath, hair."""
        options = self._options
        curves = np.zeros((len(window.times_s), len(CHANNELS)))

        move_mouth(curves, window, options)
        accents = self._accents.find(window)
        raise_brows(curves, window, accents, self._seed, options.expressiveness * self._style.brows)
        expression = self._expressions.act(window, accents)
        gestures = self._gestures.act(window, self._nods.act(window))
        aim = look_at(self._gaze.act(window), gestures.look)
        if options.blinks:
            curves[:, CHANNEL["eyeBlinkLeft"]] = curves[:, CHANNEL["eyeBlinkRight"]] = self._blinks.act(window)
        head = self._move_head(curves, window, accents, aim, (expression, gestures))
        turn_eyes(curves, aim, head)
        add_to_face(curves, window, expression)
        add_to_face(curves, window, gestures)
        for side in ("Left", "Right"):
            # Lids that shut are wide no more.
            curves[:, CHANNEL[f"eyeWide{side}"]] *= 1 - curves[:, CHANNEL[f"eyeBlink{side}"]]
        return Performance(options.fps, curves.astype(np.float32), head.astype(np.float32), window.first_frame)

    def _move_head(
        self,
        curves: NDArray[np.float64],
        window: Window,
        accents: tuple[Accent, ...],
        aim: Aim,
        acting: tuple[Acting, Acting],
    ) -> NDArray[np.float64]:
        """Return the head's movement, shape (frames, 5), and fill in what follows from it: chest and hair."""
        expression, gestures = acting
        if not self._options.head_motion:
            gestures.channels[:, CHANNEL["breath"]] = 0.0
            return np.zeros((len(window.times_s), len(HEAD)))
        posture = expression.head.copy()
        posture[:, :2] += aim.head_deg
        head = self._head.act(window, accents, posture, expression.energy)
        head = np.clip(head + gestures.head, -FARTHEST, FARTHEST)
        curves[:, CHANNEL["breath"]] = np.clip(self._style.breath * self._breath.act(window), -1.0, 1.0)
        sway = self._sway.act(head) * present(window, SWAY_EDGE_S, SWAY_EDGE_S)[:, None]
        curves[:, [CHANNEL["swayX"], CHANNEL["swayY"]]] = sway
        return head


def _gaze(options: PerformOptions, seed: int, style: Style) -> Gaze | Steady | Attention:
    """Return what moves the eyes."""
    if options.gaze is not None:
        return Steady(seed, *options.gaze)
    if options.speaker and options.partners:
        return Attention(seed, options.partners, style)
    return Gaze(seed, options.expressiveness, style)


def _own_seed(seed: int, speaker: str) -> int:
    """Return a seed that differs from speaker to speaker, and is the same on every machine."""
    return seed * 0x1_0000_0001 + zlib.crc32(speaker.encode("utf-8", "surrogatepass"))
