"""Addresses that open one video to anybody who has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from phonoscope.studio.renders.tables import Render
from phonoscope.studio.settings import Settings

ENDINGS = {
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/quicktime": "mov",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/apng": "png",
}
"""What can be watched in a browser, or at least in a player; packed single pictures cannot."""


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file of a render that the link opens too.

    Attributes
    ----------
    name
        In its address, below the link: ``video.mp4``.
    """

    name: str
    key: str
    media_type: str


def share_url(settings: Settings, request: Request, token: str | None) -> str | None:
    """Return the address of a render's page, as others reach it; None where it is not shared."""
    if token is None or not settings.sharing:
        return None
    return f"{(settings.public_url or str(request.base_url)).rstrip('/')}/s/{token}"


def shared_video(render: Render) -> SharedFile | None:
    """Return the video of a render; None while there is none, or where it is no video."""
    return next((_shared("video", ENDINGS, file) for file in render.files if file["media_type"] in ENDINGS), None)


def shared_captions(render: Render) -> SharedFile | None:
    """Return the captions for the video, where some were made that browsers read."""
    endings = {"text/vtt": "vtt"}
    return next((_shared("captions", endings, file) for file in render.files if file["media_type"] in endings), None)


def shared_poster(render: Render) -> SharedFile | None:
    """Return what is shown before the video plays."""
    key = render.thumbnail_key
    return SharedFile("poster.webp", key, "image/webp") if key else None


def _shared(name: str, endings: dict[str, str], file: dict[str, Any]) -> SharedFile:
    return SharedFile(f"{name}.{endings[file['media_type']]}", file["key"], file["media_type"])
