"""Long work shows now and then that it goes on: so that it can be watched, and stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from phonoscope.core.sound import Sound, SoundStream
from phonoscope.voice import Stream

BEAT_S: Final = 0.5
"""Longest time in which nothing is told; somebody who stops a render does not wait for more."""


@dataclass(slots=True)
class Pulse:
    """Calls `beat` when it is asked, but not before `BEAT_S` have passed since the last time."""

    beat: Callable[[], None]
    last_s: float = 0.0

    def __post_init__(self) -> None:
        self.last_s = time.monotonic()

    def __call__(self) -> None:
        """Beat, if it is time."""
        now_s = time.monotonic()
        if now_s - self.last_s >= BEAT_S:
            self.last_s = now_s
            self.beat()


def watched(sound: SoundStream, pulse: Callable[[], None]) -> SoundStream:
    """Return the same sound; whoever takes it is felt."""

    def blocks() -> Iterator[Sound]:
        for block in sound:
            pulse()
            yield block

    return Stream(blocks, sound.rate_hz, sound.duration_s)
