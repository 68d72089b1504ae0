"""What a person's face is like at rest, found in a few frames of a video; and which face of it is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.capture.features import COLUMN, FEATURES, GAZE, measure_features
from phonoscope.capture.head_fit import HeadFit, face_height, fit_head, middle_fit, turn_angles_deg
from phonoscope.capture.subject import choose_subject
from phonoscope.capture.tracking import FaceTracker, Subject, follow_face
from phonoscope.core.errors import MediaError, UsageError
from phonoscope.media.video_file import TimedPicture

SAMPLES: Final = 240
"""Frames that a face is calibrated by: rare calm moments of someone who always talks are among them."""

GLANCES: Final = 80
"""Frames that the face is chosen by."""

LOW_GAP: Final = 5.0
"""Percentile of the lips' gap that counts as shut: speech shuts them for more than that at p, b, m and in pauses."""

MOST_SHUT_GAP: Final = 0.02
"""A wider gap than this, in face heights, is not taken for shut lips, however seldom they come nearer."""

CALM_GAP: Final = 0.006
"""Lips that are parted by so much more than shut ones count as calm, in face heights."""

LEAST_CALM: Final = 0.12
"""Share of the frames that the mouth's rest is taken from at least: those with the smallest gap."""

STRAIGHT_DEG: Final = 15.0
"""Frames in which the head is turned further from its usual way than this tell little of the face's shape."""

DENSE: Final = 0.4
"""Share of the calm frames that are taken for rest: those nearest to each other."""

HELD_ASIDE_DEG: Final = 6.0
"""A head that rests further than this from its usual way looks at something else, as a script."""

LOOK_ASIDE: Final = 0.03
"""The same of the eyes, over their width: 4 degrees."""

AWAKE: Final = 0.75
"""Eyes that are open less than this, of the usual, blink."""

LID_SHUT: Final = 0.3
"""Opening of the lids, of the usual, at which an eye counts as shut where nobody has seen it blink."""

LID_SHUT_RANGE: Final = (0.15, 0.45)
"""The same, where it was seen."""

SHAPING_ROUNDS: Final = 2
"""A canonical face, then the person's own, is fitted to the frames."""


@dataclass(frozen=True, slots=True, eq=False)
class Neutral:
    """A person's face at rest.

    Attributes
    ----------
    shape
        float64, shape (478, 3): its landmarks in the face's own coordinates (right, down, away), in face heights.
    head
        How the head is usually held.
    features
        float64, shape (len(FEATURES),): what is measured on it.
    shut_gap
        Gap that the mesh shows between shut lips, in face heights.
    lid_shut
        Opening of shut lids, as a share of open ones.
    """

    shape: NDArray[np.float64]
    head: HeadFit
    features: NDArray[np.float64]
    shut_gap: float
    lid_shut: float


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """All that the first look at a video tells.

    Attributes
    ----------
    subject
        Whose face is followed.
    neutral
        That face at rest.
    faces
        How many faces the video shows.
    number
        Which of them is followed, counted from 1 at the left.
    seen
        Share of the frames looked at that show it.
    """

    subject: Subject
    neutral: Neutral
    faces: int
    number: int
    seen: float


def calibrate(
    look: Callable[[int], Iterable[TimedPicture]],
    tracker: FaceTracker,
    canonical: NDArray[np.float64],
    number: int | None = None,
    name: str = "The video",
) -> Calibration:
    """Find a face in a video, and what it is like at rest.

    Parameters
    ----------
    look
        Returns up to so many frames of the video, in order; may be called more than once.
    canonical
        float64, shape (478, 3): a mean face (right, down, away), in face heights.
    number
        Which face is meant, counted from 1 at the left; None for the largest.
    name
        What to call the video in errors.

    Raises
    ------
    MediaError
        No face is found.
    UsageError
        There is no face of that number.
    """
    choice = choose_subject(lambda: look(GLANCES), tracker, number)
    if choice is None:
        raise MediaError(
            f"{name} shows no face.", "Film a face from the front, well lit, with eyes and mouth in sight, upright."
        )
    if number is not None and not 1 <= number <= choice.faces:
        raise UsageError(
            f"There is no face {number}: the video shows {choice.faces}.",
            f"Choose a face from 1 to {choice.faces}, counted from the left.",
        )
    seen, frames = [], 0
    for sighting in follow_face(look(SAMPLES), choice.subject, tracker):
        frames += 1
        if sighting.landmarks_px is not None:
            seen.append(sighting.landmarks_px)
    if not seen:
        raise MediaError(f"{name} shows no face that can be followed.", "Film a face from nearer, well lit.")
    return Calibration(choice.subject, find_neutral(seen, canonical), choice.faces, choice.number, len(seen) / frames)


def held_straight(
    known: Calibration, pictures: Iterable[TimedPicture], tracker: FaceTracker, name: str = "The video"
) -> Calibration:
    """Return a calibration whose head is at rest as it is held in these pictures.

    Raises
    ------
    MediaError
        They show no face.
    """
    shape = known.neutral.shape
    seen = [s.landmarks_px for s in follow_face(pictures, known.subject, tracker) if s.landmarks_px is not None]
    if not seen:
        raise MediaError(f"{name} shows no face where the head is to be straight.", "Name a moment that shows it.")
    head = middle_fit([fit_head(shape, points) for points in seen])
    return replace(known, neutral=replace(known.neutral, head=head))


def find_neutral(seen: list[NDArray[np.float64]], canonical: NDArray[np.float64]) -> Neutral:
    """Return a person's face at rest.

    Parameters
    ----------
    seen
        Landmarks of one face in some frames, each float64, shape (478, 3), in pixels; at least one.
    canonical
        As for `calibrate`.
    """
    shape = canonical
    for _ in range(SHAPING_ROUNDS):
        fits = [fit_head(shape, points) for points in seen]
        faces = np.stack([fit.into_face(points) for fit, points in zip(fits, seen, strict=True)])
        features = np.stack([measure_features(face) for face in faces])
        calm = _calm(features, fits)
        shape = np.median(faces[calm], axis=0)
        shape = shape / face_height(shape)
    fits = [fit_head(shape, points) for points in seen]
    features = np.stack([measure_features(fit.into_face(points)) for fit, points in zip(fits, seen, strict=True)])
    resting = _densest(features, np.flatnonzero(_calm(features, fits)))
    neutral = np.median(features[resting], axis=0)
    looks = [COLUMN[name] for name in GAZE]
    usual = np.median(features[_awake(features)], axis=0)
    neutral[looks] = usual[looks] + np.clip((neutral - usual)[looks], -LOOK_ASIDE, LOOK_ASIDE)
    gaps = features[:, COLUMN["gap"]]
    return Neutral(
        shape=shape,
        head=_usual_head(fits, [fits[index] for index in resting]),
        features=neutral,
        shut_gap=float(np.clip(np.percentile(gaps, LOW_GAP), -MOST_SHUT_GAP, MOST_SHUT_GAP)),
        lid_shut=_lid_shut(features, neutral),
    )


def _usual_head(fits: list[HeadFit], resting: list[HeadFit]) -> HeadFit:
    """Return how the head is held at rest; how it is held mostly, where it rests bent over a script."""
    usual, rest = middle_fit(fits), middle_fit(resting)
    return rest if np.abs(turn_angles_deg(usual.rotation.T @ rest.rotation)).max() < HELD_ASIDE_DEG else usual


def _densest(features: NDArray[np.float64], calm: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return those among the calm frames, by number, in which the face is most often the same: not pulling faces."""
    faces = features[calm][:, [COLUMN[name] for name in FEATURES if name not in GAZE]]
    away = np.linalg.norm(faces[:, None] - faces[None], axis=2)
    count = max(1, round(DENSE * len(calm)))
    middle = int(np.argmin(np.sort(away, axis=1)[:, count - 1]))
    return np.asarray(calm[np.argsort(away[middle], kind="stable")[:count]])


def _calm(features: NDArray[np.float64], fits: list[HeadFit]) -> NDArray[np.bool_]:
    """Return which frames show the face straight and its mouth at rest, at least one, shape (n,)."""
    gaps = features[:, COLUMN["gap"]]
    low = np.percentile(gaps, LOW_GAP)
    angles = np.array([turn_angles_deg(fit.rotation)[:2] for fit in fits])
    straight = np.abs(angles - np.median(angles, axis=0)).max(1) < STRAIGHT_DEG
    straight &= _awake(features)
    calm = straight & (gaps <= low + CALM_GAP)
    if calm.mean() < LEAST_CALM:
        calm = straight & (gaps <= np.quantile(gaps[straight], LEAST_CALM)) if straight.any() else gaps <= low
    return np.asarray(calm if calm.any() else gaps <= gaps.min())


def _awake(features: NDArray[np.float64]) -> NDArray[np.bool_]:
    opening = features[:, [COLUMN["open_left"], COLUMN["open_right"]]].mean(1)
    return np.asarray(opening >= AWAKE * np.percentile(opening, 70))


def _lid_shut(features: NDArray[np.float64], neutral: NDArray[np.float64]) -> float:
    """Return how far apart shut lids are, as a share of open ones, from blinks if there were any."""
    columns = [COLUMN["open_left"], COLUMN["open_right"]]
    least = float((features[:, columns] / np.maximum(neutral[columns], 1e-6)).mean(1).min())
    return float(np.clip(least + 0.05, *LID_SHUT_RANGE)) if least < LID_SHUT_RANGE[1] else LID_SHUT


def deviations(neutral: Neutral, features: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how features, shape (..., len(FEATURES)), differ from those at rest; the gap from that of shut lips."""
    rest = neutral.features.copy()
    rest[COLUMN["gap"]] = neutral.shut_gap
    return np.asarray(features - rest)
