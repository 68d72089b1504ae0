"""A slow move over a picture."""

from __future__ import annotations

from phonoscope.core.frames import Box, Picture
from phonoscope.media.pictures import scale_picture
from phonoscope.scene.backgrounds.stage import BackgroundStage
from phonoscope.scene.document.backgrounds import ImageBackground, PanZoom
from phonoscope.scene.document.model import rgba_of
from phonoscope.scene.drawing.fitting import blurred, darker, fit_picture, flatten_onto
from phonoscope.scene.drawing.layer import Patch
from phonoscope.scene.drawing.resampling import Camera, View

SPARE = 1.2
"""Pixels that the source has for each that is shown in the nearest view, if the picture has as many: the camera's
filter is soft, so that nothing shimmers, and takes no sharpness from what is finer than that."""

SMALLEST_SOURCE_PX = 16
"""Of each side: a picture of a few pixels is enlarged first."""


class PanningLayer:
    """A layer that shows a picture as a slowly moving camera sees it.

    Zooming is even to the eye: each second it comes nearer by the same factor.
    """

    def __init__(self, picture: Picture, background: ImageBackground, move: PanZoom, stage: BackgroundStage) -> None:
        self._move = move
        self._frames = max(1.0, float(stage.fps) * stage.duration_s)
        self._box = Box(0, 0, *stage.size_px)
        source = _source(picture, background, max(move.zoom_from, move.zoom_to), stage.size_px)
        self._source_px = source.size_px
        width, height = stage.size_px
        self._widest = min(source.size_px[0] / width, source.size_px[1] / height)
        self._camera = Camera(source, stage.size_px, self._widest / min(move.zoom_from, move.zoom_to))

    def patch(self, number: int) -> Patch:
        """See `Layer`."""
        view = self.view(number)
        return Patch(self._box, self._camera.show(view), view)

    def view(self, number: int) -> View:
        """Return what of the source is seen in a frame."""
        move = self._move
        share = min(max(number / self._frames, 0.0), 1.0)
        zoom = move.zoom_from * (move.zoom_to / move.zoom_from) ** share
        width, height = (side * self._widest / zoom for side in (self._box.width, self._box.height))
        x, y = move.x_from + (move.x_to - move.x_from) * share, move.y_from + (move.y_to - move.y_from) * share
        return View(x * (self._source_px[0] - width), y * (self._source_px[1] - height), width, height)

    def close(self) -> None:
        """Hold nothing open."""


def _source(picture: Picture, background: ImageBackground, zoom: float, size_px: tuple[int, int]) -> Picture:
    """Return what the camera moves over: no larger than the nearest view needs, and than the picture is."""
    bars = (*rgba_of(background.bars)[:3], 255)
    picture = flatten_onto(bars, picture)
    ratios = [own / side for own, side in zip(picture.size_px, size_px, strict=True)]
    if background.fit == "cover":
        # The whole picture: what a cut would take away is where the camera can go.
        factor = min(1.0, SPARE * zoom / min(ratios))
        source = scale_picture(picture, _even(picture.size_px, factor))
    else:
        factor = min(SPARE * zoom, max(1.0, *ratios))
        focus = background.x, background.y
        source = fit_picture(picture, _even(size_px, factor), background.fit, focus, bars)
    return darker(blurred(source, background.blur), background.darken)


def _even(size_px: tuple[int, int], factor: float) -> tuple[int, int]:
    width, height = (max(SMALLEST_SOURCE_PX, round(side * factor / 2) * 2) for side in size_px)
    return width, height
