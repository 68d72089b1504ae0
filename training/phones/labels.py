"""Sound with a phone class for every 5 ms: what the generators make, and training reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from phonoscope.speech.hearing.features import RATE_HZ

LABEL_RATE_HZ = 200
SAMPLES = RATE_HZ // LABEL_RATE_HZ
"""Samples to a label."""

PEAK = 0.7
"""Largest sample of each sentence."""

FIRST_OF_TWO = 0.55
"""Share of a diphthong's time that its first vowel takes."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Sentences of one voice, one after the other.

    Attributes
    ----------
    samples
        int16, shape (n * SAMPLES,), at `RATE_HZ`.
    labels
        uint8, shape (n,): indices of `phoneset.CLASSES`.
    """

    samples: NDArray[np.int16]
    labels: NDArray[np.uint8]

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.labels) / LABEL_RATE_HZ


def label(
    samples: NDArray[np.float32], rate_hz: int, segments: Iterable[tuple[float, float, tuple[int, ...]]]
) -> Labelled:
    """Bring one sentence to `RATE_HZ` and `PEAK`, and label it.

    Parameters
    ----------
    samples
        Mono, shape (n,).
    segments
        Start and end in seconds, and the classes in between, one after the other; the rest is silence.
    """
    from scipy.signal import resample_poly

    divisor = np.gcd(RATE_HZ, rate_hz)
    sound = resample_poly(samples, RATE_HZ // divisor, rate_hz // divisor) if rate_hz != RATE_HZ else samples
    sound = sound[: len(sound) // SAMPLES * SAMPLES]
    labels = np.zeros(len(sound) // SAMPLES, np.uint8)
    for start_s, end_s, classes in segments:
        cuts = (0, FIRST_OF_TWO, 1) if len(classes) == 2 else np.linspace(0, 1, len(classes) + 1)
        bounds = [round((start_s + (end_s - start_s) * cut) * LABEL_RATE_HZ) for cut in cuts]
        for class_, first, last in zip(classes, bounds[:-1], bounds[1:], strict=True):
            labels[first:last] = class_
    scale = PEAK / (float(np.abs(sound).max(initial=0)) + 1e-6)
    return Labelled((sound * scale * 32767).astype(np.int16), labels)


def join(sentences: list[Labelled]) -> Labelled:
    """Put sentences one after the other."""
    return Labelled(np.concatenate([s.samples for s in sentences]), np.concatenate([s.labels for s in sentences]))


def save(path: Path, labelled: Labelled) -> None:
    """Write sentences as two NumPy arrays."""
    np.save(path.with_suffix(".samples.npy"), labelled.samples)
    np.save(path.with_suffix(".labels.npy"), labelled.labels)


def load(path: Path) -> Labelled:
    """Read what `save` wrote; the sound stays on disk until it is used."""
    return Labelled(np.load(path.with_suffix(".samples.npy"), mmap_mode="r"), np.load(path.with_suffix(".labels.npy")))
