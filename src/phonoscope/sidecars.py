"""The files beside a video: subtitles, timed phones in several formats, and the curves of the face."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal, TextIO, get_args

from phonoscope.core.performance import Performance
from phonoscope.exports import ArkitWriter, Timing, cues_json, phones_json, textgrid
from phonoscope.media.output import text_file
from phonoscope.media.sequence import stem_beside
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


CURVES: frozenset[Sidecar] = frozenset({"performance", "arkit"})
"""Files that tell how one face moves; in a dialogue each speaker has one."""


@dataclass(frozen=True, slots=True)
class SidecarFile:
    """A file beside a video.

    Attributes
    ----------
    kind, path
        What it is, and where.
    part
        Which of the faces that act it tells about, counted from 0.
    """

    kind: Sidecar
    path: Path
    part: int = 0


def sidecar_plan(video: Path, wanted: frozenset[Sidecar], speakers: Sequence[str] = ()) -> tuple[SidecarFile, ...]:
    """Return the files to write: ``talk.mp4`` has ``talk.srt``, and in a dialogue ``talk.HOST.arkit.csv``.

    Parameters
    ----------
    speakers
        Names of those in a dialogue who are seen, in order; none where only one face speaks.
    """
    files = []
    for kind in SIDECARS:
        if kind in wanted:
            names = speakers if kind in CURVES and speakers else ("",)
            for part, name in enumerate(names):
                label = "." + re.sub(r"[^\w-]+", "_", name) if name else ""
                files.append(SidecarFile(kind, video.with_name(stem_beside(video) + label + SUFFIXES[kind]), part))
    return tuple(files)


@contextmanager
def sidecar_files(
    plan: tuple[SidecarFile, ...], transcript: Transcript, fps: Fraction, overwrite: bool, sound_name: str
) -> Iterator[Callable[[Sequence[Performance]], None]]:
    """Write the files beside a video; they appear when the block ends well, and else not at all.

    Parameters
    ----------
    sound_name
        Name of the file that is heard, for the formats that tell it.

    Yields
    ------
    Callable
        To be called with each stretch of everybody's performance, in order.

    Raises
    ------
    UsageError, OutputError
        As `media.output.text_file`.
    """
    with ExitStack() as files:
        streams = {file: files.enter_context(text_file(file.path, overwrite)) for file in plan}
        with _curve_files(streams, fps) as keep:
            yield keep
        for file, stream in streams.items():
            if file.kind in TIMED:
                stream.writelines(TIMED[file.kind](transcript.timing(sound_name)))
            elif file.kind in SUBTITLES:
                stream.write(SUBTITLES[file.kind](transcript.cues))


@contextmanager
def _curve_files(
    streams: dict[SidecarFile, TextIO], fps: Fraction
) -> Iterator[Callable[[Sequence[Performance]], None]]:
    """Write the files of curves, frame by frame."""
    curves = [(f.part, PerformanceWriter(stream, fps)) for f, stream in streams.items() if f.kind == "performance"]
    arkit = [(f.part, ArkitWriter(stream, fps)) for f, stream in streams.items() if f.kind == "arkit"]

    def keep(performances: Sequence[Performance]) -> None:
        for part, writer in curves:
            writer.add(performances[part])
        for part, table in arkit:
            table.add(performances[part])

    yield keep
    for _, writer in curves:
        writer.close()
