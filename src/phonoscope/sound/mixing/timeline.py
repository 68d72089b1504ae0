"""Clips at their places in time, added up: only those that are heard at the moment are open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from phonoscope.sound.mixing.clips import CHANNELS, Planes
from phonoscope.sound.mixing.tracks import MIX_RATE_HZ

BLOCK = MIX_RATE_HZ
"""Samples that are mixed at once."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A clip that begins at sample `start` of the video; `begin` opens it."""

    start: int
    begin: Callable[[], Iterator[Planes]]


@dataclass(slots=True)
class _Open:
    """A clip that is being heard, and what it has given beyond the moment."""

    blocks: Iterator[Planes]
    rest: Planes = field(default_factory=lambda: np.zeros((CHANNELS, 0), np.float32))


def bus(clips: Iterable[Placed], samples: int) -> Iterator[Planes]:
    """Yield the sum of all clips in blocks of a second, `samples` together; what lies outside is cut off."""
    waiting = sorted((clip for clip in clips if clip.start < samples), key=lambda clip: clip.start, reverse=True)
    heard: list[_Open] = []
    for first in range(0, samples, BLOCK):
        block = np.zeros((CHANNELS, min(BLOCK, samples - first)), np.float32)
        places = [0] * len(heard)
        while waiting and waiting[-1].start < first + block.shape[1]:
            clip = waiting.pop()
            heard.append(_Open(clip.begin()))
            places.append(max(0, clip.start - first))
        heard = [clip for clip, place in zip(heard, places, strict=True) if _add(clip, block[:, place:])]
        yield block


def _add(clip: _Open, block: Planes) -> bool:
    """Add a clip's next samples to a block; tell whether it goes on."""
    filled = 0
    while filled < block.shape[1]:
        if not clip.rest.shape[1]:
            following = next(clip.blocks, None)
            if following is None:
                return False
            clip.rest = following
        piece = clip.rest[:, : block.shape[1] - filled]
        block[:, filled : filled + piece.shape[1]] += piece
        clip.rest = clip.rest[:, piece.shape[1] :]
        filled += piece.shape[1]
    return True
