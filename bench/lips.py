"""How well lips follow speech, seen from outside: the finished video is tracked again with a face mesh.

All gaps are distances between the inner lips over the distance between the outer corners of the eyes.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import skimage.data
from numpy.typing import NDArray
from PIL import Image

from bench.scripts import BILABIALS, CONVERSATION
from bench.speed import run_say
from bench.table import Figure
from phonoscope.avatars.photo import find_faces
from phonoscope.core.frames import Box, Picture
from phonoscope.media.reader import read_frames, read_sound

INNER_LIPS = ((82, 87), (13, 14), (312, 317))
EYE_CORNERS = (33, 263)
BILABIAL, OPEN_VOWEL = {"p", "b", "m"}, {"a", "aː", "ɑ", "ɑː", "æ", "ɐ", "aɪ", "aʊ", "ʌ"}

SHUT_GAP = 0.03
"""Lips nearer than this count as closed: the mesh never reports zero on lips that touch."""

NEAR_S = 0.04
"""A closure may come this much before or after its phone."""

SILENT_RMS, SILENT_SHARE, SILENT_RUN_S = 10 ** (-45 / 20), 0.05, 0.3

PORTRAITS = ("man_stubble.png", "mona_lisa.jpg", "afro_painting.png")
"""Three portraits tried in addition where PHONOSCOPE_MEDIA names a folder that has them."""


@dataclass(frozen=True, slots=True)
class LipFigures:
    """What was measured on one video."""

    closure_hit_rate: float
    closure_gap: float
    open_vowel_gap: float
    silent_lip_mad: float
    outside_psnr_db: float


def lips() -> list[Figure]:
    """Measure the astronaut, and three portraits if there are any, with two scripts."""
    figures = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        astronaut = folder / "astronaut.png"
        Image.fromarray(skimage.data.astronaut()).save(astronaut)
        media = os.environ.get("PHONOSCOPE_MEDIA")
        more = [Path(media) / "portraits" / portrait for portrait in PORTRAITS] if media else []
        for photo in (astronaut, *more):
            for title, text in (("p, b, m", BILABIALS), ("talk", CONVERSATION)):
                output = folder / f"{photo.stem}.mp4"
                run_say(photo, text, output, "--phones", "--overwrite")
                found = measure(output, output.with_suffix(".phones.json"))
                label = f"{photo.stem}, {title}"
                figures += [
                    Figure(f"{label}: closure_hit_rate", found.closure_hit_rate, "", ">= 0.95"),
                    Figure(f"{label}: silent_lip_mad", found.silent_lip_mad, "", "<= 0.003"),
                    Figure(f"{label}: open vowels over closures", found.open_vowel_gap / found.closure_gap, "", ">= 4"),
                ]
                if math.isfinite(found.outside_psnr_db):
                    figures.append(Figure(f"{label}: outside_psnr_db", found.outside_psnr_db, "dB", ">= 45"))
    return figures


def measure(video: Path, phones: Path) -> LipFigures:
    """Track a video and compare its lips with its phones and its sound."""
    from phonoscope.media.probe import probe

    stream = probe(video).video
    if stream is None or not stream.fps:
        raise RuntimeError(f"{video} has no picture")
    fps = float(stream.fps)
    points, psnr_db = track(video)
    gap = lip_gap(points)
    rows = json.loads(phones.read_text(encoding="utf-8"))
    shut = [value for row in rows if row["phone"] in BILABIAL for value in _extreme(gap, row, fps, np.nanmin)]
    wide = [value for row in rows if row["phone"] in OPEN_VOWEL for value in _extreme(gap, row, fps, np.nanmax)]
    return LipFigures(
        closure_hit_rate=float(np.mean(np.array(shut) < SHUT_GAP)),
        closure_gap=float(np.median(shut)),
        open_vowel_gap=float(np.median(wide)),
        silent_lip_mad=silent_mad(video, gap, fps),
        outside_psnr_db=psnr_db,
    )


def track(video: Path) -> tuple[NDArray[np.float64], float]:
    """Return landmarks (frames, 478, 2) in pixels, NaN where no face is seen, and the PSNR far from the head.

    In a group photo the largest face is tracked, which speaks unless somebody else is chosen.
    """
    import mediapipe as mp

    points: list[NDArray[np.float64]] = []
    first, errors = None, []
    with mp.solutions.face_mesh.FaceMesh(
        refine_landmarks=True, min_detection_confidence=0.3, min_tracking_confidence=0.3
    ) as mesh:
        for rgb in read_frames(video):
            if first is None:
                first, part = rgb.astype(np.int16), _part_of_group(rgb)
            seen = np.ascontiguousarray(rgb[part.slices])
            found = mesh.process(seen).multi_face_landmarks
            shares = [(p.x, p.y) for p in found[0].landmark] if found else [(math.nan, math.nan)] * 478
            points.append(np.array(shares, np.float64) * (part.width, part.height) + (part.x0, part.y0))
            if len(points) == 1:
                outside = _outside(points[0], (rgb.shape[1], rgb.shape[0]))
            if len(points) % 5 == 0 and outside.mean() > 0.05:
                errors.append(np.mean((rgb.astype(np.int16) - first)[outside] ** 2.0))
    # A head that fills the picture leaves nothing outside to be measured.
    psnr_db = 10 * math.log10(255**2 / max(float(np.mean(errors)), 1e-6)) if errors else math.nan
    return np.array(points), psnr_db


def _part_of_group(rgb: NDArray[np.uint8]) -> Box:
    """Return where to look in a video: all of it, or what is around the largest of several faces."""
    whole = Box(0, 0, rgb.shape[1], rgb.shape[0])
    faces = find_faces(Picture(rgb.copy()))
    if len(faces) < 2:
        return whole
    box = max(faces, key=lambda face: face.size_px).box
    x, y, reach = (box.x0 + box.x1) // 2, (box.y0 + box.y1) // 2, round(0.9 * box.height)
    return Box(max(x - reach, 0), max(y - reach, 0), min(x + reach, whole.x1), min(y + reach, whole.y1))


def lip_gap(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the gap between the inner lips over the distance of the eyes, shape (frames,); NaN where no face is."""
    lips = np.mean([_distance(points, a, b) for a, b in INNER_LIPS], axis=0)
    return np.asarray(lips / _distance(points, *EYE_CORNERS))


def _outside(points: NDArray[np.float64], size_px: tuple[int, int]) -> NDArray[np.bool_]:
    """Return where neither head nor shoulders can be: beside a box 2.8 times the face's, and above it."""
    low, high = points.min(0), points.max(0)
    grow = 0.9 * (high - low)
    (x0, y0), (x1, _) = np.maximum(low - grow, 0).astype(int), (high + grow).astype(int)
    mask = np.ones(size_px[::-1], bool)
    mask[y0:, x0:x1] = False
    return mask


def _distance(points: NDArray[np.float64], a: int, b: int) -> NDArray[np.float64]:
    return np.asarray(np.linalg.norm(points[:, a] - points[:, b], axis=1))


def _extreme(
    gap: NDArray[np.float64], row: dict[str, float], fps: float, pick: Callable[[NDArray[np.float64]], Any]
) -> list[float]:
    first = max(0, math.floor((row["start_s"] - NEAR_S) * fps))
    last = math.ceil((row["end_s"] + NEAR_S) * fps) + 1
    part = gap[first:last]
    return [float(pick(part))] if np.isfinite(part).any() else []


def silent_mad(video: Path, gap: NDArray[np.float64], fps: float) -> float:
    """Return the mean over silences of 0.3 s and more of the gap's median absolute deviation."""
    rms = loudness(video, fps, len(gap))
    silent = rms < max(SILENT_RMS, SILENT_SHARE * float(np.quantile(rms, 0.95)))
    edges = np.flatnonzero(np.diff(np.r_[0, silent.astype(int), 0]))
    runs = [gap[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= round(SILENT_RUN_S * fps)]
    return float(np.mean([np.nanmedian(np.abs(run - np.nanmedian(run))) for run in runs])) if runs else 0.0


def loudness(video: Path, fps: float, frames: int) -> NDArray[np.float64]:
    """Return the effective value of the sound during each frame, shape (frames,)."""
    sound = read_sound(video, rate_hz=16000)
    hop = sound.rate_hz / fps
    blocks = [sound.samples[int(i * hop) : int((i + 1) * hop)] for i in range(frames)]
    return np.array([math.sqrt(float(np.mean(block**2))) if len(block) else 0.0 for block in blocks])
