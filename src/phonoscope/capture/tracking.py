"""Following one face through a video."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from phonoscope.capture.landmarks import COUNT
from phonoscope.media.video_file import TimedPicture

BESIDE: Final = 0.45
"""What is seen around a face among others, in sizes of the face's box: all its movement in a frame, and no other
face."""

WINDOW: Final = 1.0
"""The same of the part of the picture that the tracker is shown, until the face comes to its edge."""

ROOMY: Final = 2.6
"""A part that is so many times larger than what is around the face is cut anew."""

SMALL: Final = 0.25
"""A face that is smaller than this, in widths of the picture, is not surely found in the whole of it."""

LEAP: Final = 0.8
"""A face that is this far from where it was, in sizes of its box, is another one."""

FORGET_S: Final = 1.5
"""After so long out of sight a face may come back anywhere."""

CUT_S: Final = 0.5
"""After so long without a frame a face is looked for anew."""

GREY: Final = 96
"""What hides other faces."""


Corners = NDArray[np.float64]
"""Left top and right bottom of a box, shape (2, 2)."""


class FoundBox(Protocol):
    """Where a face may be, in pixels."""

    @property
    def x0(self) -> float:
        """Left edge."""
        ...

    @property
    def y0(self) -> float:
        """Top edge."""
        ...

    @property
    def x1(self) -> float:
        """Right edge."""
        ...

    @property
    def y1(self) -> float:
        """Bottom edge."""
        ...


class FaceTracker(Protocol):
    """Something that follows a face from frame to frame. Pictures are uint8, shape (height, width, 3), RGB."""

    def detect_faces(self, rgb: NDArray[np.uint8]) -> Sequence[FoundBox]:
        """Return the boxes of human faces."""
        ...

    def follow_landmarks(self, rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
        """Return the 478 landmarks of the face that was seen in the last frame, or else of the clearest.

        float64, shape (478, 3), in pixels: x right, y down, z away; None where there is none.
        """
        ...

    def forget(self) -> None:
        """Take the next frame as the first of another video."""
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """Which face of a video is followed.

    Attributes
    ----------
    turns
        Quarter turns counter-clockwise that set the video upright.
    place
        Middle (x, y) and size of the face in the upright picture at the beginning, in widths of the picture.
    crowded
        There are other faces.
    """

    turns: int = 0
    place: tuple[float, float, float] = (0.5, 0.5, 1.0)
    crowded: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """What is seen of a face in a frame.

    Attributes
    ----------
    time_s
        When.
    landmarks_px
        float64, shape (478, 3), in pixels of the upright picture; None where the face is out of sight.
    """

    time_s: float
    landmarks_px: NDArray[np.float64] | None


def upright(rgb: NDArray[np.uint8], turns: int) -> NDArray[np.uint8]:
    """Return a picture after quarter turns counter-clockwise."""
    return np.ascontiguousarray(np.rot90(rgb, turns)) if turns % 4 else rgb


def follow_face(pictures: Iterable[TimedPicture], subject: Subject, tracker: FaceTracker) -> Iterator[Sighting]:
    """Follow a face through a video."""
    tracker.forget()
    follower = _Follower(subject, tracker) if subject.crowded or subject.place[2] < SMALL else None
    before_s = 0.0
    for picture in pictures:
        rgb = upright(picture.rgb, subject.turns)
        if picture.time_s - before_s > CUT_S:
            tracker.forget()
        before_s = picture.time_s
        found = follower.follow(picture.time_s, rgb) if follower else _plausible(tracker.follow_landmarks(rgb))
        yield Sighting(picture.time_s, found)


class _Follower:
    """Stays with one face among others, or with a small one: shows the tracker only what is around it."""

    def __init__(self, subject: Subject, tracker: FaceTracker) -> None:
        self._tracker = tracker
        self._subject = subject
        self._box: Corners | None = None
        self._window: NDArray[np.intp] | None = None
        self._seen_s = -np.inf

    def follow(self, time_s: float, rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
        """Return the landmarks of the face in the next frame."""
        last = self._box
        if last is not None and time_s - self._seen_s < FORGET_S:
            found = self._look(rgb, last)
            if found is not None and _away(_box_of(found), last) < LEAP:
                return self._keep(time_s, found)
        self._window = None
        box = self._search(time_s, rgb)
        found = None if box is None else self._look(rgb, box)
        return None if found is None else self._keep(time_s, found)

    def _keep(self, time_s: float, found: NDArray[np.float64]) -> NDArray[np.float64]:
        self._box, self._seen_s = _box_of(found), time_s
        return found

    def _look(self, rgb: NDArray[np.uint8], box: Corners) -> NDArray[np.float64] | None:
        """Return the landmarks of the face in or near a box."""
        around = _grown(box, BESIDE, rgb)
        window = self._window
        if window is None or (around[0] < window[0]).any() or (around[1] > window[1]).any() or _roomy(window, around):
            # To the tracker a face in another window is another one.
            self._tracker.forget()
            self._window = window = _grown(box, WINDOW, rgb)
        (x0, y0), (x1, y1) = window
        seen = rgb[y0:y1, x0:x1]
        if self._subject.crowded:
            (left, top), (right, bottom) = around - window[0]
            alone = np.full_like(seen, GREY)
            alone[top:bottom, left:right] = seen[top:bottom, left:right]
            seen = alone
        found = _plausible(self._tracker.follow_landmarks(np.ascontiguousarray(seen))) if seen.size else None
        return None if found is None else found + np.array([x0, y0, 0.0])

    def _search(self, time_s: float, rgb: NDArray[np.uint8]) -> Corners | None:
        """Return the box of the face that is meant among all that are seen."""
        boxes = [np.array([[face.x0, face.y0], [face.x1, face.y1]]) for face in self._tracker.detect_faces(rgb)]
        if not boxes:
            return None
        last = self._box
        if last is None:
            x, y, size = np.array(self._subject.place) * rgb.shape[1]
            last = np.array([[x - size / 2, y - size / 2], [x + size / 2, y + size / 2]])
        nearest = min(boxes, key=lambda box: _away(box, last))
        lost_s = time_s - self._seen_s
        return nearest if _away(nearest, last) < LEAP or lost_s > FORGET_S else None


def _plausible(found: NDArray[np.float64] | None) -> NDArray[np.float64] | None:
    return found if found is not None and found.shape == (COUNT, 3) and np.isfinite(found).all() else None


def _box_of(landmarks_px: NDArray[np.float64]) -> Corners:
    """Return the corners of the box around landmarks, shape (2, 2)."""
    return np.stack([landmarks_px[:, :2].min(0), landmarks_px[:, :2].max(0)])


def _away(box: Corners, other: Corners) -> float:
    """Return how far the middles of two boxes lie apart, in sizes of the other."""
    return float(np.linalg.norm(box.mean(0) - other.mean(0)) / max(np.ptp(other, axis=0).max(), 1.0))


def _grown(box: Corners, share: float, rgb: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return a box with so much of its size more on all sides, inside the picture, in whole pixels."""
    reach = share * (box[1] - box[0])
    most = np.array([rgb.shape[1], rgb.shape[0]])
    grown = np.stack([np.floor(box[0] - reach).clip(0, most), np.ceil(box[1] + reach).clip(0, most)])
    return np.asarray(grown, np.intp)


def _roomy(window: NDArray[np.intp], around: NDArray[np.intp]) -> bool:
    """Return whether a face has become small in its window."""
    return bool(np.ptp(window, axis=0).max() > ROOMY * np.ptp(around, axis=0).max())
