"""Speech → Performance, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from phonoscope.core.performance import CHANNEL, CHANNELS, HEAD, Performance
from phonoscope.core.speech import Speech
from phonoscope.performance.blinks import Blinks
from phonoscope.performance.breath import Breath
from phonoscope.performance.brows import raise_brows
from phonoscope.performance.gaze import Gaze, turn_eyes
from phonoscope.performance.head import Head
from phonoscope.performance.mouth import move_mouth
from phonoscope.performance.options import PerformOptions
from phonoscope.performance.prosody import Accents
from phonoscope.performance.timeline import Timeline, Window

FRAMES_AT_A_TIME = 256
"""Most frames in one piece of performance: memory stays constant however long a piece of speech is."""


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

    Yields
    ------
    Performance
        Consecutive frames, ``round(duration * fps)`` over all. The first and the last frame are the photograph: mouth
        at rest, head straight.
    """
    options = options or PerformOptions()
    timeline = Timeline(options.fps)
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
        self._accents = Accents(options.seed)
        self._blinks = Blinks(options.seed)
        self._gaze = Gaze(options.seed, options.expressiveness)
        self._head = Head(options.seed, options.expressiveness)
        self._breath = Breath()

    def act(self, timeline: Timeline) -> Iterator[Performance]:
        """Act all frames that are ready."""
        while ready := min(timeline.frames_ready, FRAMES_AT_A_TIME):
            yield self._act(timeline.take(ready))

    def _act(self, window: Window) -> Performance:
        """Act one window of frames: mouth, head, eyes, brows, lids, breath."""
        options = self._options
        curves = np.zeros((len(window.times_s), len(CHANNELS)))
        head = np.zeros((len(window.times_s), len(HEAD)))

        move_mouth(curves, window, options)
        accents = self._accents.find(window)
        if options.head_motion:
            head = self._head.act(window, accents)
            curves[:, CHANNEL["breath"]] = self._breath.act(window)
        turn_eyes(curves, self._gaze.act(window), head)
        raise_brows(curves, window, accents, options.seed, options.expressiveness)
        if options.blinks:
            curves[:, CHANNEL["eyeBlinkLeft"]] = curves[:, CHANNEL["eyeBlinkRight"]] = self._blinks.act(window)
        return Performance(options.fps, curves.astype(np.float32), head.astype(np.float32), window.first_frame)
