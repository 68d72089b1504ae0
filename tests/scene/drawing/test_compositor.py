"""Layers over each other: the same pixels as from scratch, whatever was drawn before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.drawing.compositor import Compositor
from phonoscope.scene.drawing.layer import Patch

SIZE = (150, 98)
WHOLE = Box(0, 0, *SIZE)


def frame(size_px: tuple[int, int], seed: int, alpha: bool = True) -> VideoFrame:
    """Return noise, with alpha that is 0 or 255 at most places."""
    width, height = size_px
    random = np.random.default_rng(seed)
    cover = np.clip(random.integers(-400, 600, (height, width)), 0, 255).astype(np.uint8)
    return VideoFrame(
        random.integers(16, 236, (height, width), np.uint8),
        random.integers(16, 241, (height // 2, width // 2, 2), np.uint8),
        cover if alpha else None,
    )


def patch(box: Box, seed: int, alpha: bool = True, opacity: float = 1.0) -> Patch:
    return Patch(box, frame((box.width, box.height), seed, alpha), (seed, alpha), opacity)


def flat(box: Box, luma: int, alpha: int | None = None) -> Patch:
    planes = (
        np.full((box.height, box.width), luma, np.uint8),
        np.full((box.height // 2, box.width // 2, 2), 90, np.uint8),
    )
    cover = None if alpha is None else np.full((box.height, box.width), alpha, np.uint8)
    return Patch(box, VideoFrame(*planes, cover), (luma, alpha))


def copied(shown: VideoFrame) -> list[NDArray[np.uint8]]:
    planes = [shown.luma.copy(), shown.chroma.copy()]
    return planes if shown.alpha is None else [*planes, shown.alpha.copy()]


def random_box(random: np.random.Generator) -> Box:
    x0, y0 = (int(random.integers(-30, side - 4)) // 2 * 2 for side in SIZE)
    width, height = (int(random.integers(1, 50)) * 2 for _ in range(2))
    return Box(x0, y0, x0 + width, y0 + height)


def random_patches(random: np.random.Generator, before: Sequence[Patch | None]) -> list[Patch | None]:
    """Change some of the patches, and leave some as they are."""
    patches = list(before)
    for layer in range(len(patches)):
        what = random.random()
        old = patches[layer]
        if what < 0.25:
            box = WHOLE if layer == 0 and what < 0.15 else random_box(random)
            opacity = 1.0 if random.random() < 0.5 else float(random.random())
            patches[layer] = patch(box, int(random.integers(1000)), bool(random.random() < 0.6), opacity)
        elif what < 0.3:
            patches[layer] = None
        elif what < 0.4 and old is not None:
            patches[layer] = Patch(old.box, old.frame, old.key, float(random.random()))
    return patches


@pytest.mark.parametrize("transparent", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_the_result_does_not_depend_on_what_was_drawn_before(seed: int, transparent: bool) -> None:
    random = np.random.default_rng(seed)
    used = Compositor(SIZE, transparent)
    patches: list[Patch | None] = [patch(WHOLE, 1, alpha=False), None, None, None]
    before = None
    for _ in range(40):
        patches = random_patches(random, patches)
        composed = used.compose(patches)
        fresh = Compositor(SIZE, transparent).compose(patches)
        for own, expected in zip(copied(composed.frame), copied(fresh.frame), strict=True):
            np.testing.assert_array_equal(own, expected)
        if before is not None:
            outside = np.ones(SIZE[::-1], bool)
            for box in composed.changed:
                outside[box.slices] = False
            np.testing.assert_array_equal(composed.frame.luma[outside], before[outside])
        before = composed.frame.luma.copy()


def test_what_stays_is_not_touched() -> None:
    compositor = Compositor(SIZE)
    still, mark = patch(WHOLE, 1, alpha=False), patch(Box(10, 10, 40, 30), 2)
    assert compositor.compose([still, mark]).changed == (WHOLE,)
    first = compositor.compose([still, mark])
    assert first.changed == ()
    first.frame.luma[90, 140] = 7
    moved = compositor.compose([still, Patch(Box(12, 10, 42, 30), mark.frame, mark.key)])
    assert moved.frame.luma[90, 140] == 7
    assert moved.changed == (Box(0, 0, 64, 32),)


def test_a_layer_that_is_wholly_hidden_is_not_drawn() -> None:
    compositor = Compositor((64, 64))
    whole = Box(0, 0, 64, 64)
    below, above = patch(whole, 1, alpha=False), patch(whole, 2, alpha=False)
    # What nobody sees may even be of another kind.
    shown = compositor.compose([below, patch(Box(4, 4, 20, 20), 3), above]).frame
    np.testing.assert_array_equal(shown.luma, above.frame.luma)
    np.testing.assert_array_equal(shown.chroma, above.frame.chroma)


def test_opaque_patches_are_copied_and_holes_are_black() -> None:
    part = patch(Box(-10, 20, 30, 60), 5, alpha=False)
    shown = Compositor(SIZE).compose([part]).frame
    assert shown.alpha is None
    np.testing.assert_array_equal(shown.luma[20:60, :30], part.frame.luma[:, 10:])
    np.testing.assert_array_equal(shown.chroma[10:30, :15], part.frame.chroma[:, 5:])
    assert set(shown.luma[:20].ravel()) == {16}
    assert set(shown.chroma[30:].ravel()) == {128}


@pytest.mark.parametrize("opacity", [1.0, 0.5, 0.01])
def test_blending_is_the_weighted_mean(opacity: float) -> None:
    below, above = patch(WHOLE, 1, alpha=False), patch(WHOLE, 2, opacity=opacity)
    shown = Compositor(SIZE).compose([below, above]).frame
    assert above.frame.alpha is not None
    share = above.frame.alpha / 255 * opacity
    expected = above.frame.luma * share + below.frame.luma * (1 - share)
    # Half a step of rounding, and half a step of the opacity, which is known to 1/255.
    assert np.abs(shown.luma - expected).max() <= 1.5
    padded = np.pad(share, ((0, 0), (1, 0)), mode="edge")
    across = (padded[:, :-1:2] + 2 * padded[:, 1::2] + np.pad(share, ((0, 0), (0, 1)))[:, 1::2]) / 4
    cover = (across[::2] + across[1::2])[..., None] / 2
    mixed = above.frame.chroma * cover + below.frame.chroma * (1 - cover)
    assert np.abs(shown.chroma - mixed).max() <= 1.5


def test_an_opaque_patch_can_be_faded() -> None:
    half = flat(WHOLE, 200)
    shown = Compositor(SIZE).compose([flat(WHOLE, 100), Patch(WHOLE, half.frame, 0, 0.5)]).frame
    assert set(shown.luma.ravel()) == {150}
    assert set(shown.chroma.ravel()) == {90}


def test_without_opacity_nothing_is_seen() -> None:
    compositor = Compositor(SIZE)
    below = flat(WHOLE, 100)
    compositor.compose([below, None])
    composed = compositor.compose([below, Patch(WHOLE, flat(WHOLE, 200).frame, 0, 0.0)])
    assert composed.changed == ()
    assert set(composed.frame.luma.ravel()) == {100}


def test_holes_stay_holes() -> None:
    shown = Compositor(SIZE, transparent=True).compose([flat(Box(20, 20, 60, 60), 180, alpha=100)]).frame
    assert shown.alpha is not None
    assert set(shown.alpha[20:60, 20:60].ravel()) == {100}
    assert shown.alpha.sum() == 100 * 40 * 40
    # Straight alpha: the colour is the patch's own, however thin it is.
    assert set(shown.luma[20:60, 20:60].ravel()) == {180}
    assert set(shown.chroma[10:30, 10:30].ravel()) == {90}


def test_over_holes_and_over_each_other() -> None:
    low, high = flat(WHOLE, 60, alpha=128), flat(WHOLE, 220, alpha=64)
    shown = Compositor(SIZE, transparent=True).compose([low, high]).frame
    assert shown.alpha is not None
    a, b = 64 / 255, 128 / 255
    both = a + b * (1 - a)
    assert abs(int(shown.alpha[5, 5]) - 255 * both) <= 0.5
    assert abs(int(shown.luma[5, 5]) - (220 * a + 60 * b * (1 - a)) / both) <= 0.5


def test_a_transparent_canvas_with_a_background_looks_like_an_opaque_one() -> None:
    patches = [patch(WHOLE, 1, alpha=False), patch(Box(11 // 2 * 2, 8, 100, 90), 2), patch(Box(-8, 4, 60, 60), 3)]
    opaque = Compositor(SIZE).compose(patches).frame
    holed = Compositor(SIZE, transparent=True).compose(patches).frame
    assert holed.alpha is not None
    assert holed.alpha.min() == 255
    assert np.abs(opaque.luma.astype(int) - holed.luma).max() <= 1
    assert np.abs(opaque.chroma.astype(int) - holed.chroma).max() <= 1


@pytest.mark.parametrize("box", [Box(0, 0, 40, 40), Box(1, 0, 31, 30), Box(0, 0, 30, 20)])
def test_a_frame_that_does_not_fit_its_box_is_refused(box: Box) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Compositor(SIZE).compose([Patch(box, frame((30, 30), 1), 0)])


def test_patches_beyond_the_canvas_are_not_seen() -> None:
    compositor = Compositor(SIZE)
    compositor.compose([flat(WHOLE, 100), None])
    beyond = [patch(Box(150, 0, 190, 40), 1), patch(Box(-60, -60, 0, 0), 1), patch(Box(0, 98, 40, 120), 1)]
    for one in beyond:
        assert compositor.compose([flat(WHOLE, 100), one]).changed == ()
