"""Filters one after the other, on no more of a frame than has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import get_args

from phonoscope.core.errors import UsageError
from phonoscope.core.frames import Box, VideoFrame, blank_frame
from phonoscope.scene.filters.blur import BlurFilter
from phonoscope.scene.filters.colour_table import ColourTable
from phonoscope.scene.filters.comic import ComicFilter
from phonoscope.scene.filters.glow import GlowFilter
from phonoscope.scene.filters.grain import GrainStage
from phonoscope.scene.filters.settings import (
    Blur,
    ColourSettings,
    Comic,
    FilterSettings,
    Glow,
    Grain,
    Vignette,
)
from phonoscope.scene.filters.stage import Stage, Windowed, copy_alpha, copy_box
from phonoscope.scene.filters.vignette import VignetteStage

COLOURS = get_args(ColourSettings)

_STAGES: dict[type, Callable[..., Stage]] = {
    Vignette: VignetteStage,
    Grain: GrainStage,
    Blur: lambda settings, size_px: Windowed(BlurFilter(settings, size_px)),
    Glow: lambda settings, size_px: Windowed(GlowFilter(settings, size_px)),
    Comic: lambda settings, size_px: Windowed(ComicFilter(settings, size_px)),
}


def filter_chain(filters: Sequence[FilterSettings], size_px: tuple[int, int]) -> FilterChain:
    """Prepare filters for frames of a size (width, height), both even.

    Neighbours that look at colours alone are joined. Filters of amount 0 are left out.

    Raises
    ------
    InputError
        A .cube file cannot be used.
    UsageError
        The size is odd.
    """
    if size_px[0] < 2 or size_px[1] < 2 or size_px[0] % 2 or size_px[1] % 2:
        raise UsageError(f"Frames of {size_px[0]} x {size_px[1]} pixels cannot be filtered.", "Give an even size.")
    stages: list[Stage] = []
    wanted = [settings for settings in filters if settings.amount != 0]
    for of_colour, run in groupby(wanted, lambda settings: isinstance(settings, COLOURS)):
        if of_colour:
            stages.append(ColourTable(list(run)))  # type: ignore[arg-type]
        else:
            stages += [_STAGES[type(settings)](settings, size_px) for settings in run]
    return FilterChain(stages or [_Copy()], size_px)


class FilterChain:
    """Filters ready for frames of one size.

    Attributes
    ----------
    is_animated
        Whether every frame differs, even of a still.
    reach_px
        How far from a changed pixel others change with it; even.
    """

    def __init__(self, stages: Sequence[Stage], size_px: tuple[int, int]) -> None:
        self._stages = tuple(stages)
        self._size_px = size_px
        self._between: list[VideoFrame] = []
        self.is_animated = any(stage.is_animated for stage in stages)
        self.reach_px = sum(stage.reach_px for stage in stages)

    def apply(
        self, frame: VideoFrame, out: VideoFrame, number: int, dirty: Sequence[Box] | None = None
    ) -> tuple[Box, ...]:
        """Write the filtered frame into `out`, and return the boxes of it that changed, even.

        Parameters
        ----------
        frame
            Of the chain's size; it is only read.
        out
            Of the same size, with alpha exactly if `frame` has it; it shares no memory with `frame`.
        number
            Number of the frame, which grain depends on.
        dirty
            Boxes, even, outside of which `frame` is the same as in the last call, whose result `out` still holds;
            None for a frame, or an `out`, that has nothing to do with the last call.

        Raises
        ------
        UsageError
            A frame is not of the chain's size, or only one of them has alpha.
        """
        self._check(frame, out)
        everything = Box(0, 0, *self._size_px)
        if self._misfit(frame):
            self._between = [blank_frame(self._size_px, frame.alpha is not None) for _ in self._stages[1:]]
            dirty = None
        boxes = (everything,) if dirty is None else merged(dirty, 0, self._size_px)
        for stage, result in zip(self._stages, (*self._between, out), strict=True):
            boxes = (everything,) if stage.is_animated else merged(boxes, stage.reach_px, self._size_px)
            for box in boxes:
                copy_alpha(frame, result, box)
            stage.apply(frame, result, number, boxes)
            frame = result
        return boxes

    def _check(self, frame: VideoFrame, out: VideoFrame) -> None:
        for given in (frame, out):
            if given.size_px != self._size_px:
                raise UsageError(f"A frame of {given.size_px} pixels met filters for {self._size_px}.")
        if (frame.alpha is None) != (out.alpha is None):
            raise UsageError("Of a frame and its filtered copy, only one has alpha.")

    def _misfit(self, frame: VideoFrame) -> bool:
        """Tell whether frames between stages are missing, or have alpha where `frame` has none."""
        return len(self._between) != len(self._stages) - 1 or any(
            (between.alpha is None) != (frame.alpha is None) for between in self._between
        )


class _Copy:
    """What an empty chain does."""

    reach_px = 0
    is_animated = False

    def apply(self, frame: VideoFrame, out: VideoFrame, number: int, boxes: Sequence[Box]) -> None:
        """See `Stage`."""
        for box in boxes:
            copy_box(frame, out, box)


def merged(boxes: Sequence[Box], reach_px: int, size_px: tuple[int, int]) -> tuple[Box, ...]:
    """Return boxes grown by `reach_px`, within a frame, joined where that leaves less to do."""
    reach = reach_px + reach_px % 2
    left: list[Box] = []
    for box in boxes:
        grown = Box(
            max(0, box.x0 - reach),
            max(0, box.y0 - reach),
            min(size_px[0], box.x1 + reach),
            min(size_px[1], box.y1 + reach),
        )
        if grown.width <= 0 or grown.height <= 0:
            continue
        near = [other for other in left if _area(grown.union(other)) <= _area(grown) + _area(other)]
        while near:
            for other in near:
                left.remove(other)
                grown = grown.union(other)
            near = [other for other in left if _area(grown.union(other)) <= _area(grown) + _area(other)]
        left.append(grown)
    return tuple(left)


def _area(box: Box) -> int:
    return box.width * box.height
