"""Faces made of numbers: the canonical face, moved, as a tracker would see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.finder import ScoredBox
from phonoscope.avatars.photo.marks.canonical import canonical_face
from phonoscope.avatars.photo.motion.head import turn_matrix
from phonoscope.capture.landmarks import CHIN_SKIN, LOWER_LIP, LOWER_RIM, SIDES
from phonoscope.media.video_file import TimedPicture

Points = NDArray[np.float64]

PICTURE_PX = (120, 160)
"""Height and width."""


Rgb = NDArray[np.uint8]

FIRST, MARK = 200, 33
"""Red of the first face's mark, and blue of all marks."""


@dataclass(frozen=True)
class Act:
    """What a face does: lengths in face heights, angles in degrees, left and right of the picture."""

    gap: float = 0.0
    head: tuple[float, float, float] = (0.0, 0.0, 0.0)
    place: tuple[float, float] = (80.0, 60.0)
    size_px: float = 60.0
    corner_up: tuple[float, float] = (0.0, 0.0)
    lids: tuple[float, float] = (1.0, 1.0)
    look: tuple[float, float] = (0.0, 0.0)
    brows: float = 0.0


def face(act: Act) -> Points:
    """Return the landmarks of a face in its own coordinates, shape (478, 3)."""
    points = np.array(canonical_face())
    shut = points[13, 1] - points[14, 1]
    points[[*LOWER_LIP, LOWER_RIM], 1] += shut + act.gap
    points[list(CHIN_SKIN), 1] += 0.4 * act.gap
    for side, up, open_ in zip(SIDES, act.corner_up, act.lids, strict=True):
        points[side.corner, 1] -= up
        for upper, lower in side.lids:
            points[upper, 1] = points[lower, 1] + open_ * (points[upper, 1] - points[lower, 1])
        width = float(np.linalg.norm(points[side.eye[1]] - points[side.eye[0]]))
        points[side.iris, :2] += width * np.array(act.look)
        points[[*side.brow_inner, *side.brow_outer], 1] -= act.brows
    return points


def landmarks(act: Act) -> Points:
    """Return the landmarks of a face in a picture, in pixels, shape (478, 3)."""
    return np.asarray(act.size_px * face(act) @ turn_matrix(*act.head).T + (*act.place, 0.0))


def film(count: int, step_s: float = 0.04) -> list[TimedPicture]:
    """Return pictures that show nothing but their number, and which way is up."""
    pictures = []
    for number in range(count):
        rgb = np.zeros((*PICTURE_PX, 3), np.uint8)
        rgb[:, :, 0] = number % 256
        rgb[:, :, 1] = number // 256
        rgb[:8, :, 2] = 255
        pictures.append(TimedPicture(number * step_s, rgb))
    return pictures


@dataclass
class FakeTracker:
    """Sees what it is told to see in the pictures of `film`, as long as they are upright.

    Attributes
    ----------
    acts
        By frame: what each face does, from the left; none for nobody.
    """

    acts: Sequence[Sequence[Act]]
    forgot: int = 0
    looks: list[int] = field(default_factory=list)

    def detect_faces(self, rgb: NDArray[np.uint8]) -> tuple[ScoredBox, ...]:
        return tuple(box_of(landmarks(act)) for act in self._seen(rgb))

    def follow_landmarks(self, rgb: NDArray[np.uint8]) -> Points | None:
        seen = self._seen(rgb)
        return landmarks(max(seen, key=lambda act: act.size_px)) if seen else None

    def forget(self) -> None:
        self.forgot += 1

    def _seen(self, rgb: NDArray[np.uint8]) -> Sequence[Act]:
        if not (rgb[:4, :, 2] == 255).all():
            return ()
        number = int(rgb[60, 80, 0]) + 256 * int(rgb[60, 80, 1])
        self.looks.append(number)
        return self.acts[number]


def box_of(points: Points) -> ScoredBox:
    """Return the box around landmarks."""
    (x0, y0), (x1, y1) = points[:, :2].min(0), points[:, :2].max(0)
    return ScoredBox(x0, y0, x1, y1, 0.9)


def talking(count: int, rng: np.random.Generator, least: float = 0.0) -> Iterator[Act]:
    """Yield a talking head: gaps between `least` and 0.08, a head that turns a little, a blink now and then."""
    for number in range(count):
        gap = least + (0.08 - least) * abs(np.sin(number / 3.0))
        head = (3 * np.sin(number / 20), 2 * np.cos(number / 15), 1.0)
        lids = (0.1, 0.1) if number % 37 == 5 else (1.0, 1.0)
        place = (80.0 + rng.normal(0, 0.05), 60.0)
        yield Act(gap=gap, head=head, lids=lids, place=place)


class MarkedTracker:
    """Sees faces by marks in their middles, in whatever part of a picture it is shown."""

    def __init__(self, acts: list[list[Act]]) -> None:
        self._acts = acts

    def detect_faces(self, rgb: Rgb) -> tuple[ScoredBox, ...]:
        return tuple(box_of(points) for _, points in self._seen(rgb))

    def follow_landmarks(self, rgb: Rgb) -> NDArray[np.float64] | None:
        return max(self._seen(rgb), key=lambda found: found[0], default=(0.0, None))[1]

    def forget(self) -> None:
        pass

    def _seen(self, rgb: Rgb) -> list[tuple[float, NDArray[np.float64]]]:
        found = []
        for y, x in np.argwhere((rgb[..., 2] == MARK) & (rgb[..., 0] >= FIRST)).tolist():
            act = self._acts[int(rgb[y, x, 1])][int(rgb[y, x, 0]) - FIRST]
            shift = np.array([x - round(act.place[0]), y - round(act.place[1]), 0.0])
            found.append((act.size_px, landmarks(act) + shift))
        return found


def marked(acts: list[list[Act]]) -> list[TimedPicture]:
    pictures = []
    for number, faces in enumerate(acts):
        rgb = np.zeros((*PICTURE_PX, 3), np.uint8)
        for index, act in enumerate(faces):
            rgb[round(act.place[1]), round(act.place[0])] = FIRST + index, number, MARK
        pictures.append(TimedPicture(number / 25, rgb))
    return pictures
