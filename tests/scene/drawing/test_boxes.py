"""Shapes, mirrors and shadows."""

from __future__ import annotations

import numpy as np
import pytest

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.drawing.mirror import Mirror
from phonoscope.scene.drawing.pictured import PictureLayer
from phonoscope.scene.drawing.shadows import ShadowLayer, shadow_of
from phonoscope.scene.drawing.shapes import even, grown, rounded, tinted


def test_a_circle_has_the_area_of_a_circle() -> None:
    circle = rounded(Box(10, 10, 110, 110), 50, Box(0, 0, 120, 120))
    assert circle.sum() == pytest.approx(np.pi * 50**2, rel=0.002)
    np.testing.assert_array_equal(circle, circle.T)
    np.testing.assert_array_equal(circle, circle[::-1])
    assert 0 < circle[10, 54] < 1


def test_a_rectangle_without_radius_is_sharp() -> None:
    sharp = rounded(Box(4, 6, 20, 30), 0, Box(0, 0, 40, 40))
    assert set(sharp.ravel()) == {0, 1}
    assert sharp.sum() == 16 * 24
    assert sharp[6, 4] == sharp[29, 19] == 1


def test_a_radius_is_never_more_than_there_is_room_for() -> None:
    np.testing.assert_array_equal(
        rounded(Box(0, 0, 40, 20), 10, Box(0, 0, 40, 20)), rounded(Box(0, 0, 40, 20), 500, Box(0, 0, 40, 20))
    )


def test_boxes_grow_and_become_even() -> None:
    assert even(grown(Box(2, 4, 10, 12), 3)) == Box(-2, 0, 14, 16)


def test_tints_have_their_colour_and_their_own_alpha() -> None:
    frame = tinted(np.full((4, 6), 0.5, np.float32), (255, 0, 0, 100))
    red = rgb_to_frame(np.full((2, 2, 3), (255, 0, 0), np.uint8))
    assert frame.alpha is not None
    assert set(frame.luma.ravel()) == set(red.luma.ravel())
    np.testing.assert_array_equal(frame.chroma[1, 2], red.chroma[0, 0])
    assert set(frame.alpha.ravel()) == {50}


def test_a_mirror_moves_colours_along_with_what_they_are_on() -> None:
    rgb = np.full((32, 64, 3), 60, np.uint8)
    rgb[:, 20:33] = (230, 40, 40)
    mirrored = Mirror((64, 32)).flip(rgb_to_frame(rgb))
    expected = rgb_to_frame(np.ascontiguousarray(rgb[:, ::-1]))
    np.testing.assert_array_equal(mirrored.luma, expected.luma)
    # A half-way sample is softer than the true one; on the whole there is neither shift nor tint.
    assert np.abs(mirrored.chroma.astype(int) - expected.chroma).max() < 40
    own, true = (frame.chroma[..., 1].astype(float) - 128 for frame in (mirrored, expected))
    place = np.arange(32)
    assert (own * place).sum() / own.sum() == pytest.approx((true * place).sum() / true.sum(), abs=0.05)


def test_a_mirror_flips_alpha() -> None:
    frame = rgb_to_frame(np.zeros((8, 8, 3), np.uint8))
    alpha = np.arange(64, dtype=np.uint8).reshape(8, 8)
    flipped = Mirror((8, 8)).flip(VideoFrame(frame.luma, frame.chroma, alpha)).alpha
    assert flipped is not None
    np.testing.assert_array_equal(flipped, alpha[:, ::-1])


BOX = Box(40, 20, 140, 120)


def drawn(alpha: bool) -> VideoFrame:
    frame = rgb_to_frame(np.full((100, 100, 3), 200, np.uint8))
    cover = np.zeros((100, 100), np.uint8)
    cover[30:70, 30:70] = 255
    return VideoFrame(frame.luma, frame.chroma, cover if alpha else None)


def test_a_box_throws_a_soft_shadow_below_it() -> None:
    shadow = shadow_of(BOX, 0)
    alpha = shadow.frame.alpha
    assert alpha is not None
    assert shadow.box.x0 < BOX.x0
    assert shadow.box.y1 - BOX.y1 > BOX.y0 - shadow.box.y0
    assert alpha[[0, -1]].max() <= 1
    assert alpha[:, [0, -1]].max() <= 1
    assert 80 < alpha.max() < 130


def test_who_is_cut_out_throws_a_shadow_of_that_shape() -> None:
    numbers: list[int] = []

    def draw(number: int) -> VideoFrame:
        numbers.append(number)
        return drawn(alpha=True)

    picture = PictureLayer(draw, BOX)
    shadow = ShadowLayer(picture, shadow_of(BOX, 0)).patch(3)
    assert shadow is not None
    assert shadow.frame.alpha is not None
    y, x = np.mgrid[shadow.box.y0 : shadow.box.y1, shadow.box.x0 : shadow.box.x1]
    weight = shadow.frame.alpha.astype(float)
    assert (weight * x).sum() / weight.sum() == pytest.approx(BOX.x0 + 49.5, abs=0.6)
    assert BOX.y0 + 50 < (weight * y).sum() / weight.sum() < BOX.y0 + 54
    assert picture.patch(3).frame.alpha is not None
    # For the shadow and for itself, it is drawn once.
    assert numbers == [3]
    picture.patch(3)
    assert numbers == [3, 3]


def test_what_has_no_holes_throws_its_boxs_shadow() -> None:
    still = shadow_of(BOX, 0)
    assert ShadowLayer(PictureLayer(lambda number: drawn(alpha=False), BOX), still).patch(0) is still


def test_a_mask_is_what_is_seen_of_a_picture() -> None:
    mask = np.zeros((100, 100), np.uint8)
    mask[:, :50] = 128
    opaque = PictureLayer(lambda number: drawn(alpha=False), BOX, mask).patch(0).frame.alpha
    assert opaque is not None
    np.testing.assert_array_equal(opaque, mask)
    holed = PictureLayer(lambda number: drawn(alpha=True), BOX, mask).patch(0).frame.alpha
    assert holed is not None
    assert holed[50, 40] == 128
    assert holed[50, 60] == holed[10, 10] == 0
