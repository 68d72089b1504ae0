from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo import PhotoAvatar
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import FACE_OVAL
from phonoscope.avatars.photo.photometry import estimate_blur_px, is_flat, measure_photometry, with_chroma
from phonoscope.core.frames import Picture


@pytest.fixture(scope="module")
def frame(avatar: PhotoAvatar) -> FaceFrame:
    return avatar.rigs[0].frame


def _coloured(portrait: Picture, gain: tuple[float, float, float]) -> NDArray[np.uint8]:
    return np.asarray(np.clip(portrait.rgb * np.array(gain), 0, 255), np.uint8)


def test_colours_are_plausible(portrait: Picture, frame: FaceFrame) -> None:
    looks = measure_photometry(portrait.rgb, frame)
    assert looks.skin[0] > looks.skin[1] > looks.skin[2]
    assert looks.lip[0] / looks.lip[1] > looks.skin[0] / looks.skin[1]
    assert looks.cavity.mean() < 0.3 * looks.skin.mean()
    # Off-white: less coloured than skin, and neither dark nor glaring beside it.
    assert np.ptp(looks.tooth) / looks.tooth.mean() < np.ptp(looks.skin) / looks.skin.mean()
    assert 0.85 < looks.tooth.mean() / looks.skin.mean() < 1.3
    assert looks.chroma == 1
    assert not looks.flat


def test_dark_photos_have_dark_teeth(portrait: Picture, frame: FaceFrame) -> None:
    bright = measure_photometry(portrait.rgb, frame)
    dark = measure_photometry(_coloured(portrait, (0.4, 0.4, 0.4)), frame)
    assert dark.tooth.mean() < 0.6 * bright.tooth.mean()


def test_grey_photos_have_grey_teeth(portrait: Picture, frame: FaceFrame) -> None:
    grey = cv2.cvtColor(cv2.cvtColor(portrait.rgb, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB).astype(np.uint8)
    looks = measure_photometry(grey, frame)
    assert looks.chroma == 0
    assert np.ptp(looks.tooth) < 4
    assert np.ptp(looks.cavity) < 1e-6


def test_photographed_teeth_set_their_own_colour(portrait: Picture, frame: FaceFrame) -> None:
    teeth = np.tile(np.array([200, 190, 150], np.uint8), (200, 1))
    teeth[:100] //= 3
    looks = measure_photometry(portrait.rgb, frame, teeth)
    np.testing.assert_allclose(looks.tooth, [200, 190, 150], atol=3)
    cavity = np.full((200, 3), 20, np.uint8)
    assert measure_photometry(portrait.rgb, frame, cavity).tooth.mean() > 100


def test_what_is_redder_than_skin_is_no_tooth(portrait: Picture, frame: FaceFrame) -> None:
    gums = np.tile(np.array([220, 130, 130], np.uint8), (200, 1))
    np.testing.assert_allclose(
        measure_photometry(portrait.rgb, frame, gums).tooth, measure_photometry(portrait.rgb, frame).tooth
    )


def test_drawn_parts_of_small_faces_are_hardly_blurred(portrait: Picture, frame: FaceFrame) -> None:
    soft = np.asarray(cv2.GaussianBlur(portrait.rgb, (0, 0), 4.0), np.uint8)
    assert measure_photometry(soft, frame).blur_px <= 0.0066 * frame.height_px


def test_blur_is_measured_in_pixels(portrait: Picture, frame: FaceFrame) -> None:
    estimates = [
        estimate_blur_px(np.asarray(cv2.GaussianBlur(portrait.rgb, (0, 0), sigma), np.uint8), frame)
        for sigma in (0.3, 1.5, 3.0)
    ]
    assert estimates == sorted(estimates)
    assert estimates[0] < estimates[-1]


def test_grain_is_measured_in_grey_levels(portrait: Picture, frame: FaceFrame) -> None:
    noise = np.random.default_rng(0).normal(0, 8, portrait.rgb.shape[:2])[..., None]
    noisy = np.clip(portrait.rgb + noise, 0, 255).astype(np.uint8)
    assert measure_photometry(noisy, frame).grain == pytest.approx(8, rel=0.35)
    assert measure_photometry(portrait.rgb, frame).grain < 3


def test_light_from_one_side_is_noticed(portrait: Picture, frame: FaceFrame) -> None:
    ramp = np.linspace(0.3, 1.0, portrait.rgb.shape[1])[None, :, None]
    lit_right = (portrait.rgb * ramp).astype(np.uint8)
    lit_left = (portrait.rgb * ramp[:, ::-1]).astype(np.uint8)
    right, left = (measure_photometry(rgb, frame).light for rgb in (lit_right, lit_left))
    assert right[0] > left[0] + 0.1
    for light in (right, left):
        assert np.linalg.norm(light) == pytest.approx(1)
        assert light[1] <= 0


def test_only_drawings_are_flat(portrait: Picture, frame: FaceFrame) -> None:
    drawing = portrait.rgb.copy()
    outline = np.round(frame.landmarks_px[list(FACE_OVAL), :2]).astype(np.int32)
    cv2.fillPoly(drawing, [outline], (240, 200, 180))
    for x, y in frame.landmarks_px[[33, 263, 13, 6], :2]:
        cv2.circle(drawing, (int(x), int(y)), 6, (40, 20, 20), -1)
    assert is_flat(drawing, frame)
    assert not is_flat(portrait.rgb, frame)
    assert measure_photometry(portrait.rgb, frame, flat=True).flat


def test_faces_at_the_border_are_measured(portrait: Picture, frame: FaceFrame) -> None:
    left, top = np.floor(frame.landmarks_px[list(FACE_OVAL), :2].mean(0)).astype(int)
    shifted = frame.landmarks_px - np.array([left, top, 0])
    cut = np.ascontiguousarray(portrait.rgb[top:, left:])
    moved = FaceFrame(shifted, frame.points, frame.rotation, frame.origin_px - (left, top, 0), frame.height_px)
    looks = measure_photometry(cut, moved)
    assert np.isfinite(looks.tooth).all()
    assert np.isfinite(looks.grain)


def test_chroma_fades_to_grey() -> None:
    colour = np.array([200.0, 100.0, 60.0])
    np.testing.assert_allclose(with_chroma(colour, 1), colour)
    np.testing.assert_allclose(with_chroma(colour, 0), [120, 120, 120])
