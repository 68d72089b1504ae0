"""Backdrops are painted, and people stand in front of them without a halo."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.colour import frame_to_rgb, rgb_to_frame
from phonoscope.core.errors import PhotoError
from phonoscope.core.frames import Box, Picture, VideoFrame
from phonoscope.media.options import VideoOptions
from phonoscope.media.pictures import save_picture
from phonoscope.media.writer import VideoWriter
from phonoscope.scene.backdrop import Stage, open_backdrop, standing_before
from phonoscope.scene.background import Background, Flat, PictureFile, Transparent, VideoFile
from phonoscope.scene.defocus import defocus
from phonoscope.scene.drawing.compositor import Compositor
from phonoscope.scene.drawing.layer import Patch
from phonoscope.scene.drawing.plain import paint_gradient
from phonoscope.scene.layout import FITS, Fit, cover, lay_out

SIZE = (160, 96)
RED, GREEN = (200, 40, 30), (30, 160, 60)


def person(size_px: tuple[int, int] = SIZE) -> Picture:
    """Return a red disc with a soft edge; red goes on beyond it."""
    width, height = size_px
    y, x = np.mgrid[:height, :width]
    alpha = np.clip(30.5 - np.hypot(x - width / 2, y - height / 2), 0, 1)
    return Picture(np.full((height, width, 3), RED, np.uint8), np.rint(alpha * 255).astype(np.uint8))


def photo() -> Picture:
    """Return the person in front of green, with stripes far from him."""
    front = person()
    assert front.alpha is not None
    behind = np.full((*SIZE[::-1], 3), GREEN, np.uint8)
    behind[:, :24:8] = 255
    share = front.alpha[..., None] / 255
    return Picture(np.rint(front.rgb * share + behind * (1 - share)).astype(np.uint8))


def stage() -> Stage:
    return Stage(Fraction(30), photo(), Box(0, 0, *SIZE), person())


def frame_of(picture: Picture) -> VideoFrame:
    frame = rgb_to_frame(picture.rgb)
    return VideoFrame(frame.luma, frame.chroma, picture.alpha)


def over(behind: Patch | None, front: VideoFrame) -> VideoFrame:
    return Compositor(SIZE).compose([behind, Patch(Box(0, 0, *SIZE), front, 0)]).frame


def shown(background: Background, number: int = 0) -> NDArray[np.int64]:
    with open_backdrop(background, stage()) as backdrop:
        assert backdrop is not None
        patch = backdrop.patch(number)
        assert patch is not None
        return frame_to_rgb(patch.frame).astype(int)


def test_a_colour() -> None:
    assert np.abs(shown(Flat((10, 200, 90))) - (10, 200, 90)).max() <= 3


def test_transparent_is_no_backdrop() -> None:
    with open_backdrop(Transparent(), stage()) as backdrop:
        assert backdrop is None


@pytest.mark.parametrize(
    ("direction", "first", "last"),
    [
        ("down", (0, 80), (95, 80)),
        ("up", (95, 80), (0, 80)),
        ("right", (48, 0), (48, 159)),
        ("left", (48, 159), (48, 0)),
    ],
)
def test_a_gradient_runs_where_it_is_told(direction: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    rgb = paint_gradient((0, 0, 0, 255), (200, 100, 0, 255), direction, SIZE).rgb.astype(int)
    assert np.abs(rgb[first] - (0, 0, 0)).max() <= 2
    assert np.abs(rgb[last] - (200, 100, 0)).max() <= 2
    assert np.abs(rgb[48, 80] - (100, 50, 0)).max() <= 3


def test_a_gradient_of_two_near_colours_has_no_bands() -> None:
    rgb = paint_gradient((50, 50, 50, 255), (54, 54, 54, 255), "down", (256, 256)).rgb.astype(float)
    means = cv2.blur(rgb[..., 0], (63, 5))[5:-5, 128]
    assert np.abs(np.diff(means)).max() < 0.25


def test_a_picture_covers_the_frame(tmp_path: Path) -> None:
    rgb = np.zeros((90, 300, 3), np.uint8)
    rgb[:, 75:225] = GREEN
    save_picture(tmp_path / "wide.png", rgb)
    found = shown(PictureFile(tmp_path / "wide.png"))
    assert np.abs(found - GREEN)[2:-2, 2:-2].max() <= 3


def test_a_damaged_picture_is_refused(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.png", np.zeros((40, 40, 3), np.uint8))
    (tmp_path / "a.png").write_bytes((tmp_path / "a.png").read_bytes()[:50])
    with pytest.raises(PhotoError):
        shown(PictureFile(tmp_path / "a.png"))


def test_a_video_plays_and_starts_again(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", VideoOptions((64, 64), Fraction(30), quality=5)) as writer:
        for colour in (RED, GREEN):
            writer.write_frame(rgb_to_frame(np.full((64, 64, 3), colour, np.uint8)))
    for number, colour in enumerate((RED, GREEN, RED)):
        assert np.abs(shown(VideoFile(tmp_path / "a.mp4"), number)[48, 80] - colour).max() <= 8


def test_a_blurred_background_has_nothing_of_the_person_in_it() -> None:
    blurred = defocus(photo(), person(), Box(0, 0, *SIZE), 0.5).astype(int)
    assert np.abs(blurred[20:76, 50:110] - GREEN).max() <= 6
    # The stripes are out of focus.
    assert np.ptp(blurred[48, 2:20, 0]) < 170


def test_a_blurred_background_goes_on_beside_the_photo() -> None:
    box = Box(20, 0, 140, 96)
    bars = photo().rgb.copy()
    bars[:, :20] = bars[:, 140:] = 0
    blurred = defocus(Picture(bars), person(), box, 0.5).astype(int)
    assert np.abs(blurred[:, 146:] - GREEN).max() <= 6


def test_a_weaker_blur_is_sharper() -> None:
    ranges = [np.ptp(defocus(photo(), person(), Box(0, 0, *SIZE), s)[48, 2:20, 0].astype(int)) for s in (0, 0.3, 1)]
    assert ranges[0] > ranges[1] > ranges[2]


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (255, 0, 255)])
def test_in_front_of_a_colour_there_is_no_fringe_of_the_old_background(colour: tuple[int, int, int]) -> None:
    cut = person()
    assert cut.alpha is not None
    with open_backdrop(Flat(colour), stage()) as backdrop:
        assert backdrop is not None
        mixed = over(backdrop.patch(0), frame_of(cut))
    share = cut.alpha[..., None] / 255
    expected = rgb_to_frame(np.rint(cut.rgb * share + np.array(colour) * (1 - share)).astype(np.uint8))
    assert np.abs(mixed.luma.astype(int) - expected.luma).max() <= 2
    assert np.abs(mixed.chroma.astype(int) - expected.chroma).max() <= 4


def test_people_stand_before_their_background() -> None:
    with standing_before(Flat((255, 255, 255)), stage()) as put_behind:
        mixed = put_behind(frame_of(person()), 0)
    assert mixed.alpha is None
    assert mixed.luma[0, 0] > 230
    assert np.abs(frame_to_rgb(mixed)[48, 80].astype(int) - RED).max() <= 3


@pytest.mark.parametrize("background", [None, Transparent()])
def test_frames_are_passed_on_where_nothing_is_put_behind(background: Background | None) -> None:
    front = frame_of(person())
    with standing_before(background, stage()) as put_behind:
        assert put_behind(front, 3) is front


def test_compositing_is_exact_at_both_ends() -> None:
    front, behind = frame_of(person()), rgb_to_frame(photo().rgb)
    mixed = over(Patch(Box(0, 0, *SIZE), behind, 0), front)
    assert front.alpha is not None
    np.testing.assert_array_equal(mixed.luma[front.alpha == 255], front.luma[front.alpha == 255])
    np.testing.assert_array_equal(mixed.luma[front.alpha == 0], behind.luma[front.alpha == 0])
    np.testing.assert_array_equal(mixed.chroma[:4], behind.chroma[:4])
    np.testing.assert_array_equal(mixed.chroma[22:26, 38:42], front.chroma[22:26, 38:42])


def test_a_frame_without_holes_is_passed_on() -> None:
    front = rgb_to_frame(photo().rgb)
    with standing_before(Flat((255, 255, 255)), stage()) as put_behind:
        assert put_behind(front, 0) is front


def test_a_still_background_behind_somebody_who_moves() -> None:
    with standing_before(Flat((255, 255, 255)), stage()) as put_behind:
        put_behind(frame_of(person()), 0)
        holes = frame_of(Picture(person().rgb, np.zeros(SIZE[::-1], np.uint8)))
        assert put_behind(holes, 0).luma.min() > 230


@pytest.mark.parametrize("fit", FITS)
def test_a_cut_out_stays_cut_out_on_the_canvas(fit: Fit) -> None:
    canvas = lay_out(person(), (96, 96), fit, Box(60, 30, 100, 70))
    alpha = canvas.picture.alpha
    assert alpha is not None
    assert alpha[48, 48] == 255
    assert alpha[0].max() == 0


@pytest.mark.parametrize("size", [(10, 1000), (1000, 10), (160, 96), (7, 5)])
def test_cover_leaves_nothing_free(size: tuple[int, int]) -> None:
    width, height, left, top = cover(size, SIZE)
    assert width >= left + SIZE[0]
    assert height >= top + SIZE[1]
    assert width == SIZE[0] or height == SIZE[1]
