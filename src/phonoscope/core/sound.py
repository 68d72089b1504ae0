"""Sound in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A stretch of sound.

    Attributes
    ----------
    samples
        float32, shape (n,) for mono or (n, channels), in [-1, 1]; read-only.
    rate_hz
        Samples a second.
    """

    samples: NDArray[np.float32]
    rate_hz: int

    def __post_init__(self) -> None:
        self.samples.setflags(write=False)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate_hz


def silence(duration_s: float, rate_hz: int) -> Sound:
    """Return mono silence, rounded to a whole sample."""
    return Sound(np.zeros(round(duration_s * rate_hz), np.float32), rate_hz)


class SoundStream(Protocol):
    """Sound that need not fit into memory: consecutive blocks, all of one rate and one number of channels.

    It can be gone through more than once, and gives the same each time.
    """

    @property
    def rate_hz(self) -> int:
        """Samples a second."""

    @property
    def duration_s(self) -> float | None:
        """Length in seconds, as far as the file tells; None where it does not."""

    def __iter__(self) -> Iterator[Sound]:
        """Yield consecutive blocks, none empty."""
