"""Where the files beside a video go."""

from __future__ import annotations

from pathlib import Path

from phonoscope.media.output import check_output
from phonoscope.media.sequence import stem_beside
from phonoscope.rendering.options import Companion

SUFFIXES: dict[Companion, tuple[str, ...]] = {
    "srt": (".srt",),
    "vtt": (".vtt",),
    "ass": (".ass",),
    "ebu-tt": (".ttml",),
    "transcript": (".transcript.md",),
    "otio": (".otio",),
    "poster": (".poster.jpg", ".poster.txt"),
    "description": (".described{video}", ".descriptions.vtt"),
}
"""What each kind of companion is called: ``talk.mp4`` has ``talk.srt`` and ``talk.described.mp4``."""


def companion_paths(video: Path, wanted: frozenset[Companion]) -> dict[Companion, tuple[Path, ...]]:
    """Return where the companions of a video go."""
    stem = stem_beside(video)
    return {
        kind: tuple(video.with_name(stem + suffix.format(video=video.suffix)) for suffix in suffixes)
        for kind, suffixes in SUFFIXES.items()
        if kind in wanted
    }


def check_companions(video: Path, wanted: frozenset[Companion], overwrite: bool) -> None:
    """Refuse at once companions that could not be written.

    Raises
    ------
    UsageError, OutputError
        A file exists, or cannot be written.
    """
    for paths in companion_paths(video, wanted).values():
        for path in paths:
            check_output(path, overwrite)
