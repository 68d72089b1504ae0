"""What the places where videos are shown ask for: size, rate, codec, loudness, bytes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from phonoscope.core.errors import UsageError
from phonoscope.media.options import VideoOptions

MEGABYTE = 1_000_000
"""Sites and mail servers count in thousands; so does whoever writes 10MB."""


@dataclass(frozen=True, slots=True)
class ExportPreset:
    """What a place asks for.

    Attributes
    ----------
    describes
        For whom it is, in a few words.
    container, codec
        As in `VideoOptions`.
    quality
        Constant rate factor; None where the codec has none.
    sound_bit_rate
        Bits a second of compressed sound; None for `soundtrack.BIT_RATE`.
    sound_channels
        1 or 2.
    shortest_side_px, longest_side_px
        (least, most) of the picture's shorter and longer side. Another size is scaled, not cropped.
    fps
        (least, most) frames a second.
    loudness_lufs
        Integrated loudness of the sound, by ITU-R BS.1770-5.
    bit_rate_limit
        Bits a second that the picture may take; None for no limit.
    size_limit_bytes, length_limit_s
        What the place takes at most; None for no limit.
    """

    name: str
    describes: str
    container: str = "mp4"
    codec: str = "h264"
    quality: int | None = 19
    sound_bit_rate: int | None = 192_000
    sound_channels: int = 2
    shortest_side_px: tuple[int, int] = (16, 2160)
    longest_side_px: tuple[int, int] = (16, 4096)
    fps: tuple[int, int] = (5, 60)
    loudness_lufs: float = -14.0
    bit_rate_limit: int | None = None
    size_limit_bytes: int | None = None
    length_limit_s: int | None = None

    def size_for(self, size_px: tuple[int, int]) -> tuple[int, int]:
        """Return the even size (width, height) within the limits that is nearest to `size_px`, in its proportions.

        Raises
        ------
        UsageError
            The picture is too narrow for the limits.
        """
        shorter, longer = min(size_px), max(size_px)
        most = min(self.shortest_side_px[1] / shorter, self.longest_side_px[1] / longer)
        least = max(self.shortest_side_px[0] / shorter, self.longest_side_px[0] / longer)
        if least > most:
            raise UsageError(
                f"A picture of {size_px[0]} × {size_px[1]} pixels is too narrow for '{self.name}'.",
                "Choose a canvas such as 16:9, 9:16 or 1:1.",
            )
        scale = min(max(1.0, least), most)
        width, height = (2 * max(8, round(side * scale / 2)) for side in size_px)
        return width, height

    def fps_for(self, fps: Fraction) -> Fraction:
        """Return `fps`, or a whole multiple or part of it within the limits."""
        least, most = self.fps
        if fps > most:
            return fps / math.ceil(fps / most)
        return fps * math.ceil(least / fps) if fps < least else fps

    def options_for(self, size_px: tuple[int, int], fps: Fraction) -> VideoOptions:
        """Return how a video with a canvas of `size_px` is written; complete it by `dataclasses.replace`."""
        return VideoOptions(
            self.size_for(size_px),
            self.fps_for(fps),
            self.container,
            codec=self.codec,
            quality=self.quality,
            sound_channels=self.sound_channels,
            sound_bit_rate=self.sound_bit_rate,
            bit_rate_limit=self.bit_rate_limit,
        )

    def check_length(self, duration_s: float) -> None:
        """Refuse a video that is longer than the place takes, with a UsageError."""
        if self.length_limit_s is not None and duration_s > self.length_limit_s:
            raise UsageError(
                f"The video is {duration_s:.0f} s long; '{self.name}' takes {self.length_limit_s} s.",
                "Make it shorter, or cut it into parts.",
            )


EXPORT_PRESETS = {
    preset.name: preset
    for preset in (
        # H.264 High in MP4, index in front, closed groups, BT.709, AAC-LC stereo at 384 kbit/s, 48 kHz; 1080p and more
        # are stored with a better codec: https://support.google.com/youtube/answer/1722171
        # 12 hours, 256 GB: https://support.google.com/youtube/answer/71673. Played back at -14 LUFS.
        ExportPreset(
            "youtube",
            "YouTube, 1080p to 4K",
            quality=18,
            sound_bit_rate=384_000,
            shortest_side_px=(1080, 2160),
            longest_side_px=(16, 3840),
            fps=(24, 60),
            size_limit_bytes=256_000 * MEGABYTE,
            length_limit_s=12 * 3600,
        ),
        # MP4 with H.264; 360 to 4096 pixels a side, 23 to 60 frames a second, 4 GB, 10 minutes:
        # https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
        ExportPreset(
            "tiktok",
            "TikTok, 1080 × 1920",
            shortest_side_px=(720, 1080),
            longest_side_px=(720, 1920),
            fps=(23, 60),
            size_limit_bytes=4000 * MEGABYTE,
            length_limit_s=600,
        ),
        # MP4, closed groups, 23 to 60 frames a second, 1920 columns, 25 Mbit/s, AAC at 48 kHz and 128 kbit/s, 300 MB,
        # 15 minutes: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
        ExportPreset(
            "reels",
            "Instagram and Facebook Reels, 1080 × 1920",
            sound_bit_rate=128_000,
            shortest_side_px=(540, 1080),
            longest_side_px=(540, 1920),
            fps=(23, 60),
            bit_rate_limit=20_000_000,
            size_limit_bytes=300 * MEGABYTE,
            length_limit_s=900,
        ),
        # 256 × 144 to 4096 × 2304, 10 to 60 frames a second, 192 kbit/s to 30 Mbit/s, 5 GB, 15 minutes; shown in 1080p:
        # https://www.linkedin.com/help/linkedin/answer/a548372
        ExportPreset(
            "linkedin",
            "LinkedIn, up to 1080p",
            shortest_side_px=(360, 1080),
            longest_side_px=(360, 1920),
            fps=(10, 60),
            bit_rate_limit=20_000_000,
            size_limit_bytes=5000 * MEGABYTE,
            length_limit_s=900,
        ),
        # Gmail attaches 25 MB (https://support.google.com/mail/answer/6584), Outlook.com 20 MB and more by link.
        # Heard on telephones and laptops: -16 LUFS, AES TD1008 for speech and for what is not a stream of music.
        ExportPreset(
            "email",
            "an attachment, 20 MB unless said otherwise",
            quality=23,
            sound_bit_rate=96_000,
            shortest_side_px=(16, 720),
            longest_side_px=(16, 1280),
            fps=(5, 30),
            loudness_lufs=-16.0,
            size_limit_bytes=20 * MEGABYTE,
        ),
        # H.264 in MP4 plays in every browser: https://developer.mozilla.org/docs/Web/Media/Guides/Formats/Video_codecs
        ExportPreset(
            "web",
            "a page of one's own, up to 1080p",
            quality=23,
            sound_bit_rate=128_000,
            shortest_side_px=(16, 1080),
            longest_side_px=(16, 1920),
            loudness_lufs=-16.0,
        ),
        # For editing and archives: every frame stands for itself, the sound is not compressed, and has the loudness of
        # European broadcasting: EBU R 128, https://tech.ebu.ch/publications/r128
        ExportPreset(
            "master",
            "editing and archives, ProRes 4444",
            container="mov",
            codec="prores",
            quality=None,
            sound_bit_rate=None,
            loudness_lufs=-23.0,
        ),
    )
}
"""Every preset by name."""


def export_preset(name: str) -> ExportPreset:
    """Return a preset by its name.

    Raises
    ------
    UsageError
        There is none of that name.
    """
    if name not in EXPORT_PRESETS:
        raise UsageError(f"Unknown export preset '{name}'.", f"Choose one of: {', '.join(EXPORT_PRESETS)}.")
    return EXPORT_PRESETS[name]
