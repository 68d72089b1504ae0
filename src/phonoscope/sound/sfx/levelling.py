"""How loud an effect is handed out: by its loudest moment, never over what a converter bears."""

from __future__ import annotations

import math

import numpy as np

from phonoscope.sound.loudness import LoudnessMeter
from phonoscope.sound.sfx.staging import faded
from phonoscope.sound.synthesis.waves import RATE_HZ, Wave

LOUDEST_LUFS = -15.0
"""Loudness of the loudest 0.4 s: a little over speech at -18; an effect is heard beside it and startles nobody."""

CEILING_DB = -1.2
"""True peak; encoders need the rest."""

MOMENT_S = 0.4

FADES_S = 0.0007, 0.06
"""No effect begins or ends with a jump; the first is too short to soften a stroke."""


def levelled(stage: Wave) -> Wave:
    """Return an effect, shape (2, n), at its level, without offset and with soft ends."""
    first_s, last_s = FADES_S
    stage = faded(stage - stage.mean(axis=1, keepdims=True), first_s, min(last_s, 0.2 * stage.shape[1] / RATE_HZ))
    gain = min(10 ** ((LOUDEST_LUFS - _loudest(stage)) / 20), 10 ** (CEILING_DB / 20) / _peak(stage))
    return stage * np.float32(gain)


def _loudest(stage: Wave) -> float:
    """Return the loudness of the loudest moment, silence about it counted."""
    hop = round(0.1 * RATE_HZ)
    padded = np.pad(stage, ((0, 0), (round(MOMENT_S * RATE_HZ),) * 2))
    moments = range(0, padded.shape[1] - 4 * hop + 1, hop)
    energy = [float((padded[:, start : start + 4 * hop] ** 2).sum()) for start in moments]
    start = moments[int(np.argmax(energy))]
    return _lufs(padded[:, start : start + 4 * hop])


def _lufs(planes: Wave) -> float:
    meter = LoudnessMeter(RATE_HZ, peaks=False)
    meter.take(planes)
    loudness = meter.report().loudness_lufs
    return loudness if math.isfinite(loudness) else -70.0


def _peak(stage: Wave) -> float:
    """Return the highest value, between samples too."""
    meter = LoudnessMeter(RATE_HZ)
    meter.take(np.pad(stage, ((0, 0), (0, 64))))
    return float(10 ** (meter.report().true_peak_db / 20))
