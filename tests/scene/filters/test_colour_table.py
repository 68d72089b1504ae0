"""The table is as good as exact arithmetic."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from tests.scene.filters.pictures import astronaut, blank, grey

from phonoscope.core.colour import RGB_TO_YCC, YCC_TO_RGB, frame_to_rgb, rgb_to_frame, spread_chroma
from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.filters.chain import filter_chain
from phonoscope.scene.filters.colour_table import ColourTable
from phonoscope.scene.filters.grading import LUMA, grade
from phonoscope.scene.filters.settings import (
    BlackAndWhite,
    Brightness,
    ColourSettings,
    Contrast,
    Matte,
    Saturation,
    Sepia,
    Temperature,
    Toning,
)

GRADES: list[tuple[ColourSettings, ...]] = [
    (Brightness(1),),
    (Brightness(-1),),
    (Contrast(1),),
    (Contrast(-1),),
    (Saturation(1),),
    (Saturation(-0.5),),
    (Temperature(1),),
    (Temperature(-1),),
    (Matte(1),),
    (Sepia(0.8),),
    (BlackAndWhite(1),),
    (Toning(1),),
    (Brightness(0.2), Contrast(0.5), Temperature(0.4), Saturation(0.5), Toning(0.5), Matte(0.3)),
]


def looked_up(filters: tuple[ColourSettings, ...], frame: VideoFrame) -> VideoFrame:
    out = blank(frame)
    ColourTable(filters).apply(frame, out, 0, [Box(0, 0, *frame.size_px)])
    return out


def exactly(filters: tuple[ColourSettings, ...], frame: VideoFrame) -> NDArray[np.float32]:
    """Return luma and chroma of every pixel, as float arithmetic has them."""
    chroma = spread_chroma((frame.chroma.astype(np.int16) * 64), frame.size_px) / 64
    return graded(filters, frame.luma.astype(np.float32), chroma)


def exactly_at_chroma(filters: tuple[ColourSettings, ...], frame: VideoFrame) -> NDArray[np.float32]:
    """Return the same where chroma lies: on even columns, between two rows."""
    siting = np.array([[1, 2, 1], [1, 2, 1]], np.float32) / 8
    luma = cv2.filter2D(frame.luma.astype(np.float32), -1, siting, anchor=(1, 0), borderType=cv2.BORDER_REPLICATE)
    return graded(filters, luma[::2, ::2], frame.chroma)


def graded(filters: tuple[ColourSettings, ...], luma: np.ndarray, chroma: np.ndarray) -> NDArray[np.float32]:  # type: ignore[type-arg]
    ycc = np.dstack([luma, chroma]).astype(np.float32).reshape(-1, 3)
    rgb = np.clip((ycc @ YCC_TO_RGB[:, :3].T + YCC_TO_RGB[:, 3]) / 255, 0, 1)
    exact = (grade(rgb, filters) * 255) @ RGB_TO_YCC[:, :3].T + RGB_TO_YCC[:, 3]
    return np.asarray(exact.reshape(*luma.shape, 3), np.float32)


def all_colours() -> VideoFrame:
    """Return a frame of patches: every sixteenth level of red, green and blue."""
    step = np.linspace(0, 255, 17).round().astype(np.uint8)
    cube = np.stack(np.meshgrid(step, step, step), axis=-1).reshape(17, 289, 3)
    return rgb_to_frame(np.asarray(cv2.resize(cube, (289 * 4, 17 * 4), interpolation=cv2.INTER_NEAREST), np.uint8))


@pytest.mark.parametrize("filters", GRADES)
def test_table_agrees_with_exact_arithmetic(filters: tuple[ColourSettings, ...]) -> None:
    frame = astronaut()
    exact, out = exactly(filters, frame), looked_up(filters, frame)
    wrong = np.abs(out.luma - exact[..., 0])
    # A level and a half, of which rounding is half a level; the light's colour has a kink just below white.
    assert wrong.mean() < 0.4
    assert np.percentile(wrong, 99.9) < (3.5 if isinstance(filters[0], Temperature) else 1.5)
    wrong = np.abs(out.chroma - exactly_at_chroma(filters, frame)[..., 1:])
    # Gains that depend on hue bend within the cells around grey.
    assert wrong.mean() < 0.85
    assert np.percentile(wrong, 99.9) < 7


@pytest.mark.parametrize("filters", GRADES)
def test_patches_of_all_colours_come_out_right(filters: tuple[ColourSettings, ...]) -> None:
    frame = all_colours()
    exact, out = exactly(filters, frame), looked_up(filters, frame)
    # The middle of each patch, away from the edges' interpolated chroma.
    wrong = np.abs(out.luma - exact[..., 0])[1::4, 1::4]
    assert wrong.mean() < 0.6
    assert wrong.max() < 6


def test_no_filter_is_identity_for_colours_that_exist() -> None:
    frame = all_colours()
    out = looked_up((), frame)
    assert np.abs(out.luma[1::4, 1::4].astype(int) - frame.luma[1::4, 1::4]).max() <= 2
    ramp = grey(0)
    ramp.luma[:] = np.linspace(16, 235, ramp.luma.shape[1]).astype(np.uint8)
    again = looked_up((), ramp)
    assert np.array_equal(again.luma, ramp.luma)
    assert np.array_equal(again.chroma, ramp.chroma)


@pytest.mark.parametrize("filters", GRADES)
def test_lighter_stays_lighter(filters: tuple[ColourSettings, ...]) -> None:
    ramp = grey(0, (440, 8))
    ramp.luma[:] = np.repeat(np.arange(16, 236), 2).astype(np.uint8)
    out = looked_up(filters, ramp)
    assert (np.diff(out.luma[3].astype(int)) >= 0).all()


@pytest.mark.parametrize("filters", GRADES)
def test_ramps_have_no_jumps(filters: tuple[ColourSettings, ...]) -> None:
    ramp = grey(0, (440, 8))
    ramp.luma[:] = np.repeat(np.arange(16, 236), 2).astype(np.uint8)
    ramp.chroma[..., 0], ramp.chroma[..., 1] = 112, 150
    out = looked_up(filters, ramp)
    assert np.abs(np.diff(out.luma[3, ::2].astype(int))).max() <= 4
    assert np.abs(np.diff(out.chroma[2].astype(int), axis=0)).max() <= 4


@pytest.mark.parametrize("kind", [Brightness, Contrast, Saturation, Temperature])
def test_more_is_more(kind: type[Brightness | Contrast | Saturation | Temperature]) -> None:
    frame = astronaut()
    measured = []
    for amount in np.linspace(-1, 1, 9):
        out = blank(frame)
        filter_chain((kind(float(amount)),), frame.size_px).apply(frame, out, 0)
        rgb = frame_to_rgb(out).astype(float)
        measured.append(
            {
                Brightness: rgb.mean(),
                Contrast: out.luma.std(),
                Saturation: np.abs(out.chroma.astype(float) - 128).mean(),
                Temperature: rgb[..., 0].mean() - rgb[..., 2].mean(),
            }[kind]
        )
    assert (np.diff(measured) > 0).all()


def test_brightness_is_undone_by_its_opposite() -> None:
    colours = np.random.default_rng(1).random((100, 3), np.float32)
    back = grade(colours, (Brightness(0.7), Brightness(-0.7)))
    assert np.allclose(back, colours, atol=1e-5)


@pytest.mark.parametrize("settings", [Saturation(0.8), Saturation(-0.8), Toning(0.9)])
def test_luma_stays(settings: ColourSettings) -> None:
    colours = np.random.default_rng(2).random((500, 3), np.float32)
    assert np.allclose(grade(colours, (settings,)) @ LUMA, colours @ LUMA, atol=2e-3)


@pytest.mark.parametrize("settings", [BlackAndWhite(1), Saturation(-1)])
def test_grey_is_without_any_colour(settings: ColourSettings) -> None:
    assert (looked_up((settings,), all_colours()).chroma == 128).all()


def test_saturation_keeps_the_hue() -> None:
    orange = np.array([[0.9, 0.5, 0.1]], np.float32)
    strong = grade(orange, (Saturation(1),))[0]
    assert strong.max() <= 1
    assert strong.min() >= 0
    place = (strong[1] - strong[2]) / (strong[0] - strong[2])
    assert abs(place - 0.5) < 1e-3


@pytest.mark.parametrize("amount", [-1, 0.5, 1])
def test_white_takes_the_hue_of_the_light(amount: float) -> None:
    white, grey_ = grade(np.array([[1, 1, 1], [0.5, 0.5, 0.5]], np.float32), (Temperature(amount),))
    assert np.allclose(white / white.max(), grey_ / grey_.max(), atol=1e-3)
    assert white.max() == pytest.approx(1, abs=1e-3)
