"""One who works on a video, in this process or in one of its own: acts, draws segments, mixes the sound."""

from __future__ import annotations

import json
from collections.abc import Callable

from phonoscope.core.events import EventSink
from phonoscope.media.output import text_file
from phonoscope.media.segments import SegmentWriter
from phonoscope.rendering.actors import Actor, Stage, cast_scene
from phonoscope.rendering.backstage import Backstage
from phonoscope.rendering.film import Film
from phonoscope.rendering.foreground import foreground
from phonoscope.rendering.hearing import Heard, SceneVoice
from phonoscope.rendering.job import Job, is_transparent
from phonoscope.rendering.plan import Segment, WorkFolder, timeline_of
from phonoscope.rendering.production import Production
from phonoscope.rendering.pulse import Pulse
from phonoscope.rendering.rehearsal import load_acted, save_acted, scene_seed
from phonoscope.rendering.scene_view import SceneView
from phonoscope.rendering.sound_encoding import encode_mix
from phonoscope.rendering.sounding import mix_video


class Worker:
    """Does the tasks of a job, in any order that the plan allows.

    Parameters
    ----------
    job, work
        What is rendered, and the folder where everything that is finished lies.
    events
        Is told what is noticed.
    backstage
        What others have looked at and heard before; None to keep nothing but pictures.
    """

    def __init__(self, job: Job, work: WorkFolder, events: EventSink, backstage: Backstage | None = None) -> None:
        self._job = job
        self._work = work
        self._events = events
        self._backstage = backstage or Backstage(0)
        self._stage = Stage(job.size_px, job.assets, self._backstage.wardrobe, events)
        self._film: Film | None = None

    def prepare(self, index: int) -> None:
        """Look at the pictures of a scene, while somebody else listens to it."""
        voice = SceneVoice(self._job.document, index, self._job.assets)
        self._actors(index, voice.speakers)

    def act(self, index: int, count: Callable[[int], None]) -> None:
        """Write down what the avatars of a scene do while what was heard in it is said."""
        job, work = self._job, self._work
        voice = self._backstage.voice(job.document, index, job.assets)
        actors = self._actors(index, voice.speakers)
        acting = self._backstage.act(actors, voice, job.fps, scene_seed(job.document, index), pulse=_nothing(count))
        for place, acted in enumerate(acting):
            save_acted(acted, work.acted(index, place))
        credit = tuple(dict.fromkeys(actor.cast.credit for actor in actors if actor.cast.credit))
        # Last, since it tells that the scene has been acted.
        with text_file(work.credits(index), overwrite=True) as file:
            json.dump(credit, file)

    def draw(self, segment: Segment, count: Callable[[int], None]) -> None:
        """Draw and encode a segment.

        Parameters
        ----------
        count
            Is told how many frames more are drawn.
        """
        film = self.film()
        with SegmentWriter(self._work.segment(segment), self._job.video) as writer:
            for number in range(segment.first_frame, segment.end_frame):
                writer.write_frame(film.frame(number * self._job.every))
                count(1)

    def mix(self, count: Callable[[int], None]) -> None:
        """Mix all sound of the video."""
        heard = [self._heard(index) for index in range(len(self._job.document.scenes))]
        mix_video(self._job, self._work, heard, self._events)
        if self._work.mixed.exists() and self._job.video.sound_rate_hz is not None:
            encode_mix(self._work.mixed, self._work.folder, self._job.video, self._job.loudness_lufs, _nothing(count))
        self._work.mixed_mark.touch()

    def film(self) -> Film:
        """Return what draws the frames, once all scenes have been rehearsed."""
        self._film = self._film or self._open_film()
        return self._film

    def _open_film(self) -> Film:
        job = self._job
        heard = [self._heard(index) for index in range(len(job.document.scenes))]
        production = Production(
            job.document,
            job.assets,
            job.size_px,
            job.fps,
            timeline_of(job.document, [h.length_s for h in heard], job.fps),
            is_transparent(job.document) and job.video.transparent,
        )

        def open_view(index: int) -> SceneView:
            actors = self._actors(index, heard[index].speakers)
            acted = [load_acted(self._work.acted(index, place)) for place in range(len(actors))]
            return SceneView(production, index, actors, acted, foreground(production, index, heard[index]))

        return Film(production, open_view)

    def _heard(self, index: int) -> Heard:
        return Heard.from_json(self._work.heard(index).read_text("utf-8"))

    def _actors(self, index: int, speakers: tuple[str, ...]) -> tuple[Actor, ...]:
        return cast_scene(self._job.document.scenes[index], f"scenes[{index}]", speakers, self._stage)


def _nothing(count: Callable[[int], None]) -> Pulse:
    """Return what counts no frames, but tells that work goes on."""
    return Pulse(lambda: count(0))
