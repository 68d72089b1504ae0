"""The door for sound and video files: what is opened, and by which demuxers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.core.errors import MediaError, PhonoscopeError
from phonoscope.media.signatures import HEAD_BYTES, PICTURE_FORMATS, identify

if TYPE_CHECKING:
    from av.container import InputContainer

_DEMUXERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,mpeg,mpegts,mpegvideo,wav,w64,aiff,caf,mp3,aac,flac,ogg,opus,"
    "gif,amr,au,ac3,eac3,asf,aa,ape,wv,tta,tak,mpc,mpc8,dts,dtshd,truehd,dsf,voc,oma,rm,mxf,nut,wtv,sox,nistsphere,qcp"
)
"""FFmpeg's demuxers that only read the file they are given. Playlists (hls, dash, concat) would open what a stranger's
file names, and image sequences whatever matches a pattern."""

_REMEDY = "Give a sound or video file, such as WAV, MP3, FLAC, MP4, MOV or WebM."


@contextmanager
def opened(path: Path | str) -> Iterator[InputContainer]:
    """Open a sound or video file; any failure to read it, in the block too, becomes a MediaError."""
    import av

    place = check_input(path)
    try:
        with av.open(
            str(place),
            "r",
            # Not `options`: those go to the streams too, and PyAV 14 crashes when one of them appears late (MPEG).
            container_options={"format_whitelist": _DEMUXERS, "protocol_whitelist": "file"},
            metadata_errors="replace",
        ) as container:
            if not container.streams.audio and not container.streams.video:
                raise MediaError(f"'{path}' is damaged or cut off: it has neither sound nor picture.", _REMEDY)
            yield container
    except PhonoscopeError:
        raise
    except (av.FFmpegError, OSError, UnicodeError) as error:
        with place.open("rb") as file:
            kind = identify(file.read(HEAD_BYTES))
        known = kind in ("a video", "a sound file", "GIF")
        told = f"is damaged or cut off ({_reason(error)})" if known else f"is not sound or video: it is {_named(kind)}"
        raise MediaError(f"'{path}' {told}.", _REMEDY) from error


def check_input(path: Path | str) -> Path:
    """Return the absolute path of a readable, ordinary, non-empty file, or raise MediaError."""
    try:
        place = Path(path).resolve()
        if place.is_dir():
            raise MediaError(f"'{path}' is a folder.", "Give the file itself.")
        if not place.exists():
            raise MediaError(f"'{path}' does not exist.", "Check the path.")
        if not place.is_file():
            raise MediaError(f"'{path}' is not an ordinary file.", _REMEDY)
        with place.open("rb") as file:
            if not file.read(1):
                raise MediaError(f"'{path}' is empty.", _REMEDY)
    except MediaError:
        raise
    except RuntimeError as error:
        raise MediaError(f"'{path}' cannot be read: its links lead in a circle.", "Give the file itself.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no file name"
        raise MediaError(f"'{path}' cannot be read: {reason}.", "Check the path and its permissions.") from error
    return place


def _reason(error: Exception) -> str:
    """Return an error's text without the path, which the message has already."""
    return getattr(error, "strerror", None) or type(error).__name__


def _named(kind: str) -> str:
    return f"a {kind} picture" if kind in PICTURE_FORMATS else kind
