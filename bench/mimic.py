"""How well a photo does what a filmed face does, seen from outside: film and result are tracked alike and compared.

The photo is the film's own first frame, so that both show the same person. Filmed faces lie in the folder ``video`` of
the one that PHONOSCOPE_MEDIA names; without it the photo is filmed while it acts, and acts again what is seen.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import skimage.data
from numpy.typing import NDArray

from bench.lips import lip_gap
from bench.table import Figure
from phonoscope import mimic_video
from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder
from phonoscope.avatars.photo.marks.canonical import canonical_face
from phonoscope.capture import Subject, follow_face
from phonoscope.capture.calibration import Neutral, find_neutral
from phonoscope.capture.head_fit import fit_head, turn_angles_deg
from phonoscope.core.frames import Picture
from phonoscope.core.performance import CHANNEL, CHANNELS, Performance
from phonoscope.media.reader import read_frames
from phonoscope.media.video_file import open_video
from phonoscope.performance import write_performance

SHUT_GAP = 0.03
"""Lips nearer than this, over the distance of the eyes, are shut."""

FPS = Fraction(25)


@dataclass(frozen=True, slots=True, eq=False)
class Tracked:
    """What is seen of a face in a video.

    Attributes
    ----------
    times_s
        float64, shape (frames,).
    points
        float64, shape (frames, 478, 3), in pixels; frames without a face are left out.
    """

    times_s: NDArray[np.float64]
    points: NDArray[np.float64]


def mimic() -> list[Figure]:
    """Let each filmed face act on its own first frame, and compare."""
    figures = []
    media = os.environ.get("PHONOSCOPE_MEDIA")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        films = sorted(p for p in (Path(media) / "video").iterdir() if p.is_file()) if media else []
        for film in films or [_filmed_photo(folder)]:
            output = folder / f"{film.stem}_again.mp4"
            first = next(read_frames(film))
            made = mimic_video(Picture(first), film, output)
            figures += [
                *compare(film.stem, track(film), track(output)),
                Figure(f"{film.stem}: time for a second", made.wall_s / made.duration_s, "s"),
            ]
    return figures


def track(video: Path) -> Tracked:
    """Follow the face of a video."""
    seen = [s for s in follow_face(open_video(video), Subject(), mediapipe_finder()) if s.landmarks_px is not None]
    return Tracked(np.array([s.time_s for s in seen]), np.array([s.landmarks_px for s in seen]))


def compare(name: str, film: Tracked, result: Tracked) -> list[Figure]:
    """Return how the result differs from the film at the result's times."""
    gap = np.interp(result.times_s, film.times_s, lip_gap(film.points))
    shown = lip_gap(result.points)
    shut = gap < SHUT_GAP
    neutral = find_neutral(list(film.points[::4]), np.array(canonical_face()))
    wanted = _at(result.times_s, film.times_s, _angles_deg(film, neutral))
    turned = _angles_deg(result, neutral)
    apart = np.abs(turned - wanted)
    moved = np.abs((turned - np.median(turned, axis=0)) - (wanted - np.median(wanted, axis=0)))
    figures = [
        Figure(f"{name}: gap_correlation", float(np.corrcoef(gap, shown)[0, 1]), "", ">= 0.90"),
        Figure(f"{name}: head pose error, median of the largest angle", float(np.median(apart.max(1))), "°", "<= 2"),
        Figure(f"{name}: the same of its movement", float(np.median(moved.max(1))), "°", "<= 2"),
        Figure(f"{name}: farthest turn filmed", float(np.abs(wanted).max()), "°"),
    ]
    if shut.any():
        share = float(np.mean(shown[shut] < SHUT_GAP))
        figures.insert(1, Figure(f"{name}: shut where the person's lips are", share, "", ">= 0.95"))
    return figures


def _angles_deg(tracked: Tracked, neutral: Neutral) -> NDArray[np.float64]:
    """Return yaw, pitch and roll from the film's rest, shape (frames, 3)."""
    fits = [fit_head(neutral.shape, points) for points in tracked.points]
    return np.array([turn_angles_deg(neutral.head.rotation.T @ fit.rotation) for fit in fits])


def _at(times_s: NDArray[np.float64], own_s: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([np.interp(times_s, own_s, column) for column in values.T], axis=1)


def _filmed_photo(folder: Path) -> Path:
    """Film the astronaut while she says nothing in particular."""
    t = np.arange(100) / float(FPS)
    curves, head = np.zeros((100, len(CHANNELS)), np.float32), np.zeros((100, 5), np.float32)
    gap = 0.06 * np.abs(np.sin(2.3 * np.pi * t)) * (t > 0.4) * (t < 3.4)
    curves[:, CHANNEL["lipGap"]], curves[:, CHANNEL["jawOpen"]] = gap, gap / 0.2
    head[:, 0], head[:, 1] = 5 * np.sin(1.7 * t), 3 * np.sin(1.1 * t)
    with (folder / "act.performance.json").open("w") as stream:
        write_performance(stream, [Performance(FPS, curves, head)], FPS)
    mimic_video(Picture(skimage.data.astronaut()), folder / "act.performance.json", folder / "astronaut.mp4")
    return folder / "astronaut.mp4"
