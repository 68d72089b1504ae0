"""A camera over a picture: exact to fractions of a pixel, smooth, and without memory."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.frames import Picture
from phonoscope.scene.drawing.resampling import Camera, View

SIZE = (96, 64)


def grey(values: NDArray[np.float64]) -> Picture:
    return Picture(np.repeat(np.rint(values).astype(np.uint8)[..., None], 3, 2))


def waves(width: int, height: int, period_px: float) -> NDArray[np.float64]:
    x, y = np.arange(width) + 0.5, np.arange(height)[:, None] + 0.5
    return np.asarray(127 + 60 * np.sin(2 * np.pi * x / period_px) + 50 * np.cos(2 * np.pi * y / (period_px * 1.3)))


def luma_at(left: float, top: float, step: float, period_px: float) -> NDArray[np.float64]:
    x = left + (np.arange(SIZE[0]) + 0.5) * step
    y = (top + (np.arange(SIZE[1]) + 0.5) * step)[:, None]
    rgb = 127 + 60 * np.sin(2 * np.pi * x / period_px) + 50 * np.cos(2 * np.pi * y / (period_px * 1.3))
    return np.asarray(16 + rgb * 219 / 255)


@pytest.mark.parametrize("step", [0.4, 1.0, 1.37, 2.0, 3.1])
@pytest.mark.parametrize("left", [20.0, 20.25, 33.7])
def test_every_place_is_met(left: float, step: float) -> None:
    camera = Camera(grey(waves(400, 320, 40)), SIZE, 4.0)
    shown = camera.show(View(left, 15.5, SIZE[0] * step, SIZE[1] * step))
    # The filter takes a little of the contrast.
    assert np.abs(shown.luma - luma_at(left, 15.5, step, 40)).max() < 4


def test_a_plain_colour_stays_what_it_is() -> None:
    picture = Picture(np.full((90, 140, 3), (200, 60, 30), np.uint8))
    expected = rgb_to_frame(picture.rgb)
    camera = Camera(picture, SIZE, 1.4)
    for left in np.linspace(0, 40, 9):
        shown = camera.show(View(float(left), 3.3, 97.1, 65.3))
        assert set(shown.luma.ravel()) == {int(expected.luma[0, 0])}
        np.testing.assert_array_equal(shown.chroma, np.broadcast_to(expected.chroma[0, 0], shown.chroma.shape))


def test_luma_and_chroma_lie_at_the_same_place() -> None:
    rgb = np.zeros((120, 200, 3), np.uint8)
    rgb[:60, :, 0] = rgb[:, :101, 2] = 230
    camera = Camera(Picture(rgb), (200, 120), 1.0)
    shown, expected = camera.show(View(0, 0, 200, 120)), rgb_to_frame(rgb)
    # The middle of each edge is where it was, in every plane.
    for own, other, axis in ((shown.chroma[..., 0], expected.chroma[..., 0], 1), (shown.luma, expected.luma, 0)):
        edges = [np.abs(np.diff(plane.astype(float), axis=axis)) for plane in (own, other)]
        middles = [
            (edge * np.moveaxis(np.arange(edge.shape[axis])[:, None], 0, axis)).sum() / edge.sum() for edge in edges
        ]
        assert abs(middles[0] - middles[1]) < 0.15


def test_what_is_finer_than_pixels_becomes_grey() -> None:
    stripes = np.zeros((200, 400))
    stripes[:, ::2] = 255
    camera = Camera(grey(stripes), SIZE, 3.0)
    shown = camera.show(View(3.3, 2, SIZE[0] * 2.7, SIZE[1] * 2.7)).luma.astype(int)
    assert np.abs(shown - 126).max() <= 3


@pytest.mark.parametrize("step", [0.5, 0.75, 1.0, 1.2])
def test_what_moves_keeps_its_sharpness(step: float) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (120, 180)).astype(float)
    camera = Camera(grey(noise), SIZE, 1.2)
    spreads = [camera.show(View(10 + 0.1 * n, 10, SIZE[0] * step, SIZE[1] * step)).luma.std() for n in range(12)]
    assert max(spreads) / min(spreads) < 1.03


def test_the_same_view_is_the_same_whatever_was_seen_before() -> None:
    picture = grey(waves(300, 200, 12))
    used, view = Camera(picture, SIZE, 3.0), View(7.7, 5.1, 130.0, 86.7)
    for width in (290.0, 96.0, 50.0):
        used.show(View(0, 0, width, width * 2 / 3))
    np.testing.assert_array_equal(used.show(view).luma, Camera(picture, SIZE, 3.0).show(view).luma)


def test_no_jump_between_copies_of_the_picture() -> None:
    camera = Camera(grey(waves(400, 300, 30)), SIZE, 4.0)
    shown = [
        camera.show(View(0, 0, SIZE[0] * step, SIZE[1] * step)).luma.astype(int) for step in (1.98, 1.99, 2.0, 2.01)
    ]
    changes = [np.abs(after - before).mean() for before, after in pairwise(shown)]
    assert changes[1] < 2 * max(changes[0], changes[2]) + 0.2
