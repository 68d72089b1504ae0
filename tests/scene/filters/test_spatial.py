"""Vignette, grain, blur, glow and comic do what their names say, at any size."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from tests.scene.filters.pictures import astronaut, blank, grey, same

from phonoscope.core.errors import UsageError
from phonoscope.core.frames import VideoFrame
from phonoscope.scene.filters.blur import WIDEST, Gaussian
from phonoscope.scene.filters.chain import filter_chain
from phonoscope.scene.filters.settings import Blur, Comic, FilterSettings, Glow, Grain, Vignette


def filtered(settings: FilterSettings, frame: VideoFrame, number: int = 0) -> VideoFrame:
    out = blank(frame)
    filter_chain((settings,), frame.size_px).apply(frame, out, number)
    return out


def test_vignette_darkens_the_corners_alone() -> None:
    frame = grey(180, (640, 360))
    out = filtered(Vignette(1), frame)
    assert (out.luma[160:200, 300:340] >= 179).all()
    corners = [out.luma[y, x] for y in (0, -1) for x in (0, -1)]
    assert max(corners) < 16 + 164 * 0.35
    # The same on all four sides, but for the dither.
    for mirrored in (out.luma[::-1], out.luma[:, ::-1]):
        assert np.abs(mirrored.astype(int) - out.luma).max() <= 1
    middle_row = cv2.blur(out.luma.astype(np.float32), (8, 8))[180]
    assert (np.diff(middle_row[330:]) <= 0.05).all()


def test_vignette_takes_colour_with_light() -> None:
    frame = grey(180, (640, 360))
    frame.chroma[...] = (90, 170)
    out = filtered(Vignette(1), frame)
    share = (out.luma[0, 0] - 16) / 164
    assert abs((out.chroma[0, 0, 1] - 128) / 42 - share) < 0.03
    assert abs((128 - out.chroma[0, 0, 0]) / 38 - share) < 0.03


def test_vignette_has_no_bands() -> None:
    """In a dark plane every level is reached through a mix with the next, not at once."""
    out = filtered(Vignette(1), grey(40, (640, 360)))
    smooth = cv2.blur(out.luma.astype(np.float32), (16, 16))[180, 330:630]
    assert np.abs(np.diff(smooth)).max() < 0.3
    assert smooth[0] - smooth[-1] > 4


def grain_of(size_px: tuple[int, int], level: int = 110, number: int = 0, seed: int = 0) -> np.ndarray:  # type: ignore[type-arg]
    return filtered(Grain(0.6, seed), grey(level, size_px), number).luma.astype(np.float32) - level


def test_grain_depends_on_seed_and_number_alone() -> None:
    first = grain_of((320, 180), number=5)
    assert np.array_equal(first, grain_of((320, 180), number=5))
    for other in (grain_of((320, 180), number=6), grain_of((320, 180), number=5, seed=1)):
        assert abs(np.corrcoef(first.ravel(), other.ravel())[0, 1]) < 0.1


def test_grain_adds_no_light_and_no_colour() -> None:
    frame = grey(110, (640, 360))
    out = filtered(Grain(1), frame)
    assert abs(out.luma.mean() - 110) < 0.3
    assert np.array_equal(out.chroma, frame.chroma)


def test_grain_is_strongest_in_the_middle_tones() -> None:
    strength = [grain_of((320, 180), level).std() for level in (18, 60, 110, 200, 234)]
    assert strength[2] > strength[1] > strength[0]
    assert strength[2] > strength[3] > strength[4]


def test_grain_is_alike_at_every_size() -> None:
    small, large = grain_of((640, 360)), grain_of((2560, 1440))
    reduced = cv2.resize(large, (640, 360), interpolation=cv2.INTER_AREA)
    assert 0.75 < reduced.std() / small.std() < 1.33


def test_grain_never_repeats_within_a_frame() -> None:
    noise = grain_of((640, 360))
    transform = np.fft.fft2(noise - noise.mean())
    likeness = np.abs(np.fft.ifft2(np.abs(transform) ** 2)) / noise.size / noise.var()
    # Half a tile is seen twice in a wide frame; never the whole frame.
    assert likeness[3:-3, 3:-3].max() < 0.7


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_seeds_out_of_range_are_refused(seed: int) -> None:
    with pytest.raises(UsageError, match="seed"):
        Grain(0.5, seed)


@pytest.mark.parametrize("sigma_px", [0.4, 1.5, 3.0, 4.3, 4.5, 9.0, 20.0, 41.0])
def test_blur_is_as_wide_as_asked(sigma_px: float) -> None:
    gaussian = Gaussian.of(sigma_px)
    edge = np.zeros((512, 512), np.uint8)
    edge[:, 256:] = 240
    slope = np.diff(gaussian.blur(edge)[256].astype(float)) / 240
    place = np.arange(slope.size)
    middle = (slope * place).sum()
    measured = np.sqrt((slope * (place - middle) ** 2).sum())
    # Bytes cut the tails off, and one pixel's width is the least that there is.
    assert measured == pytest.approx(sigma_px, rel=0.08, abs=0.15)
    assert middle == pytest.approx(255, abs=0.6)


def test_blur_is_the_same_at_every_size() -> None:
    small, large = filtered(Blur(0.6), astronaut((320, 180))), filtered(Blur(0.6), astronaut((1280, 720)))
    reduced = cv2.resize(large.luma, (320, 180), interpolation=cv2.INTER_AREA).astype(float)
    assert np.abs(reduced - small.luma).mean() < 1.5


def test_blur_grows() -> None:
    detail = [
        cv2.Laplacian(filtered(Blur(amount), astronaut()).luma, cv2.CV_32F).std() for amount in (0.1, 0.3, 0.6, 1)
    ]
    assert detail == sorted(detail, reverse=True)
    assert WIDEST * 182 > 5


def test_glow_lightens_around_lights_alone() -> None:
    frame = grey(30, (640, 360))
    frame.luma[170:190, 310:330] = 235
    out = filtered(Glow(1), frame)
    assert out.luma[180, 335] > 40
    assert out.luma[180, 335] > out.luma[180, 345] > out.luma[180, 365]
    assert (out.luma[:60] == 30).all()
    assert (out.luma >= frame.luma).all()


def test_glow_has_the_colour_of_the_light() -> None:
    frame = grey(30, (640, 360))
    frame.luma[150:210, 290:350] = 200
    frame.chroma[75:105, 145:175] = (100, 160)
    around = filtered(Glow(1), frame).chroma[90, 178]
    assert around[0] < 127
    assert around[1] > 129


def test_comic_has_few_tones_and_ink_at_edges() -> None:
    ramp = grey(0, (640, 360))
    ramp.luma[:] = np.linspace(16, 235, 640).astype(np.uint8)
    out = filtered(Comic(1), ramp).luma[180]
    usual = np.bincount(out, minlength=256)
    assert np.sort(usual)[-5:].sum() > 0.75 * out.size
    edge = grey(200, (640, 360))
    edge.luma[:, 320:] = 120
    line = filtered(Comic(1), edge).luma[180]
    assert line[315:325].min() < 40
    assert line[:300].min() > 150


def test_comic_does_not_flicker_with_noise() -> None:
    frame = astronaut((640, 360))
    noise = np.random.default_rng(8).normal(0, 1.5, frame.luma.shape)
    noisy = VideoFrame(np.clip(np.rint(frame.luma + noise), 16, 235).astype(np.uint8), frame.chroma)
    first, second = filtered(Comic(0.8), frame), filtered(Comic(0.8), noisy)
    assert np.abs(first.luma.astype(int) - second.luma).mean() < 4


@pytest.mark.parametrize("settings", [Comic(0.7), Glow(0.7), Blur(0.5), Vignette(0.5), Grain(0.5)])
@pytest.mark.parametrize("size_px", [(2, 2), (16, 4), (38, 1000)])
def test_any_even_size_works(settings: FilterSettings, size_px: tuple[int, int]) -> None:
    frame = grey(100, size_px)
    assert same(filtered(settings, frame), filtered(settings, frame))
