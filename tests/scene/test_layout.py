from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import UsageError
from phonoscope.core.frames import Box, Picture
from phonoscope.scene.layout import FITS, Fit, flatten, lay_out, parse_size, whole_photo_size

ANYWHERE = Box(10, 10, 20, 20)


@pytest.mark.parametrize(
    ("text", "size"),
    [("720p", (1280, 720)), ("1080P", (1920, 1080)), ("640x360", (640, 360)), ("719 x 1281", (718, 1280))],
)
def test_sizes_are_read_and_made_even(text: str, size: tuple[int, int]) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "big", "720", "12x12", "9999x100", "-640x360", "640x", "1e3x500"])
def test_other_sizes_are_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_size(text)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("photo", "canvas"),
    [
        ((512, 512), (512, 512)),
        ((801, 1200), (800, 1200)),
        ((221, 226), (480, 490)),  # small: enlarged until the shorter side is 480
        ((4000, 3000), (1662, 1246)),  # large: as many pixels as a 1080p frame
        ((20000, 100), (4096, 20)),
    ],
)
def test_the_whole_photo_is_the_canvas_by_default(photo: tuple[int, int], canvas: tuple[int, int]) -> None:
    assert whole_photo_size(photo) == canvas


def test_transparent_parts_show_white(noise: NDArray[np.uint8]) -> None:
    alpha = np.zeros(noise.shape[:2], np.uint8)
    alpha[:, 32:] = 255
    flat = flatten(Picture(noise, alpha))
    assert flat.alpha is None
    assert (flat.rgb[:, :32] == 255).all()
    assert (flat.rgb[:, 32:] == noise[:, 32:]).all()


def test_the_photos_own_size_leaves_every_pixel_alone(noise: NDArray[np.uint8]) -> None:
    canvas = lay_out(Picture(noise), (64, 48), "blur", ANYWHERE)
    assert (canvas.picture.rgb == noise).all()
    assert canvas.photo_box == Box(0, 0, 64, 48)


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize("size", [(128, 48), (48, 128), (200, 190), (64, 48), (96, 72)])
def test_points_of_the_photo_are_found_again_on_the_canvas(fit: Fit, size: tuple[int, int]) -> None:
    rgb = np.zeros((48, 64, 3), np.uint8)
    rgb[20:28, 30:38] = 255  # a white square about (33.5, 23.5)
    canvas = lay_out(Picture(rgb), size, fit, Box(26, 16, 42, 32))
    assert canvas.picture.size_px == size
    box = canvas.photo_box
    inside = np.zeros(canvas.picture.rgb.shape[:2], bool)
    inside[box.slices] = True
    ys, xs = np.nonzero((canvas.picture.rgb[..., 0] > 127) & inside)
    x, y = canvas.place(np.array([[33.5, 23.5]]))[0]
    assert (xs.mean(), ys.mean()) == pytest.approx((x, y), abs=0.75)


def test_padding_is_black_and_keeps_the_whole_photo() -> None:
    canvas = lay_out(Picture(np.full((48, 64, 3), 200, np.uint8)), (128, 48), "pad", ANYWHERE)
    assert canvas.photo_box.width == 64
    assert (canvas.picture.rgb[canvas.photo_box.slices] == 200).all()
    assert (canvas.picture.rgb[:, : canvas.photo_box.x0] == 0).all()


def test_blurred_bars_take_their_colour_from_the_photo() -> None:
    canvas = lay_out(Picture(np.full((48, 64, 3), (200, 100, 50), np.uint8)), (128, 48), "blur", ANYWHERE)
    assert canvas.picture.rgb[24, 4].tolist() == pytest.approx([140, 70, 35], abs=2)


def test_a_crop_keeps_the_face() -> None:
    rgb = np.zeros((300, 100, 3), np.uint8)
    face = Box(30, 200, 70, 250)
    rgb[face.slices] = 255
    canvas = lay_out(Picture(rgb), (200, 112), "crop", face)
    seen = (canvas.picture.rgb[..., 0] > 127).sum()
    assert seen == pytest.approx(80 * 100, rel=0.05)  # all of it, at twice the size
