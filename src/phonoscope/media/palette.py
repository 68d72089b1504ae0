"""Pictures reduced to 256 colours that are chosen for them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import av
    from av.filter import Graph
    from av.filter.context import FilterContext

TICK_S = Fraction(1, 100)
"""Unit of time of a GIF."""

_DITHER = "dither=bayer:bayer_scale=4"
"""An ordered pattern: it stands still where the picture does, while error diffusion would make the background crawl.
Scale 4 is the weakest step that still hides the bands on skin."""

_PALETTE_SIDE_PX = 16


class PaletteMapper:
    """Chooses 256 colours from some frames, then maps these and later ones to them."""

    def __init__(self, frames: list[NDArray[np.uint8]]) -> None:
        from av.filter import Graph

        height, width = frames[0].shape[:2]
        palette = _palette(frames)
        graph = Graph()
        self._source = _source(graph, (width, height), "rgb24")
        colours = _source(graph, (_PALETTE_SIDE_PX, _PALETTE_SIDE_PX), palette.format.name)
        mapper = graph.add("paletteuse", _DITHER)
        self._sink = graph.add("buffersink")
        self._source.link_to(mapper, 0, 0)
        colours.link_to(mapper, 0, 1)
        mapper.link_to(self._sink)
        graph.configure()
        self._graph = graph
        palette.pts = 0
        colours.push(palette)
        colours.push(None)

    def map(self, rgb: NDArray[np.uint8], tick: int) -> Iterator[av.VideoFrame]:
        """Take a frame to be shown at `tick`, and yield what is ready."""
        self._source.push(_frame(rgb, tick))
        yield from _pulled(self._sink)

    def flush(self) -> Iterator[av.VideoFrame]:
        """Yield the rest."""
        self._source.push(None)
        yield from _pulled(self._sink)


def _palette(frames: list[NDArray[np.uint8]]) -> av.VideoFrame:
    """Return the colours that suit the frames best, as a picture of 16 × 16."""
    from av.filter import Graph

    height, width = frames[0].shape[:2]
    graph = Graph()
    source = _source(graph, (width, height), "rgb24")
    chooser = graph.add("palettegen", "stats_mode=full")
    sink = graph.add("buffersink")
    source.link_to(chooser)
    chooser.link_to(sink)
    graph.configure()
    for tick, rgb in enumerate(frames):
        source.push(_frame(rgb, tick))
    source.push(None)
    return next(_pulled(sink))


def _source(graph: Graph, size_px: tuple[int, int], pixel_format: str) -> FilterContext:
    """Add an input of frames to a graph."""
    width, height = size_px
    return graph.add(
        "buffer", f"video_size={width}x{height}:pix_fmt={pixel_format}:time_base={TICK_S}:pixel_aspect=1/1"
    )


def _frame(rgb: NDArray[np.uint8], tick: int) -> av.VideoFrame:
    import av

    frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
    frame.pts = tick
    frame.time_base = TICK_S
    return frame


def _pulled(sink: FilterContext) -> Iterator[av.VideoFrame]:
    """Yield the frames that a graph has ready."""
    import av

    while True:
        try:
            frame = sink.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        if isinstance(frame, av.VideoFrame):
            yield frame
