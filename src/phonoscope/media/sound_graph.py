"""FFmpeg's filters over streams of sound: what they do, and nothing of how they are run, is told by the caller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import MachineError
from phonoscope.media.channels import LAYOUTS
from phonoscope.media.resampling import audio_frame

if TYPE_CHECKING:
    from av.filter import Graph
    from av.filter.context import FilterContext

Planes = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SoundFilter:
    """A filter of FFmpeg (https://ffmpeg.org/ffmpeg-filters.html#Audio-Filters) in a graph.

    Attributes
    ----------
    name
        What this place of the graph is called.
    filter, options
        FFmpeg's name of the filter, and its options as FFmpeg writes them.
    inputs
        Names of the filters, or of the sounds that are fed in, that it takes; each is taken once.
    """

    name: str
    filter: str
    options: str
    inputs: tuple[str, ...]


def filter_sound(
    feeds: Iterable[Mapping[str, Planes]], filters: Sequence[SoundFilter], rate_hz: int, channels: int = 2
) -> Iterator[Planes]:
    """Run streams of sound through a graph of filters, block by block.

    Parameters
    ----------
    feeds
        The next block of every input by its name, all of one length: float32, shape (channels, n).
    filters
        In an order in which each takes what stands before it; the last one's output is the result.

    Yields
    ------
    ndarray
        float32, shape (channels, m), m whatever is ready.

    Raises
    ------
    MachineError
        FFmpeg lacks a filter, or refuses it.
    """
    graph: _RunningGraph | None = None
    for feed in feeds:
        graph = graph or _RunningGraph(tuple(feed), filters, rate_hz, channels)
        yield from graph.push(feed)
    if graph is not None:
        yield from graph.finish()


def chain_sound(blocks: Iterable[Planes], steps: Sequence[tuple[str, str]], rate_hz: int) -> Iterator[Planes]:
    """Run one stream of sound through filters, (name, options) each, one after the other."""
    if not steps:
        yield from blocks
        return
    filters = [
        SoundFilter(f"step{number}", name, options, (f"step{number - 1}",))
        for number, (name, options) in enumerate(steps, 1)
    ]
    yield from filter_sound(({"step0": block} for block in blocks), filters, rate_hz)


class _RunningGraph:
    """A graph of filters with what it needs to be fed."""

    def __init__(self, inputs: Sequence[str], filters: Sequence[SoundFilter], rate_hz: int, channels: int) -> None:
        import av

        self._rate_hz = rate_hz
        self._fed = 0
        self._quiet = (av.BlockingIOError, av.EOFError)
        try:
            self._graph, self._sources = _built(inputs, filters, rate_hz, channels)
        except (av.FFmpegError, ValueError) as error:
            names = ", ".join(sorted({told.filter for told in filters}))
            raise MachineError(
                f"FFmpeg cannot run its filters {names} ({error}).", "Install the av package from its own wheels."
            ) from error

    def push(self, feed: Mapping[str, Planes]) -> Iterator[Planes]:
        """Feed a block into every input and yield what is ready."""
        length = 0
        for name, source in self._sources.items():
            length = feed[name].shape[1]
            if length:
                source.push(audio_frame(feed[name], self._rate_hz, self._fed))
        self._fed += length
        yield from self._ready()

    def finish(self) -> Iterator[Planes]:
        """Tell every input that it is over and yield the rest."""
        for source in self._sources.values():
            source.push(None)
        yield from self._ready()

    def _ready(self) -> Iterator[Planes]:
        while True:
            try:
                frame = self._graph.pull()
            except self._quiet:
                return
            yield np.asarray(frame.to_ndarray(), np.float32)


def _built(
    inputs: Sequence[str], filters: Sequence[SoundFilter], rate_hz: int, channels: int
) -> tuple[Graph, dict[str, FilterContext]]:
    """Return a graph that is ready to be fed, and its inputs by name."""
    from av.filter import Graph

    graph = Graph()
    # Threads of FFmpeg's own gain nothing on blocks of a second, and several of us may run at once.
    graph.threads = 1
    layout = LAYOUTS[channels]
    base = Fraction(1, rate_hz)
    sources = {
        name: graph.add_abuffer(sample_rate=rate_hz, format="fltp", layout=layout, time_base=base) for name in inputs
    }
    places = dict(sources)
    wanted = f"sample_fmts=fltp:sample_rates={rate_hz}:channel_layouts={layout}"
    last = SoundFilter("", "aformat", wanted, (filters[-1].name,))
    for told in (*filters, last):
        place = graph.add(told.filter, told.options) if told.options else graph.add(told.filter)
        for number, taken in enumerate(told.inputs):
            places[taken].link_to(place, 0, number)
        places[told.name] = place
    places[last.name].link_to(graph.add("abuffersink"))
    graph.configure()
    return graph, sources
