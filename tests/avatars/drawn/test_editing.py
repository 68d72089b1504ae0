from __future__ import annotations

import pytest

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.document import as_document, character_of
from phonoscope.avatars.drawn.editing import base_character, change, pick_variant, random_character
from phonoscope.avatars.drawn.friendly import COLOURS, PARTS, PLACES, part_places
from phonoscope.avatars.drawn.library import list_characters, styles_in_library
from phonoscope.avatars.drawn.parts import parts_of
from phonoscope.core.errors import UsageError

PLAIN = Character("micah", {"hairVariant": "fonze", "hairColor": "#000000", "glassesVariant": "round"})


def test_parts_and_colours_are_changed_by_plain_names() -> None:
    changed = change(PLAIN, {"hair": "full", "skin": "tan", "attire": "collared", "background": "mint"})
    assert changed.options["hairVariant"] == "full"
    assert changed.options["clothesVariant"] == "collared"
    assert changed.options["baseColor"] == "#c98f60"
    assert changed.background == "#a9d0c8"
    assert changed.options["glassesVariant"] == "round"


def test_brows_and_beard_go_with_the_hair_unless_they_are_told() -> None:
    changed = change(PLAIN, {"hair-color": "ginger", "brow-color": "#112233"})
    assert changed.options["hairColor"] == changed.options["facialHairColor"] == "#b9582f"
    assert changed.options["eyebrowsColor"] == "#112233"


def test_none_takes_a_part_away() -> None:
    assert "glassesVariant" not in change(PLAIN, {"glasses": "none"}).options
    with pytest.raises(UsageError, match="micah cannot be drawn without eyes"):
        change(PLAIN, {"eyes": "none"})


@pytest.mark.parametrize(
    ("style", "wishes", "option", "value"),
    [
        ("avataaars", {"glasses": "round"}, "accessoriesVariant", "round"),
        ("avataaars", {"hat": "turban"}, "topVariant", "turban"),
        ("avataaars", {"hair": "short flat"}, "topVariant", "shortFlat"),
        ("open-peeps", {"hair": "afro"}, "headVariant", "afro"),
        ("personas", {"glasses": "glasses"}, "eyesVariant", "glasses"),
        ("big-smile", {"glasses": "sunglasses"}, "accessoriesVariant", "sunglasses"),
        ("croodles", {"glasses": "14"}, "eyesVariant", "variant14"),
        ("croodles", {"skin": "dark"}, "baseColor", "#6b4128"),
        ("lorelei", {"hair": "5"}, "hairVariant", "variant05"),
        ("adventurer", {"hair": "Long-3"}, "hairVariant", "long03"),
        ("adventurer", {"facial-hair": "mustache"}, "detailsVariant", "mustache"),
        ("bottts", {"color": "#123456"}, "baseColor", "#123456"),
        ("miniavs", {"attire-color": "navy"}, "bodyColor", "#2f4858"),
        ("voxel-art", {"attire": "suit"}, "outfitVariant", "suit"),
    ],
)
def test_each_style_keeps_it_elsewhere(style: str, wishes: dict[str, str], option: str, value: str) -> None:
    assert change(base_character(style), wishes).options[option] == value


def test_glasses_that_are_eyes_are_taken_off() -> None:
    seen = change(change(base_character("personas"), {"glasses": "glasses"}), {"glasses": "none"})
    assert seen.options["eyesVariant"] == "open"
    plain = base_character("personas")
    assert change(plain, {"glasses": "none"}).options == plain.options


@pytest.mark.parametrize(
    ("own", "option", "value"),
    [
        ("hairVariant=full", "hairVariant", "full"),
        ("hair=full", "hairVariant", "full"),
        ("hairColor=#77311d", "hairColor", "#77311d"),
        ("hair=#731", "hairColor", "#773311"),
        ("eyeShadow = navy", "eyeShadowColor", "#2f4858"),
    ],
)
def test_the_styles_own_options_are_set(own: str, option: str, value: str) -> None:
    assert change(PLAIN, {}, [own]).options[option] == value


@pytest.mark.parametrize(
    ("wishes", "own", "told"),
    [
        ({"hair": "ful"}, [], "has no hair 'ful'. Did you mean full"),
        ({"hat": "cap"}, [], "The style micah has no hat. It has hair, eyes"),
        ({"skin": "tann"}, [], "no colour 'tann' for skin. Did you mean tan"),
        ({"hair-color": "#12"}, [], "no colour '#12'"),
        ({"background": "none"}, [], "no colour 'none'"),
        ({"hat-color": "red"}, [], "has no hat color. Its colours: base"),
        ({}, ["hair"], "is not NAME=VALUE"),
        ({}, ["hairVarient=full"], "no option 'hairVarient'. Did you mean hairVariant"),
        ({}, ["hairVariant=ful"], "no 'ful'. Did you mean full"),
        ({}, ["hairColor=</svg>"], "no colour"),
        ({}, ["animation=fast"], "no option 'animation'"),
    ],
)
def test_what_there_is_not_is_told(wishes: dict[str, str], own: list[str], told: str) -> None:
    with pytest.raises(UsageError) as refused:
        change(PLAIN, wishes, own)
    assert told in str(refused.value)


@pytest.mark.parametrize("style", styles_in_library())
def test_every_style_has_a_plain_start(style: str) -> None:
    base = base_character(style)
    assert base.style == style
    assert not {"hat", "beard", "sunglasses"} & set(base.tags)
    assert character_of(as_document(base), "the base").options == base.options


@pytest.mark.parametrize("style", sorted(PLACES))
def test_the_places_of_plain_names_exist(style: str) -> None:
    parts = parts_of(style)
    for option in PARTS:
        for place in part_places(option, parts):
            assert set(place.only) <= set(parts.variants[place.part])
            assert not place.instead or place.instead in parts.variants[place.part]


def test_people_have_skin_and_hair_by_plain_names() -> None:
    from phonoscope.avatars.drawn.friendly import colour_place

    for style in {one.style for one in list_characters() if "person" in one.tags} - {"notionists"}:
        assert colour_place("skin", parts_of(style)), style
        assert colour_place("hair-color", parts_of(style)), style
        assert part_places("hair", parts_of(style)), style
    assert set(COLOURS) >= {"skin", "hair-color", "attire-color", "color"}


def test_variants_are_known_in_any_spelling() -> None:
    variants = ("variant01", "variant12", "long03", "winterHat1")
    assert (
        pick_variant("1", variants)
        == pick_variant("01", variants)
        == pick_variant("Variant-1", variants)
        == "variant01"
    )
    assert pick_variant("winter hat 1", variants) == "winterHat1"
    assert pick_variant("long", variants) is None


def test_the_same_seed_makes_the_same_character() -> None:
    assert random_character(7, list_characters()) == random_character(7, list_characters())
    assert len({str(random_character(seed, list_characters())) for seed in range(30)}) == 30


def test_random_characters_stay_who_they_are() -> None:
    women = [one for one in list_characters() if {"woman", "glasses"} <= set(one.tags)]
    for seed in range(60):
        made = random_character(seed, women)
        assert {"woman", "glasses"} <= set(made.tags)
        origin = [one for one in women if one.style == made.style and one.tags == made.tags]
        assert origin
        assert character_of(as_document(made), "it")
        for option in ("hairVariant", "glassesVariant", "topVariant"):
            assert made.options.get(option) in {one.options.get(option) for one in origin}


def test_nobody_to_start_from_is_told() -> None:
    with pytest.raises(UsageError, match="Nobody"):
        random_character(1, [])


def test_two_wishes_for_one_part_are_refused() -> None:
    peep, person = base_character("open-peeps"), base_character("avataaars")
    with pytest.raises(UsageError, match="--eyes or --mouth"):
        change(peep, {"eyes": "calm", "mouth": "awe"})
    with pytest.raises(UsageError, match="--hair or --hat"):
        change(person, {"hair": "bob", "hat": "hijab"})
    assert change(peep, {"eyes": "calm", "mouth": "Calm"}).options["expressionVariant"] == "calm"
    assert change(person, {"hair": "bob", "hat": "none"}).options["topVariant"] == "bob"
