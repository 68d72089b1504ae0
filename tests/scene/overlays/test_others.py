"""Progress bars, emoji, watermarks and shapes."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest
from tests.scene.overlays.stages import FPS, WIDE, layer_of, picture_of, stage_of

from phonoscope.scene.document.overlays import Emoji, Shape

MIDDLE = FPS * 3 // 2
WIGGLES = get_args(Emoji.model_fields["wiggle"].annotation)
SHAPES = get_args(Shape.model_fields["shape"].annotation)


def covered(document: dict[str, Any], number: int, span_s: tuple[float, float] = (0.0, 3.0)) -> float:
    """Return how much of a progress line without a track is seen, of the canvas's width."""
    layer = layer_of(document | {"track": "#00000000"}, None, span_s)
    return float((picture_of(layer.patch(number)).max(0) > 0.5).mean())


@pytest.mark.parametrize(("of", "length_s"), [("video", 4.0), ("scene", 3.0), ("span", 2.0)])
def test_progress_is_of_what_is_asked(of: str, length_s: float) -> None:
    document = {"kind": "progress", "of": of}
    last = round(length_s * FPS) - 1
    spans = (0.0, length_s)
    assert covered(document, 0, spans) == 0
    assert covered(document, last // 2, spans) == pytest.approx(0.5, abs=0.02)
    assert covered(document, last, spans) == 1


def test_progress_of_a_span_begins_with_it() -> None:
    assert covered({"kind": "progress", "of": "span"}, 2 * FPS, (1.0, 3.0)) == pytest.approx(0.5, abs=0.02)


def test_a_ring_fills_clockwise_from_above() -> None:
    layer = layer_of(
        {"kind": "progress", "of": "span", "design": "ring", "size": 1.0, "track": "#00000000", "place": "centre"},
        None, (0.0, 2.0),
    )  # fmt: skip
    seen = picture_of(layer.patch(FPS // 2))
    half = WIDE[0] // 2
    right_above, left_below = seen[:80, half + 10 :].sum(), seen[100:, : half - 10].sum()
    assert right_above > 0
    assert left_below == 0


@pytest.mark.parametrize("wiggle", [wiggle for wiggle in WIGGLES if wiggle != "none"])
def test_wiggles_move_and_stay_near(wiggle: str) -> None:
    layer = layer_of({"kind": "emoji", "emoji": "🎉", "wiggle": wiggle, "place": "centre", "size": 0.4})
    seen = [picture_of(layer.patch(number)) > 0.5 for number in range(20, 46)]
    assert len({picture.tobytes() for picture in seen}) > 5
    for picture in seen:
        rows, columns = np.nonzero(picture)
        assert abs(rows.mean() - WIDE[1] / 2) < 12
        assert abs(columns.mean() - WIDE[0] / 2) < 12


@pytest.mark.parametrize("emoji", ["🎉", "👩🏽‍🚀", "🇫🇷", "\u200d"])
def test_whatever_stands_for_an_emoji_is_drawn_within_reason(emoji: str) -> None:
    patch = layer_of({"kind": "emoji", "emoji": emoji, "size": 0.5}, stage_of((2160, 3840))).patch(MIDDLE)
    if patch is not None:
        assert patch.box.width < 2160
        assert patch.box.height < 3840


def test_emoji_are_as_large_as_asked() -> None:
    seen = picture_of(layer_of({"kind": "emoji", "emoji": "🟥", "size": 0.5, "place": "centre"}).patch(MIDDLE)) > 0.5
    assert np.ptp(np.nonzero(seen)[0]) + 1 == pytest.approx(90, abs=3)


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_fill_their_box(shape: str) -> None:
    document = {"kind": "shape", "shape": shape, "width": 0.5, "height": 0.5, "stroke_width": 0.02}
    rows, columns = np.nonzero(picture_of(layer_of(document).patch(MIDDLE)) > 0.4)
    assert np.ptp(columns) + 1 == pytest.approx(160, abs=5)
    if shape != "line":
        assert np.ptp(rows) + 1 == pytest.approx(90, abs=4)


def test_a_stroke_alone_leaves_the_inside_open() -> None:
    document = {"kind": "shape", "fill": None, "stroke": "white", "stroke_width": 0.03}
    seen = picture_of(layer_of(document).patch(MIDDLE))
    assert seen[WIDE[1] // 2, WIDE[0] // 2] == 0
    assert seen.max() == 1


def test_a_tiled_watermark_is_everywhere() -> None:
    seen = picture_of(layer_of({"kind": "watermark", "text": "mine", "tiled": True, "opacity": 1.0}).patch(MIDDLE))
    for rows in np.array_split(seen, 3):
        for part in np.array_split(rows, 3, axis=1):
            assert part.max() > 0.5
