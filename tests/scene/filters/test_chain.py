"""Chains: any filter on any part, in any order, gives the same pixels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.scene.filters.pictures import SIZE, astronaut, blank, grey, holed, same

from phonoscope.core.errors import UsageError
from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.filters.chain import filter_chain, merged
from phonoscope.scene.filters.looks import LOOKS, look
from phonoscope.scene.filters.settings import (
    FILTERS,
    Blur,
    Brightness,
    Comic,
    Contrast,
    FilterSettings,
    Glow,
    Grain,
    Lut,
    Saturation,
    Sepia,
    Vignette,
)

KINDS = [settings for kind, settings in FILTERS.items() if kind != "lut"]
SPATIAL: list[FilterSettings] = [Blur(0.15), Blur(0.4), Blur(1), Glow(0.3), Glow(1), Comic(0.3), Comic(1)]
CHAINS: list[tuple[FilterSettings, ...]] = [
    *((settings,) for settings in SPATIAL),
    (Sepia(0.7),),
    (Vignette(0.8),),
    (Contrast(0.4), Glow(0.5), Vignette(0.5)),
    (Comic(0.6), Saturation(0.5), Blur(0.2), Brightness(-0.3)),
]


def filtered(filters: tuple[FilterSettings, ...], frame: VideoFrame, number: int = 0) -> VideoFrame:
    out = blank(frame)
    filter_chain(filters, frame.size_px).apply(frame, out, number)
    return out


@pytest.mark.parametrize("kind", KINDS)
def test_amount_0_changes_nothing(kind: type[FilterSettings]) -> None:
    frame = holed(astronaut())
    assert same(filtered((replace(kind(), amount=0),), frame), frame)  # type: ignore[call-arg]


@pytest.mark.parametrize("kind", KINDS)
def test_a_little_changes_little(kind: type[FilterSettings]) -> None:
    frame = astronaut()
    little = filtered((replace(kind(), amount=0.02),), frame)  # type: ignore[call-arg]
    assert np.abs(little.luma.astype(int) - frame.luma).mean() < 3


@pytest.mark.parametrize("kind", KINDS)
def test_levels_stay_in_the_encoders_range(kind: type[FilterSettings]) -> None:
    out = filtered((replace(kind(), amount=1),), astronaut())  # type: ignore[call-arg]
    assert out.luma.min() >= 16
    assert out.luma.max() <= 235
    assert out.chroma.min() >= 16
    assert out.chroma.max() <= 240


@pytest.mark.parametrize("filters", CHAINS)
@pytest.mark.parametrize("with_alpha", [False, True])
def test_parts_give_the_same_as_the_whole(filters: tuple[FilterSettings, ...], with_alpha: bool) -> None:
    first = astronaut((642, 362))
    if with_alpha:
        first = holed(first)
    second = VideoFrame(first.luma.copy(), first.chroma.copy(), None if first.alpha is None else first.alpha.copy())
    changed = [Box(300, 100, 342, 130), Box(310, 120, 390, 150), Box(620, 344, 642, 362)]
    noise = np.random.default_rng(5)
    for box in changed:
        second.luma[box.slices] = noise.integers(16, 236, (box.height, box.width))
        half = Box(box.x0 // 2, box.y0 // 2, box.x1 // 2, box.y1 // 2)
        second.chroma[half.slices] = noise.integers(16, 241, (half.height, half.width, 2))
        if second.alpha is not None:
            second.alpha[box.slices] = noise.integers(0, 256, (box.height, box.width))
    chain = filter_chain(filters, first.size_px)
    out = blank(first)
    chain.apply(first, out, 0)
    before = VideoFrame(out.luma.copy(), out.chroma.copy(), None if out.alpha is None else out.alpha.copy())
    boxes = chain.apply(second, out, 1, changed)
    assert same(out, filtered(filters, second))
    outside = np.ones(out.luma.shape, bool)
    for box in boxes:
        outside[box.slices] = False
    assert np.array_equal(out.luma[outside], before.luma[outside])
    assert np.array_equal(out.chroma[outside[::2, ::2]], before.chroma[outside[::2, ::2]])


def test_nothing_changed_means_nothing_to_do() -> None:
    frame = astronaut()
    chain = filter_chain((Sepia(0.5), Blur(0.3)), SIZE)
    out = blank(frame)
    chain.apply(frame, out, 0)
    assert chain.apply(frame, out, 1, []) == ()


def test_colours_touch_only_what_changed() -> None:
    frame, out = astronaut(), blank(astronaut())
    chain = filter_chain((Contrast(0.3), Sepia(0.5)), SIZE)
    chain.apply(frame, out, 0)
    assert chain.apply(frame, out, 1, [Box(100, 50, 120, 60)]) == (Box(98, 48, 122, 62),)
    assert chain.reach_px == 2


def test_an_empty_chain_copies() -> None:
    frame = holed(astronaut())
    out = blank(frame)
    assert filter_chain((), SIZE).apply(frame, out, 0) == (Box(0, 0, *SIZE),)
    assert same(out, frame)


def test_grain_touches_everything() -> None:
    frame, out = astronaut(), blank(astronaut())
    chain = filter_chain((Sepia(0.5), Grain(0.5)), SIZE)
    assert chain.is_animated
    chain.apply(frame, out, 0)
    assert chain.apply(frame, out, 1, []) == (Box(0, 0, *SIZE),)
    assert same(out, filtered((Sepia(0.5), Grain(0.5)), frame, 1))


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_the_same_in_any_order(name: str) -> None:
    frame = astronaut()
    chain = filter_chain(look(name), SIZE)
    out = blank(frame)
    for number in (7, 3, 7):
        chain.apply(frame, out, number)
    assert same(out, filtered(look(name), frame, 7))
    assert not same(out, frame)


@pytest.mark.parametrize("name", LOOKS)
def test_looks_keep_the_input_and_the_alpha(name: str) -> None:
    frame, untouched = holed(astronaut()), holed(astronaut())
    out = filtered(look(name), frame)
    assert same(frame, untouched)
    assert frame.alpha is not None
    assert out.alpha is not None
    assert np.array_equal(out.alpha, frame.alpha)


def test_looks_are_weakened() -> None:
    assert filter_chain(look("noir", 0), SIZE).reach_px == 0
    assert [settings.amount for settings in look("vivid", 0.5)] == [s.amount / 2 for s in LOOKS["vivid"]]
    with pytest.raises(UsageError, match="vivid, warm"):
        look("nothing")
    with pytest.raises(UsageError, match="0 to 1"):
        look("vivid", 1.5)


@pytest.mark.parametrize("settings", SPATIAL)
def test_even_areas_stay_even(settings: FilterSettings) -> None:
    for level in (16, 90, 235):
        out = filtered((settings,), grey(level))
        assert out.luma.min() == out.luma.max()
        assert (out.chroma == 128).all()


@pytest.mark.parametrize("settings", [Blur(0.5), Glow(1)])
def test_what_is_hidden_does_not_shine_out(settings: FilterSettings) -> None:
    frame = grey(60)
    mask = np.zeros(frame.luma.shape, np.uint8)
    mask[40:120, 80:200] = 255
    bright = VideoFrame(np.where(mask == 0, 235, frame.luma).astype(np.uint8), frame.chroma, mask)
    out = filtered((settings,), bright)
    assert out.alpha is not None
    shown = out.alpha > 8
    assert np.abs(out.luma[shown].astype(int) - 60).max() <= 3


def test_frames_that_do_not_fit_are_refused() -> None:
    chain = filter_chain((Sepia(),), SIZE)
    frame = astronaut()
    with pytest.raises(UsageError, match="pixels"):
        chain.apply(astronaut((320, 180)), frame, 0)
    with pytest.raises(UsageError, match="alpha"):
        chain.apply(holed(frame), frame, 0)
    with pytest.raises(UsageError, match="even"):
        filter_chain((), (321, 180))


@pytest.mark.parametrize("kind", FILTERS)
def test_amounts_out_of_range_are_refused(kind: str) -> None:
    made = FILTERS[kind]
    given = {"path": "film.cube"} if made is Lut else {}
    for amount in (1.1, -1.1, float("nan"), float("inf")):
        with pytest.raises(UsageError, match=f"amount of {kind}"):
            made(amount=amount, **given)  # type: ignore[arg-type]


def test_boxes_are_joined_where_that_saves_work() -> None:
    size = (100, 100)
    apart = [Box(0, 0, 10, 10), Box(50, 50, 60, 60)]
    assert merged(apart, 0, size) == tuple(apart)
    assert merged([Box(0, 0, 10, 10), Box(10, 0, 20, 10)], 0, size) == (Box(0, 0, 20, 10),)
    assert merged(apart, 3, size) == (Box(0, 0, 14, 14), Box(46, 46, 64, 64))
    assert merged([Box(4, 4, 4, 8), Box(120, 4, 130, 8)], 0, size) == ()
    chained = [Box(0, 0, 10, 10), Box(20, 0, 30, 10), Box(10, 0, 20, 10)]
    assert merged(chained, 0, size) == (Box(0, 0, 30, 10),)
