"""Faces of all kinds: how many can act, whether their lips close, what stays still, and what several faces cost."""

from __future__ import annotations

import math
import os
import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import skimage.data
from PIL import Image

from bench.gallery import PICTURES
from bench.lips import measure
from bench.scripts import BILABIALS
from bench.speed import CLOSE_UP, run_say
from bench.table import Figure
from phonoscope.avatars.photo import RigOptions, find_faces, rig_photo
from phonoscope.core.errors import PhonoscopeError
from phonoscope.core.frames import Picture
from phonoscope.core.performance import Performance
from phonoscope.media.pictures import load_picture, scale_picture
from phonoscope.media.probe import probe
from phonoscope.performance import PerformOptions, perform
from phonoscope.scene.layout import flatten
from phonoscope.script import read_script
from phonoscope.speech import SpeakOptions, speak

FOLDERS = ("portraits", "groups")
"""Folders of PHONOSCOPE_MEDIA whose faces are tried, besides a picture that is free to use."""

LIVELY = "[excited] My father bought five blue boots. [nod] Please move both warm apples! [laugh] Bob made jam."
DIALOGUE = (
    "ANN: Good morning, both of you. How was the journey?\n"
    "BOB: Long, but pleasant. The boat was late, as always.\n"
    "CLEO: [nod] And somebody forgot the map.\n"
    "ANN: Never mind. Please come in, and tell me about the plums that you brought.\n"
)


def faces(quick: bool = False) -> list[Figure]:
    """Measure all faces at hand; only the free one if `quick`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        free = folder / "astronaut.png"
        Image.fromarray(skimage.data.astronaut()).save(free)
        pictures = [free] if quick else [free, *_pictures()]
        return [*_rigged(pictures), *_speaking(pictures, folder), *_costs(), _dialogue(folder)]


def _pictures() -> Iterator[Path]:
    media = os.environ.get("PHONOSCOPE_MEDIA")
    for name in FOLDERS if media else ():
        yield from sorted(p for p in (Path(media or "") / name).iterdir() if p.suffix.lower() in PICTURES)


def _rigged(pictures: list[Path]) -> list[Figure]:
    """Count the faces that are found, and those that can act without help."""
    found, acting, refused = 0, 0, 0
    for path in pictures:
        picture = flatten(load_picture(path))
        width, height = picture.size_px
        even = Picture(np.ascontiguousarray(picture.rgb[: height // 2 * 2, : width // 2 * 2]))
        there = find_faces(even)
        refused += not there
        for face in there:
            found += 1
            try:
                rig_photo(even, RigOptions(faces=(face,), others=tuple(f for f in there if f is not face)))
                acting += 1
            except PhonoscopeError:
                pass
    return [
        Figure("faces found", found, ""),
        Figure("faces rigged without help", acting, "", f">= {found}"),
        Figure("pictures in which no face is found", refused, "", "<= 0"),
    ]


def _speaking(pictures: list[Path], folder: Path) -> list[Figure]:
    """Let the largest face of each picture say a sentence full of p, b and m."""
    figures = []
    for path in pictures:
        output = folder / f"{path.stem}.mp4"
        try:
            run_say(path, BILABIALS, output, "--phones", "--overwrite")
        except RuntimeError:
            figures.append(Figure(f"{path.stem}: closure_hit_rate", 0.0, "", ">= 0.95"))
            continue
        seen = measure(output, output.with_suffix(".phones.json"))
        figures.append(Figure(f"{path.stem}: closure_hit_rate", seen.closure_hit_rate, "", ">= 0.95"))
        if np.isfinite(seen.outside_psnr_db):
            figures.append(Figure(f"{path.stem}: outside_psnr_db", seen.outside_psnr_db, "dB", ">= 50"))
    return figures


def _costs() -> list[Figure]:
    """Measure a rig of two megapixels, and frames of an expressive performance on one thread."""
    close = Picture(np.ascontiguousarray(skimage.data.astronaut()[CLOSE_UP]))
    threads = cv2.getNumThreads()
    rig_photo(scale_picture(close, (256, 256)))
    large = scale_picture(close, (1448, 1448))
    started = time.perf_counter()
    rig_photo(large)
    rig_s = time.perf_counter() - started
    avatar = rig_photo(scale_picture(close, (1024, 1024)))
    cv2.setNumThreads(1)
    try:
        pieces = list(_lively())
        times: dict[str, list[float]] = {"RGB": [], "the encoder's planes": []}
        for title, draw in (("RGB", avatar.draw), ("the encoder's planes", avatar.draw_frame)):
            for piece in pieces:
                for index in range(len(piece)):
                    started = time.perf_counter()
                    draw(piece.pose(index))
                    times[title].append((time.perf_counter() - started) * 1000)
    finally:
        cv2.setNumThreads(threads)
    bounds = {"RGB": "<= 24", "the encoder's planes": "<= 15"}
    return [
        Figure("photo of 2 megapixels to avatar", rig_s, "s", "<= 1.5"),
        *(
            Figure(f"expressive frame of 1024x1024, one thread, {title}", float(np.median(t)), "ms", bounds[title])
            for title, t in times.items()
        ),
    ]


def _lively() -> Iterator[Performance]:
    options = PerformOptions(fps=Fraction(30), style="lively", expression="happy")
    return perform(speak(read_script(LIVELY), SpeakOptions()), options)


def _dialogue(folder: Path) -> Figure:
    """Let three faces of one photo talk with each other at 720p."""
    photo = folder / "three.png"
    one = Image.fromarray(skimage.data.astronaut()[:300, 60:400]).resize((427, 377), Image.Resampling.LANCZOS)
    group = Image.new("RGB", (1280, 720), (110, 120, 130))
    for number, picture in enumerate((one, one.transpose(Image.Transpose.FLIP_LEFT_RIGHT), one)):
        group.paste(picture, (number * 426, 170 + 20 * (number % 2)))
    group.save(photo)
    run_say(photo, DIALOGUE, folder / "warm.mp4", "--size", "720p")
    output = folder / "dialogue.mp4"
    lines = run_say(photo, DIALOGUE, output, "--size", "720p")
    ratio = lines[-1][0] / (probe(output).duration_s or math.nan)
    return Figure("dialogue of three at 1280x720: making over length", ratio, "", "<= 1")
