"""What a video file shall be: container, size, rate, quality."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from phonoscope.core.errors import UsageError
from phonoscope.media.codecs import CODECS, check_codec

SOUND_RATE_HZ = 48000
"""Rate of the sound in every file written: the rate of video, and the only full one that Opus has."""


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of file, and what goes into it.

    Attributes
    ----------
    muxer
        FFmpeg's name of the format.
    video_codec, sound_codec
        FFmpeg's names of the encoders; `sound_codec` is empty where there can be no sound.
    pixel_format
        What the encoder is fed: libx264 takes NV12 as it is, libvpx wants its chroma in two planes, a palette is
        made from RGB.
    is_sequence
        Many pictures, in a folder, instead of one file.
    """

    name: str
    muxer: str
    suffixes: tuple[str, ...]
    video_codec: str
    sound_codec: str
    pixel_format: str
    is_sequence: bool = False


CONTAINERS = {
    c.name: c
    for c in (
        Container("mp4", "mp4", (".mp4", ".m4v"), "libx264", "aac", "nv12"),
        Container("mov", "mov", (".mov",), "libx264", "aac", "nv12"),
        Container("webm", "webm", (".webm",), "libvpx-vp9", "libopus", "yuv420p"),
        Container("gif", "gif", (".gif",), "gif", "", "rgb24"),
        Container("png", "png", (".png",), "", "", "rgb24", is_sequence=True),
    )
}
"""Every container by name."""

TRANSPARENT_CONTAINERS = {
    c.name: c
    for c in (
        # What browsers play, and what editors take.
        Container("webm", "webm", (".webm",), "libvpx-vp9", "libopus", "yuva420p"),
        Container("mov", "mov", (".mov",), "prores_aw", "pcm_s16le", "yuva444p10le"),
        Container("png", "png", (".png",), "", "", "rgba", is_sequence=True),
    )
}
"""What a video with transparent parts is written as, by the same names."""


def container_for(path: Path | str, requested: str = "") -> str:
    """Return the name of the container for `path`: the one asked for, or else the one its suffix tells.

    Raises
    ------
    UsageError
        Nothing is known by that name or suffix, or the two contradict each other.
    """
    suffix = Path(path).suffix.lower()
    by_suffix = next((c.name for c in CONTAINERS.values() if suffix in c.suffixes), "")
    known = ", ".join(CONTAINERS)
    if requested:
        name = requested.lower().lstrip(".")
        if name not in CONTAINERS:
            raise UsageError(f"Unknown video format '{requested}'.", f"Choose one of: {known}.")
        if by_suffix and by_suffix != name:
            raise UsageError(
                f"'{path}' ends in {suffix}, but the format asked for is {name}.",
                f"Let the name end in {CONTAINERS[name].suffixes[0]}.",
            )
        return name
    if not by_suffix:
        told = f"ends in {suffix}, which is no known video format" if suffix else "has no ending"
        raise UsageError(f"The name of the output, '{path}', {told}.", f"Choose one of: {known}.")
    return by_suffix


def check_transparent(container: str) -> None:
    """Refuse a container that cannot be transparent.

    Raises
    ------
    UsageError
        It cannot.
    """
    if container not in TRANSPARENT_CONTAINERS:
        raise UsageError(
            f"A video in {container.upper()} cannot be transparent.",
            "Let its name end in .webm (for the web), .mov (for editing) or _%05d.png (single pictures).",
        )


NTSC_RATES = {Fraction("23.976"): 24, Fraction("29.97"): 30, Fraction("59.94"): 60}
"""The rates of American television are n * 1000 / 1001; people write them rounded."""

FPS_RANGE = (5, 120)
"""Below, nothing reads as speech; above, no display follows."""

_FPS = re.compile(r"\d{1,7}(\.\d{1,9})?|\d{1,7}/\d{1,7}")


def parse_fps(fps: str | float | Fraction) -> Fraction:
    """Read a frame rate: 25, 29.97, ``"30000/1001"``.

    Raises
    ------
    UsageError
        When it is no number, or out of range.
    """
    text = str(fps).strip()
    if not _FPS.fullmatch(text) or text.endswith("/0"):
        raise UsageError(f"'{text[:40]}' is not a frame rate.", "Use a number such as 25, 29.97 or 30000/1001.")
    # A fraction with a larger denominator is a rounded one.
    rate = Fraction(text)
    rate = Fraction(NTSC_RATES[rate] * 1000, 1001) if rate in NTSC_RATES else rate.limit_denominator(1001)
    if not FPS_RANGE[0] <= rate <= FPS_RANGE[1]:
        raise UsageError(f"{text} frames a second are out of range.", "Use 5 to 120; 25 and 30 are usual.")
    return rate


@dataclass(frozen=True, slots=True)
class VideoOptions:
    """How a video file is written.

    Attributes
    ----------
    size_px
        (width, height) of the frames; even.
    fps
        Frames a second, exactly.
    container
        A name in `CONTAINERS`; see `container_for`.
    sound_rate_hz
        Rate of the sound that will be written; None for a silent file.
    sound_channels
        1 or 2, in the file.
    title, comment
        Stored in the file; `comment` also as the program that made it. Empty for none.
    credit
        Whose work is seen, stored as the file's copyright; empty for none.
    quality
        Constant rate factor of the encoder, lower is better; None for the default of the codec. Unused by GIF.
    overwrite
        Whether an existing file is replaced.
    longest_side_px
        GIF only: larger frames are scaled down to this.
    transparent
        Keep the frames' alpha; only containers in `TRANSPARENT_CONTAINERS` can.
    codec
        A name in `codecs.CODECS` that the container can hold; empty for its usual one.
    bit_rate_limit
        Bits a second that the picture may take, over two seconds at a time; None for whatever its quality takes.
        Only H.264, H.265, VP9 and AV1 can.
    sound_bit_rate
        Bits a second of the sound, where its codec compresses; None for `soundtrack.BIT_RATE`.
    """

    size_px: tuple[int, int]
    fps: Fraction
    container: str = "mp4"
    sound_rate_hz: int | None = None
    sound_channels: int = 1
    title: str = ""
    comment: str = ""
    credit: str = ""
    quality: int | None = None
    overwrite: bool = False
    longest_side_px: int = 640
    transparent: bool = False
    codec: str = ""
    bit_rate_limit: int | None = None
    sound_bit_rate: int | None = None

    @property
    def kind(self) -> Container:
        """What is written."""
        kind = (TRANSPARENT_CONTAINERS if self.transparent else CONTAINERS)[self.container]
        if not self.codec:
            return kind
        codec = CODECS[self.codec]
        return replace(
            kind,
            video_codec=codec.encoder,
            sound_codec=codec.sound_codec or CONTAINERS[self.container].sound_codec,
            pixel_format=codec.transparent_pixel_format if self.transparent else codec.pixel_format,
        )

    def __post_init__(self) -> None:
        if self.container not in CONTAINERS:
            raise UsageError(f"Unknown video format '{self.container}'.", f"Choose one of: {', '.join(CONTAINERS)}.")
        if self.transparent:
            check_transparent(self.container)
        if self.codec:
            check_codec(self.container, self.codec, self.transparent)
        width, height = self.size_px
        if not (16 <= width <= 8192 and 16 <= height <= 8192):
            raise UsageError(f"A video of {width} × {height} pixels is not possible.", "Choose 16 to 8192 a side.")
        if width % 2 or height % 2:
            raise UsageError(f"A video of {width} × {height} pixels is not possible.", "Choose even sizes.")
        if not 1 <= self.fps <= 240:
            raise UsageError(f"{float(self.fps):g} frames a second are not possible.", "Choose 1 to 240.")
        if self.sound_channels not in (1, 2):
            raise UsageError(f"{self.sound_channels} channels of sound are not possible.", "Choose 1 or 2.")
        if self.sound_rate_hz is not None and not 4000 <= self.sound_rate_hz <= 384000:
            raise UsageError(f"Sound of {self.sound_rate_hz} Hz is not possible.", "Choose 4000 to 384000.")
        if self.quality is not None and not 0 <= self.quality <= 51:
            raise UsageError(f"A quality of {self.quality} is not possible.", "Choose 0 (best) to 51.")
        self._check_rates()

    def _check_rates(self) -> None:
        for name, rate, low in (("picture", self.bit_rate_limit, 1000), ("sound", self.sound_bit_rate, 6000)):
            if rate is not None and not low <= rate <= 500_000_000:
                raise UsageError(f"{rate} bits a second of {name} are not possible.", f"Choose {low} or more.")
