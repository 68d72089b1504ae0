"""How the file of a video is written: what was asked for, what a preset asks for, and what fits into a size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from phonoscope.core.errors import UsageError
from phonoscope.media.export_presets import ExportPreset, export_preset
from phonoscope.media.options import SOUND_RATE_HZ, VideoOptions, check_transparent, container_for
from phonoscope.media.size_limit import options_within
from phonoscope.rendering.job import is_transparent
from phonoscope.rendering.options import RenderOptions
from phonoscope.scene.document.video import SceneDocument
from phonoscope.version import __version__


@dataclass(frozen=True, slots=True)
class FilmPlan:
    """How the file of a video is written.

    Attributes
    ----------
    video
        Size, rate, codec and quality.
    loudness_lufs
        How loud it becomes.
    limit_bytes
        How large the file may be; None for no limit.
    """

    video: VideoOptions
    loudness_lufs: float
    limit_bytes: int | None = None

    def within(self, duration_s: float) -> FilmPlan:
        """Return the plan for a video of a length, so that it keeps to its limit.

        Raises
        ------
        UsageError
            So long a video does not fit.
        """
        if self.limit_bytes is None:
            return self
        return replace(self, video=options_within(self.video, duration_s, self.limit_bytes))


def plan_film(document: SceneDocument, output: Path, options: RenderOptions) -> FilmPlan:
    """Return how the file of a document's video is written.

    Raises
    ------
    UsageError
        The kind of file cannot hold it, or a preset asks for another.
    """
    container = container_for(output, options.format)
    transparent = is_transparent(document)
    if transparent:
        check_transparent(container)
    size_px, fps = options.scaled(document.canvas.size_px), (options.fps or document.canvas.rate) / options.every
    loudness = document.loudness_lufs if options.loudness_lufs is None else options.loudness_lufs
    limit = options.limit_bytes
    video = VideoOptions(size_px=size_px, fps=fps, container=container, codec=options.codec, sound_channels=2)
    if options.preset:
        preset = export_preset(options.preset)
        _check_container(preset, container, output)
        video = replace(preset.options_for(size_px, fps), transparent=transparent)
        loudness = preset.loudness_lufs if options.loudness_lufs is None else options.loudness_lufs
        limit = limit or preset.size_limit_bytes
    video = replace(
        video,
        sound_rate_hz=None if container == "gif" else SOUND_RATE_HZ,
        title=document.title,
        comment=f"Made with Phonoscope {__version__}",
        quality=video.quality if options.quality is None else options.quality,
        transparent=transparent,
    )
    return FilmPlan(video, loudness, limit)


def _check_container(preset: ExportPreset, container: str, output: Path) -> None:
    if preset.container != container:
        raise UsageError(f"'{output}' is no file for '{preset.name}'.", f"Let its name end in .{preset.container}.")
