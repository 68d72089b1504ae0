"""Pictures on the canvas: stills with frames, corners, shadows and a slow zoom; animations; logos."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.scene.document.overlays import ImageOverlay, Logo, Motion
from phonoscope.scene.document.places import Place
from phonoscope.scene.overlays.artwork import Content, Part
from phonoscope.scene.overlays.painting import Painter, fill, image_of, rounded, shadow_of, skia_rect
from phonoscope.scene.overlays.picture_sources import Showing, Source, open_source
from phonoscope.scene.overlays.placing import placed
from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.overlays.sampling import Levels, levels_of, rounded_mask, zoomed
from phonoscope.scene.overlays.stage import OverlayStage

if TYPE_CHECKING:
    import skia

SHADOW_SIGMA: Final = 0.018
"""Blur of a picture's shadow, of the canvas's shorter side."""

SHADOW_DROP: Final = 0.009
"""How far a picture's shadow falls below it, of the canvas's shorter side."""

_PLAIN_WIDTH: Final = 0.34
"""Most width of logos, of the canvas's."""

_VIEW_LIMIT_PX: Final = 24_000_000
"""Largest view of a picture; one that reaches far over a 4K canvas is enlarged from this."""

_ZOOM_STEP_PX: Final = 0.125
"""In which the edges of a zooming picture move: finer is not seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What is around a picture.

    Attributes
    ----------
    radius_px
        Of the picture's corners.
    border_px
        Width of the border, outside of the picture.
    """

    radius_px: float = 0.0
    border_px: float = 0.0
    border_colour: str = "white"
    shadow: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Zoom:
    """How a picture comes nearer.

    Attributes
    ----------
    nearest
        At the end; 1 at the beginning.
    length_s
        How long it takes.
    """

    nearest: float
    length_s: float


class PictureArtwork:
    """A picture; see `Artwork`."""

    staged: frozenset[Motion] = frozenset()
    mirrored = False

    def __init__(self, source: Source, inner: Rect, frame: Frame, zoom: Zoom, stage: OverlayStage) -> None:
        self.box = inner.grown(frame.border_px)
        self._source = source
        self._inner = inner
        self._frame = frame
        self._zoom = zoom
        self._short_px = stage.short_px
        self._shadow: tuple[Painter, Rect] | None = None
        self._mask: NDArray[np.uint8] | None = None
        self._seen: tuple[tuple[int, float], skia.Image] | None = None
        self._pixels: tuple[int, Levels] | None = None

    def content(self, since_s: float, time_s: float) -> Content:
        """See `Artwork`."""
        zoom = self._zoom_at(since_s)
        index = self._source.index(since_s)
        bounds = self.box.grown(1)
        if self._frame.shadow > 0:
            bounds = bounds.union(self._shadow_painter(0)[1])

        def paint(canvas: skia.Canvas) -> None:
            self._paint(canvas, index, zoom)

        return Content((index, zoom), (Part(paint, bounds, sampled=True),))

    def _zoom_at(self, since_s: float) -> float:
        """Return how near the picture is, in steps that are not seen."""
        if self._zoom.nearest == 1 or self._zoom.length_s <= 0:
            return 1.0
        way = min(max(since_s / self._zoom.length_s, 0.0), 1.0)
        # Slow at both ends, and even between: a sine's rise.
        way = (1 - math.cos(math.pi * way)) / 2 * 0.35 + way * 0.65
        step = _ZOOM_STEP_PX / (max(self._inner.width, self._inner.height) / 2)
        return 1 + round((self._zoom.nearest - 1) * way / step) * step

    def _paint(self, canvas: skia.Canvas, index: int, zoom: float) -> None:
        frame, inner = self._frame, self._inner
        if frame.shadow > 0:
            self._shadow_painter(index)[0](canvas)
        if frame.border_px > 0:
            hole = rounded(inner.grown(-0.5), max(0.0, frame.radius_px - 0.5))
            # Corners of the border and of the picture have one middle; sharp ones stay sharp.
            radius_px = frame.radius_px + frame.border_px if frame.radius_px else 0.0
            canvas.drawDRRect(rounded(self.box, radius_px), hole, fill(frame.border_colour))
        self._paint_picture(canvas, index, zoom)

    def _paint_picture(self, canvas: skia.Canvas, index: int, zoom: float) -> None:
        """Paint the picture within its corners."""
        import skia

        view = self._view(index, zoom)
        matrix = canvas.getTotalMatrix()
        still = matrix.isTranslate() and matrix.getTranslateX() % 1 == 0 and matrix.getTranslateY() % 1 == 0
        sampling = skia.SamplingOptions() if still else skia.SamplingOptions(skia.CubicResampler.CatmullRom())
        canvas.drawImageRect(view, skia_rect(self._inner), sampling, skia.Paint(AntiAlias=True))

    def _view(self, index: int, zoom: float) -> skia.Image:
        """Return what is seen of the picture in its place, pixel by pixel."""
        if self._seen is None or self._seen[0] != (index, zoom):
            inner = self._inner
            factor = min(1.0, (_VIEW_LIMIT_PX / (inner.width * inner.height)) ** 0.5)
            size_px = max(1, round(inner.width * factor)), max(1, round(inner.height * factor))
            if self._mask is None:
                self._mask = rounded_mask(size_px, self._frame.radius_px * factor)
            self._seen = (index, zoom), image_of(zoomed(self._levels(index), size_px, zoom, self._mask))
        return self._seen[1]

    def _levels(self, index: int) -> Levels:
        if self._pixels is None or self._pixels[0] != index:
            self._pixels = index, levels_of(self._source.frame(index), self._zoom.nearest)
        return self._pixels[1]

    def _shadow_painter(self, index: int) -> tuple[Painter, Rect]:
        """Return the shadow of the picture: of its first frame, where it moves."""
        if self._shadow is None:
            frame, drop_px = self._frame, SHADOW_DROP * self._short_px

            def paint(canvas: skia.Canvas) -> None:
                canvas.translate(0, drop_px)
                if frame.border_px or not self._source.has_holes:
                    radius_px = frame.radius_px + frame.border_px if frame.radius_px else 0.0
                    canvas.drawRRect(rounded(self.box, radius_px), fill("black"))
                else:
                    self._paint_picture(canvas, 0, 1.0)

            self._shadow = shadow_of(
                paint, self.box.moved(0, drop_px), SHADOW_SIGMA * self._short_px, "black", 0.75 * frame.shadow
            )
        return self._shadow


def image_artwork(image: ImageOverlay, span_s: tuple[float, float], stage: OverlayStage) -> PictureArtwork:
    """Return how a picture looks that is seen from the one to the other time of its clock."""
    path = stage.assets.path(image.image)
    width_px, height_px = stage.size_px
    border_px = round(image.border * stage.short_px) if image.border else 0
    most_px = (
        max(1.0, image.width * width_px - 2 * border_px),
        math.inf if image.height is None else max(1.0, image.height * height_px - 2 * border_px),
    )
    source, size_px = open_source(path, most_px, Showing(image.pan_zoom, image.loop), stage.load)
    outer = placed(image.place, (size_px[0] + 2 * border_px, size_px[1] + 2 * border_px), stage.size_px)
    inner = outer.grown(-border_px)
    frame = Frame(image.radius * min(size_px), border_px, image.border_colour, image.shadow)
    return PictureArtwork(source, inner, frame, Zoom(image.pan_zoom, span_s[1] - span_s[0]), stage)


def logo_artwork(logo: Logo, stage: OverlayStage) -> PictureArtwork:
    """Return how a logo looks: as high as asked, at most a third of the canvas wide."""
    return plain_picture(logo.image, logo.place, logo.size, stage)


def plain_picture(asset: str, place: Place, height: float, stage: OverlayStage) -> PictureArtwork:
    """Return how a picture without a frame looks, at most of a height, of the canvas's shorter side."""
    most_px = (_PLAIN_WIDTH * stage.size_px[0], height * stage.short_px)
    source, size_px = open_source(stage.assets.path(asset), most_px, Showing(), stage.load)
    return PictureArtwork(source, placed(place, size_px, stage.size_px), Frame(), Zoom(1.0, 0.0), stage)
