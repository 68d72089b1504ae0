"""Neither captions nor lower thirds cover the other."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from phonoscope.core.speech import Word
from phonoscope.rendering.covering import above_captions, places_taken
from phonoscope.rendering.opening import known_names
from phonoscope.rendering.plan import timeline_of
from phonoscope.rendering.production import Production
from phonoscope.scene.captioning import CaptionLayer, CaptionStage, caption_layer
from phonoscope.scene.document.captions import Captions
from phonoscope.scene.document.overlays import LowerThird, Overlay
from phonoscope.scene.document.reading import read_document
from tests.rendering.documents import scene_document

SAID = ("Good", "morning", "to", "all", "of", "you", "out", "there.")
WORDS = [Word(word, 0.3 * n, 0.3 * n + 0.28) for n, word in enumerate(SAID)]
THIRD = {"kind": "lower-third", "name": "Anna Smith", "role": "Head of everything", "start": "0.5", "end": "2"}


def _production(tmp_path: Any, *overlays: dict[str, Any], **more: Any) -> Production:
    canvas = {"width": 640, "height": 360, "fps": 30}
    written = scene_document({"duration_s": 4, "overlays": overlays}, **{"canvas": canvas, **more})
    read = read_document(written, tmp_path, {}, False, known_names())
    return Production(
        document=read.document,
        assets=read.assets,
        size_px=(640, 360),
        fps=Fraction(30),
        timeline=timeline_of(read.document, [4.0], Fraction(30)),
        transparent=False,
    )


def _captions(production: Production, low: bool = True) -> CaptionLayer:
    covered = places_taken(production, 0, WORDS, low)
    told = Captions(position="bottom" if low else "top")
    stage = CaptionStage(production.size_px, production.fps, production.assets, "en", covered)
    return caption_layer(told, [(word, "") for word in WORDS], stage)


def _box(layer: CaptionLayer) -> tuple[int, int]:
    patch = layer.patch(30)
    assert patch is not None
    return patch.box.y0, patch.box.y1


def _third(overlays: Sequence[Overlay]) -> LowerThird:
    (third,) = overlays
    assert isinstance(third, LowerThird)
    return third


def test_a_lower_third_moves_above_captions(tmp_path: Any) -> None:
    production = _production(tmp_path, {**THIRD, "size": 0.08})
    captions = _captions(production)
    plain = _captions(_production(tmp_path))
    assert _box(captions) == _box(plain)
    overlays = production.document.scenes[0].overlays
    raised = _third(above_captions(overlays, captions, WORDS, production, 0))
    assert raised.place.at is None
    assert raised.place.y * 360 < _box(captions)[0]
    assert raised.enter == _third(overlays).enter


@pytest.mark.parametrize("change", [{"start": "3"}, {"place": {"x": 0.1, "y": 0.2, "anchor": "top-left"}}])
def test_what_does_not_touch_captions_stays(tmp_path: Any, change: dict[str, Any]) -> None:
    production = _production(tmp_path, {**THIRD, "end": "4", **change})
    overlays = production.document.scenes[0].overlays
    assert above_captions(overlays, _captions(production), WORDS, production, 0) == overlays


def test_captions_make_way_for_a_place_that_was_chosen_and_for_names_of_the_whole_video(tmp_path: Any) -> None:
    placed = {**THIRD, "place": {"x": 0.5, "y": 0.95, "anchor": "bottom"}}
    plain = _box(_captions(_production(tmp_path)))
    for production in (_production(tmp_path, placed), _production(tmp_path, overlays=[placed])):
        assert _box(_captions(production))[1] < plain[1] - 20


def test_captions_above_stay_where_they_are(tmp_path: Any) -> None:
    assert _box(_captions(_production(tmp_path, THIRD), low=False)) == _box(_captions(_production(tmp_path), low=False))
