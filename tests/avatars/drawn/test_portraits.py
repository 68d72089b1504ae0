from __future__ import annotations

import numpy as np
import pytest

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.library import find_character, list_characters
from phonoscope.avatars.drawn.portraits import draw_portrait, draw_sheet, svg_texts
from phonoscope.avatars.drawn.styles.definitions import character_svg


def _colour(text: str) -> list[int]:
    return [int(text[at : at + 2], 16) for at in (1, 3, 5)]


def test_a_portrait_shows_the_character_on_its_background() -> None:
    anna = find_character("anna")
    picture = draw_portrait(anna, 200)
    assert picture.shape == (200, 200, 3)
    assert picture[2, 2].tolist() == _colour(anna.background)
    for option in ("skinColor", "hairColor", "clothesColor"):
        far = np.abs(picture.astype(int) - _colour(anna.options[option])).max(axis=2)
        assert (far <= 2).mean() > 0.01, option


def test_drawing_together_is_drawing_one_by_one() -> None:
    some = [one for one in list_characters() if one.style in {"dylan", "thumbs"}][::7]
    assert svg_texts(some) == [svg_texts([one])[0] for one in some]


def test_a_portrait_holds_what_the_style_draws() -> None:
    one = next(one for one in list_characters() if one.style == "dylan")
    inside = character_svg(one).split("</defs>")[0].split("<defs>")[1]
    assert inside in svg_texts([one])[0]


def test_a_part_that_is_not_named_is_not_drawn() -> None:
    bare = Character("dylan", {"hairVariant": "plain", "moodVariant": "happy"})
    bearded = Character("dylan", {**bare.options, "facialHairVariant": "default"})
    assert "facialHair" not in svg_texts([bare, bearded])[0]
    assert "facialHair" in svg_texts([bare, bearded])[1]


def test_hair_may_reach_beyond_the_styles_canvas() -> None:
    long_haired = Character("adventurer", {"hairVariant": "long06", "hairColor": "#00ff00"})
    assert 'viewBox="-' in svg_texts([long_haired])[0]
    assert '<g clip-path="url(#clip-' not in svg_texts([long_haired])[0]


@pytest.mark.parametrize(("count", "shape"), [(1, (188, 166, 3)), (3, (188, 482, 3)), (11, (368, 1588, 3))])
def test_a_sheet_has_a_cell_for_each(count: int, shape: tuple[int, int, int]) -> None:
    some = [one for one in list_characters() if one.style == "thumbs"][:count]
    assert draw_sheet([(one.name, one) for one in some]).shape == shape


def test_long_labels_are_cut() -> None:
    one = next(one for one in list_characters() if one.style == "thumbs")
    sheet = draw_sheet([("m" * 200, one), ("", one)])
    assert (sheet[-20:, 168:] == 255).all()
