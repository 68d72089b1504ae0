"""Boxes around what is on the canvas: where it is drawn, and only while it is seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from phonoscope.core.errors import SceneError, UsageError
from phonoscope.rendering.stage_boxes import StageBox
from phonoscope.rendering.still import Stills
from tests.rendering.documents import opened, scene_document, talking, write_picture

SQUARE = {"kind": "shape", "fill": "#00ff00", "width": 0.25, "height": 0.5, "place": {"x": 0.5, "y": 0.25}}
STILL = {"enter": {"kind": "none"}, "exit": {"kind": "none"}}


def boxes(document: dict[str, Any], folder: Path, time_s: float = 0.5) -> dict[str, StageBox]:
    """Return what is on the canvas at a time, by its path, in order."""
    return {box.path: box for box in Stills(opened(document, folder)).boxes(time_s)}


def silent(*overlays: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a document with two seconds of red."""
    return scene_document({"duration_s": 2, "background": "red", "overlays": list(overlays)}, **more)


def test_a_box_is_where_the_thing_is_drawn(tmp_path: Path) -> None:
    stills = Stills(opened(silent({**SQUARE, **STILL}), tmp_path))
    (box,) = stills.boxes(1.0)
    assert (box.path, box.kind, box.rotation_deg) == ("scenes[0].overlays[0]", "shape", 0)
    green = stills.picture(1.0).rgb[..., 1] > 128
    rows, columns = np.flatnonzero(green.any(1)), np.flatnonzero(green.any(0))
    drawn = (columns[0] / 192, rows[0] / 108, len(columns) / 192, len(rows) / 108)
    assert drawn == pytest.approx((box.x, box.y, box.width, box.height), abs=0.02)
    assert (box.width, box.height) == pytest.approx((0.25, 0.5), abs=0.01)


def test_things_are_told_from_the_bottom_to_the_top(tmp_path: Path) -> None:
    document = scene_document(
        talking("Hello there, my friend.", overlays=[{"kind": "text", "text": "A  title\nof " + 60 * "x"}]),
        overlays=[{"kind": "progress"}],
        captions={"shown": True},
    )
    found = boxes(document, tmp_path, 1.0)
    assert list(found) == ["scenes[0].avatars[0]", "scenes[0].overlays[0]", "captions", "overlays[0]"]
    assert [box.kind for box in found.values()] == ["avatar", "text", "captions", "progress"]
    anna, title, captions, progress = found.values()
    assert (anna.label, anna.x, anna.width, anna.height) == ("anna", 0, 0.5, 1)
    assert title.label.startswith("A title of xxx") and title.label.endswith("…") and len(title.label) == 40
    assert captions.label.startswith("Hello there") and captions.y > 0.5
    assert progress.width == 1


def test_only_what_is_seen_is_told(tmp_path: Path) -> None:
    document = silent({**SQUARE, "start": 1}, {**SQUARE, "end": 1}, {"kind": "text", "text": " "}, captions=True)
    assert list(boxes(document, tmp_path, 0.5)) == ["scenes[0].overlays[1]"]
    assert list(boxes(document, tmp_path, 1.5)) == ["scenes[0].overlays[0]"]


def test_a_box_is_that_at_rest(tmp_path: Path) -> None:
    turned = {**SQUARE, "rotation_deg": 30, "enter": {"kind": "slide-left", "duration_s": 1}}
    (coming,) = boxes(silent(turned), tmp_path, 0.1).values()
    (resting,) = boxes(silent({**SQUARE, **STILL}), tmp_path, 0.1).values()
    assert coming.rotation_deg == 30
    assert (coming.x, coming.y, coming.width) == (resting.x, resting.y, resting.width)


def test_a_lower_third_is_told_where_captions_let_it_stand(tmp_path: Path) -> None:
    third = {"kind": "lower-third", "name": "Anna Maria", "role": "Hostess of many long evenings", "size": 0.09}
    low = boxes(scene_document(talking("Hello there.", overlays=[third])), tmp_path, 0.9)
    risen = boxes(scene_document(talking("Hello there.", overlays=[third]), captions=True), tmp_path, 0.9)
    path = "scenes[0].overlays[0]"
    assert risen[path].y + risen[path].height < risen["captions"].y < low[path].y + low[path].height
    assert risen[path].label == "Anna Maria"


def test_scenes_have_paths_of_their_own(tmp_path: Path) -> None:
    document = scene_document(
        {"duration_s": 2, "overlays": [SQUARE]},
        talking("Hello there.", captions={"shown": True}, overlays=[SQUARE], transition="dissolve"),
    )
    assert list(boxes(document, tmp_path, 0.2)) == ["scenes[0].overlays[0]"]
    second = ["scenes[1].avatars[0]", "scenes[1].overlays[0]", "scenes[1].captions"]
    assert list(boxes(document, tmp_path, 2.3)) == second


def test_what_cannot_be_drawn_tells_its_place(tmp_path: Path) -> None:
    write_picture(tmp_path / "logo.png")
    stills = Stills(opened(silent({"kind": "logo", "image": "logo.png"}), tmp_path))
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(SceneError) as caught:
        stills.boxes(1.0)
    assert caught.value.path == "scenes[0].overlays[0]"
    with pytest.raises(UsageError, match="no frame"):
        stills.boxes(9.0)
