"""How loud each sound is by itself, and by how much it is turned up or down to stand in its place in the mix."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from phonoscope.sound.loudness import LoudnessMeter
from phonoscope.sound.mixing.clips import CHANNELS, Planes, own_channels, part
from phonoscope.sound.mixing.speech_spans import LevelTrace, Spans
from phonoscope.sound.mixing.tracks import EffectTrack, MusicTrack, VoiceTrack

REFERENCE_LUFS = -23.0
"""Loudness of voices before the whole is brought to its own: EBU R 128's, with room for peaks."""

MOST_GAIN_DB = 40.0
"""No sound is made louder by more: what is so soft is noise."""

CREST_DB = 13.0
"""Peaks of an effect may stand this far above the loudness that it is meant to have, as those of speech do: a click
has next to no loudness, and would become a bang."""

MUSIC_MEASURED_S = 180.0
"""So much of a piece tells how loud it is."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Loudness of a sound (-inf for silence), and its highest sample in dB."""

    loudness_lufs: float
    peak_db: float


@dataclass(frozen=True, slots=True)
class VoiceLevel:
    """What a voice is turned up by, and when in its sound somebody speaks."""

    gain_db: float
    speech: Spans


def voice_level(track: VoiceTrack) -> VoiceLevel:
    """Listen to a voice."""
    trace = LevelTrace(track.sound.rate_hz)
    measured = _measured(trace.watched(own_channels(track.sound)), track.sound.rate_hz)
    speech = track.speech if track.speech is not None else trace.speech()
    return VoiceLevel(_gain(measured, REFERENCE_LUFS) + track.gain_db, speech)


def music_gain_db(track: MusicTrack) -> float:
    """Listen to a piece, and return what it is turned up by."""
    rate_hz = track.source.rate_hz
    start = 0 if track.loop else round(track.offset_s * rate_hz)
    heard = part(own_channels(track.source), start, start + round(MUSIC_MEASURED_S * rate_hz))
    return _gain(_measured(heard, rate_hz), REFERENCE_LUFS + track.volume_db)


def effect_gain_db(track: EffectTrack) -> float:
    """Listen to an effect, and return what it is turned up by."""
    rate_hz = track.source.rate_hz
    end = None if track.end_s is None else round(track.end_s * rate_hz)
    measured = _measured(part(own_channels(track.source), round(track.start_s * rate_hz), end), rate_hz)
    wanted = REFERENCE_LUFS + track.volume_db
    return min(_gain(measured, wanted), wanted + CREST_DB - measured.peak_db) if measured.peak_db > -120 else 0.0


def _measured(blocks: Iterable[Planes], rate_hz: int) -> Measured:
    meter = LoudnessMeter(rate_hz, peaks=False)
    peak = 0.0
    channels = CHANNELS
    for block in blocks:
        channels = len(block)
        meter.take(block)
        peak = max(peak, float(np.abs(block).max(initial=0.0)))
    # One channel is heard from both sides in the mix.
    doubled_db = 10 * math.log10(CHANNELS / channels)
    return Measured(meter.report().loudness_lufs + doubled_db, 20 * math.log10(peak) if peak else -math.inf)


def _gain(measured: Measured, wanted_lufs: float) -> float:
    if math.isinf(measured.loudness_lufs):
        return 0.0
    return min(MOST_GAIN_DB, wanted_lufs - measured.loudness_lufs)
