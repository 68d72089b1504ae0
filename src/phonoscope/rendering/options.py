"""How a scene document is rendered."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, get_args

from phonoscope.core.errors import UsageError

if TYPE_CHECKING:
    from phonoscope.scene.document.video import SceneDocument

DRAFT_PX = 360
"""Shorter side of a draft: enough to judge timing and layout by, in a quarter of the time."""

PREVIEW_FPS = 14
"""Fewest frames a second of a preview: lips still follow what is said, and of 29.97 every other one is enough."""

MOST_JOBS = 16

Companion = Literal["srt", "vtt", "ass", "ebu-tt", "transcript", "otio", "poster", "description"]
COMPANIONS: tuple[Companion, ...] = get_args(Companion)
"""Files that can lie beside a video."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How a scene document is rendered.

    Attributes
    ----------
    draft
        Small and quick: 360 pixels on the shorter side.
    resolution
        Another length of the shorter side, in pixels, than the document's; None for its own.
    fps
        Another number of frames a second than the document's; None for its own.
    every
        Of so many frames only one is drawn, for a quick look; what is said and shown keeps its time.
    jobs
        Processes that draw; None for as many as there are cores. The video is the same, however many.
    format, codec
        As `media.options.VideoOptions`; empty to go by the output's suffix.
    quality
        As `media.options.VideoOptions`.
    loudness_lufs
        Another loudness than the document's; None for its own.
    preset
        A name in `media.export_presets.EXPORT_PRESETS`: what a place asks for; empty for none.
    limit_bytes
        How large the file may be; None for no limit but the preset's.
    companions
        Files to write beside the video: names in `COMPANIONS`.
    overwrite
        Replace files that exist.
    fresh
        Draw everything, also what an earlier run that was broken off has finished.
    """

    draft: bool = False
    resolution: int | None = None
    fps: Fraction | None = None
    every: int = 1
    jobs: int | None = None
    format: str = ""
    codec: str = ""
    quality: int | None = None
    loudness_lufs: float | None = None
    preset: str = ""
    limit_bytes: int | None = None
    companions: frozenset[Companion] = frozenset()
    overwrite: bool = False
    fresh: bool = False

    def __post_init__(self) -> None:
        if self.jobs is not None and not 1 <= self.jobs <= MOST_JOBS:
            raise UsageError(f"{self.jobs} processes cannot draw a video.", f"Use 1 to {MOST_JOBS}.")
        if self.every < 1:
            raise UsageError(f"Of {self.every} frames, none can be drawn.", "Draw one of 1, 2, 3 …")
        unknown = sorted(set(self.companions) - set(COMPANIONS))
        if unknown:
            raise UsageError(f"There is no file '{unknown[0]}' beside a video.", f"Ask for: {', '.join(COMPANIONS)}.")

    def scaled(self, size_px: tuple[int, int]) -> tuple[int, int]:
        """Return the size that a document's size becomes: (width, height), even."""
        short = DRAFT_PX if self.draft else self.resolution
        if short is None or (self.draft and min(size_px) <= short):
            return size_px
        width, height = (max(2, 2 * round(side * short / min(size_px) / 2)) for side in size_px)
        return width, height


def preview_options(document: SceneDocument) -> RenderOptions:
    """Return how a document is rendered that somebody wants to see at once."""
    return RenderOptions(draft=True, every=max(1, int(document.canvas.rate / PREVIEW_FPS)), overwrite=True)


def options_for_width(document: SceneDocument, width_px: int) -> RenderOptions:
    """Return how stills of a document are drawn that are about so wide, and never larger than the video."""
    size_px = document.canvas.size_px
    return RenderOptions(resolution=min(size_px) * min(width_px, size_px[0]) // size_px[0])


def available_cores() -> int:
    """Return how many processes can run at once."""
    affinity = getattr(os, "sched_getaffinity", None)
    return min(MOST_JOBS, len(affinity(0)) if affinity else os.cpu_count() or 1)
