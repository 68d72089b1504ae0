"""The codecs of moving pictures: which file holds which, and what each encoder is told."""

from __future__ import annotations

from dataclasses import dataclass

from phonoscope.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Codec:
    """A way to store moving pictures.

    Attributes
    ----------
    encoder
        FFmpeg's name of the encoder.
    pixel_format
        What it is fed: libx264 takes NV12 as it is, the others want their chroma in two planes.
    transparent_pixel_format
        What it is fed where frames have alpha; empty where it cannot store that.
    sound_codec
        FFmpeg's name of the sound's encoder that goes with it; empty for the container's usual.
    tag
        Four characters by which MP4 and QuickTime files name it; empty for FFmpeg's choice.
    quality
        Default constant rate factor; None where the encoder has none.
    reordered
        How many frames earlier than it is shown a frame may be decoded, minus its place: what B-frames need.
    """

    name: str
    encoder: str
    pixel_format: str
    transparent_pixel_format: str = ""
    sound_codec: str = ""
    tag: str = ""
    quality: int | None = None
    reordered: int = 0


CODECS = {
    c.name: c
    for c in (
        # With 19, what moves stays within 47 dB of what was drawn, and the still part of a photo, over half a minute
        # with new keyframes, within 47 dB of the first frame even where it is full of fine detail; likewise VP9. The
        # other defaults are as good where it moves (44 to 46 dB at 720p), at half the bytes.
        Codec("h264", "libx264", "nv12", quality=19, reordered=2),
        # Apple's players only know H.265 whose parameters stand in the header, which this tag tells.
        Codec("h265", "libx265", "yuv420p", tag="hvc1", quality=18, reordered=2),
        Codec("vp9", "libvpx-vp9", "yuv420p", "yuva420p", quality=28),
        Codec("av1", "libsvtav1", "yuv420p", quality=26),
        # The sound of a master is not compressed either.
        Codec("prores", "prores_aw", "yuv444p10le", "yuva444p10le", sound_codec="pcm_s16le", tag="ap4h"),
    )
}
"""Every codec by name."""

CONTAINER_CODECS = {
    "mp4": ("h264", "h265", "av1"),
    "mov": ("h264", "h265", "prores"),
    "webm": ("vp9", "av1"),
    "gif": (),
    "png": (),
}
"""What each container can hold, by name; its usual codec comes first."""


def codec_of(encoder: str) -> Codec:
    """Return the codec that one of our encoders makes."""
    return next(codec for codec in CODECS.values() if codec.encoder == encoder)


def check_codec(container: str, codec: str, transparent: bool) -> None:
    """Refuse a codec that a container does not hold, or that is not transparent where it should be.

    Raises
    ------
    UsageError
        It does not fit.
    """
    known = CONTAINER_CODECS[container]
    if codec not in CODECS:
        raise UsageError(f"Unknown video codec '{codec}'.", f"Choose one of: {', '.join(CODECS)}.")
    if codec not in known:
        held = f"It holds {', '.join(known)}." if known else "It has no choice of codecs."
        others = ", ".join(f".{name}" for name, codecs in CONTAINER_CODECS.items() if codec in codecs)
        raise UsageError(f"A video in {container.upper()} cannot hold {codec}.", f"{held} {codec} goes into {others}.")
    if transparent and not CODECS[codec].transparent_pixel_format:
        able = ", ".join(name for name, known in CODECS.items() if known.transparent_pixel_format)
        raise UsageError(f"A video in {codec} cannot be transparent.", f"Choose one of: {able}.")
