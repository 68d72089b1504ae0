"""Videos of several faces, of part of a photo, of a marked one, and before other backgrounds."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from phonoscope import ActingChoices, Role, VideoChoices, make_video
from phonoscope.avatars.photo import find_faces
from phonoscope.avatars.photo.marks import write_rig
from phonoscope.avatars.photo.marks.guessing import marks_from_face
from phonoscope.core.errors import UsageError
from phonoscope.core.events import Event, Note
from phonoscope.core.frames import Picture
from phonoscope.media.pictures import scale_picture
from phonoscope.media.reader import read_frames

FPS = Fraction(10)
LEFT_MOUTH, RIGHT_MOUTH = ((slice(66, 84), slice(x + 100, x + 126)) for x in (0, 256))
LEFT_EYES, RIGHT_EYES = ((slice(46, 58), slice(x + 94, x + 132)) for x in (0, 256))
STILL = ActingChoices(style="still")
TALK = "ANN: My mother made marmalade.\nBOB: Papa, papa, papa."


@pytest.fixture(scope="module")
def pair(astronaut: Picture) -> Picture:
    """Two faces of 55 pixels, side by side in 512x256."""
    one = scale_picture(astronaut, (256, 256)).rgb
    return Picture(np.concatenate([one, one], axis=1))


def frames_of(path: Path) -> NDArray[np.int64]:
    return np.stack(list(read_frames(path))).astype(np.int64)


def liveliness(frames: NDArray[np.int64], part: tuple[slice, slice]) -> float:
    """Return how much a part of the picture changes, as a mean over it of the range over time."""
    return float(np.ptp(frames[(slice(None), *part)], axis=0).mean())


def jaw(path: Path) -> NDArray[np.float64]:
    with path.open(newline="") as file:
        return np.array([float(row["JawOpen"]) for row in csv.DictReader(file)])


def notes(events: list[Event]) -> str:
    return " ".join(event.message for event in events if isinstance(event, Note))


def test_in_a_dialogue_everybody_speaks_their_own_lines_only(pair: Picture, tmp_path: Path) -> None:
    events: list[Event] = []
    choices = VideoChoices(fps=FPS, size="512x256", acting=STILL, sidecars=frozenset({"arkit", "srt"}))
    video = make_video(pair, TALK, tmp_path / "a.mp4", choices, events.append)
    assert "ANN is face 1, BOB is face 2" in notes(events)
    ann, bob = jaw(tmp_path / "a.ANN.arkit.csv"), jaw(tmp_path / "a.BOB.arkit.csv")
    assert len(ann) == len(bob) == video.frames
    assert min(ann.max(), bob.max()) > 0.1
    last, first = int(np.flatnonzero(ann > 0.1)[-1]), int(np.flatnonzero(bob > 0.1)[0])
    assert last < first, "one after the other"
    frames = frames_of(tmp_path / "a.mp4")
    turns = frames[: last + 1], frames[last + 1 :]
    assert liveliness(turns[0], LEFT_MOUTH) > 1.5 * liveliness(turns[0], RIGHT_MOUTH)
    assert liveliness(turns[1], RIGHT_MOUTH) > 1.5 * liveliness(turns[1], LEFT_MOUTH)
    assert "ANN: My mother" in (tmp_path / "a.srt").read_text()


def test_a_cast_decides_who_speaks(pair: Picture, tmp_path: Path) -> None:
    roles = (Role("ann", (370, 60), "british-female"), Role("BOB", "off"))
    choices = VideoChoices(fps=FPS, size="512x256", acting=STILL, roles=roles, sidecars=frozenset({"arkit"}))
    video = make_video(pair, TALK, tmp_path / "a.mp4", choices)
    assert [path.name for path in video.sidecars] == ["a.ann.arkit.csv"]
    frames = frames_of(tmp_path / "a.mp4")
    assert liveliness(frames, RIGHT_MOUTH) > 1.5 * liveliness(frames, LEFT_MOUTH)


def test_who_does_not_fit_the_photo_is_refused(pair: Picture, tmp_path: Path) -> None:
    for choices, complaint in (
        (VideoChoices(face=2), "2 speakers"),
        (VideoChoices(roles=(Role("ANN", 3),)), "no face 3"),
        (VideoChoices(roles=(Role("CARL", 1),)), "'CARL'"),
    ):
        with pytest.raises(UsageError, match=complaint):
            make_video(pair, TALK, tmp_path / "a.mp4", choices)
    assert not list(tmp_path.iterdir())


def test_others_listen_when_they_are_asked_to(pair: Picture, tmp_path: Path) -> None:
    moved = []
    for listeners in (False, True):
        choices = VideoChoices(
            fps=FPS, size="512x256", face=1, acting=ActingChoices(style="lively", listeners=listeners), overwrite=True
        )
        make_video(pair, "Good morning, everybody out there.", tmp_path / "a.mp4", choices)
        frames = frames_of(tmp_path / "a.mp4")
        assert liveliness(frames, LEFT_MOUTH) > 30
        moved.append(liveliness(frames, RIGHT_EYES))
    assert moved[0] < 4 < moved[1]


def test_a_frame_shows_head_and_shoulders(astronaut: Picture, tmp_path: Path) -> None:
    choices = VideoChoices(fps=FPS, frame=True, size="192x256", fit="pad")
    make_video(astronaut, "Map.", tmp_path / "a.mp4", choices)
    (face,) = find_faces(Picture(np.ascontiguousarray(next(read_frames(tmp_path / "a.mp4")))))
    middle = 0.5 * (face.box.x0 + face.box.x1)
    assert middle == pytest.approx(96, abs=8)
    assert face.size_px > 80, "larger than in the whole photo, where it has 55 of 256"
    assert abs(face.roll_deg) < 2.5
    rim = frames_of(tmp_path / "a.mp4")[0][[0, -1]]
    assert rim.mean((1, 2)).min() > 30, "without bars"


def test_a_frame_holds_who_speaks_and_leaves_out_listeners(pair: Picture, tmp_path: Path) -> None:
    listening = ActingChoices(listeners=True)
    alone = make_video(pair, "Map.", tmp_path / "a.mp4", VideoChoices(fps=FPS, frame=True, face=2, acting=listening))
    assert alone.size_px[0] == alone.size_px[1]
    both = make_video(pair, TALK, tmp_path / "b.mp4", VideoChoices(fps=FPS, frame=True))
    assert both.size_px[0] > 1.3 * both.size_px[1], "wide enough for two"
    assert len(find_faces(Picture(np.ascontiguousarray(next(read_frames(tmp_path / "b.mp4")))))) == 2


def test_marks_beside_a_photo_are_taken(pair: Picture, tmp_path: Path) -> None:
    photo = tmp_path / "pair.png"
    Image.fromarray(pair.rgb).save(photo)
    right = marks_from_face(find_faces(pair)[1])
    write_rig(tmp_path / "pair.rig.json", (right,), pair.size_px)
    events: list[Event] = []
    make_video(photo, "Mama.", tmp_path / "a.mp4", VideoChoices(fps=FPS, size="512x256"), events.append)
    assert "pair.rig.json" in notes(events)
    frames = frames_of(tmp_path / "a.mp4")
    assert liveliness(frames, RIGHT_MOUTH) > 3 * liveliness(frames, LEFT_MOUTH)


def test_another_background_stands_behind_everybody(pair: Picture, tmp_path: Path) -> None:
    choices = VideoChoices(fps=FPS, size="512x256", background="#2040c0")
    make_video(pair, TALK, tmp_path / "a.mp4", choices)
    frames = frames_of(tmp_path / "a.mp4")
    assert np.abs(frames[:, 4:20, 8:60] - (0x20, 0x40, 0xC0)).max() < 12
    assert liveliness(frames, LEFT_MOUTH) > 20
    assert np.abs(frames[0][LEFT_MOUTH] - pair.rgb[LEFT_MOUTH]).mean() < 8, "the face keeps its colours"
