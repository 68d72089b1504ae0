"""One scene as its viewers see it: every frame by its number, drawn from layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from phonoscope.core.frames import Box, VideoFrame, blank_frame
from phonoscope.core.speech import Word
from phonoscope.rendering.actors import Actor
from phonoscope.rendering.covering import above_captions, places_taken
from phonoscope.rendering.filtering import filter_settings
from phonoscope.rendering.hearing import Heard, located
from phonoscope.rendering.production import Production
from phonoscope.rendering.rehearsal import Acted
from phonoscope.scene.avatar_box import avatar_layers
from phonoscope.scene.backgrounds import BackgroundStage, background_layer
from phonoscope.scene.captioning import CaptionLayer, CaptionStage, caption_layer
from phonoscope.scene.document.captions import Captions
from phonoscope.scene.document.overlays import Overlay
from phonoscope.scene.drawing.compositor import Compositor
from phonoscope.scene.drawing.layer import Layer, Patch
from phonoscope.scene.filters.chain import FilterChain, filter_chain
from phonoscope.scene.overlays.layers import overlay_layer
from phonoscope.scene.overlays.stage import OverlayStage, VideoSpan
from phonoscope.scene.timeline import moment_s


class SceneView:
    """Draws the frames of a scene, in any order, the same each time.

    Parameters
    ----------
    production, index
        Which scene of what.
    actors, acted
        Its avatars, and what they do.
    heard
        What is said in it.
    """

    def __init__(
        self,
        production: Production,
        index: int,
        actors: Sequence[Actor],
        acted: Sequence[Acted],
        heard: Heard,
    ) -> None:
        self._production = production
        self._scene = production.document.scenes[index]
        self._index = index
        self._path = f"scenes[{index}]"
        self._heard = heard
        self._files = ExitStack()
        size_px = production.size_px
        behind = [*self._background(actors), *self._avatars(actors, acted)]
        captions = self._captions()
        over = self._overlays(captions)
        if captions is not None:
            over.append(LocatedLayer(captions, self._captions_path()))
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

    def _overlays(self, captions: CaptionLayer | None) -> list[Layer]:
        production, index = self._production, self._index
        words = [spoken.word for spoken in self._heard.words]
        span_s = production.timeline.start_s(index), production.timeline.length_s(index)
        overlays: Sequence[Overlay] = self._scene.overlays
        if captions is not None and self._told_captions().position == "bottom":
            overlays = above_captions(overlays, captions, words, production, index)
        return overlay_layers(overlays, f"{self._path}.overlays", words, span_s, production)

    def _told_captions(self) -> Captions:
        return self._scene.captions or self._production.document.captions

    def _captions_path(self) -> str:
        return "captions" if self._scene.captions is None else f"{self._path}.captions"

    def _captions(self) -> CaptionLayer | None:
        production = self._production
        captions = self._told_captions()
        if not captions.shown or not self._heard.words:
            return None
        language = self._scene.voice.language if self._scene.voice else production.document.voice.language
        words = [(spoken.word, spoken.speaker) for spoken in self._heard.words]
        stage = CaptionStage(
            production.size_px,
            production.fps,
            production.assets,
            language or production.document.language,
            places_taken(production, self._index, [word for word, _ in words], captions.position == "bottom"),
        )
        with located(self._captions_path()):
            return caption_layer(captions, words, stage)

    def _filters(self) -> FilterChain | None:
        with located(f"{self._path}.filters"):
            chain = filter_settings(self._scene.filters, self._production.assets)
            return filter_chain(chain, self._production.size_px) if chain else None


def overlay_layers(
    overlays: Sequence[Overlay],
    path: str,
    words: Sequence[Word],
    span_s: tuple[float, float],
    production: Production,
) -> list[Layer]:
    """Return the layers of overlays.

    Parameters
    ----------
    path
        Where in the document they are.
    words
        What their moments may name.
    span_s
        When in the video their clock begins, and how long it goes.
    """
    start_s, length_s = span_s
    stage = OverlayStage(
        size_px=production.size_px,
        fps=production.fps,
        assets=production.assets,
        video=VideoSpan(start_s, production.timeline.duration_s),
        scene_length_s=length_s,
        language=production.document.language,
    )
    layers: list[Layer] = []
    for place, overlay in enumerate(overlays):
        begin_s, end_s = (moment_s(anchor, length_s, words) for anchor in (overlay.start, overlay.end))
        if begin_s is not None and end_s is not None and end_s > begin_s:
            layer = overlay_layer(overlay, begin_s, min(end_s, length_s), stage)
            layers.append(LocatedLayer(layer, f"{path}[{place}]"))
    return layers


class LocatedLayer:
    """A layer whose errors tell where in the document it is: some files are opened only when they are seen."""

    def __init__(self, layer: Layer, path: str) -> None:
        self._layer = layer
        self._path = path

    def patch(self, number: int) -> Patch | None:
        """See `Layer`."""
        with located(self._path):
            return self._layer.patch(number)


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
