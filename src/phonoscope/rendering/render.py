"""The flow: a scene document becomes a video, in one process or several."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.choices import Video
from phonoscope.core.errors import SceneError
from phonoscope.core.events import EventSink, FileWritten, Note, Progress, StageStarted, ignore_events
from phonoscope.credits import check_credits, write_credits
from phonoscope.media.export_presets import export_preset
from phonoscope.media.fit_size import fit_size
from phonoscope.media.joining import join_segments
from phonoscope.media.options import VideoOptions
from phonoscope.media.output import check_output, part_of, text_file
from phonoscope.media.sound_file import open_sound
from phonoscope.media.sound_writer import write_sound
from phonoscope.media.writer import check_place
from phonoscope.rendering.companion_files import check_companions
from phonoscope.rendering.crew import Crew, Soloist, Troupe
from phonoscope.rendering.filming import FilmPlan, plan_film
from phonoscope.rendering.hearing import Heard, check_times
from phonoscope.rendering.job import Job
from phonoscope.rendering.lending import work_folder
from phonoscope.rendering.opening import asset_table, open_scene
from phonoscope.rendering.options import RenderOptions, available_cores
from phonoscope.rendering.plan import Segment, WorkFolder, cut_into_segments, timeline_of
from phonoscope.rendering.poster import poster_frame
from phonoscope.rendering.pulse import Pulse
from phonoscope.rendering.tasks import Task, draw_task
from phonoscope.scene.document.reading import ReadScene

if TYPE_CHECKING:
    from phonoscope.rendering.backstage import Backstage

CHARACTERS_A_SECOND = 14.0
"""How quickly text is spoken, about: only to guess whether several processes are worth their start."""

POSTER_S = 3.0
"""When about a video's poster is looked for, or else in its middle: early, so that it is soon found in the file."""

WORTH_SHARING_S = 6.0
"""A video that is shorter is drawn before another process has begun."""


def render_scene(
    scene: ReadScene | Path | str,
    output: Path | str,
    options: RenderOptions | None = None,
    events: EventSink = ignore_events,
    backstage: Backstage | None = None,
) -> Video:
    """Make a video of a scene document.

    Parameters
    ----------
    scene
        A document that has been opened (`rendering.opening.open_scene`), or its file, or the name of a template.
    output
        Where the video goes; its suffix chooses the kind of file.
    events
        Is told how it goes, at least twice a second. What it raises ends the work; what is finished is kept beside the
        output for the next run.
    backstage
        What stills of the document have left; with it, all is done in this process, which has looked at everything.

    Raises
    ------
    SceneError
        The document cannot be rendered; tells where in it.
    PhonoscopeError
        Whatever else is wrong. No file is left behind, but what was finished is kept beside it for the next run.
    """
    begun_s = time.perf_counter()
    read = scene if isinstance(scene, ReadScene) else open_scene(scene)
    options, output = options or RenderOptions(), Path(output)
    plan = _plan(read, output, options)
    job = Job(read.document, asset_table(read), plan.video, plan.loudness_lufs, options.every)
    check_place(output, job.video.container, options.overwrite)
    check_companions(output, options.companions, options.overwrite)
    if read.document.is_interactive:
        events(Note("Questions and branches need a page: -o NAME.html. In this video all scenes follow each other."))
    with work_folder(output, job, options.fresh, events) as work, _crew(job, work, options, events, backstage) as crew:
        heard = _hear(job, work, events, backstage)
        timeline = timeline_of(job.document, [each.length_s for each in heard], job.fps)
        check_times(read, heard, timeline.duration_s, events)
        credit = _act(job, work, crew, events)
        check_credits(output, credit, options.overwrite)
        frames = job.drawn(timeline.frames)
        segments = cut_into_segments(frames, job.video.fps)
        _draw(work, crew, segments, frames, events)
        film = replace(job.video, credit=credit, overwrite=options.overwrite)
        _join(work, segments, output, film, plan.limit_bytes, events)
        sidecars = _write_beside(output, job, work, heard, options, events) if options.companions else ()
        near = int(min(timeline.frames / 2, POSTER_S * timeline.fps))
        poster_s = float(poster_frame(job.document, timeline, work, near) / timeline.fps)
    if credit:
        sidecars = (*sidecars, write_credits(output, credit, options.overwrite))
        events(FileWritten(str(sidecars[-1])))
    return Video(
        path=output,
        sidecars=sidecars,
        duration_s=timeline.duration_s,
        frames=frames,
        size_px=job.size_px,
        wall_s=time.perf_counter() - begun_s,
        poster_s=poster_s,
    )


def _write_beside(
    output: Path, job: Job, work: WorkFolder, heard: list[Heard], options: RenderOptions, events: EventSink
) -> tuple[Path, ...]:
    """Write the files beside a finished video."""
    from phonoscope.rendering.companions import Finished, write_companions
    from phonoscope.rendering.worker import Worker

    timeline = timeline_of(job.document, [each.length_s for each in heard], job.fps)
    finished = Finished(output, job, work, timeline, heard)
    return write_companions(
        finished, options.companions, Worker(job, work, ignore_events).film(), options.overwrite, events
    )


def render_sound(
    read: ReadScene, output: Path | str, options: RenderOptions | None = None, events: EventSink = ignore_events
) -> None:
    """Write what is heard in a scene document, without its picture, to a sound file.

    Raises
    ------
    PhonoscopeError
        As `render_scene`.
    """
    from phonoscope.rendering.backstage import Backstage
    from phonoscope.rendering.listening import recorded, sound_job, voices_of

    options, output = options or RenderOptions(), Path(output)
    check_output(output, options.overwrite)
    job = sound_job(read, options)
    with recorded(job, voices_of(job, Backstage(0), events), events) as spoken:
        mixed = spoken.mix(events)
        if mixed is None:
            raise SceneError("Nothing is heard in the document.", "Give a scene a script, a sound, or music.")
        write_sound(output, open_sound(mixed), options.overwrite, events)


def _plan(read: ReadScene, output: Path, options: RenderOptions) -> FilmPlan:
    """Return how the file is written; what has to keep to a size is spoken first, to know how long it is."""
    plan = plan_film(read.document, output, options)
    preset = export_preset(options.preset) if options.preset else None
    if plan.limit_bytes is None and (preset is None or preset.length_limit_s is None):
        return plan
    from phonoscope.rendering.still import Stills

    duration_s = Stills(read, options).duration_s
    if preset is not None:
        preset.check_length(duration_s)
    return plan.within(duration_s)


def _join(
    work: WorkFolder,
    segments: tuple[Segment, ...],
    output: Path,
    film: VideoOptions,
    limit_bytes: int | None,
    events: EventSink,
) -> None:
    """Put the segments and the sound together, and make the file smaller if it has to be."""
    pictures = [work.segment(segment) for segment in segments]
    sound, frames = work.encoded, segments[-1].end_frame
    pulse = Pulse(lambda: events(Progress("render", frames, frames, "frames")))
    if limit_bytes is None:
        join_segments(pictures, sound, output, film, lambda event: pulse())
    else:
        with part_of(output, film.overwrite) as part:
            join_segments(pictures, sound, part, replace(film, overwrite=True), lambda event: pulse())
            fit_size(part, limit_bytes, film, events)
    events(FileWritten(str(output)))


def _hear(job: Job, work: WorkFolder, events: EventSink, backstage: Backstage | None) -> list[Heard]:
    """Listen to all scenes, and record them; other processes look at the pictures meanwhile."""
    from phonoscope.rendering.backstage import Backstage
    from phonoscope.rendering.rehearsal import hear

    backstage = backstage or Backstage(0)
    events(StageStarted("speech", "Rehearsing"))
    found = []
    for index in range(len(job.document.scenes)):
        path = work.heard(index)
        if path.exists():
            found.append(Heard.from_json(path.read_text("utf-8")))
            continue
        found.append(hear(backstage.voice(job.document, index, job.assets, events), work.sound(index)))
        with text_file(path, overwrite=True) as file:
            file.write(found[-1].to_json())
    return found


def _act(job: Job, work: WorkFolder, crew: Crew, events: EventSink) -> str:
    """Let all scenes be acted, and return whom the makers of the video have to name."""
    scenes = range(len(job.document.scenes))
    missing = [index for index in scenes if not work.credits(index).exists()]

    def count(frames: int) -> None:
        left = sum(not work.credits(index).exists() for index in missing)
        events(Progress("act", len(scenes) - left, len(scenes), "scenes"))

    crew.run([Task("act", index) for index in missing], count)
    lines: dict[str, None] = {}
    for index in scenes:
        lines.update(dict.fromkeys(json.loads(work.credits(index).read_text("utf-8"))))
    return "\n".join(lines)


def _draw(work: WorkFolder, crew: Crew, segments: tuple[Segment, ...], frames: int, events: EventSink) -> None:
    """Draw all segments that are not there yet, and mix the sound meanwhile."""
    events(StageStarted("render", "Drawing frames"))
    missing = [segment for segment in segments if not work.segment(segment).exists()]
    done = frames - sum(segment.end_frame - segment.first_frame for segment in missing)
    if done:
        events(Note(f"{done / frames:.0%} of the frames are there from an earlier run."))
    mixing = [] if work.mixed_mark.exists() else [Task("mix")]

    def count(drawn: int) -> None:
        nonlocal done
        done += drawn
        events(Progress("render", done, frames, "frames"))

    crew.run([*mixing, *map(draw_task, missing)], count)


def _crew(job: Job, work: WorkFolder, options: RenderOptions, events: EventSink, backstage: Backstage | None) -> Crew:
    """Return who works: one, where more would not be worth their start."""
    if backstage is not None:
        return Soloist(job, work, events, backstage)
    jobs = options.jobs or available_cores()
    if jobs == 1 or (options.jobs is None and _guessed_s(job) < WORTH_SHARING_S):
        return Soloist(job, work, events)
    return Troupe(jobs, len(job.document.scenes), work, events)


def _guessed_s(job: Job) -> float:
    """Return about how long the video will be."""
    return sum(
        max(scene.duration_s or 0.0, len(scene.script) / CHARACTERS_A_SECOND, 10.0 if scene.sound else 0.0)
        for scene in job.document.scenes
    )
