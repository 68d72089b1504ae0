"""Text, lower thirds and titles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.scene.overlays.stages import FPS, TALL, WIDE, layer_of, picture_of, stage_of

from phonoscope.scene.overlays.lettering import LetterLook, Room, fit_text
from phonoscope.scene.text.catalogue import family_files

MIDDLE = FPS
LONG = "Our spring collection is here: seventeen new colours, three fits, and one promise to all of you. "


def extent(document: dict[str, Any], size_px: tuple[int, int] = WIDE) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of what is well seen."""
    rows, columns = np.nonzero(picture_of(layer_of(document, stage_of(size_px)).patch(MIDDLE), size_px) > 0.6)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


def test_text_that_nearly_fits_stays_on_one_line() -> None:
    look = LetterLook(40, "white")
    wide = fit_text("A name that is long", look, Room(1e6, 1e6), "").width_px
    one = fit_text("A name that is long", look, Room(0.85 * wide, 1e6, 2), "")
    two = fit_text("A name that is long", look, Room(0.6 * wide, 1e6, 2), "")
    assert (len(one.layout.lines), len(two.layout.lines)) == (1, 2)
    assert one.look.size_px == pytest.approx(34, rel=0.01)
    assert two.look.size_px == 40


def test_a_long_word_becomes_smaller_before_it_is_broken() -> None:
    word = "Donaudampfschiffahrtsgesellschaft"
    fitted = fit_text(word, LetterLook(40, "white"), Room(400, 1e6), "")
    assert len(fitted.layout.lines) == 1
    assert fitted.width_px <= 401


def test_endless_text_ends_in_an_ellipsis() -> None:
    fitted = fit_text(LONG * 40, LetterLook(40, "white"), Room(400, 300), "")
    assert fitted.layout.is_cut
    assert fitted.layout.size_px[1] <= 300
    assert fitted.layout.lines[-1].text.endswith("…")


@pytest.mark.parametrize("size_px", [WIDE, TALL, (200, 200)])
@pytest.mark.parametrize("text", [LONG * 8, "W" * 300, "言葉" * 150, "مرحبا بالعالم " * 40])
def test_text_stays_within_the_canvas(text: str, size_px: tuple[int, int]) -> None:
    left, top, right, bottom = extent({"kind": "text", "text": text, "look": {"size": 0.2, "shadow": 0}}, size_px)
    assert left >= 2 and top >= 2
    assert right <= size_px[0] - 2 and bottom <= size_px[1] - 2


def test_long_text_becomes_smaller_until_it_is_as_low_as_asked() -> None:
    document = {"kind": "text", "text": LONG, "look": {"size": 0.2, "shadow": 0}}
    _, top, _, bottom = extent(document)
    _, low_top, _, low_bottom = extent({**document, "height": 0.3})
    assert bottom - top > 0.5 * WIDE[1]
    assert low_bottom - low_top <= 0.31 * WIDE[1]


@pytest.mark.parametrize("design", ["bar", "box", "line", "ribbon", "minimal"])
@pytest.mark.parametrize("size_px", [WIDE, TALL])
def test_long_names_leave_room(design: str, size_px: tuple[int, int]) -> None:
    document = {"kind": "lower-third", "name": LONG, "role": LONG, "design": design}
    _, top, right, bottom = extent(document, size_px)
    assert right <= size_px[0] - 4
    assert bottom <= size_px[1] - 4
    assert top > 0.4 * size_px[1]


@pytest.mark.parametrize("design", ["bar", "box", "line", "ribbon", "minimal"])
def test_names_that_are_read_from_the_right_stand_on_the_right(design: str) -> None:
    latin = extent({"kind": "lower-third", "name": "Layla", "role": "Head", "design": design})
    arabic = extent({"kind": "lower-third", "name": "ليلى", "role": "مديرة", "design": design})
    assert latin[0] <= 0.1 * WIDE[0] and latin[2] < 0.6 * WIDE[0]
    assert arabic[2] >= 0.9 * WIDE[0] and arabic[0] > 0.4 * WIDE[0]


def test_a_place_that_is_asked_for_is_kept() -> None:
    arabic = extent({"kind": "lower-third", "name": "ليلى", "place": "top-left"})
    assert arabic[0] <= 0.1 * WIDE[0]


def test_a_mirrored_lower_third_comes_from_its_own_side() -> None:
    def first_columns(name: str) -> float:
        layer = layer_of({"kind": "lower-third", "name": name})
        columns = np.nonzero(picture_of(layer.patch(FPS // 2 + 1)) > 0.2)[1]
        return float(columns.mean()) / WIDE[0]

    assert first_columns("Layla") < 0.2
    assert first_columns("ليلى") > 0.8


@pytest.mark.parametrize("design", ["centre", "left", "underline", "framed", "big"])
@pytest.mark.parametrize("size_px", [WIDE, TALL])
def test_titles_stay_within_the_canvas(design: str, size_px: tuple[int, int]) -> None:
    left, top, right, bottom = extent({"kind": "title", "title": LONG, "subtitle": LONG, "design": design}, size_px)
    assert left >= 2 and top >= 2
    assert right <= size_px[0] - 2 and bottom <= size_px[1] - 2


def test_big_titles_are_larger() -> None:
    usual, big = (extent({"kind": "title", "title": "Hello", "design": design}) for design in ("centre", "big"))
    assert big[2] - big[0] > 1.5 * (usual[2] - usual[0])


def test_a_backdrop_covers_the_whole_canvas() -> None:
    seen = picture_of(layer_of({"kind": "title", "title": "Hello", "backdrop": "#000000"}).patch(MIDDLE))
    assert seen.min() == 1


def test_a_box_needs_no_shadow_but_may_have_one() -> None:
    def alpha(look: dict[str, Any]) -> float:
        return float(picture_of(layer_of({"kind": "text", "text": "word", "look": look}).patch(MIDDLE)).sum())

    assert alpha({"box": "#00000080"}) == alpha({"box": "#00000080", "shadow": 0})
    assert alpha({"box": "#00000080"}) < alpha({"box": "#00000080", "shadow": 1})
    assert alpha({"shadow": 0}) < alpha({})


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "text", "text": " \n "},
        {"kind": "watermark"},
        {"kind": "shape", "fill": None},
    ],
)
def test_nothing_to_show_is_no_patch(document: dict[str, Any]) -> None:
    assert layer_of(document).patch(MIDDLE) is None


@pytest.mark.parametrize("document", [{"kind": "lower-third", "name": ""}, {"kind": "title", "title": ""}])
def test_empty_names_break_nothing(document: dict[str, Any]) -> None:
    layer_of(document).patch(MIDDLE)


def test_a_font_of_the_document_is_found_in_its_folder(tmp_path: Path) -> None:
    source = family_files("Anton")[0].path
    (tmp_path / "mine.ttf").write_bytes(source.read_bytes())
    document = {"kind": "text", "text": "Narrow letters", "look": {"font": "mine.ttf"}}
    own = layer_of(document, stage_of(folder=tmp_path)).patch(MIDDLE)
    named = layer_of(document | {"look": {"font": "Anton"}}).patch(MIDDLE)
    usual = layer_of(document | {"look": {}}).patch(MIDDLE)
    assert own is not None and named is not None and usual is not None
    assert own.box.width < 0.9 * usual.box.width
    assert abs(own.box.width - named.box.width) < 20


def test_words_of_scripts_without_spaces_come_one_by_one() -> None:
    enter = {"kind": "words", "duration_s": 1.0, "easing": "linear"}
    layer = layer_of({"kind": "text", "text": "言葉の世界へようこそ", "enter": enter, "look": {"shadow": 0}})
    pictures = [picture_of(layer.patch(number)) for number in range(FPS // 2 + 4, FPS * 3 // 2, 3)]
    columns = [int(np.nonzero(picture > 0.2)[1].max()) for picture in pictures]
    assert columns == sorted(columns)
    assert len(set(columns)) > 3
