"""Videos that must not exceed a number of bytes: how good they can be, chosen before they are drawn."""

from __future__ import annotations

import re
from dataclasses import replace

from phonoscope.core.errors import UsageError
from phonoscope.media.codecs import CODECS, CONTAINER_CODECS
from phonoscope.media.options import VideoOptions

USED_SHARE = 0.94
"""Of the bytes allowed, what pictures and sound may take; the rest is for the container's index, which takes 16 bytes a
frame, and for what an encoder goes over its rate."""

LEAST_BITS_PER_PX = 0.012
"""Bits of a pixel of a frame below which a talking face falls into blocks; a smaller picture looks better then."""

SHORTER_SIDES_PX = (2160, 1440, 1080, 720, 540, 480, 360, 240, 180)
"""Sizes that are tried, from the largest."""

SOUND_BIT_RATES = (128_000, 96_000, 64_000, 48_000, 32_000)
"""Rates that are tried for the sound, from the best. The picture keeps at least three times as much."""

PICTURE_TO_SOUND = 3

_UNITS = {"": 1, "B": 1, "K": 10**3, "KB": 10**3, "KIB": 2**10, "M": 10**6, "MB": 10**6, "MIB": 2**20}
_UNITS |= {"G": 10**9, "GB": 10**9, "GIB": 2**30}
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*([KMG]?I?B?)", re.ASCII | re.IGNORECASE)


def parse_bytes(text: str) -> int:
    """Read a number of bytes: ``10MB`` (millions), ``10MiB``, ``500k``, ``20000000``.

    Raises
    ------
    UsageError
        It is none, or less than 10 kB.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None or match[2].upper() not in _UNITS:
        raise UsageError(f"'{text[:40]}' is no size of a file.", "Write it as 10MB, 500kB or 1.5GB.")
    size = round(float(match[1]) * _UNITS[match[2].upper()])
    if size < 10_000:
        raise UsageError(f"No video fits into {size} bytes.", "Allow 10kB or more.")
    return size


def options_within(options: VideoOptions, duration_s: float, limit_bytes: int) -> VideoOptions:
    """Return `options` with a limited bit rate, and where that is needed with less sound and a smaller picture.

    The picture's quality stays what it is wherever that takes fewer bytes: the limit is not used up in vain.

    Parameters
    ----------
    options
        As without a limit.
    duration_s
        Length of the video that will be written.
    limit_bytes
        What the whole file may take; see `fit_size`, which makes sure of it.

    Raises
    ------
    UsageError
        The codec has no bit rate to be limited, or so long a video does not fit.
    """
    check_limitable(options)
    rate = limit_bytes * 8 * USED_SHARE / max(duration_s, float(1 / options.fps))
    has_sound = options.sound_rate_hz is not None
    sound_rate = 0
    if has_sound:
        wanted = options.sound_bit_rate or SOUND_BIT_RATES[0]
        tried = (wanted, *(known for known in SOUND_BIT_RATES if known < wanted))
        sound_rate = next((known for known in tried if known * (1 + PICTURE_TO_SOUND) <= rate), tried[-1])
    picture_rate = int(rate - sound_rate)
    size_px = _size_for(options, picture_rate)
    if size_px is None:
        raise UsageError(
            f"{duration_s:.0f} s of video do not fit into {limit_bytes / 1e6:.3g} MB.",
            "Allow more, or make it shorter.",
        )
    limit = min(picture_rate, options.bit_rate_limit or picture_rate)
    return replace(
        options,
        size_px=size_px,
        bit_rate_limit=limit,
        sound_bit_rate=sound_rate if has_sound else options.sound_bit_rate,
    )


def check_limitable(options: VideoOptions) -> None:
    """Refuse a video whose bytes cannot be limited, with a UsageError."""
    codecs = [name for name in CONTAINER_CODECS[options.container] if CODECS[name].quality is not None]
    if options.transparent or options.kind.video_codec not in [CODECS[name].encoder for name in codecs]:
        kind = "with transparent parts" if options.transparent else f"in {(options.codec or options.container).upper()}"
        raise UsageError(f"The size of a video {kind} cannot be limited.", "Choose an opaque MP4 or WebM.")


def _size_for(options: VideoOptions, picture_rate: int) -> tuple[int, int] | None:
    """Return the largest size that looks good at a bit rate; None where not even the smallest does."""
    width, height = options.size_px
    shorter = min(width, height)
    for side in (shorter, *(known for known in SHORTER_SIDES_PX if known < shorter)):
        size = (2 * max(8, round(width * side / shorter / 2)), 2 * max(8, round(height * side / shorter / 2)))
        if picture_rate >= LEAST_BITS_PER_PX * size[0] * size[1] * options.fps:
            return size
    return None
