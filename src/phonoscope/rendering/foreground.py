"""What lies over the picture of a scene, and over the whole video: overlays and captions, as layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phonoscope.core.speech import Word
from phonoscope.rendering.covering import above_captions, places_taken
from phonoscope.rendering.hearing import Heard, located
from phonoscope.rendering.production import Production
from phonoscope.scene.captioning import CaptionLayer, CaptionStage, caption_layer
from phonoscope.scene.document.captions import Captions
from phonoscope.scene.document.overlays import Overlay
from phonoscope.scene.drawing.layer import Layer, Patch
from phonoscope.scene.overlays.layers import overlay_layer
from phonoscope.scene.overlays.moving import OverlayLayer
from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.overlays.stage import OverlayStage, VideoSpan
from phonoscope.scene.timeline import moment_s


class LocatedLayer:
    """A layer whose errors tell where in the document it is: some files are opened only when they are seen."""

    def __init__(self, layer: Layer, path: str) -> None:
        self._layer = layer
        self.path = path

    def patch(self, number: int) -> Patch | None:
        """See `Layer`."""
        with located(self.path):
            return self._layer.patch(number)


class LocatedOverlay(LocatedLayer):
    """The layer of what the document tells of an overlay."""

    def __init__(self, told: Overlay, layer: OverlayLayer, path: str) -> None:
        super().__init__(layer, path)
        self.told = told
        self._overlay = layer

    def standing(self, number: int) -> Rect | None:
        """See `OverlayLayer`."""
        with located(self.path):
            return self._overlay.standing(number)


@dataclass(frozen=True, slots=True, eq=False)
class Foreground:
    """What lies over the picture of a scene."""

    overlays: list[LocatedOverlay]
    captions: CaptionLayer | None
    captions_path: str

    @property
    def layers(self) -> list[LocatedLayer]:
        """All of it, from the bottom to the top."""
        captions = [] if self.captions is None else [LocatedLayer(self.captions, self.captions_path)]
        return [*self.overlays, *captions]


def foreground(production: Production, index: int, heard: Heard) -> Foreground:
    """Return what lies over the picture of a scene."""
    scene, path = production.document.scenes[index], f"scenes[{index}]"
    words = [spoken.word for spoken in heard.words]
    span_s = production.timeline.start_s(index), production.timeline.length_s(index)
    told = scene.captions or production.document.captions
    captions_path = "captions" if scene.captions is None else f"{path}.captions"
    with located(captions_path):
        captions = _captions(told, production, index, heard)
    overlays: Sequence[Overlay] = scene.overlays
    if captions is not None and told.position == "bottom":
        overlays = above_captions(overlays, captions, words, production, index)
    return Foreground(overlay_layers(overlays, f"{path}.overlays", words, span_s, production), captions, captions_path)


def _captions(told: Captions, production: Production, index: int, heard: Heard) -> CaptionLayer | None:
    if not told.shown or not heard.words:
        return None
    scene, document = production.document.scenes[index], production.document
    language = scene.voice.language if scene.voice else document.voice.language
    words = [(spoken.word, spoken.speaker) for spoken in heard.words]
    stage = CaptionStage(
        production.size_px,
        production.fps,
        production.assets,
        language or document.language,
        places_taken(production, index, [word for word, _ in words], told.position == "bottom"),
    )
    return caption_layer(told, words, stage)


def overlay_layers(
    overlays: Sequence[Overlay],
    path: str,
    words: Sequence[Word],
    span_s: tuple[float, float],
    production: Production,
) -> list[LocatedOverlay]:
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
        load=production.load,
    )
    layers = []
    for place, overlay in enumerate(overlays):
        begin_s, end_s = (moment_s(anchor, length_s, words) for anchor in (overlay.start, overlay.end))
        if begin_s is not None and end_s is not None and end_s > begin_s:
            layer = overlay_layer(overlay, begin_s, min(end_s, length_s), stage)
            layers.append(LocatedOverlay(overlay, layer, f"{path}[{place}]"))
    return layers
