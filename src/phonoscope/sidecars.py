"""The files beside a video: subtitles, timed phones, and the curves of the face."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Literal, get_args

from phonoscope.core.performance import Performance
from phonoscope.media.output import part_of
from phonoscope.media.subtitles import write_srt, write_vtt
from phonoscope.performance import PerformanceWriter
from phonoscope.transcript import Transcript

Sidecar = Literal["srt", "vtt", "performance", "phones"]
SIDECARS: tuple[Sidecar, ...] = get_args(Sidecar)

SUFFIXES: dict[Sidecar, str] = {
    "srt": ".srt",
    "vtt": ".vtt",
    "performance": ".performance.json",
    "phones": ".phones.json",
}


def sidecar_paths(video: Path, wanted: frozenset[Sidecar]) -> dict[Sidecar, Path]:
    """Return the files to write, by kind: ``talk.mp4`` has ``talk.srt`` and ``talk.phones.json``."""
    return {kind: video.with_name(video.stem + SUFFIXES[kind]) for kind in SIDECARS if kind in wanted}


@contextmanager
def sidecar_files(
    paths: dict[Sidecar, Path], transcript: Transcript, fps: Fraction, overwrite: bool
) -> Iterator[Callable[[Performance], None]]:
    """Write the files beside a video; they appear when the block ends well, and else not at all.

    Yields
    ------
    Callable
        To be called with each piece of the performance, in order.

    Raises
    ------
    UsageError, OutputError
        As `media.output.part_of`, at the start.
    """
    with ExitStack() as files:
        parts = {kind: files.enter_context(part_of(path, overwrite)) for kind, path in paths.items()}
        if "performance" in parts:
            with parts["performance"].open("w", encoding="utf-8") as file:
                curves = PerformanceWriter(file, fps)
                yield curves.add
                curves.close()
        else:
            yield _discard
        if "phones" in parts:
            rows = [
                {"phone": phone.ipa, "start_s": round(phone.start_s, 4), "end_s": round(phone.end_s, 4)}
                for phone in transcript.phones
            ]
            parts["phones"].write_text(json.dumps(rows, ensure_ascii=False, indent=0), encoding="utf-8")
        if "srt" in parts:
            write_srt(parts["srt"], transcript.cues, overwrite=True)
        if "vtt" in parts:
            write_vtt(parts["vtt"], transcript.cues, overwrite=True)


def _discard(performance: Performance) -> None:
    """Take curves that no file was asked for."""
