from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.capture.acted import Act, FakeTracker, MarkedTracker, film, landmarks, marked

from phonoscope.capture import Subject, follow_face
from phonoscope.capture.tracking import Sighting
from phonoscope.media.video_file import TimedPicture

Rgb = NDArray[np.uint8]


def middles(sightings: list[Sighting]) -> list[float | None]:
    return [None if s.landmarks_px is None else float(s.landmarks_px[:, 0].mean()) for s in sightings]


def test_a_face_is_followed_and_missed() -> None:
    acts = [[Act()], [], [Act(place=(90.0, 60.0))]]
    seen = list(follow_face(film(3), Subject(), FakeTracker(acts)))
    assert [s.time_s for s in seen] == [0, 0.04, 0.08]
    found = middles(seen)
    assert found[1] is None
    assert found[0] is not None
    assert found[2] is not None
    assert abs(found[2] - found[0] - 10) < 1


def test_a_turned_video_is_turned_back() -> None:
    pictures = [TimedPicture(p.time_s, np.rot90(p.rgb, 1)) for p in film(4)]
    tracker = FakeTracker([[Act()]] * 4)
    assert None not in middles(list(follow_face(pictures, Subject(turns=3), tracker)))
    assert None in middles(list(follow_face(pictures, Subject(), tracker)))


def test_a_cut_is_looked_at_anew() -> None:
    pictures = film(4)
    late = [*pictures[:2], *(TimedPicture(p.time_s + 3, p.rgb) for p in pictures[2:])]
    tracker = FakeTracker([[Act()]] * 4)
    list(follow_face(late, Subject(), tracker))
    assert tracker.forgot == 2


def test_it_stays_with_its_face_though_another_is_larger() -> None:
    own = [Act(place=(45.0 + 0.4 * n, 60.0), size_px=34.0) for n in range(40)]
    other = [Act(place=(122.0 - 0.1 * n, 60.0), size_px=44.0) for n in range(40)]
    acts = [[a, b] for a, b in zip(own, other, strict=True)]
    seen = middles(
        list(follow_face(marked(acts), Subject(0, (45 / 160, 60 / 160, 34 / 160), True), MarkedTracker(acts)))
    )
    expected = [float(landmarks(act)[:, 0].mean()) for act in own]
    assert [place or 0 for place in seen] == pytest.approx(expected, abs=1.0)


def test_while_its_face_is_hidden_it_takes_no_other() -> None:
    own, other = Act(place=(45.0, 60.0), size_px=34.0), Act(place=(120.0, 60.0), size_px=44.0)
    acts = [[own, other]] * 5 + [[other, other]] * 10 + [[own, other]] * 5
    seen = middles(
        list(follow_face(marked(acts), Subject(0, (45 / 160, 60 / 160, 34 / 160), True), MarkedTracker(acts)))
    )
    assert None not in seen[:5]
    assert seen[5:15] == [None] * 10
    assert None not in seen[15:]


def test_a_small_face_is_looked_at_from_near() -> None:
    acts = [[Act(place=(30.0 + n, 50.0), size_px=18.0)] for n in range(40)]
    shown: list[tuple[int, ...]] = []

    class Watched(MarkedTracker):
        def follow_landmarks(self, rgb: Rgb) -> NDArray[np.float64] | None:
            shown.append(rgb.shape)
            return super().follow_landmarks(rgb)

    seen = middles(list(follow_face(marked(acts), Subject(0, (30 / 160, 50 / 160, 18 / 160)), Watched(acts))))
    expected = [float(landmarks(faces[0])[:, 0].mean()) for faces in acts]
    assert [place or 0 for place in seen] == pytest.approx(expected, abs=1.0)
    assert max(width for _, width, _ in shown) < 80


def test_what_is_no_face_is_no_face() -> None:
    class Broken(FakeTracker):
        def follow_landmarks(self, rgb: Rgb) -> NDArray[np.float64] | None:
            return np.full((478, 3), np.nan)

    assert middles(list(follow_face(film(2), Subject(), Broken([[Act()]] * 2)))) == [None, None]
