"""Recording → probabilities of phones, 100 times a second, in constant memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from phonoscope.speech.hearing.features import BANDS, FRAME_RATE_HZ, LogMels, level, measure
from phonoscope.speech.hearing.model import DELAY, STEP, PhoneModel
from phonoscope.speech.hearing.voiced_part import voiced_part

CHUNK = 4 * FRAME_RATE_HZ
"""Frames that share one measure of the recording's level and colour."""

AROUND = 2
"""Chunks before and after that count for this measure: it follows a recording that changes, 20 s in all."""


def posteriors(samples: Iterable[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """Yield the probabilities of phones of a whole recording, in constant memory.

    Parameters
    ----------
    samples
        Blocks of mono sound at `features.RATE_HZ`.

    Yields
    ------
    ndarray
        float32, shape (n, len(CLASSES)); rows add up to 1; together one row for every 10 ms begun.
    """
    model = PhoneModel()
    frames = 0
    done = -DELAY
    for chunk in _normalised_chunks(samples):
        last = chunk[-1:]
        frames += len(chunk)
        outputs = model.push(_even(chunk))
        yield from _told(outputs, done, frames)
        done += len(outputs)
    if frames:
        yield from _told(model.push(np.repeat(last, DELAY, axis=0)), done, frames)


def _told(outputs: NDArray[np.float32], first: int, frames: int) -> Iterator[NDArray[np.float32]]:
    """Yield the probabilities among outputs that tell of frames 0 to `frames`, given the frame of the first."""
    wanted = outputs[max(0, -first) : max(0, frames - first)]
    if len(wanted):
        yield np.exp(wanted)


def _normalised_chunks(samples: Iterable[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """Yield normalised frames in chunks; all but the last have `CHUNK` frames."""
    near: deque[NDArray[np.float32]] = deque()
    current = 0
    for chunk in chain(_chunks(samples), repeat(None)):
        if chunk is not None:
            near.append(chunk)
            if len(near) <= current + AROUND:
                continue
        if current == len(near):
            return
        yield level(near[current], measure(voiced_part(np.concatenate(near))))
        if current == AROUND:
            near.popleft()
        else:
            current += 1


def _chunks(samples: Iterable[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """Cut the frames of a recording into chunks."""
    mels = LogMels()
    waiting = np.zeros((0, BANDS), np.float32)
    for block in samples:
        waiting = np.concatenate((waiting, mels.push(block)))
        while len(waiting) >= CHUNK:
            yield waiting[:CHUNK]
            waiting = waiting[CHUNK:]
    waiting = np.concatenate((waiting, mels.end()))
    while len(waiting):
        yield waiting[:CHUNK]
        waiting = waiting[CHUNK:]


def _even(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    """Repeat the last frame where there is an odd number."""
    return np.concatenate((frames, frames[-1:])) if len(frames) % STEP else frames
