"""The mix as the finished file holds it: what encoders change of its loudness and its peaks is made up for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.sound import Sound, SoundStream
from phonoscope.media.channels import to_sound_shape
from phonoscope.media.joined_sound import encode_sound
from phonoscope.media.options import VideoOptions
from phonoscope.media.sound_file import open_sound
from phonoscope.rendering.pulse import watched
from phonoscope.sound.limiter import limit_peaks
from phonoscope.sound.loudness import LoudnessMeter
from phonoscope.sound.mixing.tracks import CEILING_DBTP
from phonoscope.sound.true_peaks import TruePeaks
from phonoscope.voice import Stream

DECODED_DBTP = -1.0
"""Highest true peak of what is heard when the file is played (EBU R 128 s2)."""

TOLERANCE_LU = 0.3
"""AAC leaves out hiss that nobody hears, and with it up to a decibel of a noisy recording."""

MOST_GAIN_DB = 2.0
"""What is further from its loudness was not meant to reach it."""

OF_EXCESS, MARGIN_DB = 0.6, 0.1
"""How much lower peaks are held for so much excess, and at least: lower ones are also raised by less."""

LOOKED_AT = 0.7
"""Of the highest peak that may be: what stays under it is not looked at between its samples, which would cost most."""

ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Height:
    """How loud a sound is (-inf for silence), and its highest true peak."""

    loudness_lufs: float
    true_peak_dbtp: float


def encode_mix(
    mixed: Path,
    folder: Path,
    options: VideoOptions,
    loudness_lufs: float,
    pulse: Callable[[], None] = lambda: None,
) -> Path:
    """Encode a mix as a video wants it, anew where it is not what it was when it is decoded.

    Most mixes are encoded once; loud applause, which gains two decibels of peaks in AAC, two or three times.

    Parameters
    ----------
    mixed
        The mix, with peaks at `CEILING_DBTP` or lower.
    folder
        Where the encoded file goes.
    loudness_lufs
        How loud it shall be.
    pulse
        Is called while it goes on.

    Returns
    -------
    Path
        The encoded file.
    """
    path = encode_sound(watched(open_sound(mixed), pulse), folder, options)
    gain_db, ceiling_dbtp = 0.0, CEILING_DBTP
    for _ in range(ROUNDS):
        found = height_of(watched(open_sound(path), pulse))
        over_db, missing_lu = found.true_peak_dbtp - DECODED_DBTP, loudness_lufs - found.loudness_lufs
        wrong = abs(missing_lu) > TOLERANCE_LU and abs(gain_db + missing_lu) <= MOST_GAIN_DB
        if over_db <= 0 and not wrong:
            break
        gain_db += missing_lu if wrong else 0.0
        ceiling_dbtp -= OF_EXCESS * over_db + MARGIN_DB if over_db > 0 else 0.0
        path = encode_sound(_limited(watched(open_sound(mixed), pulse), gain_db, ceiling_dbtp), folder, options)
    return path


def height_of(sound: SoundStream) -> Height:
    """Listen to a sound; its peaks are exact where they come near to `DECODED_DBTP`."""
    peaks, meter = TruePeaks(), LoudnessMeter(sound.rate_hz, peaks=False)
    ignored = LOOKED_AT * 10 ** (DECODED_DBTP / 20)
    highest = 0.0
    for block in sound:
        planes = _planes(block)
        meter.take(planes)
        highest = max(highest, float(peaks.take(planes, ignored).max(initial=0.0)))
    return Height(meter.report().loudness_lufs, 20 * math.log10(highest) if highest else -math.inf)


def _limited(sound: SoundStream, gain_db: float, ceiling_dbtp: float) -> SoundStream:
    gain, ceiling = 10 ** (gain_db / 20), 10 ** (ceiling_dbtp / 20)

    def blocks() -> Iterator[Sound]:
        for planes in limit_peaks(map(_planes, sound), sound.rate_hz, gain, ceiling):
            yield Sound(to_sound_shape(planes), sound.rate_hz)

    return Stream(blocks, sound.rate_hz, sound.duration_s)


def _planes(block: Sound) -> NDArray[np.float32]:
    return np.ascontiguousarray(np.atleast_2d(block.samples.T))
