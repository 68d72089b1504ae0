"""How much memory videos and listening take, short and long; and whether sound and picture stay together in an hour."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import skimage.data
from PIL import Image

from bench.scripts import HALF_A_MINUTE
from bench.table import Figure
from phonoscope.core.sound import Sound
from phonoscope.media.reader import write_wav
from phonoscope.script import read_script
from phonoscope.speech import speak

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


def listening(long_s: float = 3600.0) -> list[Figure]:
    """Compare the peak resident memory of listening to 30 s and to `long_s` of a voice; with a transcript too."""
    spoken = [piece.sound for piece in speak(read_script(HALF_A_MINUTE))]
    once = Sound(np.concatenate([sound.samples for sound in spoken]), spoken[0].rate_hz)
    times = max(2, round(long_s / once.duration_s))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peaks_mb: dict[tuple[int, bool], float] = {}
        for count in (1, times):
            voice, text = folder / f"{count}.wav", folder / f"{count}.txt"
            write_wav(voice, Sound(np.tile(once.samples, count), once.rate_hz))
            text.write_text((HALF_A_MINUTE + "\n") * count, encoding="utf-8")
            for known in (False, True):
                command = [sys.executable, "-m", "phonoscope", "transcribe-phones", str(voice), "--quiet"]
                told = ["--transcript", str(text)] if known else []
                peaks_mb[count, known] = _watched_mb([*command, *told, "-o", str(folder / f"{count}{known}.json")])
    figures = []
    for known, title in ((False, "without transcript"), (True, "with transcript")):
        short_mb, long_mb = peaks_mb[1, known], peaks_mb[times, known]
        minutes = times * once.duration_s / 60
        figures += [
            Figure(f"listening to {minutes:.0f} min {title}: peak memory", long_mb, "MB", "<= 900"),
            Figure(
                f"listening to {minutes:.0f} min {title}: memory over that of half a minute", long_mb / short_mb, ""
            ),
        ]
    return figures


def drift(minutes: float = 50.0) -> list[Figure]:
    """Make a long, small video and compare the ends of its picture and of its sound."""
    import av

    with tempfile.TemporaryDirectory() as name:
        output = Path(name) / "long.mp4"
        peak_mb, length_s = _peak_mb((HALF_A_MINUTE + "\n") * round(minutes * 60 / 34), "128x128", output)
        with av.open(str(output)) as box:
            picture, sound = box.streams.video[0], box.streams.audio[0]
            ends_s = [float((stream.duration or 0) * (stream.time_base or 0)) for stream in (picture, sound)]
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
        return _watched_mb([*command, "--size", size, "--quiet"]), probe(video).duration_s or 0.0


def _watched_mb(command: list[str]) -> float:
    """Run a command in a process of its own; return its peak resident memory in MB."""
    # A process counts the memory of the one that started it into its peak, so a small one stands between.
    done = subprocess.run([sys.executable, "-c", _WATCH, *command], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024
