# mypy: disallow-untyped-decorators=False
"""Two frames mixed, each pixel in its own proportion."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.core.frames import VideoFrame

ONE = 256
"""Share of a pixel that shows only the second frame."""


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """How much of the second frame each pixel shows, uint16, 0 to `ONE`.

    Attributes
    ----------
    luma
        Shape (height, width), or (1, width) for rows that are all the same.
    chroma
        Shape (height / 2, width / 2), or (1, width / 2).
    """

    luma: NDArray[np.uint16]
    chroma: NDArray[np.uint16]


def even_shares(share: float, size_px: tuple[int, int]) -> Shares:
    """Return the same share, 0 to 1, for every pixel."""
    level = round(min(1.0, max(0.0, share)) * ONE)
    return Shares(np.full((1, size_px[0]), level, np.uint16), np.full((1, size_px[0] // 2), level, np.uint16))


def mix(first: VideoFrame, second: VideoFrame, shares: Shares, out: VideoFrame) -> None:
    """Write both frames, mixed as encoded, into `out`; with alpha, what is hidden adds no colour.

    `second` may have a single row of luma and of chroma, that stands for all.
    """
    if first.alpha is None and second.alpha is None:
        _mix_plane(first.luma, second.luma, shares.luma, out.luma)
        _mix_pairs(first.chroma, second.chroma, shares.chroma, out.chroma)
        if out.alpha is not None:
            out.alpha[...] = 255
        return
    first_alpha, second_alpha = alpha_of(first, first.luma.shape), alpha_of(second, first.luma.shape)
    _mix_straight(
        (first.luma[..., None], second.luma[..., None]), (first_alpha, second_alpha), shares.luma, out.luma[..., None]
    )
    small = first.chroma.shape[1::-1]
    halves = tuple(
        np.asarray(cv2.resize(alpha, small, interpolation=cv2.INTER_AREA), np.uint8)
        for alpha in (first_alpha, second_alpha)
    )
    _mix_straight((first.chroma, second.chroma), (halves[0], halves[1]), shares.chroma, out.chroma)
    if out.alpha is not None:
        _mix_plane(first_alpha, second_alpha, shares.luma, out.alpha)


def alpha_of(frame: VideoFrame, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """Return a frame's alpha; opaque, of this shape, where it has none."""
    return np.full(shape, 255, np.uint8) if frame.alpha is None else frame.alpha


def copy_frame(frame: VideoFrame, out: VideoFrame) -> None:
    """Copy a frame."""
    np.copyto(out.luma, frame.luma)
    np.copyto(out.chroma, frame.chroma)
    if out.alpha is not None:
        np.copyto(out.alpha, 255 if frame.alpha is None else frame.alpha)


@compiled
def _mix_plane(
    first: NDArray[np.uint8], second: NDArray[np.uint8], shares: NDArray[np.uint16], out: NDArray[np.uint8]
) -> None:
    """Write first * (1 - share) + second * share."""
    last, last_share = second.shape[0] - 1, shares.shape[0] - 1
    for y in range(first.shape[0]):
        above, below, share, mixed = first[y], second[min(y, last)], shares[min(y, last_share)], out[y]
        for x in range(np.uint64(first.shape[1])):
            kept = np.uint32(256) - np.uint32(share[x])
            sum_ = np.uint32(above[x]) * kept + np.uint32(below[x]) * np.uint32(share[x]) + np.uint32(128)
            mixed[x] = np.uint8(sum_ >> np.uint32(8))


@compiled
def _mix_pairs(
    first: NDArray[np.uint8], second: NDArray[np.uint8], shares: NDArray[np.uint16], out: NDArray[np.uint8]
) -> None:
    """Do the same to chroma."""
    last, last_share = second.shape[0] - 1, shares.shape[0] - 1
    for y in range(first.shape[0]):
        above, below, share, mixed = first[y], second[min(y, last)], shares[min(y, last_share)], out[y]
        for x in range(np.uint64(first.shape[1])):
            shown = np.uint32(share[x])
            kept = np.uint32(256) - shown
            for k in range(2):
                sum_ = np.uint32(above[x, k]) * kept + np.uint32(below[x, k]) * shown + np.uint32(128)
                mixed[x, k] = np.uint8(sum_ >> np.uint32(8))


@compiled
def _mix_straight(
    planes: tuple[NDArray[np.uint8], NDArray[np.uint8]],
    alphas: tuple[NDArray[np.uint8], NDArray[np.uint8]],
    shares: NDArray[np.uint16],
    out: NDArray[np.uint8],
) -> None:
    """Mix planes, shape (height, width, channels), weighted by their alphas too."""
    first, second = planes
    last, last_share = second.shape[0] - 1, shares.shape[0] - 1
    for y in range(first.shape[0]):
        for x in range(first.shape[1]):
            share = np.uint32(shares[min(y, last_share), x])
            kept = np.uint32(256) - share
            above, below = np.uint32(alphas[0][y, x]) * kept, np.uint32(alphas[1][y, x]) * share
            if above + below == 0:
                above, below = kept, share
            whole = above + below
            for k in range(first.shape[2]):
                sum_ = np.uint32(first[y, x, k]) * above + np.uint32(second[min(y, last), x, k]) * below
                out[y, x, k] = np.uint8((sum_ + whole // np.uint32(2)) // whole)
