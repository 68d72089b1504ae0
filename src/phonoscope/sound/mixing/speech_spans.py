"""When somebody speaks, found by how loud it is: what music makes room for, and where there is room for more."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from phonoscope.sound.levels import Averages
from phonoscope.sound.mixing.clips import Planes

Spans = tuple[tuple[float, float], ...]
"""From when to when, in seconds, in order, apart from each other."""

STEP_S = 0.01

UNDER_SPEECH_DB = 26.0
"""What is this much softer than speech is a pause: soft consonants are up to 25 dB under vowels."""

OVER_FLOOR_DB = 8.0
"""What is this much louder than a recording's own noise is speech …"""

ROOM_DB = 20.0
"""… but no more than this is asked for where there are no pauses to hear the noise in: all of it is speech."""

QUIETEST_DB = -60.0
"""Softer than this is silence in any recording."""

SHORTEST_S = 0.04
"""What is shorter is a click."""

SHORTEST_PAUSE_S = 1.0
"""Music stays down in shorter pauses: it would pump between words and sentences."""


class LevelTrace:
    """Level of a stream of sound, a hundred times a second: 3 MB an hour."""

    def __init__(self, rate_hz: int) -> None:
        self._powers = Averages(round(STEP_S * rate_hz), keep=True)

    def watched(self, blocks: Iterable[Planes]) -> Iterator[Planes]:
        """Pass sound on, and keep its level."""
        for block in blocks:
            self._powers.take(np.square(block, dtype=np.float64).mean(axis=0))
            yield block

    def speech(self) -> Spans:
        """Return when somebody speaks."""
        means: array[float] = self._powers.means
        powers = np.append(np.frombuffer(means, np.float64), self._powers.rest())
        if not len(powers):
            return ()
        levels_db = 10 * np.log10(powers + 1e-12)
        return merged(_runs(levels_db > _threshold_db(levels_db)), SHORTEST_PAUSE_S)


def merged(spans: Iterable[tuple[float, float]], shortest_pause_s: float) -> Spans:
    """Return spans of any order as such that are apart, without the pauses that are too short."""
    joined: list[tuple[float, float]] = []
    for start_s, end_s in sorted(spans):
        if end_s <= start_s:
            continue
        if joined and start_s - joined[-1][1] < shortest_pause_s:
            joined[-1] = joined[-1][0], max(joined[-1][1], end_s)
        else:
            joined.append((start_s, end_s))
    return tuple(joined)


def _threshold_db(levels_db: NDArray[np.float64]) -> float:
    """Return the level above which it is speech."""
    loud_db = float(np.quantile(levels_db[levels_db > QUIETEST_DB], 0.9)) if (levels_db > QUIETEST_DB).any() else 0.0
    floor_db = float(np.quantile(levels_db, 0.05))
    return max(QUIETEST_DB, loud_db - UNDER_SPEECH_DB, min(floor_db + OVER_FLOOR_DB, loud_db - ROOM_DB))


def _runs(speaking: NDArray[np.bool_]) -> Iterator[tuple[float, float]]:
    """Yield from when to when it is so, where that is no click."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], speaking, [False]]).astype(np.int8)))
    for start, end in edges.reshape(-1, 2).tolist():
        if (end - start) * STEP_S >= SHORTEST_S - 1e-9:
            yield start * STEP_S, end * STEP_S
