"""Videos in segments to test with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.frames import VideoFrame
from phonoscope.media.options import VideoOptions
from phonoscope.media.reader import upright_rgb
from phonoscope.media.segments import SegmentWriter
from tests.media.samples import SIZE_PX, picture

LENGTHS = (20, 1, 13, 6)
"""Frames of the segments; one is shorter than any encoder looks ahead."""

FRAMES = sum(LENGTHS)


def numbered(number: int, transparent: bool = False) -> VideoFrame:
    """Return a frame that tells its number by its brightness."""
    rgb = picture(60)
    rgb[32:64, 32:96] = 40 + 4 * (number % 50)
    frame = rgb_to_frame(rgb)
    if not transparent:
        return frame
    alpha = np.full((SIZE_PX[1], SIZE_PX[0]), 255, np.uint8)
    alpha[:16] = 0
    alpha[80:] = 6 * number
    return VideoFrame(frame.luma, frame.chroma, alpha)


def write_segment(path: Path, told: VideoOptions, frames: range) -> Path:
    """Write frames of `numbered` as a segment."""
    with SegmentWriter(path, told) as writer:
        for number in frames:
            writer.write_frame(numbered(number, told.transparent))
    return path


def write_segments(folder: Path, told: VideoOptions, lengths: Sequence[int] = LENGTHS) -> list[Path]:
    """Write all segments of a video of `numbered` frames."""
    folder.mkdir(exist_ok=True)
    ends = np.cumsum(lengths)
    return [
        write_segment(folder / f"{place}.mkv", told, range(int(end) - length, int(end)))
        for place, (end, length) in enumerate(zip(ends, lengths, strict=True))
    ]


@dataclass(frozen=True)
class Stored:
    """What a video holds.

    Attributes
    ----------
    shown, decoded
        Time of each packet, in frames, in the order of the file: when it is shown, when it is decoded.
    keyframes
        Places of the packets that stand for themselves.
    """

    shown: list[Fraction]
    decoded: list[Fraction]
    keyframes: list[int]


def stored(path: Path, fps: Fraction) -> Stored:
    """Return the times of a video's packets."""
    with av.open(str(path)) as container:
        packets: list[Any] = [packet for packet in container.demux(video=0) if packet.size]
        return Stored(
            [packet.pts * packet.time_base * fps for packet in packets],
            [packet.dts * packet.time_base * fps for packet in packets],
            [place for place, packet in enumerate(packets) if packet.is_keyframe],
        )


def numbers(path: Path) -> list[int]:
    """Decode a video of `numbered` frames, and read the numbers."""
    with av.open(str(path)) as container:
        return [number_of(frame) for frame in container.decode(video=0)]


def number_of(frame: av.VideoFrame) -> int:
    """Read the number of a decoded frame."""
    return round((float(upright_rgb(frame)[38:58, 40:88].mean()) - 40) / 4)


def segment_frames(path: Path) -> int:
    """Return how many frames a segment holds."""
    with av.open(str(path)) as container:
        return sum(1 for packet in container.demux(video=0) if packet.size)
