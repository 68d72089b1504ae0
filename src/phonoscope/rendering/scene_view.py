"""One scene as its viewers see it: every frame by its number, drawn from layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from phonoscope.core.frames import Box, VideoFrame, blank_frame
from phonoscope.rendering.actors import Actor
from phonoscope.rendering.filtering import filter_settings
from phonoscope.rendering.foreground import Foreground, LocatedLayer
from phonoscope.rendering.hearing import located
from phonoscope.rendering.production import Production
from phonoscope.rendering.rehearsal import Acted
from phonoscope.scene.avatar_box import avatar_layers
from phonoscope.scene.backgrounds import BackgroundStage, background_layer
from phonoscope.scene.drawing.compositor import Compositor
from phonoscope.scene.drawing.layer import Layer, Patch
from phonoscope.scene.filters.chain import FilterChain, filter_chain


class SceneView:
    """Draws the frames of a scene, in any order, the same each time.

    Parameters
    ----------
    production, index
        Which scene of what.
    actors, acted
        Its avatars, and what they do.
    front
        What lies over them.
    """

    def __init__(
        self,
        production: Production,
        index: int,
        actors: Sequence[Actor],
        acted: Sequence[Acted],
        front: Foreground,
    ) -> None:
        self._production = production
        self._scene = production.document.scenes[index]
        self._index = index
        self._path = f"scenes[{index}]"
        self._files = ExitStack()
        size_px = production.size_px
        behind = [*self._background(actors), *self._avatars(actors, acted)]
        over = front.layers
        filters = self._filters()
        self._filters_chain = filters
        # What lies over the picture keeps its colours.
        self._picture = _Stack(behind if filters else [*behind, *over], size_px, production.transparent)
        self._over = _Stack(over, size_px, production.transparent) if filters and over else None
        self._filtered = blank_frame(size_px, production.transparent) if filters else None

    def draw(self, number: int) -> VideoFrame:
        """Return a frame of the scene, counted from 0; the next call overwrites it."""
        frame, changed = self._picture.draw(number)
        if self._filters_chain is None or self._filtered is None:
            return frame
        self._filters_chain.apply(frame, self._filtered, number, changed)
        if self._over is None:
            return self._filtered
        return self._over.draw(number, self._filtered)[0]

    def close(self) -> None:
        """Let go of files that are open."""
        self._files.close()

    def _background(self, actors: Sequence[Actor]) -> list[Layer]:
        scene, production = self._scene, self._production
        whole = Box(0, 0, *production.size_px)
        if any(actor.box == whole and actor.cast.avatar.picture.alpha is None for actor in actors):
            return []
        background = scene.background or production.document.background
        first = actors[0] if actors else None
        stage = BackgroundStage(
            size_px=production.size_px,
            fps=production.fps,
            duration_s=production.timeline.length_s(self._index),
            assets=production.assets,
            photo=first.cast.canvas if first else None,
            cut_out=first.cast.avatar.picture if first else None,
            load=production.load,
        )
        path = "background" if scene.background is None else f"{self._path}.background"
        with located(path):
            layer = background_layer(background, stage)
        self._files.callback(layer.close)
        return [LocatedLayer(layer, path)]

    def _avatars(self, actors: Sequence[Actor], acted: Sequence[Acted]) -> list[Layer]:
        layers: list[Layer] = []
        for actor, doing in zip(actors, acted, strict=True):
            layers += avatar_layers(actor.avatar, _drawing(actor, doing), actor.box, self._production.size_px)
        return layers

    def _filters(self) -> FilterChain | None:
        with located(f"{self._path}.filters"):
            chain = filter_settings(self._scene.filters, self._production.assets)
            return filter_chain(chain, self._production.size_px) if chain else None


def _drawing(actor: Actor, doing: Acted) -> Callable[[int], VideoFrame]:
    avatar = actor.cast.avatar
    return lambda number: avatar.draw_frame(*doing.poses(number))


class _Stack:
    """Layers over each other."""

    def __init__(self, layers: Sequence[Layer], size_px: tuple[int, int], transparent: bool) -> None:
        self._layers = layers
        self._whole = Box(0, 0, *size_px)
        self._compositor = Compositor(size_px, transparent)

    def draw(self, number: int, below: VideoFrame | None = None) -> tuple[VideoFrame, Sequence[Box]]:
        """Return a frame, and what of it has changed since the last one; `below` lies under all layers."""
        patches = [layer.patch(number) for layer in self._layers]
        if below is not None:
            patches.insert(0, Patch(self._whole, below, number))
        composed = self._compositor.compose(patches)
        return composed.frame, composed.changed
