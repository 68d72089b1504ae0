"""How much memory a video takes, short and long; and whether sound and picture stay together over an hour."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import skimage.data
from PIL import Image

from bench.scripts import HALF_A_MINUTE
from bench.table import Figure

SIZE = "640x640"

_WATCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def lengths(long_s: float = 600.0) -> list[Figure]:
    """Compare the peak resident memory of 10 s and of `long_s` of video."""
    short_mb, _ = _peak_mb(HALF_A_MINUTE[:150], SIZE)
    long_mb, _ = _peak_mb((HALF_A_MINUTE + "\n") * round(long_s / 34), SIZE)
    return [
        Figure(f"peak memory, 10 s of video, {SIZE}", short_mb, "MB", "<= 900"),
        Figure(f"peak memory, {long_s:.0f} s of video, {SIZE}", long_mb, "MB", "<= 900"),
        Figure("long over short", long_mb / short_mb, "", "<= 1.1"),
    ]


def drift(minutes: float = 50.0) -> list[Figure]:
    """Make a long, small video and compare the ends of its picture and of its sound."""
    import av

    with tempfile.TemporaryDirectory() as name:
        output = Path(name) / "long.mp4"
        peak_mb, length_s = _peak_mb((HALF_A_MINUTE + "\n") * round(minutes * 60 / 34), "128x128", output)
        with av.open(str(output)) as box:
            picture, sound = box.streams.video[0], box.streams.audio[0]
            ends_s = [float((stream.duration or 0) * stream.time_base) for stream in (picture, sound)]
    return [
        Figure("length of the long video", length_s / 60, "min"),
        Figure("picture's end minus sound's end", abs(ends_s[0] - ends_s[1]) * 30, "frames", "<= 1"),
        Figure("peak memory of the long video, 128x128", peak_mb, "MB", "<= 900"),
    ]


def _peak_mb(text: str, size: str, output: Path | None = None) -> tuple[float, float]:
    """Run ``phonoscope say`` in a process of its own; return its peak resident memory in MB, and the length in s."""
    from phonoscope.media.probe import probe

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photo, script = folder / "photo.png", folder / "script.txt"
        Image.fromarray(skimage.data.astronaut()).save(photo)
        script.write_text(text, encoding="utf-8")
        video = output or folder / "talk.mp4"
        command = [sys.executable, "-m", "phonoscope", "say", str(photo), "--script", str(script), "-o", str(video)]
        # A process counts the memory of the one that started it into its peak, so a small one stands between.
        watched = [sys.executable, "-c", _WATCH, *command, "--size", size, "--quiet"]
        done = subprocess.run(watched, capture_output=True, text=True, check=True)
        return int(done.stdout) / 1024, probe(video).duration_s or 0.0
