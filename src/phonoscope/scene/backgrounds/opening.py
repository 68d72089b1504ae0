"""From what a document says of a background to a layer that shows it."""

from __future__ import annotations

from typing import Protocol

from phonoscope.core.frames import Box, Picture
from phonoscope.scene.backgrounds.film import FilmLayer
from phonoscope.scene.backgrounds.stage import BackgroundStage
from phonoscope.scene.defocus import defocus
from phonoscope.scene.document.backgrounds import (
    Background,
    BlurBackground,
    ColourBackground,
    GradientBackground,
    ImageBackground,
    TransparentBackground,
    VideoBackground,
)
from phonoscope.scene.document.model import rgba_of
from phonoscope.scene.drawing.fitting import blurred, cover_canvas, darker, fit_picture, flatten_onto, frame_of
from phonoscope.scene.drawing.layer import Patch
from phonoscope.scene.drawing.plain import paint_colour, paint_gradient
from phonoscope.scene.drawing.still import StillLayer

OPAQUE_WHITE = (255, 255, 255, 255)
"""What shines through the holes of a picture whose bars have no colour."""


class BackgroundLayer(Protocol):
    """A `Layer` that may hold a file open."""

    def patch(self, number: int) -> Patch | None:
        """See `Layer`."""
        ...

    def close(self) -> None:
        """Let go of the file, if there is one; the layer must not be used after that."""
        ...


def background_layer(background: Background, stage: BackgroundStage) -> BackgroundLayer:
    """Return the layer that shows a background; its patches cover the canvas, or are None for a transparent one.

    Raises
    ------
    PhotoError, MediaError
        Its file cannot be used.
    """
    if isinstance(background, TransparentBackground):
        return StillLayer(None)
    if isinstance(background, VideoBackground):
        return FilmLayer(background, stage)
    if isinstance(background, ImageBackground) and background.pan_zoom is not None:
        # Compiled code is loaded only by scenes that need it.
        from phonoscope.scene.backgrounds.panning import PanningLayer

        picture = stage.load(stage.assets.path(background.image))
        return PanningLayer(picture, background, background.pan_zoom, stage)
    painted = frame_of(_paint(background, stage))
    return StillLayer(Patch(Box(0, 0, *stage.size_px), painted, "still"))


def _paint(
    background: ColourBackground | GradientBackground | BlurBackground | ImageBackground, stage: BackgroundStage
) -> Picture:
    """Return a background that does not move."""
    if isinstance(background, ColourBackground):
        return paint_colour(rgba_of(background.colour), stage.size_px)
    if isinstance(background, GradientBackground):
        first, last = (rgba_of(colour) for colour in background.colours)
        return paint_gradient(first, last, background.direction, stage.size_px)
    if isinstance(background, BlurBackground):
        return _blurred(background, stage)
    picture = stage.load(stage.assets.path(background.image))
    fitted = fit_picture(picture, stage.size_px, background.fit, (background.x, background.y), rgba_of(background.bars))
    return darker(blurred(fitted, background.blur), background.darken)


def _blurred(background: BlurBackground, stage: BackgroundStage) -> Picture:
    """Return a picture out of focus: without the people, where they stand in front of it."""
    if background.image is not None:
        picture = flatten_onto(OPAQUE_WHITE, stage.load(stage.assets.path(background.image)))
        return blurred(cover_canvas(picture, stage.size_px), background.strength)
    if stage.photo is None:
        return paint_colour(rgba_of(ColourBackground().colour), stage.size_px)
    photo, cut_out = flatten_onto(OPAQUE_WHITE, stage.photo.picture), stage.cut_out
    if cut_out is not None and cut_out.alpha is not None and cut_out.size_px == photo.size_px:
        room = Picture(defocus(photo, cut_out, stage.photo.photo_box, background.strength))
        return cover_canvas(room, stage.size_px)
    return blurred(cover_canvas(photo, stage.size_px), background.strength)
