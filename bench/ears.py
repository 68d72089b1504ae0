"""Recordings in memory, and what is heard in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.sound import Sound, SoundStream
from phonoscope.core.speech import Phone, Speech, shift_phones
from phonoscope.media.resampling import mono_at
from phonoscope.media.sound_file import open_sound
from phonoscope.speech import HearOptions, hear
from phonoscope.speech.hearing.features import RATE_HZ
from phonoscope.speech.hearing.posteriors import posteriors

BLOCK_S = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Tape:
    """Sound in memory as a stream of blocks, played `times` times on end."""

    sound: Sound
    times: int = 1

    @property
    def rate_hz(self) -> int:
        """Samples a second."""
        return self.sound.rate_hz

    @property
    def duration_s(self) -> float | None:
        """Length in seconds, of all times together."""
        return self.sound.duration_s * self.times

    def __iter__(self) -> Iterator[Sound]:
        step = round(BLOCK_S * self.rate_hz)
        for _ in range(self.times):
            for at in range(0, len(self.sound.samples), step):
                yield Sound(self.sound.samples[at : at + step], self.rate_hz)


def load(path: Path) -> Sound:
    """Read a whole file as it is."""
    stream = open_sound(path)
    return Sound(np.concatenate([block.samples for block in stream]), stream.rate_hz)


def listen(sound: SoundStream, transcript: str = "", language: str = "") -> Iterator[Speech]:
    """Return what is heard, piece by piece."""
    return hear(sound, HearOptions(transcript=transcript, language=language))


def joined(pieces: Iterable[Speech]) -> tuple[tuple[Phone, ...], int]:
    """Return all phones, timed from the start of the first piece, and how many samples of sound the pieces have."""
    phones: list[Phone] = []
    samples = 0
    for piece in pieces:
        phones += shift_phones(piece.phones, samples / piece.sound.rate_hz)
        samples += len(piece.sound.samples)
    return tuple(phones), samples


def evidence(sound: SoundStream) -> NDArray[np.float32]:
    """Return the recogniser's probabilities, shape (frames, classes)."""
    blocks = (block.samples for block in mono_at(sound, RATE_HZ))
    return np.concatenate(list(posteriors(blocks)))
