"""A document is listened to: all its scenes are spoken, and its sound is mixed, without any picture."""

from __future__ import annotations

import tempfile
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from phonoscope.core.events import EventSink, StageStarted
from phonoscope.media.options import VideoOptions
from phonoscope.rendering.backstage import Backstage
from phonoscope.rendering.hearing import Heard
from phonoscope.rendering.job import Job
from phonoscope.rendering.opening import asset_table
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.pictures import source_stamp
from phonoscope.rendering.plan import WorkFolder
from phonoscope.rendering.prompting import PromptedVoice
from phonoscope.rendering.rehearsal import hear
from phonoscope.rendering.sounding import mix_video
from phonoscope.scene.document.reading import ReadScene


@dataclass(frozen=True, slots=True)
class Recorded:
    """A document whose scenes have been spoken, in a folder for the time being."""

    job: Job
    work: WorkFolder
    heard: list[Heard]

    def mix(self, events: EventSink) -> Path | None:
        """Return the file that holds the sound of the whole document; None where nothing is heard."""
        mix_video(self.job, self.work, self.heard, events)
        return self.work.mixed if self.work.mixed.exists() else None


def sound_job(read: ReadScene, options: RenderOptions) -> Job:
    """Return what is to be heard; its picture is never drawn."""
    document = read.document
    loudness = document.loudness_lufs if options.loudness_lufs is None else options.loudness_lufs
    video = VideoOptions(size_px=document.canvas.size_px, fps=options.fps or document.canvas.rate)
    return Job(document, asset_table(read), video, loudness)


def voices_of(job: Job, backstage: Backstage, events: EventSink) -> list[PromptedVoice]:
    """Return the voices of all scenes."""
    scenes = range(len(job.document.scenes))
    return [backstage.voice(job.document, index, job.assets, events) for index in scenes]


@contextmanager
def recorded(job: Job, voices: Sequence[PromptedVoice], events: EventSink) -> Iterator[Recorded]:
    """Let all scenes be spoken; what is recorded is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="phonoscope-") as folder:
        work = WorkFolder(Path(folder))
        events(StageStarted("speech", "Speaking"))
        heard = [hear(voice, work.sound(index)) for index, voice in enumerate(voices)]
        yield Recorded(job, work, heard)


def sound_key(job: Job, voices: Sequence[PromptedVoice]) -> Hashable:
    """Return what changes whenever something else would be heard."""
    document = job.document
    parts: dict[str, Any] = {"music": True, "voice_db": True, "scenes": {"__all__": {"id", "effects", "transition"}}}
    told = document.model_dump_json(include=parts)
    effects = (effect.source for scene in document.scenes for effect in scene.effects)
    files = [job.assets.paths.get(name) for name in (*(music.source for music in document.music), *effects)]
    stamps = tuple(source_stamp(Path(file)) for file in files if file is not None)
    return tuple(voice.key for voice in voices), told, stamps, job.fps, job.loudness_lufs
