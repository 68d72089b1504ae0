"""Sheets to judge by eye what is heard in voices that nobody labelled: sound, phones and lips, five seconds a row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy.signal import stft

from bench.ears import Tape, joined, listen, load
from bench.labels import PICTURES, Recording, clips, recordings
from bench.scoring import closures_in
from bench.voices import real_gap
from phonoscope.core.speech import Phone, Speech
from phonoscope.media.resampling import mono_at
from phonoscope.performance import PerformOptions, perform
from phonoscope.speech.hearing.phoneset import VISEME_OF_CLASS, VISEMES, classes_of

ROW_S, ROWS = 5.0, 4
"""Seconds a row, and rows a sheet."""

WIDTH_IN, ROW_IN, DPI = 20.0, 3.6, 100
RATE_HZ, HIGHEST_HZ = 16_000, 6000
DEPTH_DB = 60.0
FPS = Fraction(50)
GAP_TOP = 0.12
"""Upper end of the lip gap's axis, in face heights."""

EYES_OVER_FACE = 0.5
"""Distance of the eyes' outer corners (33, 263) over the height of the face (10, 152), in the mesh's mean face."""

_COLOURS = {
    "PP": "#e4572e",
    "FF": "#f3a712",
    "aa": "#a8c686",
    "E": "#c9dcb3",
    "ih": "#dfe8d0",
    "oh": "#8fb8de",
    "ou": "#669bbc",
}
"""Closures red, lip to teeth orange, open vowels green, round ones blue."""

_OTHER_COLOUR = "#e8e8e8"
_LINES = {"heard": "#444444", "aligned": "#1f6fb2", "real": "#d1495b"}

_NOTHING = np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """One way of listening: its phones, and the lips that follow them.

    Attributes
    ----------
    gap, rest
        Lip gap in face heights and share of the photographed mouth, per frame of `FPS`; empty where there are no lips.
    """

    name: str
    phones: tuple[Phone, ...]
    gap: NDArray[np.float32]
    rest: NDArray[np.float32]


def draw_plots(folder: Path) -> None:
    """Write the sheets of all recordings as ``NAME_1.png`` and so on."""
    mpl.use("Agg")
    folder.mkdir(parents=True, exist_ok=True)
    for recording in [*recordings(), *clips()]:
        for path in _draw(recording, folder):
            print(path, flush=True)


def _draw(recording: Recording, folder: Path) -> list[Path]:
    sound = load(recording.path)
    readings = [_reading("heard", listen(Tape(sound)))]
    if recording.transcript:
        readings.append(_reading("aligned", listen(Tape(sound), recording.transcript, recording.language)))
    if recording.phones:
        readings.append(_Reading("marked", recording.phones, _NOTHING, _NOTHING))
    real = _real_lips(recording) if recording.path.suffix in PICTURES else None
    samples = np.concatenate([block.samples for block in mono_at(Tape(sound), RATE_HZ)])
    paths = []
    rows = max(1, math.ceil(sound.duration_s / ROW_S - 0.02))
    for first in range(0, rows, ROWS):
        here = range(first, min(rows, first + ROWS))
        figure = Figure(figsize=(WIDTH_IN, ROW_IN * len(here) + 0.5), dpi=DPI, layout="constrained")
        figure.suptitle(f"{recording.name}, {here[0] * ROW_S:g} to {(here[-1] + 1) * ROW_S:g} s", fontsize=11)
        heights = [0.5, 1.3, 0.32 * len(readings), 1.1] * len(here)
        axes = figure.subplots(4 * len(here), 1, gridspec_kw={"height_ratios": heights, "hspace": 0.0})
        for place, row in enumerate(here):
            _draw_row(axes[4 * place : 4 * place + 4], row * ROW_S, samples, readings)
            if real is not None:
                _draw_lips(axes[4 * place + 3], row * ROW_S, real)
        path = folder / f"{recording.name}_{first // ROWS + 1}.png"
        figure.savefig(path)
        paths.append(path)
    return paths


def _reading(name: str, pieces: Iterable[Speech]) -> _Reading:
    pieces = list(pieces)
    # Head and blinks are of no interest here.
    acts = list(perform(pieces, PerformOptions(fps=FPS, head_motion=False, blinks=False)))
    gap, rest = (np.concatenate([act.curve(channel) for act in acts]) for channel in ("lipGap", "mouthRest"))
    return _Reading(name, joined(pieces)[0], gap, rest)


def _real_lips(clip: Recording) -> _Reading:
    """Track the lips of a clip's own speaker."""
    fps, gap = real_gap(clip.path)
    count = math.ceil(len(gap) / fps * FPS)
    at_fps = np.interp(np.arange(count) / float(FPS), np.arange(len(gap)) / float(fps), gap * EYES_OVER_FACE)
    return _Reading("real", (), at_fps.astype(np.float32), np.zeros(count, np.float32))


def _draw_row(axes: Sequence[Axes], start_s: float, samples: NDArray[np.float32], readings: Sequence[_Reading]) -> None:
    wave, spectrum, phones, lips = axes
    part = samples[int(start_s * RATE_HZ) : int((start_s + ROW_S) * RATE_HZ)]
    wave.plot(start_s + np.arange(len(part)) / RATE_HZ, part, linewidth=0.4, color="#333333")
    top = max(0.02, float(np.abs(samples).max()))
    wave.set(ylim=(-top, top), yticks=[])
    if len(part) > RATE_HZ // 50:
        _draw_spectrum(spectrum, start_s, part)
    for lane, reading in enumerate(reversed(readings)):
        _draw_phones(phones, lane, start_s, reading.phones)
    phones.set(ylim=(0, len(readings)), yticks=np.arange(len(readings)) + 0.5)
    phones.set_yticklabels([reading.name for reading in reversed(readings)], fontsize=8)
    # What is known best comes last: there the lips must be shut.
    for closure_start_s, closure_end_s in closures_in(readings[-1].phones):
        if closure_end_s > start_s and closure_start_s < start_s + ROW_S:
            lips.axvspan(closure_start_s, closure_end_s, color=_COLOURS["PP"], alpha=0.2, linewidth=0)
    for reading in readings:
        _draw_lips(lips, start_s, reading)
    lips.set(ylim=(-0.005, GAP_TOP), ylabel="lip gap")
    lips.set_xticks(np.arange(start_s, start_s + ROW_S + 0.01, 0.5))
    lips.grid(linewidth=0.3)
    for axis in axes:
        axis.set_xlim(start_s, start_s + ROW_S)
        if axis is not lips:
            axis.set_xticks([])


def _draw_spectrum(axis: Axes, start_s: float, part: NDArray[np.float32]) -> None:
    hz, times_s, bins = stft(part, RATE_HZ, nperseg=256, noverlap=192)
    low = hz <= HIGHEST_HZ
    level_db = 20 * np.log10(np.abs(bins[low]) + 1e-7)
    top_db = float(level_db.max())
    extent = (start_s + times_s[0], start_s + times_s[-1], 0, HIGHEST_HZ / 1000)
    axis.imshow(
        level_db, origin="lower", aspect="auto", extent=extent, cmap="Greys", vmin=top_db - DEPTH_DB, vmax=top_db
    )
    axis.set_ylabel("kHz")


def _draw_phones(axis: Axes, lane: int, start_s: float, phones: Sequence[Phone]) -> None:
    """Draw a lane of phones, coloured by what the lips do."""
    here = [phone for phone in phones if phone.end_s > start_s and phone.start_s < start_s + ROW_S]
    for index, phone in enumerate(here):
        classes = classes_of(phone.ipa)
        colour = _COLOURS.get(VISEMES[VISEME_OF_CLASS[classes[0]]], _OTHER_COLOUR) if classes else _OTHER_COLOUR
        axis.broken_barh(
            [(phone.start_s, phone.end_s - phone.start_s)],
            (lane + 0.04, 0.92),
            facecolor=colour,
            edgecolor="white",
            linewidth=0.6,
        )
        middle_s = (phone.start_s + phone.end_s) / 2
        if start_s <= middle_s < start_s + ROW_S:
            height = lane + (0.68 if index % 2 else 0.32)
            axis.text(middle_s, height, phone.ipa, fontsize=9, ha="center", va="center", clip_on=True)


def _draw_lips(axis: Axes, start_s: float, reading: _Reading) -> None:
    """Draw the gap; where the mouth rests, a thick line at the bottom."""
    first, last = int(start_s * FPS), int((start_s + ROW_S) * FPS) + 1
    gap, rest = reading.gap[first:last], reading.rest[first:last]
    if not len(gap):
        return
    times_s = np.arange(first, first + len(gap)) / float(FPS)
    colour = _LINES[reading.name]
    axis.plot(times_s, gap, linewidth=1.2, color=colour, label=reading.name)
    axis.legend(loc="upper right", fontsize=7, ncols=3)
    if not rest.any():
        return
    resting = np.where(rest > 0.5, -0.003, np.nan)
    axis.plot(times_s, resting, linewidth=3, color=colour, alpha=0.5)
