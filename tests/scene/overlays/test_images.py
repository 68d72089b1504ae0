"""Pictures, animations and codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image
from tests.scene.overlays.stages import FPS, WIDE, layer_of, picture_of, stage_of

from phonoscope.core.errors import PhotoError, SceneError
from phonoscope.scene.overlays.qr import modules_of

COLOURS = [(255, 0, 0), (0, 255, 0), (0, 0, 255)]
MIDDLE = FPS * 3 // 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.new("RGB", (64, 32), "white").save(tmp_path / "white.png")
    frames = [Image.new("RGB", (30, 30), colour) for colour in COLOURS]
    for name in ("three.gif", "three.webp", "three.png"):
        options: dict[str, Any] = {"lossless": True} if name.endswith("webp") else {}
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], duration=200, loop=0, **options)
    return tmp_path


def extent(document: dict[str, Any], folder: Path) -> tuple[int, int]:
    rows, columns = np.nonzero(picture_of(layer_of(document, stage_of(folder=folder)).patch(MIDDLE)) > 0.5)
    return int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1


def test_a_picture_is_as_wide_as_asked(folder: Path) -> None:
    assert extent({"kind": "image", "image": "white.png", "width": 0.5}, folder) == (160, 80)


def test_a_picture_is_at_most_as_high_as_asked(folder: Path) -> None:
    document = {"kind": "image", "image": "white.png", "width": 0.5, "height": 0.25}
    assert extent(document, folder) == (90, 45)


def test_a_border_counts_as_part_of_the_picture(folder: Path) -> None:
    document = {"kind": "image", "image": "white.png", "width": 0.5, "border": 0.05}
    assert extent(document, folder)[0] == 160


def test_corners_are_cut(folder: Path) -> None:
    square = {"kind": "image", "image": "three.gif", "width": 0.25}
    whole = picture_of(layer_of(square, stage_of(folder=folder)).patch(MIDDLE)).sum()
    circle = picture_of(layer_of(square | {"radius": 0.5}, stage_of(folder=folder)).patch(MIDDLE)).sum()
    assert circle / whole == pytest.approx(np.pi / 4, rel=0.02)


def test_a_logo_is_as_high_as_asked(folder: Path) -> None:
    assert extent({"kind": "logo", "image": "white.png", "size": 0.2}, folder) == (72, 36)


@pytest.mark.parametrize("name", ["three.gif", "three.webp", "three.png"])
def test_animations_follow_their_own_clock(name: str, folder: Path) -> None:
    layer = layer_of({"kind": "image", "image": name, "enter": {"kind": "none"}}, stage_of(folder=folder), (0.5, 2.5))
    lumas = []
    for number in range(10, 30):
        patch = layer.patch(number)
        assert patch is not None
        lumas.append(int(patch.frame.luma[patch.box.height // 2, patch.box.width // 2]))
    # 0.2 s are four frames of the video.
    red, green, blue = lumas[0], lumas[4], lumas[8]
    assert len({red, green, blue}) == 3
    assert lumas[:16] == [red] * 4 + [green] * 4 + [blue] * 4 + [red] * 4


def test_an_animation_that_does_not_loop_keeps_its_last_frame(folder: Path) -> None:
    layer = layer_of({"kind": "image", "image": "three.gif", "loop": False}, stage_of(folder=folder))
    patches = [layer.patch(number) for number in range(24, 40)]
    assert len({patch.key for patch in patches if patch}) == 1


def test_pan_zoom_comes_nearer_within_its_place(folder: Path) -> None:
    checks = np.kron(np.indices((8, 8)).sum(0) % 2, np.ones((8, 8))).astype(np.uint8) * 255
    Image.fromarray(checks).save(folder / "checks.png")
    document = {"kind": "image", "image": "checks.png", "pan_zoom": 2.0, "width": 0.4}
    layer = layer_of(document, stage_of(folder=folder))
    first, last = layer.patch(12), layer.patch(46)
    assert first is not None and last is not None
    assert first.box == last.box
    edges = [np.abs(np.diff(patch.frame.luma.astype(int))).sum() for patch in (first, last)]
    assert edges[1] < 0.75 * edges[0]


@pytest.mark.parametrize("content", [b"", b"nothing of the sort", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a"])
def test_what_is_no_picture_is_refused(content: bytes, folder: Path) -> None:
    (folder / "bad.png").write_bytes(content)
    with pytest.raises(PhotoError, match=r"bad\.png"):
        layer_of({"kind": "image", "image": "bad.png"}, stage_of(folder=folder)).patch(MIDDLE)


def test_a_missing_picture_is_told(folder: Path) -> None:
    with pytest.raises(PhotoError, match="does not exist"):
        layer_of({"kind": "logo", "image": "none.png"}, stage_of(folder=folder)).patch(MIDDLE)


def test_enormous_pictures_cost_no_more_than_the_canvas(folder: Path) -> None:
    document = {"kind": "image", "image": "white.png", "width": 3, "pan_zoom": 3, "rotation_deg": 20}
    patch = layer_of(document, stage_of(folder=folder)).patch(MIDDLE)
    assert patch is not None
    assert patch.box.width * patch.box.height <= WIDE[0] * WIDE[1]


@pytest.mark.parametrize("size", [0.25, 0.5, 1.0])
def test_a_code_can_be_read(size: float) -> None:
    text = "https://example.org/menu?table=12"
    canvas = (720, 720)
    patch = layer_of({"kind": "qr", "text": text, "size": size, "place": "centre"}, stage_of(canvas)).patch(MIDDLE)
    assert patch is not None
    found, *_ = cv2.QRCodeDetector().detectAndDecode(np.pad(patch.frame.luma, 20, constant_values=235))
    assert found == text


def test_modules_are_whole_pixels() -> None:
    layer = layer_of({"kind": "qr", "text": "whole", "size": 0.4}, stage_of((720, 480)))
    patch = layer.patch(MIDDLE)
    assert patch is not None
    inner = patch.frame.luma[20:-20, 20:-20]
    assert set(np.unique(inner)) == {16, 235}


def test_a_text_too_long_for_any_code_is_told() -> None:
    with pytest.raises(SceneError, match="too long"):
        modules_of("🙂" * 1000)


def test_modules_are_those_of_the_text() -> None:
    code = modules_of("x")
    assert code.shape == (21, 21)
    assert code[:7, :7].sum() == 33
