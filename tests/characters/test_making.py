from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from characters.making import write_library
from characters.tables import read_table, read_tables

from characters import palettes

TABLES = read_tables()


def _shipped() -> list[dict[str, Any]]:
    text = resources.files("phonoscope.avatars.drawn.library").joinpath("characters.json").read_text("utf-8")
    characters: list[dict[str, Any]] = json.loads(text)["characters"]
    return characters


def test_the_packages_library_is_the_one_the_tables_give(tmp_path: Path) -> None:
    made = tmp_path / "characters.json"
    count = write_library(made)
    shipped = resources.files("phonoscope.avatars.drawn.library").joinpath("characters.json").read_text("utf-8")
    assert made.read_text("utf-8") == shipped, "run: python -m characters"
    assert len(json.loads(shipped)["characters"]) == count == sum(table.count for table in TABLES)


def test_a_mistyped_limit_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "x.json"
    table.write_text(
        '{"style": "x", "kind": "person", "count": 1, "look": "", "colours": {}, "parts": {"hair": {"a": "womna:"}}}'
    )
    with pytest.raises(ValueError, match="womna"):
        read_table(table)


def test_people_stand_out_from_their_backgrounds() -> None:
    skins = {"skinColor", "baseColor"}
    gaps = [
        palettes.distance(one["background"], one["options"][option])
        for one in _shipped()
        if "person" in one["tags"]
        for option in skins & set(one["options"])
    ]
    assert min(gaps) > 15


def test_hair_that_is_only_lines_stands_out_from_its_background() -> None:
    sketched = [one for one in _shipped() if one["style"] == "croodles"]
    assert sketched
    assert min(palettes.distance(one["background"], one["options"]["topColor"]) for one in sketched) > 25


def test_tags_tell_who_wears_glasses_and_beards() -> None:
    for one in _shipped():
        tags, options = set(one["tags"]), one["options"]
        if "glassesVariant" in options:
            assert tags & {"glasses", "sunglasses"}, one["name"]
        if tags & {"beard", "moustache", "stubble"}:
            assert "woman" not in tags, one["name"]
            assert "child" not in tags, one["name"]


def test_long_hair_hides_no_earrings() -> None:
    """Else they came out from under the hair of a head that turns."""
    pixels = [one for one in _shipped() if one["style"] == "pixel-art"]
    assert any("earrings" in one["tags"] for one in pixels)
    assert not any({"earrings", "long-hair"} <= set(one["tags"]) for one in pixels)


def test_clothes_are_no_skin() -> None:
    skins = [colour for tones in palettes.SKIN.values() for colour in tones]
    chosen = palettes.apart(palettes.ATTIRE, skins[:1], 28)
    assert chosen
    assert all(palettes.distance(colour, skins[0]) >= 28 for colour in chosen)


@pytest.mark.parametrize(
    ("colour", "name"),
    [("#7dd3fc", "blue"), ("#c4b5fd", "purple"), ("#fda4af", "pink"), ("#fcd34d", "yellow"), ("#e2e8f0", "white"),
     ("#8f8f8f", "grey"), ("#40a843", "green"), ("#e45e4d", "red"), ("#c4795c", "brown"), ("#5eead4", "teal")],
)  # fmt: skip
def test_colours_have_everyday_names(colour: str, name: str) -> None:
    assert palettes.hue_name(colour) == name


def test_distances_are_those_of_the_lab_space() -> None:
    assert palettes.distance("#000000", "#ffffff") == pytest.approx(100, abs=0.1)
    assert palettes.distance("#123456", "#123456") == 0
    assert palettes.as_lab("#ff0000") == pytest.approx((53.2, 80.1, 67.2), abs=0.3)


def test_what_does_not_go_together_is_not_put_together() -> None:
    critters = [one for one in _shipped() if one["style"] == "critters"]
    tower = [one["options"]["eyesVariant"] for one in critters if one["options"]["bodyVariant"] == "tower"]
    assert tower
    assert set(tower) <= {"close", "mono"}


def test_no_more_have_a_striking_part_than_the_table_lets() -> None:
    eyes = [one["options"]["eyesVariant"] for one in _shipped() if one["style"] == "fun-emoji"]
    assert 0 < eyes.count("stars") <= 2
    smiling = [one["options"]["eyesVariant"] for one in _shipped() if one["style"] == "thumbs"]
    assert 0 < smiling.count("variant04") <= 3


def test_clear_glass_is_seen_before_its_background() -> None:
    glass = {"glowingBulb01", "glowingBulb02", "lights", "pyramid"}
    bulbs = [one for one in _shipped() if one["style"] == "bottts" and one["options"]["topVariant"] in glass]
    assert bulbs
    assert all(palettes.distance(one["background"], "#ffffff") > 40 for one in bulbs)


def test_animals_have_names_of_their_kind() -> None:
    named = {one["name"]: one["tags"] for one in _shipped()}
    assert "rabbit" not in named.get("tomcat", [])
    assert all("rabbit" in named[name] for name in ("lapin", "cottontail", "hoppy") if name in named)
