"""The backdrop of a video, frame by frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.events import EventSink, ignore_events
from phonoscope.core.frames import Box, Picture, VideoFrame
from phonoscope.media.clip import Clip
from phonoscope.media.pictures import load_picture, scale_picture
from phonoscope.scene.background import (
    DIRECTIONS,
    Background,
    Blurred,
    Flat,
    Gradient,
    PictureFile,
    Transparent,
    VideoFile,
)
from phonoscope.scene.defocus import defocus
from phonoscope.scene.layout import cover, flatten


class Backdrop(Protocol):
    """What is behind."""

    def frame(self, number: int) -> VideoFrame:
        """Return what stands behind frame `number` of the video; the next call may overwrite it."""
        ...


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


@dataclass(frozen=True, slots=True, eq=False)
class StillBackdrop:
    """A backdrop that does not move."""

    still: VideoFrame

    def frame(self, number: int) -> VideoFrame:
        """See `Backdrop`."""
        return self.still


def open_backdrop(
    background: Background, stage: Stage, events: EventSink = ignore_events
) -> AbstractContextManager[Backdrop | None]:
    """Open a backdrop, to be used in a ``with`` block; it is None for a transparent one.

    Raises
    ------
    PhotoError, MediaError
        The file cannot be used.
    """
    if isinstance(background, Transparent):
        return nullcontext(None)
    if isinstance(background, VideoFile):
        return Clip(background.path, stage.size_px, stage.fps)
    return nullcontext(StillBackdrop(rgb_to_frame(_paint(background, stage, events))))


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
        from phonoscope.scene.blending import Compositor

        compositor = Compositor(stage.size_px)
        yield lambda frame, number: compositor.composite(frame, backdrop.frame(number))


def _paint(background: Blurred | Flat | Gradient | PictureFile, stage: Stage, events: EventSink) -> NDArray[np.uint8]:
    """Return a still background, uint8, shape (height, width, 3)."""
    width, height = stage.size_px
    if isinstance(background, Flat):
        return np.full((height, width, 3), background.rgb, np.uint8)
    if isinstance(background, Gradient):
        return paint_gradient(background, stage.size_px)
    if isinstance(background, Blurred):
        return defocus(flatten(stage.photo), stage.cut_out, stage.photo_box, background.strength)
    picture = flatten(load_picture(background.path, events))
    across, down, left, top = cover(picture.size_px, stage.size_px)
    return np.ascontiguousarray(scale_picture(picture, (across, down)).rgb[top : top + height, left : left + width])


def paint_gradient(gradient: Gradient, size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a gradient, uint8, shape (height, width, 3), dithered so that it shows no bands."""
    width, height = size_px
    right, down = DIRECTIONS[gradient.direction]
    x = (np.arange(width, dtype=np.float32) + 0.5) / width - 0.5
    y = (np.arange(height, dtype=np.float32) + 0.5)[:, None] / height - 0.5
    share = (right * x + down * y) / (abs(right) + abs(down)) + 0.5
    first, last = (np.array(colour, np.float32) for colour in (gradient.first, gradient.last))
    rgb = first + (last - first) * share[..., None]
    # The same noise for all channels, so that it has no colour.
    noise = np.random.default_rng(0).random((height, width, 1), np.float32) - 0.5
    return np.clip(np.rint(rgb + noise), 0, 255).astype(np.uint8)
