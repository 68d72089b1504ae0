from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.drawing.rasterising import draw_frame, drawn_part, even_box, rasterise, rgba_to_frame


def disc(canvas: Any) -> None:
    import skia

    canvas.drawCircle(50, 40, 11, skia.Paint(AntiAlias=True, Color=skia.ColorSetARGB(128, 200, 100, 50)))


@pytest.mark.parametrize(
    ("edges", "box"),
    [
        ((0.0, 0.0, 4.0, 4.0), Box(0, 0, 4, 4)),
        ((1.0, 1.0, 2.1, 3.0), Box(0, 0, 4, 4)),
        ((-0.5, -3.0, -0.1, 0.0), Box(-2, -4, 0, 0)),
        ((5.0, 5.0, 5.0, 5.0), Box(4, 4, 6, 6)),
    ],
)
def test_boxes_are_even(edges: tuple[float, float, float, float], box: Box) -> None:
    assert even_box(*edges) == box


def test_what_is_drawn_is_cut_out() -> None:
    found = draw_frame(disc, Box(10, 10, 110, 110))
    assert found is not None
    box, frame = found
    assert box == Box(38, 28, 62, 52)
    assert frame.size_px == (box.width, box.height)
    assert frame.alpha is not None
    assert frame.alpha[12, 12] == 128


def test_nothing_drawn_is_none() -> None:
    assert draw_frame(lambda canvas: None, Box(0, 0, 20, 20)) is None
    assert drawn_part(np.zeros((4, 4, 4), np.uint8)) is None


def test_colours_are_premultiplied_in_pictures_and_not_in_frames() -> None:
    rgba = rasterise(disc, Box(0, 0, 100, 80))
    assert rgba[40, 50].tolist() == pytest.approx([100, 50, 25, 128], abs=1)
    solid = rgb_to_frame(np.full((2, 2, 3), (200, 100, 50), np.uint8))
    frame = rgba_to_frame(rgba)
    assert int(frame.luma[40, 50]) == pytest.approx(int(solid.luma[0, 0]), abs=1)
    assert frame.chroma[20, 25].astype(int).tolist() == pytest.approx(solid.chroma[0, 0].tolist(), abs=1)


def test_opaque_pictures_become_what_the_encoder_is_given() -> None:
    rgb = np.random.default_rng(1).integers(0, 256, (16, 24, 3), np.uint8)
    rgba = np.dstack([rgb, np.full((16, 24), 255, np.uint8)])
    frame, expected = rgba_to_frame(rgba), rgb_to_frame(rgb)
    assert np.abs(frame.luma.astype(int) - expected.luma).max() <= 1
    assert np.abs(frame.chroma.astype(int) - expected.chroma).max() <= 2
    assert frame.alpha is not None
    assert frame.alpha.min() == 255


def test_transparent_pixels_do_not_stain_the_chroma_beside_them() -> None:
    rgba = np.zeros((4, 8, 4), np.uint8)
    rgba[:, 3] = (255, 0, 0, 255)
    red = rgb_to_frame(np.full((2, 2, 3), (255, 0, 0), np.uint8))
    frame = rgba_to_frame(rgba)
    assert np.abs(frame.chroma[:, 1:3].astype(int) - red.chroma[0, 0]).max() <= 1
    assert (frame.chroma[:, 0] == 128).all()


def test_a_frame_can_be_written_again_and_must_have_alpha() -> None:
    rgba = rasterise(disc, Box(0, 0, 100, 80))
    out = rgba_to_frame(np.zeros_like(rgba))
    assert rgba_to_frame(rgba, out) is out
    assert np.array_equal(out.luma, rgba_to_frame(rgba).luma)
    with pytest.raises(ValueError, match="alpha"):
        rgba_to_frame(rgba, VideoFrame(out.luma, out.chroma))
