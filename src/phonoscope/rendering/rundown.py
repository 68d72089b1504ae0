"""The running order of a video before it is drawn: when which scene comes, which word is said, and how loud it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from phonoscope.core.events import EventSink, FileWritten, ignore_events
from phonoscope.core.sound import SoundStream
from phonoscope.media.output import atomic_path, check_output
from phonoscope.media.sound_file import open_sound
from phonoscope.media.sound_writer import sound_kind, write_sound
from phonoscope.rendering.backstage import Backstage, Take
from phonoscope.rendering.hearing import Heard, check_times
from phonoscope.rendering.job import Job
from phonoscope.rendering.listening import Recorded, recorded, sound_job, sound_key, voices_of
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.plan import timeline_of
from phonoscope.scene.document.reading import ReadScene
from phonoscope.scene.timeline import Timeline

PEAKS_A_SECOND: Final = 25
"""Of a waveform as it is shown: as fine as a syllable."""


@dataclass(frozen=True, slots=True)
class SceneSpan:
    """When a scene is seen, its transitions included."""

    index: int
    id: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word, when it is said in the video, by whom (empty for the only speaker), and in which scene."""

    text: str
    start_s: float
    end_s: float
    speaker: str
    scene: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of a scene that are not said, because the voice of their speaker cannot read them."""

    scene: int
    speaker: str
    voice: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rundown:
    """The running order of a video.

    Attributes
    ----------
    peaks
        How far the sound swings, `PEAKS_A_SECOND`, 0 to 1; none where nothing is heard.
    left_out
        What is written, but not said.
    sound
        The file that all of it is heard in; None where nothing is, or none was asked for.
    """

    duration_s: float
    scenes: tuple[SceneSpan, ...]
    words: tuple[PlacedWord, ...]
    peaks: tuple[float, ...]
    left_out: tuple[LeftOut, ...]
    sound: Path | None


def rundown(
    read: ReadScene,
    sound: Path | None = None,
    options: RenderOptions | None = None,
    events: EventSink = ignore_events,
    backstage: Backstage | None = None,
) -> Rundown:
    """Return the running order of a document.

    Parameters
    ----------
    sound
        Where what is heard is written to, by its suffix; None to write nothing.
    options
        ``fps``, ``loudness_lufs`` and ``overwrite`` count.

    Raises
    ------
    PhonoscopeError
        As `render.render_scene`.
    """
    options, backstage = options or RenderOptions(), backstage or Backstage(0)
    suffix = "" if sound is None else sound.suffix.lower()
    if sound is not None:
        sound_kind(sound)
        check_output(sound, options.overwrite)
    job = sound_job(read, options)
    voices = voices_of(job, backstage, events)
    key = sound_key(job, voices), suffix
    take = backstage.takes.find(key)
    if take is None:
        with recorded(job, voices, events) as spoken:
            check_times(read, spoken.heard, _timeline(job, spoken.heard).duration_s, events)
            take = _take(spoken, suffix, events)
        backstage.takes.put(key, take)
    timeline = _timeline(job, take.heard)
    check_times(read, take.heard, timeline.duration_s, ignore_events)
    if sound is not None and take.sound:
        with atomic_path(sound, options.overwrite) as part:
            part.write_bytes(take.sound)
    return Rundown(
        duration_s=timeline.duration_s,
        scenes=_spans(read.document.scene_ids, timeline),
        words=_placed(take.heard, timeline),
        peaks=take.peaks,
        left_out=tuple(
            LeftOut(index, unread.speaker, unread.voice, unread.words)
            for index, voice in enumerate(voices)
            for unread in voice.unread()
        ),
        sound=sound if take.sound else None,
    )


def _timeline(job: Job, heard: Sequence[Heard]) -> Timeline:
    return timeline_of(job.document, [each.length_s for each in heard], job.fps)


def _take(spoken: Recorded, suffix: str, events: EventSink) -> Take:
    mixed = spoken.mix(events)
    if mixed is None:
        return Take(spoken.heard, (), b"")
    peaks = peaks_of(open_sound(mixed), _timeline(spoken.job, spoken.heard).duration_s)
    if not suffix:
        return Take(spoken.heard, peaks, b"")
    file = mixed.with_name(f"take{suffix}")
    # That it has been written is told of the file that was asked for.
    write_sound(file, open_sound(mixed), events=lambda told: None if isinstance(told, FileWritten) else events(told))
    return Take(spoken.heard, peaks, file.read_bytes())


def _spans(ids: Sequence[str], timeline: Timeline) -> tuple[SceneSpan, ...]:
    starts_s = [timeline.start_s(index) for index in range(len(ids))]
    return tuple(
        SceneSpan(index, name, start_s, start_s + timeline.length_s(index))
        for index, (name, start_s) in enumerate(zip(ids, starts_s, strict=True))
    )


def _placed(heard: Sequence[Heard], timeline: Timeline) -> tuple[PlacedWord, ...]:
    return tuple(
        PlacedWord(
            spoken.word.text,
            timeline.start_s(index) + spoken.word.start_s,
            timeline.start_s(index) + spoken.word.end_s,
            spoken.speaker,
            index,
        )
        for index, each in enumerate(heard)
        for spoken in each.words
    )


def peaks_of(sound: SoundStream, duration_s: float) -> tuple[float, ...]:
    """Return how far a sound swings in each of the short stretches of a waveform, 0 to 1."""
    peaks = np.zeros(max(1, round(duration_s * PEAKS_A_SECOND)), np.float32)
    heard = 0
    for block in sound:
        swings = np.abs(block.samples)
        swings = swings.max(1) if swings.ndim == 2 else swings
        places = np.minimum((heard + np.arange(len(swings))) * PEAKS_A_SECOND // block.rate_hz, len(peaks) - 1)
        heard += len(swings)
        if len(swings):
            begins = np.flatnonzero(np.diff(places, prepend=-1))
            highest = np.maximum.reduceat(swings, begins)
            peaks[places[begins]] = np.maximum(peaks[places[begins]], highest)
    return tuple(round(min(float(peak), 1.0), 3) for peak in peaks)
