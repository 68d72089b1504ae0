"""A frame between two scenes."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.errors import UsageError
from phonoscope.core.frames import VideoFrame, blank_frame
from phonoscope.scene.filters.blur import BlurFilter
from phonoscope.scene.filters.settings import Blur
from phonoscope.scene.filters.stage import Windowed, whole
from phonoscope.scene.transitions.easing import smooth, stretch, swing
from phonoscope.scene.transitions.edges import circle_shares, wipe_shares
from phonoscope.scene.transitions.mixing import copy_frame, even_shares, mix
from phonoscope.scene.transitions.moving import cover, flat_row, slide
from phonoscope.scene.transitions.settings import (
    Circle,
    Cover,
    Cut,
    Defocus,
    Dissolve,
    Fade,
    Slide,
    TransitionSettings,
    Wipe,
    Zoom,
)
from phonoscope.scene.transitions.zooming import zoomed

DIVE = 2.4
"""How much larger both frames are half-way through a zoom: neither is ever smaller than the canvas."""

ZOOM_MIX = (0.4, 0.6)
"""When a zoom goes over from one frame to the other, of its time; it is quickest then."""

BLUR_MIX = (0.3, 0.7)
"""When a blur goes over from one frame to the other, of its time; it is widest in the middle."""

WIDEST_BLUR = 0.75
"""Amount of the filter of this name."""

Pair = tuple[VideoFrame, VideoFrame]


def transition_frame(
    settings: TransitionSettings, first: VideoFrame, second: VideoFrame, progress: float, out: VideoFrame
) -> None:
    """Write the frame into `out` that is seen when `progress`, 0 to 1, of the transition's time has passed.

    At 0 it is the first scene's, at 1 the second's, to the pixel.

    Parameters
    ----------
    first, second
        What is seen of both scenes at this moment, of one size; only read.
    out
        Of the same size, with alpha if one of them has. It shares no memory with them.

    Raises
    ------
    UsageError
        The frames do not fit each other, or `progress` is no number.
    """
    progress = float(progress)
    _check(first, second, progress, out)
    if progress <= 0 or progress >= 1:
        copy_frame(first if progress <= 0 else second, out)
        return
    _DRAWN[type(settings)](settings, (first, second), progress, out)


def _cut(settings: Cut, frames: Pair, progress: float, out: VideoFrame) -> None:
    copy_frame(frames[int(progress >= 0.5)], out)


def _dissolve(settings: Dissolve, frames: Pair, progress: float, out: VideoFrame) -> None:
    mix(*frames, even_shares(smooth(progress), out.size_px), out)


def _fade(settings: Fade, frames: Pair, progress: float, out: VideoFrame) -> None:
    colour = rgb_to_frame(np.full((2, 2, 3), settings.colour, np.uint8))
    ycc = (int(colour.luma[0, 0]), int(colour.chroma[0, 0, 0]), int(colour.chroma[0, 0, 1]))
    shown = frames[int(progress >= 0.5)]
    flat = flat_row(ycc, out.size_px[0], out)
    mix(shown, flat, even_shares(smooth(1 - abs(2 * progress - 1)), out.size_px), out)


def _slide(settings: Slide, frames: Pair, progress: float, out: VideoFrame) -> None:
    slide(settings.direction, swing(progress), frames, out)


def _cover(settings: Cover, frames: Pair, progress: float, out: VideoFrame) -> None:
    cover(settings.direction, swing(progress), frames, out)


def _wipe(settings: Wipe, frames: Pair, progress: float, out: VideoFrame) -> None:
    mix(*frames, wipe_shares(settings.direction, smooth(progress), out.size_px), out)


def _circle(settings: Circle, frames: Pair, progress: float, out: VideoFrame) -> None:
    mix(*frames, circle_shares(smooth(progress), out.size_px), out)


def _zoom(settings: Zoom, frames: Pair, progress: float, out: VideoFrame) -> None:
    """Grow by the same factor in the same time, as a camera's zoom does, and shrink so (a cross zoom)."""
    scale = DIVE ** (1 - abs(2 * swing(progress) - 1))
    zoomed(_mixed(frames, smooth(stretch(progress, *ZOOM_MIX)), out), scale, out)


def _defocus(settings: Defocus, frames: Pair, progress: float, out: VideoFrame) -> None:
    amount = WIDEST_BLUR * smooth(1 - abs(2 * progress - 1))
    mixed = _mixed(frames, smooth(stretch(progress, *BLUR_MIX)), out)
    if mixed.alpha is None and out.alpha is not None:
        mixed = VideoFrame(mixed.luma, mixed.chroma, np.full_like(out.alpha, 255))
    Windowed(BlurFilter(Blur(amount), out.size_px)).apply(mixed, out, 0, [whole(out)])


def _mixed(frames: Pair, share: float, like: VideoFrame) -> VideoFrame:
    """Return both frames mixed; what is done to it is done to both, for half the work."""
    if share in (0, 1):
        return frames[int(share)]
    mixed = blank_frame(like.size_px, like.alpha is not None)
    mix(*frames, even_shares(share, like.size_px), mixed)
    return mixed


def _check(first: VideoFrame, second: VideoFrame, progress: float, out: VideoFrame) -> None:
    if not first.size_px == second.size_px == out.size_px:
        raise UsageError(f"Frames of {first.size_px}, {second.size_px} and {out.size_px} pixels met in a transition.")
    if out.alpha is None and not (first.alpha is None and second.alpha is None):
        raise UsageError("A transition between frames with alpha was to be drawn into one without.")
    if math.isnan(progress):
        raise UsageError("The progress of a transition is not a number.")


_DRAWN: dict[type, Callable[..., None]] = {
    Cut: _cut,
    Dissolve: _dissolve,
    Fade: _fade,
    Slide: _slide,
    Cover: _cover,
    Wipe: _wipe,
    Zoom: _zoom,
    Circle: _circle,
    Defocus: _defocus,
}
