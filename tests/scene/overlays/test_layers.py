"""What holds for every kind of overlay and every motion."""

from __future__ import annotations

import weakref
from collections.abc import Hashable
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from PIL import Image
from tests.scene.overlays.stages import FPS, TALL, WIDE, copied, layer_of, picture_of, same_pixels, stage_of

from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.document.overlays import Motion

MOTIONS: tuple[Motion, ...] = get_args(Motion)
KINDS: dict[str, dict[str, Any]] = {
    "text": {"kind": "text", "text": "Hello, my words"},
    "boxed": {"kind": "text", "text": "On a box", "look": {"box": "#000000c0", "outline": 0.1}, "place": "bottom"},
    "lower-third": {"kind": "lower-third", "name": "Ada Lovelace", "role": "Countess"},
    "title": {"kind": "title", "title": "The Title", "subtitle": "and more", "backdrop": "#00000080"},
    "shape": {"kind": "shape", "shape": "bubble", "rotation_deg": 10},
    "progress": {"kind": "progress", "of": "span"},
    "ring": {"kind": "progress", "of": "video", "design": "ring"},
    "image": {"kind": "image", "image": "still.png", "radius": 0.2, "border": 0.02, "shadow": 0.5, "pan_zoom": 1.5},
    "animated": {"kind": "image", "image": "moving.gif", "width": 0.3},
    "logo": {"kind": "logo", "image": "still.png"},
    "watermark": {"kind": "watermark", "text": "mine"},
    "tiled": {"kind": "watermark", "text": "mine", "tiled": True},
    "emoji": {"kind": "emoji", "emoji": "🎉", "wiggle": "shake"},
    "qr": {"kind": "qr", "text": "https://example.org", "label": "Scan"},
}
SEEN = range(FPS // 2, FPS * 5 // 2)
"""Numbers of the frames between half a second and two and a half."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assets")
    generator = np.random.default_rng(1)
    frames = [Image.fromarray(generator.integers(0, 256, (40, 60, 3), np.uint8)) for _ in range(4)]
    frames[0].save(folder / "still.png")
    frames[0].save(folder / "moving.gif", save_all=True, append_images=frames[1:], duration=150, loop=0)
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_is_seen_in_its_span_only(kind: str, folder: Path) -> None:
    layer = layer_of(KINDS[kind], stage_of(folder=folder))
    for number in (0, SEEN[0] - 1, SEEN[-1] + 1, 1000):
        assert layer.patch(number) is None
    assert all(layer.patch(number) is not None for number in SEEN[4:-4])


@pytest.mark.parametrize("kind", KINDS)
def test_patches_are_even_and_hold_together(kind: str, folder: Path) -> None:
    layer = layer_of(KINDS[kind], stage_of(folder=folder))
    for number in SEEN:
        patch = layer.patch(number)
        if patch is None:
            continue
        box = patch.box
        assert all(edge % 2 == 0 for edge in (box.x0, box.y0, box.x1, box.y1))
        assert patch.frame.luma.shape == (box.height, box.width)
        assert patch.frame.chroma.shape == (box.height // 2, box.width // 2, 2)
        assert patch.frame.alpha is not None
        assert patch.frame.alpha.shape == (box.height, box.width)
        assert 0 < patch.opacity <= 1


@pytest.mark.parametrize("motion", MOTIONS)
@pytest.mark.parametrize("kind", ["text", "lower-third", "title", "image", "emoji"])
def test_any_order_gives_the_same_pixels(kind: str, motion: Motion, folder: Path) -> None:
    document = KINDS[kind] | {
        "enter": {"kind": motion, "duration_s": 0.6},
        "exit": {"kind": motion, "duration_s": 0.5, "easing": "back"},
    }
    one, other = (layer_of(document, stage_of(folder=folder)) for _ in range(2))
    shown: dict[tuple[Hashable, Box], VideoFrame] = {}
    in_order = {}
    for number in SEEN:
        patch = one.patch(number)
        in_order[number] = None if patch is None else (patch, copied(patch.frame))
        if patch is not None:
            same = shown.setdefault((patch.key, patch.box), copied(patch.frame))
            assert same_pixels(same, patch.frame), "the same key shows the same pixels"
    for number in np.random.default_rng(3).permutation(SEEN).tolist():
        patch, before = other.patch(number), in_order[number]
        if before is None:
            assert patch is None
            continue
        assert patch is not None
        assert (patch.box, patch.key, patch.opacity) == (before[0].box, before[0].key, before[0].opacity)
        assert same_pixels(patch.frame, before[1])


@pytest.mark.parametrize("kind", KINDS)
def test_different_pixels_have_different_keys(kind: str, folder: Path) -> None:
    layer = layer_of(KINDS[kind], stage_of(folder=folder))
    last: tuple[Hashable, Box, VideoFrame] | None = None
    for number in SEEN:
        patch = layer.patch(number)
        if patch is None:
            continue
        if last is not None and patch.box == last[1] and not same_pixels(patch.frame, last[2]):
            assert patch.key != last[0]
        last = patch.key, patch.box, copied(patch.frame)


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind not in ("progress", "ring", "image", "animated", "emoji")]
)
def test_what_is_still_is_drawn_once(kind: str, folder: Path) -> None:
    layer = layer_of(KINDS[kind], stage_of(folder=folder))
    patches = [layer.patch(number) for number in SEEN[12:-12]]
    assert len({patch.key for patch in patches if patch}) == 1
    assert len({id(patch.frame) for patch in patches if patch}) == 1


def test_what_fades_changes_its_opacity_only() -> None:
    fade = {"kind": "fade", "duration_s": 0.5}
    layer = layer_of(KINDS["text"] | {"enter": fade, "exit": fade, "opacity": 0.5})
    patches = [patch for number in SEEN if (patch := layer.patch(number))]
    assert len({(patch.key, patch.box, id(patch.frame)) for patch in patches}) == 1
    opacities = [patch.opacity for patch in patches]
    rise, fall = opacities[:10], opacities[-10:]
    assert rise == sorted(rise)
    assert fall == sorted(fall, reverse=True)
    assert max(opacities) == 0.5


def test_what_slides_fast_is_drawn_a_few_times_only() -> None:
    layer = layer_of(KINDS["text"] | {"enter": {"kind": "slide-left", "duration_s": 0.8, "easing": "linear"}})
    patches = [patch for number in SEEN[:16] if (patch := layer.patch(number))]
    assert len({patch.box for patch in patches}) > 8
    assert len({patch.key for patch in patches}) <= 2


@pytest.mark.parametrize("motion", [motion for motion in MOTIONS if motion != "none"])
@pytest.mark.parametrize("kind", ["text", "lower-third", "title", "shape"])
def test_motions_lead_to_the_resting_picture_without_a_leap(kind: str, motion: Motion) -> None:
    document = KINDS[kind] | {
        "enter": {"kind": motion, "duration_s": 1.0, "easing": "ease-in-out"}, "exit": {"kind": "none"},
    }  # fmt: skip
    layer = layer_of(document)
    seen = [picture_of(layer.patch(number)) for number in SEEN]
    rest = seen[-1]
    first, last = np.abs(seen[0] - rest).sum(), np.abs(seen[19] - rest).sum()
    assert first > 0.5 * rest.sum() or motion == "words"
    assert last < 0.2 * rest.sum()
    assert np.array_equal(seen[20], rest)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("animated", "tiled", "title")])
@pytest.mark.parametrize("size_px", [WIDE, TALL, (200, 200)])
def test_nothing_runs_off_the_canvas_at_rest(kind: str, size_px: tuple[int, int], folder: Path) -> None:
    document = {key: value for key, value in KINDS[kind].items() if key not in ("rotation_deg", "pan_zoom", "shadow")}
    patch = layer_of(document, stage_of(size_px, folder)).patch(SEEN[20])
    assert patch is not None and patch.frame.alpha is not None
    box = patch.box
    rows, columns = np.nonzero(patch.frame.alpha > 40)
    assert box.x0 + columns.min() >= 0
    assert box.y0 + rows.min() >= 0
    assert box.x0 + columns.max() < size_px[0]
    assert box.y0 + rows.max() < size_px[1]


def test_a_turn_leaves_the_middle_where_it_is() -> None:
    shape = {"kind": "shape", "shape": "rectangle", "width": 0.3, "height": 0.1}
    upright, turned = (
        picture_of(layer_of(shape | {"rotation_deg": degrees}).patch(SEEN[20])) for degrees in (0, 90)
    )  # fmt: skip
    assert upright.sum() == pytest.approx(turned.sum(), rel=0.02)

    def extent(picture: Any) -> tuple[int, int]:
        rows, columns = np.nonzero(picture > 0.5)
        return int(np.ptp(columns)), int(np.ptp(rows))

    assert extent(turned) == pytest.approx(extent(upright)[::-1], abs=1)


def test_what_is_larger_than_the_canvas_is_cut_to_it() -> None:
    shape = {"kind": "shape", "width": 3, "height": 3, "rotation_deg": 30}
    patch = layer_of(shape).patch(SEEN[20])
    assert patch is not None
    assert patch.box == Box(0, 0, *WIDE)


def test_what_lies_beside_the_canvas_is_not_seen() -> None:
    shape = {"kind": "shape", "place": {"x": 2.5, "y": 0.5}}
    assert layer_of(shape).patch(SEEN[20]) is None


@pytest.mark.parametrize("kind", ["text", "lower-third", "title", "shape", "qr", "emoji"])
def test_small_and_large_canvases_look_the_same(kind: str) -> None:
    import cv2

    document = KINDS[kind] | {"wiggle": "none"} if kind == "emoji" else KINDS[kind]
    small = picture_of(layer_of(document, stage_of((320, 180))).patch(SEEN[20]), (320, 180))
    large = picture_of(layer_of(document, stage_of((1280, 720))).patch(SEEN[20]), (1280, 720))
    reduced = cv2.resize(large, (320, 180), interpolation=cv2.INTER_AREA)
    blurred = [cv2.GaussianBlur(picture, (0, 0), 3) for picture in (small, reduced)]
    assert np.abs(blurred[0] - blurred[1]).max() < 0.3


def test_an_overlay_that_is_over_holds_no_memory(folder: Path) -> None:
    layer = layer_of(KINDS["image"], stage_of(folder=folder))
    patch = layer.patch(SEEN[20])
    assert patch is not None
    frame, key = weakref.ref(patch.frame.luma), patch.key
    before = copied(patch.frame)
    del patch
    assert frame() is not None
    assert layer.patch(SEEN[-1] + 1) is None
    assert frame() is None
    again = layer.patch(SEEN[20])
    assert again is not None
    assert again.key == key
    assert same_pixels(again.frame, before)
