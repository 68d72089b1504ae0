"""The files beside a video: subtitles, a transcript, a timeline for editors, a poster, and audio description."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from phonoscope.core.colour import frame_to_rgb
from phonoscope.core.errors import PhonoscopeError
from phonoscope.core.events import EventSink, FileWritten, Note
from phonoscope.core.sound import Sound, silence
from phonoscope.core.speech import Word
from phonoscope.exports.alt_text import poster_alt_text
from phonoscope.exports.ass import ass_text
from phonoscope.exports.ebu_tt_d import ebu_tt_d_text
from phonoscope.exports.otio import otio_text
from phonoscope.exports.outline import SceneSpan, SoundSpan, VideoOutline
from phonoscope.exports.transcript_text import transcript_markdown
from phonoscope.media.output import text_file
from phonoscope.media.pictures import save_picture
from phonoscope.media.sound_file import open_sound
from phonoscope.media.sound_writer import replace_sound
from phonoscope.media.subtitles import spoken_cues, srt_text, vtt_text
from phonoscope.rendering.companion_files import companion_paths
from phonoscope.rendering.film import Film
from phonoscope.rendering.hearing import Heard
from phonoscope.rendering.job import Job
from phonoscope.rendering.options import Companion
from phonoscope.rendering.plan import WorkFolder
from phonoscope.rendering.poster import poster_frame
from phonoscope.rendering.sounding import video_mix
from phonoscope.scene.document.assets import ASSETS_FOLDER, HASH_PREFIX
from phonoscope.scene.timeline import Timeline, moment_s
from phonoscope.script import read_script
from phonoscope.sound.mixing.clips import HeldSound
from phonoscope.sound.mixing.description import Description, described_mix, description_cues, place_descriptions
from phonoscope.sound.mixing.levelling import voice_level
from phonoscope.sound.mixing.mixdown import mix_to_file
from phonoscope.sound.mixing.tracks import MIX_RATE_HZ
from phonoscope.speech import SpeakOptions, speak

POSTER_AT = 0.35
"""About when in the video its poster is taken, of its length: everybody is there, nothing has gone yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """A video that has been rendered, and what is known of it.

    Attributes
    ----------
    path
        Its file.
    job, work, timeline, heard
        As they were when it was rendered.
    """

    path: Path
    job: Job
    work: WorkFolder
    timeline: Timeline
    heard: Sequence[Heard]


def write_companions(
    finished: Finished, wanted: frozenset[Companion], film: Film, overwrite: bool, events: EventSink
) -> tuple[Path, ...]:
    """Write the files beside a video, and return where they are."""
    outline = outline_of(finished)
    job, look = finished.job, finished.job.document.captions
    texts: dict[Companion, str] = {}
    if "srt" in wanted:
        texts["srt"] = srt_text(outline.cues)
    if "vtt" in wanted:
        texts["vtt"] = vtt_text(outline.cues)
    if "ass" in wanted:
        texts["ass"] = ass_text(outline.cues, look, job.size_px, outline.title)
    if "ebu-tt" in wanted:
        texts["ebu-tt"] = ebu_tt_d_text(outline.cues, job.document.language, look, job.size_px)
    if "transcript" in wanted:
        texts["transcript"] = "".join(transcript_markdown(outline))
    if "otio" in wanted:
        texts["otio"] = otio_text(outline, finished.path.name)
    written: list[Path] = []
    paths = companion_paths(finished.path, wanted)
    for kind, text in texts.items():
        _write_text(paths[kind][0], text, overwrite)
        written += paths[kind]
    if "poster" in wanted:
        _write_poster(finished, film, paths["poster"], overwrite)
        written += paths["poster"]
    if "description" in wanted:
        written += _write_description(finished, paths["description"], overwrite, events)
    for path in written:
        events(FileWritten(str(path)))
    return tuple(written)


def outline_of(finished: Finished) -> VideoOutline:
    """Return what happens when in a video."""
    document, timeline = finished.job.document, finished.timeline
    words: list[tuple[Word, str]] = []
    for index, heard in enumerate(finished.heard):
        start_s = timeline.start_s(index)
        words += [(Word(w.word.text, w.word.start_s + start_s, w.word.end_s + start_s), w.speaker) for w in heard.words]
    return VideoOutline(
        title=document.title,
        duration_s=timeline.duration_s,
        fps=timeline.fps,
        size_px=finished.job.size_px,
        scenes=tuple(_span(finished, index) for index in range(len(document.scenes))),
        cues=tuple(spoken_cues(words)),
        voices=tuple(
            SoundSpan(f"{document.scene_id(i)} voice", timeline.start_s(i), timeline.start_s(i) + heard.length_s)
            for i, heard in enumerate(finished.heard)
            if heard.words
        ),
        music=_music_spans(finished),
        effects=_effect_spans(finished),
        description=document.description,
    )


def _span(finished: Finished, index: int) -> SceneSpan:
    document, timeline = finished.job.document, finished.timeline
    scene, placed = document.scenes[index], timeline.scenes[index]
    return SceneSpan(
        id=document.scene_id(index),
        start_s=timeline.start_s(index),
        end_s=timeline.start_s(index) + timeline.length_s(index),
        title=scene.id or "",
        description=scene.description,
        transition=scene.transition.kind if index else "cut",
        overlap_s=float(placed.overlap / timeline.fps),
    )


def _music_spans(finished: Finished) -> tuple[SoundSpan, ...]:
    mix = video_mix(finished.job, finished.work, finished.heard)
    return tuple(
        SoundSpan(
            told.source,
            track.start_s,
            track.end_s,
            _file(finished, told.source),
            told.offset_s,
            told.volume_db,
            told.ducking_db,
        )
        for told, track in zip(finished.job.document.music, mix.music, strict=True)
    )


def _effect_spans(finished: Finished) -> tuple[SoundSpan, ...]:
    spans = []
    for index, scene in enumerate(finished.job.document.scenes):
        length_s, start_s = finished.timeline.length_s(index), finished.timeline.start_s(index)
        words = [spoken.word for spoken in finished.heard[index].words]
        for told in scene.effects:
            at_s = moment_s(told.at, length_s, words)
            if at_s is not None:
                path = _file(finished, told.source)
                begin_s = start_s + at_s
                end_s = begin_s + 1.0 if told.end_s is None else begin_s + told.end_s - told.start_s
                spans.append(SoundSpan(told.source, begin_s, end_s, path, told.start_s, told.volume_db))
    return tuple(spans)


def _file(finished: Finished, source: str) -> str:
    """Return a sound's file as it is found from the video's folder; empty for one of ours.

    The timeline is passed on to others: where its files lie on this computer is not their business.
    """
    try:
        path = finished.job.assets.path(source)
    except PhonoscopeError:
        return ""
    if source.startswith(HASH_PREFIX):
        return f"{ASSETS_FOLDER}/{path.name}"
    try:
        return Path(os.path.relpath(path, finished.path.resolve().parent)).as_posix()
    except ValueError:  # another drive
        return path.name


def _write_text(path: Path, text: str, overwrite: bool) -> None:
    with text_file(path, overwrite) as file:
        file.write(text)


def _write_poster(finished: Finished, film: Film, paths: Sequence[Path], overwrite: bool) -> None:
    """Write a picture of the video, and what it shows, in words."""
    near = int(finished.timeline.frames * POSTER_AT)
    number = poster_frame(finished.job.document, finished.timeline, finished.work, near)
    save_picture(paths[0], np.ascontiguousarray(frame_to_rgb(film.frame(number))), overwrite)
    scene, _ = finished.timeline.at(number)
    _write_text(paths[1], poster_alt_text(finished.job.document, scene.index) + "\n", overwrite)


def _write_description(finished: Finished, paths: Sequence[Path], overwrite: bool, events: EventSink) -> list[Path]:
    """Write a second version of the video, in which is told what is seen, and when that is told, as WebVTT."""
    document, timeline, work = finished.job.document, finished.timeline, finished.work
    descriptions = [
        Description(
            scene.description,
            timeline.start_s(index),
            timeline.start_s(index) + timeline.length_s(index),
            document.scene_id(index),
        )
        for index, scene in enumerate(document.scenes)
    ]
    mix = video_mix(finished.job, work, finished.heard)
    # Of recordings without a transcript no words are known; there it is heard when somebody speaks.
    spoken = [
        (track.start_s + start_s, track.start_s + end_s)
        for track in mix.voices
        for start_s, end_s in (voice_level(track).speech if track.speech is None else track.speech)
    ]
    placed = place_descriptions(descriptions, tuple(spoken), _speaker(document.voice.language or document.language))
    for missed in placed.unfitting:
        events(Note(f"{missed.message} A longer duration_s or a [pause] makes room."))
    if not placed.spoken:
        events(Note("No description could be told: give the scenes a description, and silence to tell it in."))
        return []
    whole = open_sound(work.mixed) if work.mixed.exists() else HeldSound(silence(timeline.duration_s, MIX_RATE_HZ))
    mix = described_mix(whole, placed, mix)
    mix_to_file(mix, work.folder / "described.wav", overwrite=True)
    replace_sound(finished.path, open_sound(work.folder / "described.wav"), paths[0], overwrite)
    _write_text(paths[1], vtt_text(description_cues(placed), "descriptions"), overwrite)
    return list(paths)


def _speaker(language: str) -> Callable[[str], Sound]:
    """Return who tells what is seen."""

    def say(text: str) -> Sound:
        pieces = list(speak(read_script(text, language, ()), SpeakOptions(language=language)))
        return Sound(np.concatenate([piece.sound.samples for piece in pieces]), pieces[0].sound.rate_hz)

    return say
