"""Which frames of a recording tell what its voice is like: those in which somebody speaks, and not too many others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.speech.hearing.features import DEPTH

SPOKEN_SHARE = 0.65
"""Share of speech in what is measured, as in the sentences that the network learned from. Without this, two seconds of
speech in twenty of silence would be taken for very loud, and not one of its phones would be found."""

THRESHOLD = 0.35
"""Where between quiet and loud frames speech begins."""

LOUD_FRAMES = 25
"""The loudest frames that do not count as loud yet: a knock of 0.25 s."""

QUIET = 0.05
"""Quantile of the frames' loudness that counts as quiet."""

LEAST_FRAMES = 15


def voiced_part(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the frames to measure a recording by.

    Parameters
    ----------
    frames
        Log-mel frames, shape (n, BANDS), n > 0.

    Returns
    -------
    ndarray
        Shape (m, BANDS), 0 < m <= n: all frames, or the loudest ones where there is much silence.
    """
    count = spoken_frames(frames) / SPOKEN_SHARE
    keep = max(round(count), LEAST_FRAMES)
    if keep >= len(frames):
        return frames
    return np.asarray(frames[np.argsort(-_loudness(frames), kind="stable")[:keep]])


def spoken_frames(frames: NDArray[np.float32]) -> int:
    """Return in how many frames somebody seems to speak, by their loudness alone."""
    loudness = _loudness(frames)
    loud = np.sort(loudness)[-1 - min(LOUD_FRAMES, len(loudness) // 10)]
    quiet = np.quantile(loudness, QUIET)
    return int((loudness > quiet + THRESHOLD * (loud - quiet)).sum())


def _loudness(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.maximum(frames, frames.max() - DEPTH).mean(axis=1))
