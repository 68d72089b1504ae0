"""A voice made clear and as loud as listeners expect: noise, rumble, esses and peaks down, loudness to a standard."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import UsageError
from phonoscope.core.events import EventSink, Note, Progress, StageStarted, ignore_events
from phonoscope.core.sound import Sound, SoundStream
from phonoscope.media.channels import to_sound_shape
from phonoscope.sound.effects import VoiceChanges, change, planes_of
from phonoscope.sound.levels import SpeechLevels
from phonoscope.sound.limiter import Limiter, limit_peaks
from phonoscope.sound.loudness import LoudnessMeter, MeteredSound, SoundReport
from phonoscope.sound.short_time import shape_spectra
from phonoscope.sound.voice_cleaning import VoiceShaper, without_rumble

TARGET_LUFS = -16.0
"""Integrated loudness of speech on the web and in podcasts (AES TD1008)."""

CEILING_DB = -2.5
"""True peaks of the sound; encoders that lose some of it add up to a decibel, and -1.5 dB shall hold after them."""

MOST_GAIN_DB = 30.0
"""No sound is made louder by more: what is so soft is the recorder's own noise for the most part."""

TRIED_DB = -6.0, -2.0, 1.0, 4.0, 7.0, 11.0, 18.0
"""Gains that are tried, above the one that would do if nothing else were done to the sound."""

NO_VOICE_SNR_DB = 6.0
NO_VOICE_LUFS = -38.0
"""Steady sound that is as quiet as this is noise alone, and no reason to turn it up."""


@dataclass(frozen=True, slots=True)
class EnhanceOptions:
    """What is done to a voice.

    Attributes
    ----------
    denoise
        Turn steady noise down.
    target_lufs
        Integrated loudness of the result.
    changes
        Another pitch, speed or an effect, put on the clean voice before its loudness is set.
    """

    denoise: bool = True
    target_lufs: float = TARGET_LUFS
    changes: VoiceChanges = field(default_factory=VoiceChanges)

    def __post_init__(self) -> None:
        if not -40 <= self.target_lufs <= -8:
            raise UsageError(f"A loudness of {self.target_lufs:g} LUFS is not possible.", "Choose -40 to -8.")


class EnhancedSound:
    """An enhanced stream of sound; a `SoundStream` itself, not shifted against its source.

    Attributes
    ----------
    before
        What was measured of the source.
    gain_db
        How much louder the sound is made after noise, esses and loud syllables were turned down.
    """

    def __init__(self, source: SoundStream, options: EnhanceOptions, events: EventSink = ignore_events) -> None:
        self._source = source
        self._options = options
        events(StageStarted("measure", "Listening to the sound"))
        self.before, self._speech_db = self._measured()
        self.gain_db = 0.0

    @property
    def rate_hz(self) -> int:
        """Samples a second."""
        return self._source.rate_hz

    @property
    def duration_s(self) -> float | None:
        """Length in seconds; that of the source, unless the speed is changed."""
        duration_s = self._source.duration_s
        return None if duration_s is None else duration_s / self._options.changes.speed

    def __iter__(self) -> Iterator[Sound]:
        """Yield consecutive blocks."""
        ceiling = _factor(CEILING_DB)
        for planes in limit_peaks(self._cleaned(), self.rate_hz, _factor(self.gain_db), ceiling):
            yield Sound(to_sound_shape(planes), self.rate_hz)

    def _measured(self) -> tuple[SoundReport, float]:
        """Measure the source, and the level of speech in it without rumble."""
        metered = MeteredSound(self._source)
        levels = SpeechLevels(self.rate_hz)
        for planes in without_rumble(planes_of(metered), self.rate_hz):
            levels.take(planes)
        return metered.report(), levels.levels().speech_db

    def choose_gain(self, events: EventSink) -> None:
        """Go through the sound once, and set the gain that brings it to the loudness wanted.

        Holding peaks makes sound softer, the more the louder it is; so several gains are tried at once.
        """
        target_lufs = min(self._options.target_lufs, self.before.loudness_lufs + MOST_GAIN_DB)
        first_db = target_lufs - self.before.loudness_lufs
        tries = [_Try(self.rate_hz, first_db + more_db) for more_db in TRIED_DB] if math.isfinite(first_db) else []
        done_s = 0.0
        for planes in self._cleaned() if tries else ():
            for one in tries:
                one.take(planes)
            done_s += planes.shape[1] / self.rate_hz
            _tell(events, done_s, self.duration_s)
        heard = [one.meter.report() for one in tries]
        if not heard or not math.isfinite(heard[0].loudness_lufs) or self._no_voice(heard[0]):
            events(Note("There is no voice loud enough to be heard in the sound; it is not made louder."))
            return
        reached = [report.loudness_lufs for report in heard]
        short_db = min(0.0, target_lufs - reached[0])
        self.gain_db = first_db + short_db + float(np.interp(target_lufs, reached, TRIED_DB))

    def _no_voice(self, heard: SoundReport) -> bool:
        """Tell whether nothing stands out of what is left of a quiet sound after noise was turned down."""
        return heard.snr_db < NO_VOICE_SNR_DB and self.before.loudness_lufs < NO_VOICE_LUFS

    def _cleaned(self) -> Iterator[NDArray[np.float32]]:
        """Yield the voice without noise and rumble, changed as it is wanted."""
        shape = VoiceShaper(self.rate_hz, self._speech_db, self._options.denoise)
        shaped = shape_spectra(without_rumble(planes_of(self._source), self.rate_hz), self.rate_hz, shape)
        return change(shaped, self.rate_hz, self._options.changes)


def enhance(
    source: SoundStream, options: EnhanceOptions | None = None, events: EventSink = ignore_events
) -> EnhancedSound:
    """Return a voice without noise and rumble, evenly loud, at -16 LUFS with true peaks under -1.5 dB.

    The sound is gone through twice here, to measure it, and once more each time that the result is.

    Parameters
    ----------
    source
        A voice, of any length.
    options
        What is done; None for all.
    events
        Takes progress in seconds of sound, and a note when there is no voice to be made louder.
    """
    result = EnhancedSound(source, options or EnhanceOptions(), events)
    result.choose_gain(events)
    return result


class _Try:
    """Sound at one gain with its peaks held, and how loud that is."""

    def __init__(self, rate_hz: int, gain_db: float) -> None:
        self._gain = np.float32(_factor(gain_db))
        self._limiter = Limiter(rate_hz, _factor(CEILING_DB))
        self.meter = LoudnessMeter(rate_hz, peaks=False)

    def take(self, planes: NDArray[np.float32]) -> None:
        """Take the next stretch of sound, shape (channels, n)."""
        self.meter.take(self._limiter.take(planes * self._gain))


def _factor(gain_db: float) -> float:
    return float(10 ** (gain_db / 20))


def _tell(events: EventSink, done_s: float, total_s: float | None) -> None:
    events(Progress("measure", round(done_s), None if total_s is None else math.ceil(total_s), "s"))
