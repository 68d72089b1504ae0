"""Music makes room for the voice, smoothly and by exactly as much as is wanted.

FFmpeg's sidechaincompress turns music down by (1 - 1/ratio) times as many decibels as its key stands above its
threshold, so what a voice itself would give depends on how loud each syllable is. The key here is not the voice but a
signal that is 1 while somebody speaks and 0 otherwise: a threshold can be chosen for any depth, and holds it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from phonoscope.sound.mixing.clips import CHANNELS, Planes
from phonoscope.sound.mixing.speech_spans import Spans
from phonoscope.sound.mixing.timeline import BLOCK
from phonoscope.sound.mixing.tracks import MIX_RATE_HZ

AHEAD_S = 0.12
"""Music goes down this long before a voice, so that its first consonant is heard …"""

ATTACK_MS = 120.0
"""… which takes two thirds of this: FFmpeg's times are four time constants."""

HOLD_S = 0.2
"""Music stays down this long after a voice."""

RELEASE_S = 0.5
"""Music takes this long to come up, evenly in decibels."""

RATIO = 20.0
"""FFmpeg's steepest."""

RELEASE_LIMITS_MS = 50.0, 9000.0

LEAST_DB = 0.1
"""Less ducking is none."""


def sidechain(ducking_db: float) -> str:
    """Return the options of FFmpeg's sidechaincompress for music that is ducked so far."""
    depth = ducking_db / (1 - 1 / RATIO)
    # The key falls by a factor e in a quarter of the release; it reaches the threshold after RELEASE_S.
    release_ms = 4000 * RELEASE_S * (20 / math.log(10)) / depth
    low, high = RELEASE_LIMITS_MS
    return (
        f"threshold={10 ** (-depth / 20):.9f}:ratio={RATIO:g}:knee=1:detection=peak:link=maximum"
        f":attack={ATTACK_MS:g}:release={min(max(release_ms, low), high):.3f}"
    )


def ducking_key(speech: Spans, samples: int) -> Iterator[Planes]:
    """Yield the key in blocks of a second: 1 from a moment before to a moment after each stretch of speech."""
    spans = [
        (round((start_s - AHEAD_S) * MIX_RATE_HZ), round((end_s + HOLD_S) * MIX_RATE_HZ)) for start_s, end_s in speech
    ]
    place = 0
    for first in range(0, samples, BLOCK):
        last = min(first + BLOCK, samples)
        block = np.zeros((CHANNELS, last - first), np.float32)
        while place < len(spans) and spans[place][1] <= first:
            place += 1
        for start, end in spans[place:]:
            if start >= last:
                break
            block[:, max(0, start - first) : end - first] = 1
        yield block
