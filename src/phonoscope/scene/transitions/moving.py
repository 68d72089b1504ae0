"""Transitions in which whole frames move, by even pixels, so that chroma moves with luma and nothing shimmers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.transitions.mixing import ONE, Shares, mix
from phonoscope.scene.transitions.settings import DIRECTIONS, Direction

SHADOW = 0.06
"""Width of the shadow that a covering frame casts, of the way that it goes."""

DARKEST = 0.45
"""Of the shadow, at the edge."""

BLACK = (16, 128, 128)


def slide(direction: Direction, share: float, frames: tuple[VideoFrame, VideoFrame], out: VideoFrame) -> None:
    """Write both frames side by side, moved by `share` of their size."""
    right, down = DIRECTIONS[direction]
    width, height = out.size_px
    moved = (_even(right * share * width), _even(down * share * height))
    _place(frames[0], moved, out)
    _place(frames[1], (moved[0] - right * width, moved[1] - down * height), out)


def cover(direction: Direction, share: float, frames: tuple[VideoFrame, VideoFrame], out: VideoFrame) -> None:
    """Write the second frame over the first, in which it casts a shadow."""
    right, down = DIRECTIONS[direction]
    width, height = out.size_px
    _shade(frames[0], direction, share, out)
    _place(frames[1], (_even(right * (share - 1) * width), _even(down * (share - 1) * height)), out)


def flat_row(ycc: tuple[int, int, int], width: int, like: VideoFrame) -> VideoFrame:
    """Return a row of a colour, which stands for a frame of it; one with holes for a frame that has some."""
    luma = np.full((1, width), ycc[0], np.uint8)
    chroma = np.empty((1, width // 2, 2), np.uint8)
    chroma[...] = ycc[1:]
    return VideoFrame(luma, chroma, None if like.alpha is None else np.zeros(like.luma.shape, np.uint8))


def _shade(frame: VideoFrame, direction: Direction, share: float, out: VideoFrame) -> None:
    """Copy a frame, darker just before the edge of what covers `share` of it."""
    right, down = DIRECTIONS[direction]
    width, height = out.size_px
    luma = _shadow(width if right else height, share, right + down > 0)
    chroma = np.ascontiguousarray(luma[::2])
    if right:
        shares = Shares(luma[None], chroma[None])
    else:
        shares = Shares(np.repeat(luma[:, None], width, axis=1), np.repeat(chroma[:, None], width // 2, axis=1))
    # Holes stay holes: a shadow needs something to fall on.
    black = flat_row(BLACK, width, VideoFrame(frame.luma, frame.chroma))
    mix(VideoFrame(frame.luma, frame.chroma), black, shares, VideoFrame(out.luma, out.chroma))
    if out.alpha is not None:
        np.copyto(out.alpha, 255 if frame.alpha is None else frame.alpha)


def _shadow(length: int, share: float, forward: bool) -> NDArray[np.uint16]:
    """Return how dark each of `length` pixels is along the way, in parts of `ONE`."""
    way = (np.arange(length, dtype=np.float32) + 0.5) / length
    ahead = (way if forward else 1 - way) - share
    fall = np.clip(1 - ahead / SHADOW, 0, 1)
    # It comes and goes with the movement, so that the ends are the frames themselves.
    return np.asarray(np.rint(DARKEST * ONE * fall * fall * min(1.0, 8 * share * (1 - share))), np.uint16)


def _place(frame: VideoFrame, at: tuple[int, int], out: VideoFrame) -> None:
    """Copy what of a frame lies inside `out`, with its corner at `at`, even."""
    width, height = out.size_px
    to = Box(max(0, at[0]), max(0, at[1]), min(width, width + at[0]), min(height, height + at[1]))
    if to.width <= 0 or to.height <= 0:
        return
    source = Box(to.x0 - at[0], to.y0 - at[1], to.x1 - at[0], to.y1 - at[1])
    out.luma[to.slices] = frame.luma[source.slices]
    out.chroma[_halved(to)] = frame.chroma[_halved(source)]
    if out.alpha is not None:
        out.alpha[to.slices] = 255 if frame.alpha is None else frame.alpha[source.slices]


def _halved(box: Box) -> tuple[slice, slice]:
    return slice(box.y0 // 2, box.y1 // 2), slice(box.x0 // 2, box.x1 // 2)


def _even(number: float) -> int:
    return 2 * round(number / 2)
