"""A single frame of a scene document: only what is needed for it is made."""

from __future__ import annotations

from phonoscope.core.colour import frame_to_rgb
from phonoscope.core.errors import UsageError
from phonoscope.core.events import EventSink, StageStarted, ignore_events
from phonoscope.core.frames import Picture
from phonoscope.rendering.actors import Stage, cast_scene
from phonoscope.rendering.backstage import Backstage
from phonoscope.rendering.film import Film
from phonoscope.rendering.foreground import Foreground, foreground
from phonoscope.rendering.hearing import Heard, check_times
from phonoscope.rendering.job import is_transparent
from phonoscope.rendering.opening import asset_table
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.plan import timeline_of
from phonoscope.rendering.production import Production
from phonoscope.rendering.rehearsal import scene_seed
from phonoscope.rendering.scene_view import SceneView
from phonoscope.rendering.stage_boxes import StageBox, stage_boxes
from phonoscope.scene.document.reading import ReadScene


class Stills:
    """Draws single frames of a document, one after the other.

    Parameters
    ----------
    read
        The document.
    options
        ``draft``, ``resolution`` and ``fps`` count.
    backstage
        What stills of other documents, or of this one before it was changed, have left.
    """

    def __init__(
        self,
        read: ReadScene,
        options: RenderOptions | None = None,
        events: EventSink = ignore_events,
        backstage: Backstage | None = None,
    ) -> None:
        options, self._backstage = options or RenderOptions(), backstage or Backstage()
        self._document, self._assets, self._events = read.document, asset_table(read), events
        events(StageStarted("speech", "Rehearsing"))
        self._heard = [
            self._backstage.hear_words(self._backstage.voice(self._document, index, self._assets, events))
            for index in range(len(self._document.scenes))
        ]
        fps = options.fps or self._document.canvas.rate
        self._production = Production(
            document=self._document,
            assets=self._assets,
            size_px=options.scaled(self._document.canvas.size_px),
            fps=fps,
            timeline=timeline_of(self._document, [heard.length_s for heard in self._heard], fps),
            transparent=is_transparent(self._document),
            load=self._backstage.album.picture,
        )
        check_times(read, self._heard, self._production.timeline.duration_s, events)
        self._fronts: dict[int, Foreground] = {}
        self._stage = Stage(self._production.size_px, self._assets, self._backstage.wardrobe, events)

    @property
    def duration_s(self) -> float:
        """Length of the video."""
        return self._production.timeline.duration_s

    @property
    def heard(self) -> list[Heard]:
        """What is said in each scene."""
        return self._heard

    def picture(self, time_s: float) -> Picture:
        """Return what is seen at a time.

        Raises
        ------
        UsageError
            The video is shorter.
        """
        number = self._number(time_s)
        film = Film(self._production, lambda index: self._view(index, number))
        try:
            frame = film.frame(number)
            return Picture(frame_to_rgb(frame), None if frame.alpha is None else frame.alpha.copy())
        finally:
            film.close()

    def boxes(self, time_s: float) -> tuple[StageBox, ...]:
        """Return where the things are that are seen at a time, from the bottom to the top.

        Raises
        ------
        UsageError
            The video is shorter.
        """
        return stage_boxes(self._production, self._front, self._number(time_s))

    def foresee(self, time_s: float) -> None:
        """Cut those out who are seen at a time, for a background that may come behind them: while nobody waits.

        Raises
        ------
        UsageError
            The video is shorter.
        """
        index = self._production.timeline.at(self._number(time_s))[0].index
        scene = self._document.scenes[index]
        free = tuple(avatar.model_copy(update={"cut_out": avatar.cut_out is not False}) for avatar in scene.avatars)
        alone = scene.model_copy(update={"avatars": free})
        cast_scene(alone, f"scenes[{index}]", self._heard[index].speakers, self._stage)

    def _number(self, time_s: float) -> int:
        """Return the frame that is seen at a time."""
        timeline = self._production.timeline
        if not 0 <= time_s <= self.duration_s:
            raise UsageError(
                f"There is no frame at {time_s:g} s: the video is {self.duration_s:.2f} s long.",
                "Give an earlier time.",
            )
        return min(int(time_s * timeline.fps + 1e-6), timeline.frames - 1)

    def _front(self, index: int) -> Foreground:
        """Return what lies over the picture of a scene."""
        if index not in self._fronts:
            self._fronts[index] = foreground(self._production, index, self._heard[index])
        return self._fronts[index]

    def _view(self, index: int, number: int) -> SceneView:
        heard = self._heard[index]
        actors = cast_scene(self._document.scenes[index], f"scenes[{index}]", heard.speakers, self._stage)
        local = number - self._production.timeline.scenes[index].first_frame
        voice = self._backstage.voice(self._document, index, self._assets)
        seed = scene_seed(self._document, index)
        acted = self._backstage.act(actors, voice, self._production.fps, seed, frames=local + 1)
        return SceneView(self._production, index, actors, acted, self._front(index))


def render_frame(
    read: ReadScene, time_s: float, options: RenderOptions | None = None, events: EventSink = ignore_events
) -> Picture:
    """Return what is seen at a time of a scene document, in seconds.

    Raises
    ------
    SceneError
        The document cannot be rendered.
    UsageError
        The video is shorter.
    """
    return Stills(read, options, events).picture(time_s)
