"""Faces that are tilted, sideways, grey, grainy, tiny or huge; and landmarks that must not be believed."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from tests.avatars.photo.faces import BoxFinder

from phonoscope.avatars.photo import PhotoAvatar, choose_face, find_faces
from phonoscope.avatars.photo.finding.faces import Face
from phonoscope.avatars.photo.finding.finder import ScoredBox
from phonoscope.avatars.photo.finding.landmarking import SURE_SPREAD, smooth_grain
from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder
from phonoscope.avatars.photo.finding.second_look import DOUBTFUL_SPREAD, LOOK_PX, is_seen_again
from phonoscope.core.errors import PhotoError
from phonoscope.core.frames import Picture

Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def face(portrait: Picture) -> Face:
    (found,) = find_faces(portrait)
    return found


def error(rgb: Pixels, face: Face, matrix: NDArray[np.float64]) -> float:
    """Return the mean distance of the landmarks from where they must be after an affine change, in face heights."""
    (found,) = find_faces(Picture(np.ascontiguousarray(rgb)))
    assert found.is_sure
    wanted = face.landmarks_px[:468, :2] @ matrix[:, :2].T + matrix[:, 2]
    size = np.linalg.norm(wanted[10] - wanted[152])
    return float(np.linalg.norm(found.landmarks_px[:468, :2] - wanted, axis=1).mean() / size)


@pytest.mark.parametrize("turn_deg", [-45, -30, 30, 45, 90])
def test_tilted_heads(portrait: Picture, face: Face, turn_deg: float) -> None:
    matrix = cv2.getRotationMatrix2D((255.5, 255.5), -turn_deg, 0.7)
    turned = cv2.warpAffine(portrait.rgb, matrix, (512, 512), borderMode=cv2.BORDER_REPLICATE)
    assert error(np.asarray(turned, np.uint8), face, np.asarray(matrix)) < 0.008
    (found,) = find_faces(Picture(np.asarray(turned, np.uint8)))
    assert found.roll_deg == pytest.approx(face.roll_deg + turn_deg, abs=2)


@pytest.mark.parametrize(("size_px", "limit"), [(45, 0.015), (60, 0.01), (100, 0.006), (200, 0.004), (1500, 0.005)])
def test_small_and_large_faces(portrait: Picture, face: Face, size_px: float, limit: float) -> None:
    side = round(512 * size_px / face.size_px)
    way = cv2.INTER_AREA if side < 512 else cv2.INTER_CUBIC
    scale = side / 512
    matrix = np.array([[scale, 0, (scale - 1) / 2], [0, scale, (scale - 1) / 2]])
    assert error(np.asarray(cv2.resize(portrait.rgb, (side, side), interpolation=way), np.uint8), face, matrix) < limit


def test_grey_and_grain(portrait: Picture, face: Face, rng: np.random.Generator) -> None:
    still = np.array([[1.0, 0, 0], [0, 1.0, 0]])
    grey = np.repeat(cv2.cvtColor(portrait.rgb, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)
    assert error(grey.astype(np.uint8), face, still) < 0.008
    grain = cv2.GaussianBlur(rng.normal(0, 1, (512, 512)).astype(np.float32), (0, 0), 0.8)
    grainy = np.clip(grey + 18 * (grain / grain.std())[..., None], 0, 255).astype(np.uint8)
    assert error(grainy, face, still) < 0.02


def test_clean_crops_stay_as_they_are(portrait: Picture, rng: np.random.Generator) -> None:
    assert smooth_grain(portrait.rgb) is portrait.rgb
    noisy = np.clip(portrait.rgb + rng.normal(0, 25, portrait.rgb.shape), 0, 255).astype(np.uint8)
    calmed = smooth_grain(noisy)
    inner = (slice(150, 350), slice(150, 350))
    apart = [float(np.abs(rgb[inner].astype(float) - portrait.rgb[inner]).mean()) for rgb in (noisy, calmed)]
    assert apart[1] < 0.5 * apart[0]


def _bright_square() -> Picture:
    rgb = np.zeros((400, 400, 3), np.uint8)
    rgb[100:250, 100:250] = 255
    return Picture(rgb)


class Wavering(BoxFinder):
    """Gives other landmarks for every crop, as a network does on an animal."""

    wave = 0.03

    def find_landmarks(self, rgb: Pixels) -> NDArray[np.float64] | None:
        points = super().find_landmarks(rgb)
        if points is None:
            return None
        self.looks = getattr(self, "looks", 0) + 1
        size = np.linalg.norm(points[10] - points[152])
        return np.asarray(points + np.random.default_rng(self.looks).normal(0, self.wave * size, points.shape))


def test_landmarks_that_waver_are_refused_with_a_way_out(avatar: PhotoAvatar) -> None:
    model = avatar.rigs[0].face.landmarks_px
    (face,) = find_faces(_bright_square(), BoxFinder(model))
    assert face.is_sure
    (unsure,) = find_faces(_bright_square(), Wavering(model))
    assert unsure.spread > SURE_SPREAD
    with pytest.raises(PhotoError, match="could not be placed surely") as caught:
        choose_face((unsure,))
    assert "phonoscope mark" in caught.value.remedy
    assert choose_face((replace(unsure, is_marked=True),)).is_marked


class SeenOnce(Wavering):
    """Sees the face in the whole picture, and in no closer look; its landmarks waver a little."""

    wave = 0.006

    def detect_faces(self, rgb: Pixels) -> tuple[ScoredBox, ...]:
        return () if rgb.shape[0] == LOOK_PX else super().detect_faces(rgb)


class SeenAgain(SeenOnce):
    """Sees it there too."""

    def detect_faces(self, rgb: Pixels) -> tuple[ScoredBox, ...]:
        middle, half = 0.5 * LOOK_PX, 0.2 * LOOK_PX
        again = ScoredBox(middle - half, middle - half, middle + half, middle + half, 0.7)
        return (again,) if rgb.shape[0] == LOOK_PX else super().detect_faces(rgb)


def test_a_wavering_face_must_be_seen_again(avatar: PhotoAvatar) -> None:
    model = avatar.rigs[0].face.landmarks_px
    (face,) = find_faces(_bright_square(), SeenAgain(model))
    assert DOUBTFUL_SPREAD < face.spread < SURE_SPREAD
    assert find_faces(_bright_square(), SeenOnce(model)) == ()


@pytest.mark.parametrize("side_px", [80, 256, 512])
@pytest.mark.parametrize("turn_deg", [0, 90])
def test_a_person_is_seen_again(portrait: Picture, face: Face, side_px: int, turn_deg: int) -> None:
    scale = side_px / 512
    rgb = np.asarray(cv2.resize(portrait.rgb, (side_px, side_px), interpolation=cv2.INTER_AREA), np.uint8)
    points = face.landmarks_px * scale
    if turn_deg:
        rgb = np.ascontiguousarray(np.rot90(rgb, -1))
        points = np.column_stack([side_px - 1 - points[:, 1], points[:, 0], points[:, 2]])
    assert is_seen_again(rgb, points, mediapipe_finder())


def test_a_cat_with_a_mesh_on_it_is_not(cat: Picture, face: Face) -> None:
    height, width = cat.rgb.shape[:2]
    low, high = face.landmarks_px[:, :2].min(0), face.landmarks_px[:, :2].max(0)
    points = face.landmarks_px.copy()
    points[:, :2] = (points[:, :2] - low) / (high - low) * 0.5 * min(height, width) + 0.25 * np.array([width, height])
    assert not is_seen_again(cat.rgb, points, mediapipe_finder())


def test_a_sure_face_speaks_before_a_larger_unsure_one(face: Face) -> None:
    larger = replace(face, size_px=2 * face.size_px, spread=2 * SURE_SPREAD)
    assert choose_face((larger, face)) is face
    with pytest.raises(PhotoError, match="face 1"):
        choose_face((larger, face), 1)


def test_a_lopsided_face_is_no_face(avatar: PhotoAvatar) -> None:
    lopsided = avatar.rigs[0].face.landmarks_px.copy()
    lopsided[[33, 61, 133, 78, 50, 105], 1] += 0.15 * avatar.rigs[0].face.size_px
    assert find_faces(_bright_square(), BoxFinder(lopsided)) == ()
