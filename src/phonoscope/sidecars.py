"""The files beside a video: subtitles, timed phones in several formats, and the curves of the face."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Literal, TextIO, get_args

from phonoscope.core.performance import Performance
from phonoscope.exports import ArkitWriter, Timing, cues_json, phones_json, textgrid
from phonoscope.media.output import text_file
from phonoscope.media.subtitles import Cue, srt_text, vtt_text
from phonoscope.performance import PerformanceWriter
from phonoscope.transcript import Transcript

Sidecar = Literal["srt", "vtt", "performance", "phones", "textgrid", "cues", "arkit"]
SIDECARS: tuple[Sidecar, ...] = get_args(Sidecar)

SUFFIXES: dict[Sidecar, str] = {
    "srt": ".srt",
    "vtt": ".vtt",
    "performance": ".performance.json",
    "phones": ".phones.json",
    "textgrid": ".TextGrid",
    "cues": ".cues.json",
    "arkit": ".arkit.csv",
}

TIMED: dict[Sidecar, Callable[[Timing], Iterable[str]]] = {
    "phones": phones_json,
    "textgrid": textgrid,
    "cues": cues_json,
}
"""Files that are written at the end, from what was said when."""

SUBTITLES: dict[Sidecar, Callable[[Iterable[Cue]], str]] = {"srt": srt_text, "vtt": vtt_text}

WORDS: frozenset[Sidecar] = frozenset(SUBTITLES)
"""Files that have nothing to show where the words are not known."""


def sidecar_paths(video: Path, wanted: frozenset[Sidecar]) -> dict[Sidecar, Path]:
    """Return the files to write, by kind: ``talk.mp4`` has ``talk.srt`` and ``talk.phones.json``."""
    return {kind: video.with_name(video.stem + SUFFIXES[kind]) for kind in SIDECARS if kind in wanted}


@contextmanager
def sidecar_files(
    paths: dict[Sidecar, Path], transcript: Transcript, fps: Fraction, overwrite: bool, sound_name: str
) -> Iterator[Callable[[Performance], None]]:
    """Write the files beside a video; they appear when the block ends well, and else not at all.

    Parameters
    ----------
    sound_name
        Name of the file that is heard, for the formats that tell it.

    Yields
    ------
    Callable
        To be called with each piece of the performance, in order.

    Raises
    ------
    UsageError, OutputError
        As `media.output.text_file`.
    """
    with ExitStack() as files:
        streams = {kind: files.enter_context(text_file(path, overwrite)) for kind, path in paths.items()}
        with _curve_files(streams, fps) as keep:
            yield keep
        for kind, export in TIMED.items():
            if kind in streams:
                streams[kind].writelines(export(transcript.timing(sound_name)))
        for kind, subtitles in SUBTITLES.items():
            if kind in streams:
                streams[kind].write(subtitles(transcript.cues))


@contextmanager
def _curve_files(streams: dict[Sidecar, TextIO], fps: Fraction) -> Iterator[Callable[[Performance], None]]:
    """Write the files of curves, frame by frame."""
    curves = PerformanceWriter(streams["performance"], fps) if "performance" in streams else None
    arkit = ArkitWriter(streams["arkit"], fps) if "arkit" in streams else None

    def keep(performance: Performance) -> None:
        for writer in (curves, arkit):
            if writer is not None:
                writer.add(performance)

    yield keep
    if curves is not None:
        curves.close()
