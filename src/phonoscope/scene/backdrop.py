"""The backdrop of a video, frame by frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from phonoscope.core.events import EventSink, ignore_events
from phonoscope.core.frames import Box, Picture, VideoFrame
from phonoscope.media.clip import Clip
from phonoscope.media.pictures import load_picture
from phonoscope.scene.background import Background, Blurred, Flat, Gradient, PictureFile, Transparent, VideoFile
from phonoscope.scene.defocus import defocus
from phonoscope.scene.drawing.fitting import cover_canvas, frame_of
from phonoscope.scene.drawing.layer import Layer, Patch
from phonoscope.scene.drawing.plain import paint_colour, paint_gradient
from phonoscope.scene.drawing.still import StillLayer
from phonoscope.scene.layout import flatten


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What a backdrop is made for.

    Attributes
    ----------
    fps
        Frames a second of the video.
    photo
        The canvas: the photo laid out at the size of the video.
    photo_box
        The part of it that is photo.
    cut_out
        The people of the same picture, with their alpha.
    """

    fps: Fraction
    photo: Picture
    photo_box: Box
    cut_out: Picture

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        return self.photo.size_px


class _ClipLayer:
    """A video that covers the frame, over and over."""

    def __init__(self, clip: Clip, size_px: tuple[int, int]) -> None:
        self._clip = clip
        self._box = Box(0, 0, *size_px)

    def patch(self, number: int) -> Patch:
        """See `Layer`."""
        frame = self._clip.frame(number)
        return Patch(self._box, frame, self._clip.shown_s)


@contextmanager
def open_backdrop(background: Background, stage: Stage, events: EventSink = ignore_events) -> Iterator[Layer | None]:
    """Open a backdrop, to be used in a ``with`` block; it is None for a transparent one.

    Raises
    ------
    PhotoError, MediaError
        The file cannot be used.
    """
    if isinstance(background, Transparent):
        yield None
    elif isinstance(background, VideoFile):
        with Clip(background.path, stage.size_px, stage.fps) as clip:
            yield _ClipLayer(clip, stage.size_px)
    else:
        frame = frame_of(_paint(background, stage, events))
        yield StillLayer(Patch(Box(0, 0, *stage.size_px), frame, "still"))


@contextmanager
def standing_before(
    background: Background | None, stage: Stage, events: EventSink = ignore_events
) -> Iterator[Callable[[VideoFrame, int], VideoFrame]]:
    """Lend a function that puts the background behind a frame of a given number.

    Its result is overwritten by the next call. With no background, or a transparent one, frames are passed on.

    Raises
    ------
    PhotoError, MediaError
        The file cannot be used.
    """
    if background is None:
        yield lambda frame, number: frame
        return
    with open_backdrop(background, stage, events) as backdrop:
        if backdrop is None:
            yield lambda frame, number: frame
            return
        # Compiled code is loaded only by videos that need it.
        from phonoscope.scene.drawing.compositor import Compositor

        compositor, whole, calls = Compositor(stage.size_px), Box(0, 0, *stage.size_px), count()

        def put_behind(frame: VideoFrame, number: int) -> VideoFrame:
            if frame.alpha is None:
                return frame
            return compositor.compose([backdrop.patch(number), Patch(whole, frame, next(calls))]).frame

        yield put_behind


def _paint(background: Blurred | Flat | Gradient | PictureFile, stage: Stage, events: EventSink) -> Picture:
    """Return a background that does not move."""
    if isinstance(background, Flat):
        return paint_colour((*background.rgb, 255), stage.size_px)
    if isinstance(background, Gradient):
        first, last = (*background.first, 255), (*background.last, 255)
        return paint_gradient(first, last, background.direction, stage.size_px)
    if isinstance(background, Blurred):
        return Picture(defocus(flatten(stage.photo), stage.cut_out, stage.photo_box, background.strength))
    return cover_canvas(flatten(load_picture(background.path, events)), stage.size_px)
