"""How fast frames are drawn and videos are made."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import skimage.data
from numpy.typing import NDArray
from PIL import Image

from bench.scripts import BILABIALS, HALF_A_MINUTE
from bench.table import Figure
from phonoscope.avatars.photo import RigOptions, choose_face, find_faces, rig_photo
from phonoscope.core.frames import Picture, VideoFrame
from phonoscope.core.performance import Performance
from phonoscope.media.options import VideoOptions
from phonoscope.media.pictures import scale_picture
from phonoscope.media.reader import read_frames
from phonoscope.media.writer import VideoWriter
from phonoscope.performance import PerformOptions, perform
from phonoscope.script import read_script
from phonoscope.speech import SpeakOptions, speak

FPS = Fraction(30)

CLOSE_UP = (slice(4, 228), slice(113, 337))
"""Head and collar of the astronaut: enlarged to 1024 pixels, the face is 500 high."""


def drawing(side_px: int = 1024) -> list[Figure]:
    """Draw a spoken sentence on a square portrait whose face is half as high, on one thread."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        close = np.ascontiguousarray(skimage.data.astronaut()[CLOSE_UP])
        photo = scale_picture(Picture(close), (side_px, side_px))
        started = time.perf_counter()
        avatar = rig_photo(photo, RigOptions(faces=(choose_face(find_faces(photo)),)))
        rig_s = time.perf_counter() - started
        performance = list(spoken(BILABIALS))
        for piece in performance[:1]:
            for index in range(len(piece)):
                avatar.draw_frame(piece.pose(index))
        times_ms = []
        cpu_s, wall_s = time.process_time(), time.perf_counter()
        for piece in performance:
            for index in range(len(piece)):
                started = time.perf_counter()
                avatar.draw_frame(piece.pose(index))
                times_ms.append((time.perf_counter() - started) * 1000)
        busy = (time.process_time() - cpu_s) / (time.perf_counter() - wall_s)
    finally:
        cv2.setNumThreads(threads)
    return [
        Figure(f"photo to avatar, {side_px}x{side_px}", rig_s, "s"),
        Figure(f"drawing, {side_px}x{side_px}, one thread, median", float(np.median(times_ms)), "ms a frame", "<= 24"),
        Figure(f"drawing, {side_px}x{side_px}, one thread, 95 %", float(np.quantile(times_ms, 0.95)), "ms a frame"),
        # Idle threads of a library that spin would take the core that the encoder needs.
        Figure("drawing: processor time over wall time", busy, "", "<= 1.1"),
    ]


def making(size: str = "1280x720") -> list[Figure]:
    """Make half a minute of video from the command line, and then encode its very frames alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photo = _astronaut(folder)
        run_say(photo, "Warm up.", folder / "warm.mp4", "--size", size)
        lines = run_say(photo, HALF_A_MINUTE, folder / "talk.mp4", "--size", size)
        wall_s, first_s = (
            lines[-1][0],
            next(at for at, line in lines if line.get("stage") == "render" and "done" in line),
        )
        frames = [_as_frame(rgb) for rgb in read_frames(folder / "talk.mp4")]
        width, height = map(int, size.split("x"))
        started = time.perf_counter()
        with VideoWriter(folder / "again.mp4", VideoOptions((width, height), FPS)) as writer:
            for frame in frames:
                writer.write_frame(frame)
        encode_s = time.perf_counter() - started
        length_s = len(frames) / float(FPS)
    return [
        Figure("length of the video", length_s, "s"),
        Figure(f"say, {size}: wall time over length", wall_s / length_s, "", "<= 0.5"),
        Figure(f"say, {size}: wall time over encoding the same frames alone", wall_s / encode_s, "", "<= 2.5"),
        Figure("from command to first frame, warm caches", first_s, "s", "<= 3"),
    ]


def run_say(photo: Path, text: str, output: Path, *options: str) -> list[tuple[float, dict[str, object]]]:
    """Run ``phonoscope say`` in a process of its own; return its JSON lines with the seconds at which they came."""
    command = [sys.executable, "-m", "phonoscope", "say", str(photo), "--script", "-", "-o", str(output), "--json"]
    started = time.perf_counter()
    lines = []
    with subprocess.Popen([*command, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None  # noqa: S101 - pipes were asked for
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(text)
        process.stdin.close()
        for line in process.stdout:
            lines.append((time.perf_counter() - started, json.loads(line)))
    lines.append((time.perf_counter() - started, {"event": "end"}))
    if process.returncode:
        raise RuntimeError(f"phonoscope say failed: {lines}")
    return lines


def spoken(text: str) -> Iterator[Performance]:
    """Return how a face acts a text."""
    return perform(speak(read_script(text), SpeakOptions()), PerformOptions(fps=FPS))


def _astronaut(folder: Path) -> Path:
    path = folder / "astronaut.png"
    Image.fromarray(skimage.data.astronaut()).resize((1024, 1024), Image.Resampling.LANCZOS).save(path)
    return path


def _as_frame(rgb: NDArray[np.uint8]) -> VideoFrame:
    from phonoscope.core.colour import rgb_to_frame

    return rgb_to_frame(rgb)
