"""Sound and frames out of files; sound into WAV."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import MediaError
from phonoscope.core.sound import Sound
from phonoscope.media.channels import cleaned, with_channels
from phonoscope.media.door import opened
from phonoscope.media.output import atomic_path
from phonoscope.media.sound_file import SoundOptions, open_sound

if TYPE_CHECKING:
    from av import VideoFrame
    from av.video.stream import VideoStream

SOUND_LIMIT_S = 3600.0
"""Longest sound that is read at once unless more is asked for: an hour at 48 kHz takes 700 MB."""

_EXACT_BICUBIC = 4 | 0x40000 | 0x2000
"""libswscale's flags for smooth chroma and exact rounding (SWS_BICUBIC, _ACCURATE_RND, _FULL_CHR_H_INT)."""

# libswscale's numbers of the conversion matrices (SWS_CS_*), and which tag of ITU-T H.273 asks for which.
_BT709, _BT601, _BT2020 = 1, 5, 9
_MATRICES = {1: _BT709, 5: _BT601, 6: _BT601, 9: _BT2020}

FRAME_LIMIT_PX = 8192 * 8192
"""Largest frame that is decoded."""


def read_sound(
    path: Path | str, rate_hz: int | None = None, mono: bool = True, limit_s: float = SOUND_LIMIT_S
) -> Sound:
    """Read the first sound track of a sound or video file.

    Parameters
    ----------
    rate_hz
        Rate of the result; None for the file's own.
    mono
        Mix down to shape (n,); else the shape is (n, channels), with at most two channels.
    limit_s
        Longer sound is refused.

    Raises
    ------
    MediaError
        The file cannot be read, has no sound, or has too much.
    """
    stream = open_sound(path, SoundOptions(rate_hz=rate_hz, channels=1 if mono else None, limit_s=limit_s))
    blocks = [block.samples for block in stream]
    return Sound(np.concatenate(blocks), stream.rate_hz)


def read_frames(path: Path | str) -> Iterator[NDArray[np.uint8]]:
    """Yield the frames of a video, upright, as RGB, shape (height, width, 3), one at a time.

    Raises
    ------
    MediaError
        The file cannot be read or shows nothing.
    """
    with opened(path) as container:
        if not container.streams.video:
            raise MediaError(f"'{path}' has no picture.", "Give a video.")
        stream = container.streams.video[0]
        check_frame_size(stream, path)
        stream.thread_type = "AUTO"
        for frame in container.decode(stream):
            yield upright_rgb(frame)


def check_frame_size(stream: VideoStream, path: Path | str) -> None:
    """Refuse a video whose frames are too large to be decoded."""
    context = stream.codec_context
    if context.width * context.height > FRAME_LIMIT_PX:
        raise MediaError(f"'{path}' has frames of {context.width} × {context.height} pixels.", "Scale it down.")


def upright_rgb(frame: VideoFrame) -> NDArray[np.uint8]:
    """Return a decoded frame as RGB, uint8, shape (height, width, 3), turned as the file says."""
    # PyAV tells the rotation since 14.2.
    return _upright(_rgb(frame), getattr(frame, "rotation", 0))


def upright_alpha(frame: VideoFrame) -> NDArray[np.uint8] | None:
    """Return how opaque a decoded frame is, uint8, shape (height, width), turned as the file says; None: wholly."""
    if not any(component.is_alpha for component in frame.format.components):
        return None
    alpha = np.ascontiguousarray(frame.to_ndarray(format="rgba")[..., 3], np.uint8)
    return _upright(alpha, getattr(frame, "rotation", 0))


def matrix_of(frame: VideoFrame) -> int:
    """Return libswscale's number of a decoded frame's matrix: its tag's, or else what is usual for its height."""
    return _MATRICES.get(int(frame.colorspace), _BT709 if frame.height >= 720 else _BT601)


def is_full_range(frame: VideoFrame) -> bool:
    """Tell whether black is 0 in a decoded frame, not 16."""
    from av.video.reformatter import ColorRange

    name = frame.format.name
    return frame.color_range == ColorRange.JPEG or name.startswith(("yuvj", "rgb", "bgr", "gbr", "pal"))


def write_wav(path: Path | str, sound: Sound, overwrite: bool = False) -> None:
    """Write sound as 16-bit WAV, whole or not at all."""
    channels = 1 if sound.samples.ndim == 1 else sound.samples.shape[1]
    pcm = np.rint(with_channels(cleaned(sound.samples), channels).T * 32767).astype("<i2")
    with atomic_path(path, overwrite) as part, wave.open(str(part), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(sound.rate_hz)
        file.writeframes(pcm.tobytes())


def _rgb(frame: VideoFrame) -> NDArray[np.uint8]:
    """Convert a decoded frame by its own colour tags; untagged ones by what is usual for their height."""
    from av.video.reformatter import ColorRange

    converted = frame.reformat(
        format="rgb24",
        src_colorspace=matrix_of(frame),
        dst_colorspace=_BT709,
        src_color_range=ColorRange.JPEG if is_full_range(frame) else ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
        interpolation=_EXACT_BICUBIC,
    )
    return np.asarray(converted.to_ndarray(), np.uint8)


def _upright(rgb: NDArray[np.uint8], rotation_deg: int) -> NDArray[np.uint8]:
    """Turn a frame as its display matrix says: counter-clockwise, as FFmpeg gives it."""
    turns = round(rotation_deg / 90) % 4
    return np.ascontiguousarray(np.rot90(rgb, turns)) if turns else rgb
