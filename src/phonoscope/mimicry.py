"""What a filmed face, or a recorded performance, lets an avatar do; and the lips that its sound asks for instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import repeat
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from phonoscope.capture import (
    ActOptions,
    Calibration,
    FaceActor,
    FaceTracker,
    calibrate,
    facing_alike,
    follow_face,
    held_straight,
    retarget,
)
from phonoscope.capture.sampling import Row, at_even_times
from phonoscope.choices import MimicChoices
from phonoscope.core.errors import InputError, UsageError
from phonoscope.core.events import EventSink, Note, Progress, StageStarted
from phonoscope.core.performance import CHANNEL, CHANNELS, HEAD, Performance
from phonoscope.core.sound import silence
from phonoscope.core.speech import Speech
from phonoscope.imports import Take, read_arkit, take_of
from phonoscope.media.door import check_input
from phonoscope.media.video_file import TimedPicture, VideoFile, VideoFileOptions, open_video
from phonoscope.performance import read_performance
from phonoscope.performance.sway import Sway

LONGEST_SIDE_PX = 1920
"""Larger frames are scaled down before they are looked at: the mesh looks at a face in 192 × 192 pixels."""

MOMENT_S = 0.1
"""Length of a moment: two or three frames."""

FRAMES_AT_A_TIME = 64
"""Most frames in one piece of performance."""

BREATH, BREATH_S = 0.5, 4.2
"""Depth of a breath, of the deepest, and its length: 14 a minute, as people breathe at rest."""

RATES = tuple(map(Fraction, ("24000/1001", "24", "25", "30000/1001", "30")))
"""Frame rates that a video takes over from its source, or from one of twice the rate."""

NEAR_RATE = 0.0005
"""How far a file's average may be off its rate: half as far as NTSC's is from a whole number."""

SPOKEN = ("mouthSmile", "mouthFrown", "mouthDimple")
"""Of the mouth's channels those that the sound knows nothing about: they stay as filmed where they are stronger."""

PAUSE_RATE_HZ = 16_000
"""Samples a second of silence that follows on nothing."""

FIRST_BYTES = 4096
"""Bytes of a file that tell its kind."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What is mimicked.

    Attributes
    ----------
    fps
        Its frame rate, where a video may take it over.
    duration_s
        Its length in seconds, as far as it is known.
    has_sound
        It can be heard.
    begin
        Lets it act anew, given the frame rate, whether the mouth may come back to the photographed one, and the
        landmarks of the face in the photo, float64, shape (478, 3), in pixels: None where it is drawn or marked.
    """

    fps: Fraction | None
    duration_s: float | None
    has_sound: bool
    begin: Callable[[Fraction, bool, NDArray[np.float64] | None], Iterator[Performance]]


def open_source(path: Path | str, choices: MimicChoices, events: EventSink) -> Source:
    """Open a video with a face, a Live Link Face CSV or a performance, by what is in it.

    Raises
    ------
    InputError, MediaError
        It cannot be read, or shows no face.
    UsageError
        There is no such part or face in it.
    """
    kind = _kind(path)
    if kind == "video":
        return _filmed(path, choices, events)
    if choices.actor is not None or choices.straight_s is not None:
        raise UsageError(f"'{path}' is no video: nobody is seen in it.", "Leave out --actor and --straight.")
    events(StageStarted("capture", "Reading the performance"))
    take = take_of(read_performance(path)) if kind == "performance" else read_arkit(path)
    return _recorded(_part(take, choices, path), choices, is_filmed=kind == "arkit")


def in_step(performances: Iterable[Performance], heard: Iterator[Speech]) -> Iterator[Performance]:
    """Pass performances on, and take the speech that is heard meanwhile; what is said later is left out."""
    heard_s = 0.0
    for performance in performances:
        until_s = float((performance.first_frame + len(performance)) / performance.fps)
        while heard_s < until_s and (piece := next(heard, None)) is not None:
            heard_s += piece.duration_s
        yield performance


def with_lips_of(filmed: Iterable[Performance], spoken: Iterator[Performance]) -> Iterator[Performance]:
    """Replace the lips of performances by those of others; where these end, the filmed ones go on."""
    ahead = np.zeros((0, len(CHANNELS)), np.float32)
    for performance in filmed:
        while len(ahead) < len(performance) and (piece := next(spoken, None)) is not None:
            ahead = np.concatenate([ahead, piece.curves])
        lips, ahead = ahead[: len(performance)], ahead[len(performance) :]
        curves = performance.curves.copy()
        for name, column in CHANNEL.items():
            if name.startswith(SPOKEN):
                curves[: len(lips), column] = np.maximum(curves[: len(lips), column], lips[:, column])
            elif name.startswith(("mouth", "jaw", "tongue", "lip")):
                curves[: len(lips), column] = lips[:, column]
        yield replace(performance, curves=curves)


def on_and_on(heard: Iterator[Speech]) -> Iterator[Speech]:
    """Yield speech, then silence for ever."""
    rate_hz = PAUSE_RATE_HZ
    for piece in heard:
        rate_hz = piece.sound.rate_hz
        yield piece
    yield from repeat(Speech(silence(1.0, rate_hz)))


def _kind(path: Path | str) -> Literal["video", "performance", "arkit"]:
    with check_input(path).open("rb") as file:
        start = file.read(FIRST_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return "performance"
    return "arkit" if start[:8].lower() == b"timecode" else "video"


def _filmed(path: Path | str, choices: MimicChoices, events: EventSink) -> Source:
    """Look at a video, and let the face in it act."""
    from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder
    from phonoscope.avatars.photo.marks.canonical import canonical_face

    tracker: FaceTracker = mediapipe_finder()
    start_s, end_s = choices.part_s
    film = open_video(path, VideoFileOptions(start_s, end_s, LONGEST_SIDE_PX), events)
    events(StageStarted("capture", "Getting to know the face in the video"))

    def look(count: int) -> Iterator[TimedPicture]:
        for number, picture in enumerate(film.samples(count)):
            if number % 10 == 0:
                events(Progress("capture", number, count, "frames"))
            yield picture

    known = calibrate(look, tracker, canonical_face(), choices.actor, f"'{path}'")
    if choices.straight_s is not None:
        moment = VideoFileOptions(choices.straight_s, choices.straight_s + MOMENT_S, LONGEST_SIDE_PX)
        known = held_straight(known, open_video(path, moment, events), tracker, f"'{path}'")
    for told in _findings(known, choices):
        events(Note(told))

    def begin(fps: Fraction, rests: bool, pictured_px: NDArray[np.float64] | None) -> Iterator[Performance]:
        neutral = known.neutral
        if pictured_px is not None and choices.straight_s is None:
            neutral = facing_alike(neutral, pictured_px, canonical_face(), choices.retarget.mirror)
        actor = FaceActor(neutral, ActOptions(fps, film.frame_s, rests))
        performances = actor.act(follow_face(film, known.subject, tracker))
        yield from alive((retarget(piece, choices.retarget) for piece in performances), fps)
        told = _losses(actor.losses_s())
        if told:
            events(Note(told))

    return Source(_usual_rate(film), film.duration_s, film.has_sound, begin)


def _findings(known: Calibration, choices: MimicChoices) -> Iterator[str]:
    """Tell what was found in a video that its maker may not expect."""
    if known.subject.turns:
        way = {1: "counter-clockwise", 2: "upside down", 3: "clockwise"}[known.subject.turns]
        yield (
            "The video stands on its head: it is turned."
            if way == "upside down"
            else (f"The video lies on its side: it is turned a quarter {way}.")
        )
    if known.faces > 1 and choices.actor is None:
        other = 1 if known.number != 1 else 2
        yield (
            f"The video shows {known.faces} faces. The largest acts, number {known.number} from the left;"
            f" --actor {other} picks another."
        )


def _losses(losses_s: list[tuple[float, float]]) -> str:
    """Tell when a face was out of sight; empty where it never was."""
    if not losses_s:
        return ""
    listed = ", ".join(f"{start_s:.1f} to {end_s:.1f} s" for start_s, end_s in losses_s[:5])
    more = f", and {len(losses_s) - 5} times more" if len(losses_s) > 5 else ""
    return f"The face is out of sight from {listed}{more}: the avatar rests meanwhile."


def _recorded(take: Take, choices: MimicChoices, is_filmed: bool) -> Source:
    """Let a recorded performance act."""

    def begin(fps: Fraction, rests: bool, _: NDArray[np.float64] | None) -> Iterator[Performance]:
        performances = (retarget(piece, choices.retarget) for piece in _replayed(take, fps, rests))
        return alive(performances, fps) if is_filmed else performances

    return Source(_near_rate(take.fps), take.duration_s, False, begin)


def _replayed(take: Take, fps: Fraction, rests: bool) -> Iterator[Performance]:
    """Yield a take at another frame rate."""
    first = 0
    values = np.hstack([take.head, take.curves]).astype(np.float64)
    rows = map(Row, take.times_s.tolist(), values)
    for block in at_even_times(rows, fps, float(1 / take.fps), FRAMES_AT_A_TIME):
        curves = block[:, len(HEAD) :].astype(np.float32)
        # A name, which cannot be interpolated: it is chosen anew where it is needed.
        curves[:, CHANNEL["mouthShape"]] = 0
        if not rests:
            curves[:, CHANNEL["mouthRest"]] = 0
        yield Performance(fps, curves, block[:, : len(HEAD)].astype(np.float32), first)
        first += len(block)


def _part(take: Take, choices: MimicChoices, path: Path | str) -> Take:
    """Return the part of a take that is meant."""
    start_s, end_s = choices.part_s
    meant = (take.times_s >= start_s - 1e-6) & (take.times_s < (np.inf if end_s is None else end_s))
    if not meant.any():
        raise InputError(
            f"'{path}' is {take.duration_s:.1f} s long: nothing is left from {start_s:g} s on.",
            "Let the part begin earlier.",
        )
    return replace(take, times_s=take.times_s[meant] - start_s, curves=take.curves[meant], head=take.head[meant])


def alive(performances: Iterable[Performance], fps: Fraction) -> Iterator[Performance]:
    """Add what nobody has filmed: hair that lags behind the head, and breath."""
    sway = Sway(fps)
    for performance in performances:
        curves = performance.curves.copy()
        times_s = (performance.first_frame + np.arange(len(performance))) / float(fps)
        curves[:, CHANNEL["breath"]] = BREATH * np.sin(2 * np.pi / BREATH_S * times_s)
        curves[:, [CHANNEL["swayX"], CHANNEL["swayY"]]] = sway.act(performance.head.astype(np.float64))
        yield replace(performance, curves=curves)


def _usual_rate(film: VideoFile) -> Fraction | None:
    return None if film.fps is None else _near_rate(film.fps)


def _near_rate(fps: Fraction) -> Fraction | None:
    """Return the usual frame rate that a source has, or has twice; None where it has another."""
    return next((r for r in RATES for times in (1, 2) if abs(float(fps / r) / times - 1) < NEAR_RATE), None)
