"""Where avatars are, and what of them is seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from phonoscope.core.colour import frame_to_rgb, rgb_to_frame
from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.avatar_box import avatar_layers, box_of
from phonoscope.scene.document.speaking import Avatar
from phonoscope.scene.drawing.compositor import Compositor
from phonoscope.scene.drawing.layer import Patch
from phonoscope.scene.drawing.shapes import grown

HD = (1280, 720)
SIZE = (320, 180)
BLUE, ORANGE, WHITE = (20, 40, 200), (230, 120, 20), (255, 255, 255)


def avatar(**settings: Any) -> Avatar:
    return Avatar(picture="a.png", **settings)


@pytest.mark.parametrize(
    ("settings", "box"),
    [
        ({}, Box(0, 0, 1280, 720)),
        ({"crop": "left"}, Box(0, 0, 640, 720)),
        ({"crop": "right"}, Box(640, 0, 1280, 720)),
        ({"crop": "top"}, Box(0, 0, 1280, 360)),
        ({"crop": "bottom"}, Box(0, 360, 1280, 720)),
        ({"crop": "circle"}, Box(424, 144, 856, 576)),
        ({"crop": "circle", "aspect": 2}, Box(424, 144, 856, 576)),
        ({"crop": "box", "aspect": 1.5, "size": 0.4, "x": 0.25}, Box(104, 216, 536, 504)),
        ({"crop": "rounded", "size": 0.5, "y": 1}, Box(460, 540, 820, 900)),
        ({"crop": "corner"}, Box(1042, 482, 1244, 684)),
        ({"crop": "corner", "x": 0.1, "y": 0.1}, Box(28, -28, 230, 174)),
        ({"size": 0.5, "x": 0.75}, Box(640, 180, 1280, 540)),
        ({"crop": "circle", "size": 0.01}, Box(608, 328, 672, 392)),
    ],
)
def test_boxes(settings: dict[str, Any], box: Box) -> None:
    assert box_of(avatar(**settings), HD) == box


@pytest.mark.parametrize("size_px", [(1280, 720), (722, 1282), (718, 718), (64, 4096), (2, 2)])
@pytest.mark.parametrize("crop", ["full", "left", "right", "top", "bottom", "circle", "rounded", "box", "corner"])
def test_boxes_are_even_and_of_a_size_that_can_be_drawn(crop: str, size_px: tuple[int, int]) -> None:
    for size in (None, 0.1, 0.333, 2.0):
        box = box_of(avatar(crop=crop, size=size, aspect=3.3), size_px)
        assert not any(edge % 2 for edge in (box.x0, box.y0, box.x1, box.y1))
        assert min(box.width, box.height) >= 64
        assert max(box.width, box.height) <= 4096


@pytest.mark.parametrize("crops", [("left", "right"), ("top", "bottom")])
def test_halves_meet(crops: tuple[str, str]) -> None:
    first, second = (box_of(avatar(crop=crop), (1082, 722)) for crop in crops)
    assert (first.x1, first.y1) in ((second.x0, second.y1), (second.x1, second.y0))


def composed(settings: Avatar, cut_out: bool = False) -> VideoFrame:
    """Return an orange avatar before blue."""
    box = box_of(settings, SIZE)
    still = rgb_to_frame(np.full((box.height, box.width, 3), ORANGE, np.uint8))
    alpha = np.zeros((box.height, box.width), np.uint8)
    alpha[box.height // 4 : -(box.height // 4), box.width // 4 : -(box.width // 4)] = 255
    frame = VideoFrame(still.luma, still.chroma, alpha if cut_out else None)
    behind = Patch(Box(0, 0, *SIZE), rgb_to_frame(np.full((*SIZE[::-1], 3), BLUE, np.uint8)), 0)
    patches = [layer.patch(0) for layer in avatar_layers(settings, lambda number: frame, box, SIZE)]
    return Compositor(SIZE).compose([behind, *patches]).frame


def shown(settings: Avatar, cut_out: bool = False) -> np.ndarray[Any, np.dtype[np.int64]]:
    return frame_to_rgb(composed(settings, cut_out)).astype(np.int64)


def is_like(rgb: np.ndarray[Any, Any], colour: tuple[int, int, int], tolerance: int = 6) -> bool:
    return bool(np.abs(rgb - colour).max() <= tolerance)


def test_a_circle_is_round() -> None:
    rgb = shown(avatar(crop="circle"))
    box = box_of(avatar(crop="circle"), SIZE)
    assert is_like(rgb[90, 160], ORANGE)
    assert is_like(rgb[box.y0 + 3, box.x0 + 3], BLUE)
    # Between the colours, nothing is darker or lighter than both: no fringe.
    edge = rgb[90, box.x0 - 3 : box.x0 + 4]
    assert edge.min() >= 12
    assert edge.max() <= 236


def test_a_border_lies_around_the_circle_without_a_gap() -> None:
    settings = avatar(crop="circle", border=0.05)
    rgb, box = shown(settings), box_of(settings, SIZE)
    assert is_like(rgb[90, box.x0 - 6], WHITE)
    # The background's blue, which is darker than both, is nowhere between orange and white.
    y, x = np.mgrid[: SIZE[1], : SIZE[0]]
    away = np.hypot(x + 0.5 - 160, y + 0.5 - 90)
    ring = composed(settings).luma[(away < box.width / 2 + 5) & (away > box.width / 2 - 6)]
    assert ring.min() >= composed(settings).luma[90, 160] - 1


def test_a_half_has_its_border_inside() -> None:
    rgb = shown(avatar(crop="left", border=0.05))
    assert is_like(rgb[4:-4, 2], WHITE)
    assert is_like(rgb[90, 155], WHITE)
    assert is_like(rgb[90, 163], BLUE)
    assert is_like(rgb[90, 80], ORANGE)


def test_a_shadow_darkens_what_is_below() -> None:
    plain, shaded = (shown(avatar(crop="box", shadow=shadow)) for shadow in (False, True))
    box = box_of(avatar(crop="box"), SIZE)
    assert shaded[box.y1 + 1, 160].sum() < plain[box.y1 + 1, 160].sum() - 30
    inner = grown(box, -2).slices
    np.testing.assert_array_equal(shaded[inner], plain[inner])


def test_who_is_cut_out_and_fills_the_canvas_throws_a_shadow_too() -> None:
    plain, shaded = (shown(avatar(shadow=shadow), cut_out=True) for shadow in (False, True))
    assert shaded[136, 160].sum() < plain[136, 160].sum() - 15
    assert is_like(shaded[90, 160], ORANGE)
    np.testing.assert_array_equal(shaded[10], plain[10])


def test_who_fills_the_canvas_has_neither_mask_nor_shadow() -> None:
    settings = avatar(shadow=True)
    frame = rgb_to_frame(np.full((*SIZE[::-1], 3), ORANGE, np.uint8))
    layers = avatar_layers(settings, lambda number: frame, Box(0, 0, *SIZE), SIZE)
    patches = [patch for layer in layers if (patch := layer.patch(0)) is not None]
    assert len(patches) == 1
    assert patches[0].frame is frame


def test_left_and_right_change_places() -> None:
    rgb = np.full((180, 320, 3), ORANGE, np.uint8)
    rgb[:, :100] = BLUE
    frame = rgb_to_frame(rgb)
    (layer,) = avatar_layers(avatar(mirror=True), lambda number: frame, Box(0, 0, *SIZE), SIZE)
    patch = layer.patch(0)
    assert patch is not None
    mirrored = frame_to_rgb(patch.frame).astype(np.int64)
    assert is_like(mirrored[90, 225:], BLUE)
    assert is_like(mirrored[90, :215], ORANGE)
