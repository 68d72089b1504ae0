"""A voice while it is spoken → its phones, at most 0.1 s later."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.speech import Phone
from phonoscope.speech.hearing.decoding import PhoneDecoder, Stretch
from phonoscope.speech.hearing.features import BANDS, FRAME_RATE_HZ, LogMels, Reference, level, measure
from phonoscope.speech.hearing.model import DELAY, STEP, PhoneModel
from phonoscope.speech.hearing.phoneset import CLASSES, SILENCE, SYMBOLS
from phonoscope.speech.hearing.voiced_part import spoken_frames, voiced_part

MEMORY = 20 * FRAME_RATE_HZ
"""Frames heard last that tell what a voice is like."""

REFRESH = ((3 * FRAME_RATE_HZ, 10), (MEMORY, 50))
"""How often the voice is measured anew: (up to which frame, every how many frames); later as often as last."""

USUAL_TOP = 0.0
"""Log power of the loudest bands before anything has been heard: a voice 10 dB below a usual recording's."""

FORGETTING = 0.1 / FRAME_RATE_HZ
"""By how much that level falls in a frame in which nothing louder is heard: 0.4 dB a second, so that a pause stays
silent and a quiet voice is found in time."""

USUAL_FRAMES = 60
"""How many frames of speech the usual colour counts for: after a second of speech the voice's own prevails."""

USUAL_COLOUR = np.array([
    -3.1, -2.1, -1.4, -1.1, -1.3, -1.7, -2.3, -2.5, -2.3, -2.3, -2.4, -2.9, -3.3, -3.8, -4.3, -4.9, -5.3, -5.7, -5.8,
    -5.9, -6.1, -6.3, -6.4, -6.5, -6.6, -6.8, -6.9, -7.0, -7.2, -7.4, -7.4, -7.3, -7.2, -7.3, -7.5, -7.7, -7.9, -8.0,
    -8.1, -8.1, -8.2, -8.3, -8.7, -9.2, -9.5, -9.9, -10.3, -10.6, -10.8, -11.0, -11.3, -11.6, -11.6, -11.7, -11.9,
    -12.3,
], np.float32)  # fmt: skip
"""Mean colour of the voices that the network learned from, as `features.Reference` has it."""


class LivePosteriors:
    """Probabilities of phones of a voice while it is spoken.

    What a voice is like is measured on what has been heard of it so far; before that, it is taken for a usual one.
    Rows depend on the sound only, not on how it is cut.
    """

    def __init__(self) -> None:
        self._mels = LogMels()
        self._model = PhoneModel()
        self._reference = LiveReference()
        self._waiting = np.zeros((0, BANDS), np.float32)
        self._late = DELAY

    def push(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take mono samples at `features.RATE_HZ`; return the rows that are ready, shape (n, len(CLASSES))."""
        waiting = np.concatenate((self._waiting, self._mels.push(samples)))
        ready = len(waiting) // STEP * STEP
        self._waiting = waiting[ready:]
        rows = [np.zeros((0, len(CLASSES)), np.float32)]
        for first in range(0, ready, STEP):
            pair = waiting[first : first + STEP]
            outputs = self._model.push(level(pair, self._reference.hear(pair)))
            skipped = min(self._late, len(outputs))
            self._late -= skipped
            rows.append(np.exp(outputs[skipped:]))
        return np.concatenate(rows)


class LiveReference:
    """What a voice is like, as far as it has been heard."""

    def __init__(self) -> None:
        self._heard = np.zeros((0, BANDS), np.float32)
        self._count = 0
        self._next = 0
        self._reference = Reference(USUAL_TOP, USUAL_COLOUR)

    def hear(self, frames: NDArray[np.float32]) -> Reference:
        """Take the next `STEP` frames, and return what the voice is like now."""
        self._heard = np.concatenate((self._heard[-MEMORY + len(frames) :], frames))
        self._count += len(frames)
        if self._count >= self._next:
            every = next((n for until, n in REFRESH if self._count < until), REFRESH[-1][1])
            self._reference = self._measured(self._reference.top - FORGETTING * every)
            self._next = self._count + every
        return self._reference

    def _measured(self, least_top: float) -> Reference:
        """Measure what has been heard; a voice is not quieter than `least_top`."""
        part = voiced_part(self._heard)
        found = measure(part)
        top = max(found.top, least_top)
        # Frames far below the voice that was heard last, or is awaited, are none of its own.
        loud = part[part.mean(axis=1) > top + USUAL_COLOUR.mean() - _RANGE]
        if not len(loud):
            return Reference(top, USUAL_COLOUR)
        own = min(len(loud), spoken_frames(self._heard))
        share = np.float32(own / (own + USUAL_FRAMES))
        return Reference(top, share * measure(loud).colour + (1 - share) * USUAL_COLOUR)


_RANGE = 3.5
"""How far speech lies below its mean colour at most, as a natural logarithm of power: 15 dB."""


class LivePhones(NamedTuple):
    """What is known of a live voice now.

    Attributes
    ----------
    settled
        Phones that have become certain since the last time, in seconds from the start.
    likely
        What follows them up to 0.1 s ago, as far as can be told; it may change.
    """

    settled: tuple[Phone, ...]
    likely: tuple[Phone, ...]


class LiveListener:
    """Tells the phones of a voice while it is spoken."""

    def __init__(self) -> None:
        self._posteriors = LivePosteriors()
        self._decoder = PhoneDecoder()

    def push(self, samples: NDArray[np.float32]) -> LivePhones:
        """Take mono samples at `features.RATE_HZ`, any number, shape (n,)."""
        settled = self._decoder.push(self._posteriors.push(samples))
        return LivePhones(_phones(settled), _phones(self._decoder.guess()))


def _phones(stretches: list[Stretch]) -> tuple[Phone, ...]:
    return tuple(
        Phone(SYMBOLS[s.phone], s.start / FRAME_RATE_HZ, s.end / FRAME_RATE_HZ) for s in stretches if s.phone != SILENCE
    )
