"""The choice of one face among those that a video shows, and which way is up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from phonoscope.capture.tracking import FaceTracker, FoundBox, Subject, upright
from phonoscope.media.video_file import TimedPicture

SAME: Final = 0.75
"""Faces of two frames whose middles lie nearer than this, in sizes of their boxes, are the same person's."""

OFTEN: Final = 0.2
"""Share of the frames with faces in which a face must be seen to count."""

SURE: Final = 0.8
"""Share of the frames that show a face from which on the video stands upright beyond doubt."""

TURNED: Final = 1.25
"""A turned video must show faces in so many times more frames."""

LARGE: Final = 0.3
"""A face that is smaller than this share of the largest belongs to somebody in the background, or on a poster."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A face that was chosen.

    Attributes
    ----------
    faces, number
        How many there are, and which one it is, counted from 1 at the left.
    seen
        Share of the frames that show any face.
    """

    subject: Subject
    faces: int
    number: int
    seen: float


@dataclass(slots=True)
class _Person:
    """A face that is seen again and again: boxes as (x, y, size), in widths of the picture."""

    places: list[tuple[float, float, float]] = field(default_factory=list)

    @property
    def place(self) -> tuple[float, float, float]:
        x, y, size = np.median(np.array(self.places), axis=0).tolist()
        return x, y, size


def choose_subject(
    look: Callable[[], Iterable[TimedPicture]], tracker: FaceTracker, number: int | None = None
) -> Choice | None:
    """Look at frames of a video and choose whom to follow, turning it upright; None where no face is found.

    Parameters
    ----------
    look
        Returns some frames of the video, in order; may be called more than once.
    number
        Which face, counted from 1 at the left; None for the largest. One that is not there gives the last.
    """
    as_it_is = _choose(look(), tracker, 0, number)
    if as_it_is is not None and as_it_is.seen >= SURE:
        return as_it_is
    # Faces that stand on their heads or lie on their sides are seldom taken for faces.
    turned = [_choose(look(), tracker, turns, number) for turns in (2, 1, 3)]
    best = max((choice for choice in turned if choice is not None), key=lambda choice: choice.seen, default=None)
    if as_it_is is None or (best is not None and best.seen > TURNED * as_it_is.seen):
        return best
    return as_it_is


def _choose(pictures: Iterable[TimedPicture], tracker: FaceTracker, turns: int, number: int | None) -> Choice | None:
    """Choose among the faces of a video after quarter turns counter-clockwise."""
    people: list[_Person] = []
    frames = with_faces = 0
    for picture in pictures:
        rgb = upright(picture.rgb, turns)
        boxes = tracker.detect_faces(rgb)
        frames += 1
        with_faces += bool(boxes)
        for box in boxes:
            _add(people, _place(box, rgb.shape[1]))
    if not people:
        return None
    regular = [person for person in people if len(person.places) >= OFTEN * with_faces]
    regular = regular or [max(people, key=lambda person: len(person.places))]
    largest_size = max(person.place[2] for person in regular)
    regular = sorted((p for p in regular if p.place[2] >= LARGE * largest_size), key=lambda person: person.place[0])
    largest = max(range(len(regular)), key=lambda index: regular[index].place[2])
    chosen = largest if number is None else min(max(number, 1), len(regular)) - 1
    subject = Subject(turns, _begins(regular[chosen]), len(regular) > 1)
    return Choice(subject, len(regular), chosen + 1, with_faces / frames)


def _begins(person: _Person) -> tuple[float, float, float]:
    """Return where a face is in the first frames that show it."""
    x, y, size = np.median(np.array(person.places[:3]), axis=0).tolist()
    return x, y, size


def _place(box: FoundBox, width_px: int) -> tuple[float, float, float]:
    size = max(box.x1 - box.x0, box.y1 - box.y0)
    return 0.5 * (box.x0 + box.x1) / width_px, 0.5 * (box.y0 + box.y1) / width_px, size / width_px


def _add(people: list[_Person], place: tuple[float, float, float]) -> None:
    """Count a face to the person who was last seen nearest to it."""

    def away(person: _Person) -> float:
        x, y, size = person.places[-1]
        return float(np.hypot(place[0] - x, place[1] - y)) / max(size, 1e-6)

    nearest = min(people, key=away, default=None)
    if nearest is None or away(nearest) > SAME:
        people.append(_Person([place]))
    else:
        nearest.places.append(place)
