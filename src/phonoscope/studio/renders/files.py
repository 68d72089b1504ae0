"""The files of renders: what they are called, what they are, and where they lie."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from phonoscope.studio.settings import Settings

Format = Literal["mp4", "webm", "gif", "mov", "png-sequence"]

NAMES: Final[dict[str, str]] = {
    "mp4": "video.mp4",
    "webm": "video.webm",
    "gif": "video.gif",
    "mov": "video.mov",
    "png-sequence": "video_%05d.png",
}
"""What is rendered, by format; single pictures are put into a ZIP file afterwards."""

CONTAINERS: Final[dict[str, str]] = {format: format.partition("-")[0] for format in NAMES}
"""The engine's name of the kind of file, by format."""

OPAQUE: Final = frozenset({"mp4", "gif"})
"""Formats that cannot be transparent."""

MEDIA_TYPES: Final[dict[str, str]] = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".gif": "image/gif",
    ".mov": "video/quicktime",
    ".zip": "application/zip",
    ".jpg": "image/jpeg",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".ass": "text/x-ssa",
    ".ttml": "application/ttml+xml",
    ".md": "text/markdown",
    ".otio": "application/json",
    ".txt": "text/plain; charset=utf-8",
}


def media_type(name: str) -> str:
    """Return what a file of a render is."""
    return MEDIA_TYPES.get(Path(name).suffix, "application/octet-stream")


def file_key(owner_id: str, render_id: str, job_id: str, name: str) -> str:
    """Return where the storage has a file of a render; another try has its own."""
    return f"{render_folder(owner_id, render_id)}/{job_id}/{name}"


def thumbnail_key(owner_id: str, render_id: str, job_id: str) -> str:
    """Return where the storage has the thumbnail of a render."""
    return file_key(owner_id, render_id, job_id, ".thumbnail.webp")


def render_folder(owner_id: str, render_id: str) -> str:
    """Return how the keys of all files of a render begin."""
    return f"users/{owner_id}/renders/{render_id}"


def work_folder(settings: Settings, render_id: str) -> Path:
    """Return where a render is made; what lies there outlives a worker that dies."""
    return settings.work_dir / "renders" / render_id
