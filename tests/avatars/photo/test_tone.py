from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo import PhotoAvatar, rig_photo
from phonoscope.avatars.photo.mouth.lip_red import reshape_red
from phonoscope.avatars.photo.tone import measure_tint, tinted
from phonoscope.core.frames import Picture
from phonoscope.core.performance import pose

SEPIA = np.array([255, 222, 176])


@pytest.fixture(scope="module")
def sepia(portrait: Picture) -> NDArray[np.uint8]:
    grey = cv2.cvtColor(portrait.rgb, cv2.COLOR_RGB2GRAY)[..., None] / 255
    return np.asarray(grey**0.95 * SEPIA, np.uint8)


def test_a_colour_picture_has_no_one_tone(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    assert measure_tint(rig.picture.rgb, rig.frame, np.array([190.0, 110.0, 110.0])) is None


def test_a_sepia_print_is_known_by_its_tone(avatar: PhotoAvatar, sepia: NDArray[np.uint8]) -> None:
    tint = measure_tint(sepia, avatar.rigs[0].frame, np.array([150.0, 131.0, 104.0]))
    assert tint is not None
    assert tint.shape == (256, 3)
    assert tint[0].max() < 3
    middle = tinted(np.array([[140.0, 140.0, 140.0]]), tint)[0]
    np.testing.assert_allclose(middle / middle[0], SEPIA / 255, atol=0.06)
    np.testing.assert_array_equal(tinted(np.array([1.0, 2.0, 3.0]), None), [1, 2, 3])


def test_nothing_pink_is_drawn_into_a_sepia_print(sepia: NDArray[np.uint8]) -> None:
    wide = rig_photo(Picture(sepia)).draw(pose(lipGap=0.08, jawOpen=0.8, tongueUp=0.9))[..., :3].astype(float)
    bright = wide.sum(-1) > 120
    red_over_green = (wide[..., 0] + 1) / (wide[..., 1] + 1)
    assert np.percentile(red_over_green[bright], 99.9) < 1.35


def test_gaping_lips_get_a_closed_shape(avatar: PhotoAvatar) -> None:
    """Red far out at the sides of a box goes, and red appears along the lip line."""
    rig, box = avatar.rigs[0], avatar.rigs[0].mouth_box
    x = rig.lips.x
    gap = 0.2 * (1 - np.abs(x) ** 6)
    shout = replace(rig.lips, gap=gap, opening=0.2, lower=rig.lips.upper + gap)
    below = box.upper_height - np.interp(box.x, x, gap).astype(np.float32)
    moved = replace(box, lower_height=below, lower_distance_px=below * rig.frame.height_px)
    skin, lip = np.array([200.0, 160.0, 140.0]), np.array([190.0, 90.0, 90.0])
    on_lip = (below > -0.01) & (below < 0.07) & (np.abs(box.x) < 0.95)
    colour = np.where(on_lip[..., None], lip, skin).astype(np.float32)
    shaped = reshape_red(colour, shout, moved, rig.frame.height_px)
    side = (np.abs(np.abs(box.x) - 0.85) < 0.05) & (below > 0.05) & (below < 0.065)
    middle = (np.abs(box.x) < 0.1) & (below > 0.005) & (below < 0.03)
    assert shaped[side][:, 1].mean() > colour[side][:, 1].mean() + 20
    np.testing.assert_allclose(shaped[middle].mean(0), lip, atol=8)
    np.testing.assert_array_equal(reshape_red(colour, rig.lips, box, rig.frame.height_px), colour)
