"""Frames, sound and finished files to test with."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.frames import VideoFrame
from phonoscope.core.sound import Sound
from phonoscope.media.options import VideoOptions
from phonoscope.media.writer import VideoWriter

SIZE_PX = 128, 96


def picture(red: int = 200) -> NDArray[np.uint8]:
    """Return a plain picture, half of it bluish."""
    rgb = np.full((SIZE_PX[1], SIZE_PX[0], 3), (red, 30, 40), np.uint8)
    rgb[:, :64] = 20, 90, 160
    return rgb


def frame(red: int = 200) -> VideoFrame:
    """Return `picture` as a video frame."""
    return rgb_to_frame(picture(red))


def clicks(duration_s: float, rate_hz: int, at_s: tuple[float, ...] = (0.5, 1.5)) -> Sound:
    """Return silence with bursts of a 1 kHz tone, 10 ms long, at given times."""
    samples = np.zeros(round(duration_s * rate_hz), np.float32)
    length = rate_hz // 100
    for time_s in at_s:
        start = round(time_s * rate_hz)
        if start + length > len(samples):
            break
        samples[start : start + length] = 0.8 * np.sin(2 * np.pi * 1000 * np.arange(length) / rate_hz)
    return Sound(samples, rate_hz)


def options(container: str = "mp4", **changes: object) -> VideoOptions:
    """Return options for small, silent files of 30 frames a second."""
    return VideoOptions(**{"size_px": SIZE_PX, "fps": Fraction(30), "container": container, **changes})  # type: ignore[arg-type]


def write_video(path: Path, told: VideoOptions, frames: int, sound: Sound | None = None) -> Path:
    """Write a video in which frames and sound arrive in turn, as when it is drawn."""
    step = told.sound_rate_hz // 20 if told.sound_rate_hz else 0
    with VideoWriter(path, told) as writer:
        for number in range(frames):
            if sound is not None:
                piece = sound.samples[number * step : (number + 1) * step]
                if len(piece):
                    writer.write_sound(Sound(piece.copy(), sound.rate_hz))
            writer.write_frame(frame(100 + number % 100))
    return path
