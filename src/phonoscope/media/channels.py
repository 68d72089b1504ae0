"""Channels of sound: how many, mixed down or repeated; and samples that are no numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LAYOUTS = {1: "mono", 2: "stereo"}
"""FFmpeg's name of a layout by its channels."""

_HALF_POWER = 0.7071
"""A loudspeaker between two others is given to both at half its power (ITU-R BS.775-4, annex 4)."""

_TO_STEREO = {
    "FL": (1.0, 0.0),
    "FR": (0.0, 1.0),
    "FC": (_HALF_POWER, _HALF_POWER),
    "FLC": (1.0, 0.0),
    "FRC": (0.0, 1.0),
    "BL": (_HALF_POWER, 0.0),
    "BR": (0.0, _HALF_POWER),
    "SL": (_HALF_POWER, 0.0),
    "SR": (0.0, _HALF_POWER),
    "BC": (0.5, 0.5),
    "DL": (1.0, 0.0),
    "DR": (0.0, 1.0),
    "WL": (_HALF_POWER, 0.0),
    "WR": (0.0, _HALF_POWER),
    "TFL": (0.5, 0.0),
    "TFR": (0.0, 0.5),
    "TFC": (0.5, 0.5),
    "TC": (0.5, 0.5),
    "TBL": (0.5, 0.0),
    "TBR": (0.0, 0.5),
    "TBC": (0.5, 0.5),
}
"""How loud each loudspeaker, by FFmpeg's name, is heard (left, right). Low-frequency effects are left out."""


CANCELLED = 0.01
"""Power of the channels' mean, as a share of their own, below which they cancel each other; unrelated ones: 0.5."""


def cleaned(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return samples of any shape without NaN and infinities (they become silence), clipped to [-1, 1]."""
    finite = samples if np.isfinite(samples).all() else np.where(np.isfinite(samples), samples, np.float32(0))
    return np.clip(finite, -1, 1)


def with_channels(samples: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    """Return sound of shape (n,) or (n, any) as shape (channels, n), mixed down or repeated."""
    planes: NDArray[np.float32] = np.atleast_2d(samples.T)
    if len(planes) == channels:
        return planes
    if channels == 1:
        return _one_channel(planes)
    return np.repeat(planes[:1], channels, axis=0) if len(planes) == 1 else planes[:channels]


def _one_channel(planes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of all channels; the first where they cancel each other, as with wires the wrong way round."""
    mean = np.asarray(planes.mean(axis=0, keepdims=True), np.float32)
    left = np.square(mean).sum() * len(planes)
    return mean if left >= CANCELLED * np.square(planes).sum() else planes[:1]


def mix_down(planes: NDArray[np.float32], speakers: Sequence[str]) -> NDArray[np.float32]:
    """Mix any number of channels down to two; one or two stay as they are.

    Parameters
    ----------
    planes
        Shape (channels, n), in [-1, 1].
    speakers
        FFmpeg's name of each channel's loudspeaker (``FC``); unknown ones count alike on both sides if all are unknown.

    Returns
    -------
    ndarray
        Shape (1 or 2, n), in [-1, 1]: the weights of a side sum up to at most 1, so that nothing clips.
    """
    if len(planes) <= 2:
        return planes
    weights = np.array([_TO_STEREO.get(name, (0.0, 0.0)) for name in speakers], np.float32).T
    if weights.shape != (2, len(planes)) or not weights.any(axis=1).all():
        weights = np.ones((2, len(planes)), np.float32)
    return np.asarray((weights / weights.sum(axis=1).max()) @ planes, np.float32)


def to_sound_shape(planes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return sound of shape (channels, n) as `core.sound.Sound` wants it: (n,) or (n, 2)."""
    return np.ascontiguousarray(planes[0] if len(planes) == 1 else planes.T)
