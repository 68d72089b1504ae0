"""A voice changed on purpose: pitch, speed, and a few presets."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import UsageError
from phonoscope.core.sound import Sound, SoundStream
from phonoscope.media.channels import cleaned, to_sound_shape
from phonoscope.sound.effect_names import EFFECT_NAMES
from phonoscope.sound.hall import in_hall
from phonoscope.sound.limiter import limit_peaks
from phonoscope.sound.pitch_shift import Envelope, shift_pitch
from phonoscope.sound.short_time import Spectra, frequencies_hz, shape_spectra
from phonoscope.sound.time_stretch import stretch

PITCH_RANGE = 0.5, 2.0
SPEED_RANGE = 0.5, 2.0
"""Factors; beyond, the wave has to be repeated or left out so much that it stutters."""

CEILING = 0.95
"""Effects add up waves; their peaks are held under this."""

Pieces = Iterable[NDArray[np.float32]]
Effect = Callable[[Pieces, int], Iterator[NDArray[np.float32]]]

TELEPHONE_HZ = 300.0, 3400.0
"""The band of a telephone line (ITU-T G.712)."""

TELEPHONE_DRIVE = 2.5
"""How hard the line's amplifier is driven: audibly, not harshly."""

MU_LAW = 255.0
"""Companding of ITU-T G.711, which quantises to eight bits."""

ROBOT_RANGE_HZ = 60.0, 4000.0
"""Where it buzzes: below is no voice, above the original wave stays, so that esses hiss."""

ROBOT_SPREAD_S = 0.006
"""How much later than the lowest the highest frequency of a pulse comes."""


@dataclass(frozen=True, slots=True)
class VoiceChanges:
    """How a voice is changed.

    Attributes
    ----------
    effect
        A name in `EFFECTS`, or empty.
    pitch
        Factor from 0.5 to 2; length and formants stay.
    speed
        Factor from 0.5 to 2; pitch stays.
    """

    effect: str = ""
    pitch: float = 1.0
    speed: float = 1.0

    def __post_init__(self) -> None:
        if self.effect and self.effect not in EFFECTS:
            raise UsageError(f"There is no effect '{self.effect}'.", f"Choose one of: {', '.join(EFFECTS)}.")
        if not PITCH_RANGE[0] <= self.pitch <= PITCH_RANGE[1]:
            raise UsageError(
                f"A pitch of {self.pitch:g} is not possible.", "Choose 0.5 to 2, which is an octave down or up."
            )
        if not SPEED_RANGE[0] <= self.speed <= SPEED_RANGE[1]:
            raise UsageError(f"A speed of {self.speed:g} is not possible.", "Choose 0.5 to 2.")

    def __bool__(self) -> bool:
        return self != VoiceChanges()


class ChangedSound:
    """A changed voice; a `SoundStream` itself."""

    def __init__(self, source: SoundStream, changes: VoiceChanges) -> None:
        self._source = source
        self._changes = changes

    @property
    def rate_hz(self) -> int:
        """Samples a second."""
        return self._source.rate_hz

    @property
    def duration_s(self) -> float | None:
        """Length in seconds; that of the source by the speed."""
        return None if self._source.duration_s is None else self._source.duration_s / self._changes.speed

    def __iter__(self) -> Iterator[Sound]:
        """Yield consecutive blocks."""
        changed = change(planes_of(self._source), self.rate_hz, self._changes)
        for planes in limit_peaks(changed, self.rate_hz, 1.0, CEILING):
            yield Sound(to_sound_shape(planes), self.rate_hz)


def change_voice(source: SoundStream, changes: VoiceChanges) -> SoundStream:
    """Return the sound with another speed and pitch, and an effect; as long and in step unless the speed is another."""
    return ChangedSound(source, changes) if changes else source


def change(pieces: Pieces, rate_hz: int, changes: VoiceChanges) -> Iterator[NDArray[np.float32]]:
    """Yield changed sound, each piece of shape (channels, any), with its peaks as they come."""
    stream = iter(pieces)
    if changes.speed != 1:
        stream = stretch(stream, rate_hz, Fraction(changes.speed).limit_denominator(1000))
    if changes.pitch != 1:
        stream = shift_pitch(stream, rate_hz, changes.pitch)
    return EFFECTS[changes.effect](stream, rate_hz) if changes.effect else stream


def parse_pitch(text: str) -> float:
    """Read a change of pitch: a factor (``1.2``) or semitones with a sign and unit (``+3st``).

    Raises
    ------
    UsageError
        It is neither.
    """
    match = re.fullmatch(r"\s*([+-]?\d{0,3}(?:\.\d{0,6})?)\s*(st|semitones?)?\s*", text, re.IGNORECASE | re.ASCII)
    try:
        number = float(match[1]) if match else math.nan
    except ValueError:
        number = math.nan
    if match is None or math.isnan(number):
        raise UsageError(f"'{text[:40]}' is no pitch.", "Write a factor such as 1.2, or semitones such as +3st.")
    return float(2 ** (number / 12)) if match[2] else number


def planes_of(source: SoundStream) -> Iterator[NDArray[np.float32]]:
    """Yield the blocks of a stream as finite samples, each of shape (channels, n)."""
    for block in source:
        yield cleaned(np.atleast_2d(block.samples.T))


def _robot(pieces: Pieces, rate_hz: int) -> Iterator[NDArray[np.float32]]:
    """Flatten the pitch to one pulse a spectrum, 100 a second; formants stay."""
    envelope = Envelope(rate_hz)
    bins_hz = frequencies_hz(rate_hz)
    buzz = bins_hz < ROBOT_RANGE_HZ[1]
    # In the middle of its window, each frequency a little later than the one below: less of a spike than all at once.
    later_s = ROBOT_SPREAD_S * (bins_hz / ROBOT_RANGE_HZ[1] - 0.5)
    phase = np.exp(-2j * np.pi * np.cumsum(later_s) * bins_hz[1]) * np.where(np.arange(len(bins_hz)) % 2, -1, 1)
    phase = (phase * (bins_hz > ROBOT_RANGE_HZ[0])).astype(np.complex64)

    def flatten(spectra: Spectra) -> Spectra:
        power = (spectra.real**2 + spectra.imag**2).mean(axis=1)
        smooth = np.exp(envelope.of(power)).astype(np.float32)
        level = np.sqrt(power[:, buzz].sum(axis=1) / ((smooth[:, buzz] ** 2).sum(axis=1) + 1e-20))
        pulses = (smooth * level[:, None] * phase)[:, None, :]
        return np.where(buzz, pulses, spectra).astype(np.complex64)

    return shape_spectra(pieces, rate_hz, flatten)


def _chipmunk(pieces: Pieces, rate_hz: int) -> Iterator[NDArray[np.float32]]:
    return shift_pitch(pieces, rate_hz, pitch=1.8, formants=1.4)


def _deep(pieces: Pieces, rate_hz: int) -> Iterator[NDArray[np.float32]]:
    return shift_pitch(pieces, rate_hz, pitch=0.7, formants=0.86)


def _telephone(pieces: Pieces, rate_hz: int) -> Iterator[NDArray[np.float32]]:
    """Cut the band, drive the amplifier, quantise to eight companded bits, cut the band again."""
    from scipy.signal import butter, sosfilt

    band_hz = TELEPHONE_HZ[0], min(TELEPHONE_HZ[1], 0.45 * rate_hz)
    filters = butter(3, band_hz, "bandpass", fs=rate_hz, output="sos")
    sending = receiving = np.zeros((len(filters), 1, 2))
    for piece in pieces:
        if len(piece) != sending.shape[1]:
            sending = receiving = np.zeros((len(filters), len(piece), 2))
        sent, sending = sosfilt(filters, piece, axis=1, zi=sending)
        driven = np.tanh(TELEPHONE_DRIVE * sent) / np.tanh(TELEPHONE_DRIVE)
        received, receiving = sosfilt(filters, _companded(driven), axis=1, zi=receiving)
        yield received.astype(np.float32)


def _companded(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return samples in [-1, 1] as they come out of an eight-bit line."""
    companded = np.sign(samples) * np.log1p(MU_LAW * np.abs(samples)) / np.log1p(MU_LAW)
    coarse = np.rint(companded * 127) / 127
    return np.asarray(np.sign(coarse) * np.expm1(np.abs(coarse) * np.log1p(MU_LAW)) / MU_LAW)


EFFECTS: dict[str, Effect] = dict(zip(EFFECT_NAMES, (_robot, _chipmunk, _deep, _telephone, in_hall), strict=True))
"""Every preset by name; all keep length and time."""
