"""How well lips that follow a voice agree with the lips of the person who spoke.

The first frame of each clip is driven by the clip's own sound; the result is tracked as the clip itself is, and the
gaps between the lips are compared over time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.labels import Recording, clips
from bench.lips import lip_gap, loudness, silent_mad, track
from bench.table import RESULTS, Figure, grid
from phonoscope.choices import VideoChoices, VoiceChoices
from phonoscope.core.frames import Picture
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_frames
from phonoscope.pipeline import lip_video

REACH = 5
"""Frames by which two gaps may be shifted against each other."""

LEAST_FRAMES = 8
"""Fewer frames agree by chance."""

_BOUNDS = {False: 0.60, True: 0.64}
"""Mean agreement to be reached, without and with transcript."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well one video's lips agree with the real ones.

    Attributes
    ----------
    correlation, lag_frames
        Pearson's r of the two gaps at the shift that fits best; ours come `lag_frames` late.
    unshifted
        r as they are.
    silent_lip_mad
        How far lips move in silence.
    """

    correlation: float
    lag_frames: int
    unshifted: float
    silent_lip_mad: float


def voices() -> list[Figure]:
    """Measure all clips, write a row for each to ``voices.md``, and return the means over those of GRID."""
    rows: dict[str, tuple[str, ...]] = {}
    found: dict[bool, list[Agreement]] = {False: [], True: []}
    for clip in clips():
        fps, gap = real_gap(clip.path)
        floor, lag = correlate(loudness(clip.path, float(fps), len(gap)), gap)
        rows[f"{clip.name}, loudness alone"] = (f"{floor:.3f}", f"{lag:+d}", "", "")
        for known in (False, True) if clip.transcript else (False,):
            agreement = _agreement(clip, fps, gap, known)
            rows[f"{clip.name}, {_title(known)}"] = (
                f"{agreement.correlation:.3f}",
                f"{agreement.lag_frames:+d}",
                f"{agreement.unshifted:.3f}",
                f"{agreement.silent_lip_mad:.4f}",
            )
            if clip.transcript:
                found[known].append(agreement)
    if not rows:
        return []
    text = grid("lips", ("gap_correlation", "lag, frames", "without lag", "silent_lip_mad"), rows)
    print(text, flush=True)
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "voices.md").write_text(text + "\n", encoding="utf-8")
    return [figure for known, agreements in found.items() if agreements for figure in _figures(known, agreements)]


def correlate(ours: NDArray[np.float64], theirs: NDArray[np.float64], reach: int = REACH) -> tuple[float, int]:
    """Return the best Pearson r of two curves, and by how many frames `ours` comes late at it."""
    best = (-2.0, 0)
    for lag in sorted(range(-reach, reach + 1), key=abs):
        a, b = ours[max(0, lag) :], theirs[max(0, -lag) :]
        length = min(len(a), len(b))
        a, b = a[:length], b[:length]
        both = np.isfinite(a) & np.isfinite(b)
        if both.sum() > LEAST_FRAMES and a[both].std() > 0 and b[both].std() > 0:
            r = float(np.corrcoef(a[both], b[both])[0, 1])
            best = max(best, (r, lag), key=lambda found: found[0])
    return best


def real_gap(clip: Path) -> tuple[Fraction, NDArray[np.float64]]:
    """Return a clip's frames a second, and the gap between its lips over the distance of the eyes, shape (frames,)."""
    stream = probe(clip).video
    if stream is None or not stream.fps:
        raise RuntimeError(f"{clip} has no picture")
    return Fraction(stream.fps), lip_gap(track(clip)[0])


def _agreement(clip: Recording, fps: Fraction, gap: NDArray[np.float64], known: bool) -> Agreement:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "lips.mp4"
        voice = VoiceChoices(transcript=clip.transcript, language=clip.language) if known else VoiceChoices()
        lip_video(Picture(next(read_frames(clip.path))), clip.path, output, VideoChoices(fps=fps, voice=voice))
        ours = lip_gap(track(output)[0])
        correlation, lag = correlate(ours, gap)
        return Agreement(correlation, lag, correlate(ours, gap, reach=0)[0], silent_mad(output, ours, float(fps)))


def _figures(known: bool, agreements: Sequence[Agreement]) -> list[Figure]:
    title = f"real lips, {_title(known)}"
    correlation = float(np.mean([a.correlation for a in agreements]))
    return [
        Figure(f"{title}: gap_correlation, mean", correlation, "", f">= {_BOUNDS[known]}"),
        Figure(f"{title}: lag, largest", max(abs(a.lag_frames) for a in agreements), "frames", "<= 1"),
        Figure(f"{title}: silent_lip_mad, largest", max(a.silent_lip_mad for a in agreements), "", "<= 0.005"),
    ]


def _title(known: bool) -> str:
    return "with transcript" if known else "without transcript"
