"""The whole video, frame by frame: its scenes, the ways from one to the next, and what lies over them all."""

from __future__ import annotations

from collections.abc import Callable

from phonoscope.core.frames import Box, VideoFrame, blank_frame
from phonoscope.rendering.foreground import overlay_layers
from phonoscope.rendering.production import Production
from phonoscope.rendering.scene_view import SceneView
from phonoscope.scene.drawing.compositor import Compositor
from phonoscope.scene.drawing.layer import Patch
from phonoscope.scene.timeline import PlacedScene
from phonoscope.scene.transitions.frame import transition_frame

VIEWS_OPEN = 2
"""Scenes that are held ready: the one that is seen, and its neighbour in a transition."""


class Film:
    """Draws the frames of a video by their numbers, in any order.

    Parameters
    ----------
    production
        What is rendered.
    open_view
        Makes the view of a scene by its number.
    """

    def __init__(self, production: Production, open_view: Callable[[int], SceneView]) -> None:
        self._production = production
        self._open_view = open_view
        self._views: dict[int, SceneView] = {}
        size_px = production.size_px
        self._mixed = blank_frame(size_px, production.transparent)
        timeline = production.timeline
        self._over = overlay_layers(
            production.document.overlays, "overlays", (), (0.0, timeline.duration_s), production
        )
        self._compositor = Compositor(size_px, production.transparent) if self._over else None
        self._whole = Box(0, 0, *size_px)

    def frame(self, number: int) -> VideoFrame:
        """Return a frame of the video, counted from 0; the next call overwrites it."""
        scene, before = self._production.timeline.at(number)
        frame = self._scene_frame(scene, number)
        if before is not None:
            frame = self._between(before, scene, frame, number)
        if self._compositor is None:
            return frame
        patches = [Patch(self._whole, frame, number), *(layer.patch(number) for layer in self._over)]
        return self._compositor.compose(patches).frame

    def close(self) -> None:
        """Let go of all scenes."""
        for view in self._views.values():
            view.close()
        self._views.clear()

    def _between(self, before: PlacedScene, scene: PlacedScene, frame: VideoFrame, number: int) -> VideoFrame:
        """Return a frame of a transition."""
        settings = self._production.transition(scene.index)
        progress = (number - scene.first_frame + 1) / (scene.overlap + 1)
        transition_frame(settings, self._scene_frame(before, number), frame, progress, self._mixed)
        return self._mixed

    def _scene_frame(self, scene: PlacedScene, number: int) -> VideoFrame:
        return self._view(scene.index).draw(number - scene.first_frame)

    def _view(self, index: int) -> SceneView:
        found = self._views.pop(index, None) or self._open_view(index)
        self._views[index] = found
        while len(self._views) > VIEWS_OPEN:
            self._views.pop(next(iter(self._views))).close()
        return found
