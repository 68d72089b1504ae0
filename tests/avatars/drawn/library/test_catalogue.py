from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

import pytest

from phonoscope.avatars.drawn.document import COLOUR, NAME
from phonoscope.avatars.drawn.library import find_character, list_characters, styles_in_library, vocabulary
from phonoscope.avatars.drawn.parts import COLOUR_ENDING, VARIANT_ENDING, parts_of
from phonoscope.avatars.drawn.styles.rigs import styles_with_rigs
from phonoscope.core.errors import UsageError

CHARACTERS = list_characters()
PEOPLE = [one for one in CHARACTERS if "person" in one.tags]
COUNTS = Counter(tag for one in CHARACTERS for tag in one.tags)

EMOTIONAL = re.compile(
    "sad|angry|cry|vomit|sick|hearts|love|dizzy|sleep|(?<!t)wink|closed|pacifier|faceMask|medicalMask|frown"
)
"""Variants that no character may have: they will say all kinds of things."""


def test_there_are_at_least_six_hundred() -> None:
    assert len(CHARACTERS) >= 600


def test_every_name_is_one_and_can_be_typed() -> None:
    names = [one.name for one in CHARACTERS]
    assert len(set(names)) == len(names)
    assert all(NAME.fullmatch(name) for name in names)
    assert max(map(len, names)) <= 14


def test_no_two_look_the_same() -> None:
    looks = Counter((one.style, one.background, *sorted(one.options.items())) for one in CHARACTERS)
    assert max(looks.values()) == 1


@pytest.mark.parametrize("style", styles_in_library())
def test_every_option_is_known_to_the_style(style: str) -> None:
    parts = parts_of(style)
    for one in CHARACTERS:
        if one.style != style:
            continue
        assert COLOUR.fullmatch(one.background), one.name
        for option, value in one.options.items():
            if option.endswith(VARIANT_ENDING):
                assert value in parts.variants[option.removesuffix(VARIANT_ENDING)], one.name
            else:
                assert option.removesuffix(COLOUR_ENDING) in parts.colours, one.name
                assert COLOUR.fullmatch(value), one.name
        named = {option.removesuffix(VARIANT_ENDING) for option in one.options}
        choices = {part for part, variants in parts.variants.items() if len(variants) > 1} - {"clothesGraphic"}
        assert choices - parts.optional <= named, f"{one.name} leaves something to chance"


def test_every_style_can_act() -> None:
    assert set(styles_in_library()) <= set(styles_with_rigs())


def test_nobody_is_sad_asleep_or_in_love() -> None:
    assert not [one.name for one in CHARACTERS for value in one.options.values() if EMOTIONAL.search(value)]


def test_all_tags_are_in_the_vocabulary_and_each_one_once() -> None:
    assert set(COUNTS) <= vocabulary.ALL_TAGS
    assert all(len(set(one.tags)) == len(one.tags) for one in CHARACTERS)


def test_everybody_has_one_kind_and_a_look() -> None:
    kinds, looks = (set(vocabulary.TAGS[topic].split()) for topic in ("kind", "look"))
    assert all(len(kinds & set(one.tags)) == 1 and looks & set(one.tags) for one in CHARACTERS)


def test_people_are_shared_out_fairly() -> None:
    skins = [COUNTS[tag] for tag in vocabulary.TAGS["skin"].split()]
    assert min(skins) > 0.8 * max(skins)
    assert min(skins) >= 60
    assert abs(COUNTS["woman"] - COUNTS["man"]) < 0.1 * COUNTS["woman"]
    assert COUNTS["neutral"] >= 30
    assert min(COUNTS["child"], 25) == 25
    assert min(COUNTS[age] for age in ("young", "adult", "older")) >= 60


def test_age_and_skin_are_shared_out_among_both() -> None:
    for who in ("woman", "man"):
        of_them = Counter(tag for one in PEOPLE if who in one.tags for tag in one.tags)
        assert min(of_them[tag] for tag in vocabulary.TAGS["skin"].split()) >= 25
        assert min(of_them[tag] for tag in ("young", "adult", "older")) >= 30


@pytest.mark.parametrize(
    ("tag", "least"),
    [("glasses", 60), ("beard", 30), ("hijab", 5), ("turban", 5), ("afro", 10), ("grey-hair", 20), ("white-hair", 20),
     ("bald", 5), ("braids", 4), ("hat", 10), ("earrings", 10), ("robot", 40), ("monster", 30), ("animal", 5),
     ("emoji", 30),
     ("blob", 10), ("plant", 15), ("flat", 60), ("line", 60), ("cartoon", 60), ("anime", 40), ("pixel", 30), ("voxel",
     30)],
)  # fmt: skip
def test_there_are_enough_with(tag: str, least: int) -> None:
    assert COUNTS[tag] >= least


def test_beards_grow_on_men_only_and_children_have_none() -> None:
    bearded = [one for one in PEOPLE if {"beard", "moustache", "stubble"} & set(one.tags)]
    assert all("man" in one.tags and "child" not in one.tags for one in bearded)


def test_sunglasses_are_told() -> None:
    assert all("cool" in one.tags for one in CHARACTERS if "sunglasses" in one.tags)


def test_hair_of_the_old_is_not_dyed() -> None:
    dyed = {"pink-hair", "green-hair", "blue-hair", "purple-hair"}
    assert not [one.name for one in PEOPLE if dyed & set(one.tags) and "young" not in one.tags]


def test_a_name_is_found_in_any_spelling() -> None:
    assert find_character(" Anna ").name == "anna"


def test_an_unknown_name_is_refused_with_one_like_it() -> None:
    with pytest.raises(UsageError, match=r"no character 'annna'.*Did you mean anna"):
        find_character("annna")


def test_finding_a_character_loads_nothing_heavy() -> None:
    heavy = "numpy numba skia jsonschema mediapipe cv2 PIL resvg_py dicebear"
    code = (
        "import sys; from phonoscope.avatars.drawn.library import find_character, search;"
        f"find_character('anna'); search('robot'); print([m for m in '{heavy}'.split() if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
