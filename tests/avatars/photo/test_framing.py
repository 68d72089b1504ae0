from __future__ import annotations

import cv2
import numpy as np
import pytest

from phonoscope.avatars.photo import find_faces
from phonoscope.avatars.photo.finding.faces import Face
from phonoscope.avatars.photo.finding.framing import FrameOptions, cut_picture, frame_faces
from phonoscope.core.errors import UsageError
from phonoscope.core.frames import Picture

EYES = [33, 133, 362, 263]


@pytest.fixture(scope="module")
def face(astronaut: Picture) -> Face:
    (found,) = find_faces(astronaut)
    return found


@pytest.fixture(scope="module")
def tilted(astronaut: Picture) -> tuple[Picture, Face]:
    """The astronaut leaning by 25 degrees."""
    matrix = cv2.getRotationMatrix2D((255.5, 255.5), -25, 0.8)
    turned = cv2.warpAffine(astronaut.rgb, matrix, (512, 512), borderMode=cv2.BORDER_REPLICATE)
    picture = Picture(np.asarray(turned, np.uint8))
    (found,) = find_faces(picture)
    return picture, found


@pytest.mark.parametrize("aspect", [1.0, 9 / 16, 4 / 5, 16 / 9])
def test_the_eyes_lie_on_the_upper_third(astronaut: Picture, face: Face, aspect: float) -> None:
    framing = frame_faces(astronaut.size_px, (face,), FrameOptions(aspect))
    width, height = framing.size_px
    assert width / height == pytest.approx(aspect, abs=2.5 / height)
    x, y = framing.place(face.landmarks_px)[EYES, :2].mean(0)
    assert x == pytest.approx(width / 2, abs=0.06 * width)
    assert y == pytest.approx(height / 3, abs=0.06 * height)


def test_only_cutting_keeps_every_pixel(astronaut: Picture, face: Face) -> None:
    framing = frame_faces(astronaut.size_px, (face,), FrameOptions(straighten=False))
    cut = cut_picture(astronaut, framing)
    x, y = (-framing.matrix[:, 2]).astype(int)
    width, height = framing.size_px
    assert np.array_equal(cut.rgb, astronaut.rgb[y : y + height, x : x + width])
    assert cut.size_px == framing.size_px


def test_a_tilted_head_is_straightened(tilted: tuple[Picture, Face]) -> None:
    picture, face = tilted
    assert abs(face.roll_deg) > 20
    framing = frame_faces(picture.size_px, (face,))
    assert framing.remaining_roll_deg == pytest.approx(0, abs=1e-6)
    (again,) = find_faces(cut_picture(picture, framing))
    assert abs(again.roll_deg) < 2
    moved = framing.place_face(face)
    apart = np.linalg.norm(moved.landmarks_px[:468, :2] - again.landmarks_px[:468, :2], axis=1)
    assert apart.mean() < 0.012 * moved.size_px
    assert moved.box.x0 == pytest.approx(again.box.x0, abs=4)
    unturned = frame_faces(picture.size_px, (face,), FrameOptions(straighten=False))
    assert unturned.turned_deg == 0


@pytest.mark.parametrize("turn_deg", [-45, -20, 0, 33, 45])
@pytest.mark.parametrize("aspect", [0.5, 1.0, 2.0])
def test_nothing_is_invented_past_the_edges(tilted: tuple[Picture, Face], turn_deg: float, aspect: float) -> None:
    picture, face = tilted
    matrix = cv2.getRotationMatrix2D((255.5, 255.5), turn_deg, 1.0)
    points = face.landmarks_px.copy()
    points[:, :2] = points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    leaning = Face(face.box, points, face.size_px, 0, 0, face.roll_deg - turn_deg, 1)
    framing = frame_faces(picture.size_px, (leaning,), FrameOptions(aspect))
    width, height = framing.size_px
    corners = np.array([[0, 0], [width - 1, 0], [0, height - 1], [width - 1, height - 1]], float)
    back = (corners - framing.matrix[:, 2]) @ np.linalg.inv(framing.matrix[:, :2]).T
    assert back.min() > -1.5
    assert back.max() < 512.5


def test_sizes_and_scale(astronaut: Picture, face: Face) -> None:
    framing = frame_faces(astronaut.size_px, (face,), FrameOptions(size_px=(640, 800)))
    cut = cut_picture(astronaut, framing)
    assert cut.size_px == (640, 800)
    assert framing.place_face(face).size_px == pytest.approx(face.size_px * framing.scale, rel=1e-6)
    small = frame_faces(astronaut.size_px, (face,), FrameOptions(size_px=(64, 64), straighten=False))
    plain = cut_picture(astronaut, frame_faces(astronaut.size_px, (face,), FrameOptions(straighten=False))).rgb
    wanted = cv2.resize(plain, (64, 64), interpolation=cv2.INTER_AREA).astype(float)
    apart = np.abs(cut_picture(astronaut, small).rgb.astype(float) - wanted).mean()
    assert apart < 6


def test_transparency_is_cut_too(astronaut: Picture, face: Face) -> None:
    alpha = np.zeros((512, 512), np.uint8)
    alpha[:, 256:] = 255
    cut = cut_picture(Picture(astronaut.rgb, alpha), frame_faces(astronaut.size_px, (face,)))
    assert cut.alpha is not None
    assert cut.alpha.shape == cut.rgb.shape[:2]
    assert {0, 255} <= set(np.unique(cut.alpha).tolist())


def test_several_faces_share_a_frame(astronaut: Picture, face: Face) -> None:
    canvas = np.concatenate([astronaut.rgb, astronaut.rgb], 1)
    faces = find_faces(Picture(canvas))
    assert len(faces) == 2
    framing = frame_faces((1024, 512), faces, FrameOptions(16 / 9))
    for one in faces:
        eyes = framing.place(one.landmarks_px)[EYES, :2]
        assert ((eyes > 0) & (eyes < framing.size_px)).all()
    with pytest.raises(UsageError, match="do not fit"):
        frame_faces((1024, 512), faces, FrameOptions(0.4))


@pytest.mark.parametrize(
    "options",
    [{"aspect": 0.0}, {"aspect": 9.0}, {"aspect": float("nan")}, {"size_px": (8, 8)}, {"size_px": (99999, 99999)}],
)
def test_impossible_frames_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="out of range"):
        FrameOptions(**options)  # type: ignore[arg-type]
