"""Voices, music and effects into the sound of a video, in five steps: listen, place, duck, add up, master."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from phonoscope.core.events import EventSink, Note, Progress, StageStarted, ignore_events
from phonoscope.media.output import check_output, part_of
from phonoscope.media.sound_graph import SoundFilter, filter_sound
from phonoscope.media.sound_writer import write_sound
from phonoscope.sound.mixing.clips import Planes, effect_clip, music_clip, voice_clip
from phonoscope.sound.mixing.ducking import LEAST_DB, ducking_key, sidechain
from phonoscope.sound.mixing.levelling import VoiceLevel, effect_gain_db, music_gain_db, voice_level
from phonoscope.sound.mixing.mastering import MasteredSound, first_gain_db, settle, spooled
from phonoscope.sound.mixing.speech_spans import SHORTEST_PAUSE_S, Spans, merged
from phonoscope.sound.mixing.timeline import Placed, bus
from phonoscope.sound.mixing.tracks import MIX_RATE_HZ, Mix, MixReport

STAGE = "mix"

REACHED_LU = 0.5
"""A mix that misses its loudness by more is worth a note."""


@dataclass(frozen=True, slots=True)
class _Levels:
    """What was found when all sources were listened to: gains in dB, and when somebody speaks in the video."""

    voices: tuple[VoiceLevel, ...]
    music_db: tuple[float, ...]
    effects_db: tuple[float, ...]
    speech: Spans


def mix_to_file(mix: Mix, path: Path | str, events: EventSink = ignore_events, overwrite: bool = False) -> MixReport:
    """Write the sound of a video: stereo, 48 kHz, exactly as long as it is told.

    Memory does not grow with its length; beside the file, its sound lies on the disk once more while it is made.

    Parameters
    ----------
    path
        A file of any kind of sound, by its suffix; .wav and .flac lose nothing.

    Raises
    ------
    UsageError, OutputError, MediaError
        The file cannot be written, or a source cannot be read; no file is left behind.
    """
    check_output(path, overwrite)
    events(StageStarted(STAGE, "Mixing the sound"))
    levels = _listened(mix)
    with part_of(path, overwrite) as part, spooled(Path(path)) as spool:
        for samples in spool.fill(_mixed(mix, levels)):
            events(Progress(STAGE, samples // MIX_RATE_HZ, math.ceil(mix.duration_s), "s"))

        def attempt(gain_db: float) -> tuple[float, float]:
            sound = MasteredSound(spool, mix.samples, gain_db, mix.ceiling_dbtp)
            write_sound(part, sound, True)
            report = sound.meter.report()
            return report.loudness_lufs, report.true_peak_db

        mastered = settle(mix.loudness_lufs, first_gain_db(spool.loudness_lufs, mix.loudness_lufs), attempt)
    if math.isfinite(mastered.loudness_lufs) and abs(mastered.loudness_lufs - mix.loudness_lufs) > REACHED_LU:
        at_ceiling = mastered.true_peak_dbtp > mix.ceiling_dbtp - 1
        why = "its peaks leave no room for more" if at_ceiling else "it is so soft that more would be noise"
        events(Note(f"The sound is at {mastered.loudness_lufs:.1f} LUFS: {why}."))
    return MixReport(mastered.loudness_lufs, mastered.true_peak_dbtp, levels.speech)


def _listened(mix: Mix) -> _Levels:
    voices = tuple(voice_level(track) for track in mix.voices)
    spans = (
        (max(0.0, track.start_s + start_s), min(mix.duration_s, track.start_s + end_s))
        for track, level in zip(mix.voices, voices, strict=True)
        for start_s, end_s in level.speech
    )
    return _Levels(
        voices,
        tuple(music_gain_db(track) for track in mix.music),
        tuple(effect_gain_db(track) for track in mix.effects),
        merged(spans, SHORTEST_PAUSE_S),
    )


def _mixed(mix: Mix, levels: _Levels) -> Iterator[Planes]:
    """Yield the whole, before its loudness is set."""
    buses = {"voices": _voice_bus(mix, levels), "effects": _effect_bus(mix, levels)}
    filters = []
    parts = ["voices", "effects"]
    for number, ducking_db in enumerate(sorted({track.ducking_db for track in mix.music})):
        music, key, ducked = f"music{number}", f"key{number}", f"ducked{number}"
        buses[music] = _music_bus(mix, levels, ducking_db)
        if ducking_db < LEAST_DB:
            parts.append(music)
            continue
        buses[key] = ducking_key(levels.speech, mix.samples)
        filters.append(SoundFilter(ducked, "sidechaincompress", sidechain(ducking_db), (music, key)))
        parts.append(ducked)
    filters.append(SoundFilter("sum", "amix", f"inputs={len(parts)}:normalize=0", tuple(parts)))
    feeds = (dict(zip(buses, blocks, strict=True)) for blocks in zip(*buses.values(), strict=True))
    return _exactly(filter_sound(feeds, filters, MIX_RATE_HZ), mix.samples)


def _voice_bus(mix: Mix, levels: _Levels) -> Iterator[Planes]:
    clips = (
        Placed(_sample(track.start_s), partial(voice_clip, track, level.gain_db))
        for track, level in zip(mix.voices, levels.voices, strict=True)
    )
    return bus(clips, mix.samples)


def _music_bus(mix: Mix, levels: _Levels, ducking_db: float) -> Iterator[Planes]:
    clips = (
        Placed(_sample(track.start_s), partial(music_clip, track, gain_db))
        for track, gain_db in zip(mix.music, levels.music_db, strict=True)
        if track.ducking_db == ducking_db
    )
    return bus(clips, mix.samples)


def _effect_bus(mix: Mix, levels: _Levels) -> Iterator[Planes]:
    clips = (
        Placed(_sample(track.at_s), partial(effect_clip, track, gain_db))
        for track, gain_db in zip(mix.effects, levels.effects_db, strict=True)
    )
    return bus(clips, mix.samples)


def _sample(time_s: float) -> int:
    return max(0, round(time_s * MIX_RATE_HZ))


def _exactly(blocks: Iterator[Planes], samples: int) -> Iterator[Planes]:
    """Yield exactly so many samples."""
    given = 0
    for block in blocks:
        piece = block[:, : samples - given]
        given += piece.shape[1]
        if piece.shape[1]:
            yield piece
    if given < samples:
        yield np.zeros((2, samples - given), np.float32)
