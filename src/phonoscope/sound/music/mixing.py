"""Parts → one loop: levels by measured loudness, room and echo that come round, and a gentle master.

Everything linear happens in the spectrum of the whole loop, so that filters, room and echo are what they would be after
the loop had been played for ever: there is no seam.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.sound.music.balance import loop_loudness
from phonoscope.sound.music.playing import play
from phonoscope.sound.music.score import Composition
from phonoscope.sound.synthesis.filters import Room, room_answer
from phonoscope.sound.synthesis.waves import RATE_HZ, Wave

LOUDNESS_LUFS = -18.0
WORKING_LUFS = -20.0
"""Of a part at level 0, before the master."""

CEILING_DB = -3.0
"""Highest sample; a decibel under what is promised of true peaks."""

ROOMS = {
    "studio": Room(0.7, 0.004, 5000),
    "chamber": Room(1.3, 0.012, 4500),
    "hall": Room(2.2, 0.02, 4000),
    "cathedral": Room(4.2, 0.03, 3200),
}

REVERB_CLEAR_HZ = 220.0
"""The room answers less below: bass that lingers is mud."""

ECHO_AGAIN = 0.42
ECHO_BAND_HZ = 350.0, 2800.0

TONE = (
    # hertz, decibels: what the master adds, on a logarithmic scale between.
    (20.0, -18.0),
    (34.0, -5.0),
    (60.0, 0.0),
    (160.0, 0.0),
    (340.0, -1.5),
    (700.0, -0.5),
    (1300.0, -1.5),
    (2400.0, -2.0),
    (3600.0, 0.0),
    (6000.0, 3.0),
    (9500.0, 3.5),
    (13000.0, -1.0),
    (18000.0, -24.0),
)
"""Room for a voice's words, air above them; nothing that only eats headroom or hisses."""

GLUE_OVER_DB = -1.0
GLUE_RATIO = 2.5
GLUE_S = 0.04
"""The master presses what is louder than this over the mean, smoothly to both sides in time."""

LIMIT_S = 0.0025


def mixed(piece: Composition) -> Wave:
    """Return a loop as it is to be heard, shape (2, n)."""
    dry, wet, late = (np.zeros((2, piece.samples), np.float32) for _ in range(3))
    for number, part in enumerate(piece.parts):
        track = play(piece, number)
        track *= np.float32(10 ** ((part.level_lu + WORKING_LUFS - loop_loudness(track)) / 20))
        dry += track
        wet += np.float32(part.reverb) * track
        if part.delay:
            late += np.float32(part.delay) * track
    return _mastered(_joined(piece, dry, wet, late))


def _joined(piece: Composition, dry: Wave, wet: Wave, late: Wave) -> Wave:
    """Return the sum of the dry sound, its room and its echoes, through the master's tone."""
    from scipy.fft import irfft, rfft

    count = piece.samples
    hz = np.fft.rfftfreq(count, 1 / RATE_HZ).astype(np.float32)
    spectra: NDArray[np.complex64] = rfft(dry, axis=1)
    if late.any():
        echoes = rfft(late, axis=1) * _echo(hz, piece.echo_beats * piece.beat_samples / RATE_HZ)
        spectra += echoes
        wet = wet + 0.3 * late
    answer = room_answer(ROOMS[piece.room])
    folded = np.zeros((2, count), np.float32)
    folded[:, : answer.shape[1]] = answer[:, :count]
    clear = (hz**2 / (hz**2 + REVERB_CLEAR_HZ**2)).astype(np.float32)
    spectra += rfft(wet, axis=1) * rfft(folded, axis=1) * clear
    frequencies, gains_db = np.array(TONE).T
    tone = 10 ** (np.interp(np.log(np.maximum(hz, 1)), np.log(frequencies), gains_db) / 20)
    tone[hz < 16] = 0
    joined: Wave = irfft(spectra * tone.astype(np.float32), count, axis=1)
    return joined


def _echo(hz: NDArray[np.float32], delay_s: float) -> NDArray[np.complex64]:
    """Return the response, shape (2, n), of an echo that goes from side to side, softer and darker each time."""
    low, high = ECHO_BAND_HZ
    band = (hz / (hz + 1j * low)) / (1 + 1j * hz / high) * 1j
    once = np.exp(-2j * np.pi * hz.astype(np.float64) * delay_s).astype(np.complex64) * band
    again = 1 / (1 - (ECHO_AGAIN * once) ** 2)
    return np.asarray([once * again, ECHO_AGAIN * once * once * again], np.complex64)


def _mastered(planes: Wave) -> Wave:
    """Return a loop at its loudness: pressed together gently, its peaks held."""
    planes = _scaled(_glued(planes), LOUDNESS_LUFS)
    limited = _limited(planes)
    return _limited(_scaled(limited, LOUDNESS_LUFS)) if limited is not planes else planes


def _scaled(planes: Wave, lufs: float) -> Wave:
    return planes * np.float32(10 ** ((lufs - loop_loudness(planes)) / 20))


def _glued(planes: Wave) -> Wave:
    from scipy.ndimage import gaussian_filter1d

    hop = 480
    blocks = (planes[:, : planes.shape[1] // hop * hop] ** 2).mean(axis=0).reshape(-1, hop).mean(axis=1)
    smooth = gaussian_filter1d(blocks, GLUE_S * RATE_HZ / hop, mode="wrap")
    over_db = np.maximum(10 * np.log10((smooth + 1e-9) / (smooth.mean() + 1e-9)) - GLUE_OVER_DB, 0)
    gain = 10 ** (-over_db * (1 - 1 / GLUE_RATIO) / 20)
    centres = (np.arange(len(gain)) + 0.5) * hop
    return planes * np.interp(np.arange(planes.shape[1]), centres, gain, period=planes.shape[1]).astype(np.float32)


def _limited(planes: Wave) -> Wave:
    """Return a loop without peaks over the ceiling; itself where it has none."""
    from scipy.ndimage import minimum_filter1d, uniform_filter1d

    ceiling = 10 ** (CEILING_DB / 20)
    peaks = np.abs(planes).max(axis=0)
    if peaks.max() <= ceiling:
        return planes
    reach = round(LIMIT_S * RATE_HZ)
    needed = np.minimum(1, ceiling / np.maximum(peaks, 1e-6)).astype(np.float32)
    gain = minimum_filter1d(needed, 2 * reach + 1, mode="wrap")
    for _ in range(2):
        gain = uniform_filter1d(gain, reach, mode="wrap")
    return planes * gain
