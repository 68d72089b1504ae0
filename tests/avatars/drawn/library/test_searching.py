from __future__ import annotations

import pytest

from phonoscope.avatars.drawn.library import list_characters, search, vocabulary


def _tags(words: str) -> list[set[str]]:
    found = search(words).found
    assert found, words
    return [set(one.tags) for one in found]


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("older woman glasses", {"older", "woman", "glasses"}),
        ("an elderly lady with spectacles", {"older", "woman", "glasses"}),
        ("grandma", {"older", "woman"}),
        ("bearded guys", {"beard", "man"}),
        ("long blonde hair", {"long-hair", "blonde-hair"}),
        ("ginger", {"red-hair"}),
        ("curly-haired", set()),
        ("Robots", {"robot"}),
        ("purple monsters", {"monster", "purple"}),
        ("8-bit man", {"pixel", "man"}),
        ("one eyed monster", {"one-eyed", "monster"}),
        ("sikh", {"turban"}),
        ("light skin woman", {"light-skin", "woman"}),
        ("formal", {"business"}),
    ],
)
def test_all_words_have_to_fit(words: str, tags: set[str]) -> None:
    if not tags:
        assert search(words).unknown
        return
    assert all(tags <= found for found in _tags(words))


def test_everybody_who_fits_is_found() -> None:
    assert len(search("older woman glasses").found) == sum(
        {"older", "woman", "glasses"} <= set(one.tags) for one in list_characters()
    )


def test_without_excludes() -> None:
    assert all("man" in tags and "beard" not in tags for tags in _tags("man without a beard"))
    assert all("glasses" not in tags for tags in _tags("woman no glasses"))


def test_black_and_white_are_said_of_people_and_of_hair() -> None:
    assert all(tags & {"dark-skin", "brown-skin"} for tags in _tags("black woman"))
    assert all("light-skin" in tags for tags in _tags("white men"))
    assert all("black-hair" in tags for tags in _tags("black hair woman"))


def test_a_style_may_be_named_in_words() -> None:
    assert {one.style for one in search("open peeps beard").found} == {"open-peeps"}
    assert {one.style for one in search("micah").found} == {"micah"}


def test_a_name_comes_first() -> None:
    assert search("anna").found[0].name == "anna"
    assert search("ann").found[0].name.startswith("ann")


def test_no_words_find_all() -> None:
    assert len(search(" ").found) == len(list_characters())


def test_a_mistyped_word_is_told_with_what_may_be_meant() -> None:
    result = search("older woman glases")
    assert not result.found
    ((word, near),) = result.unknown
    assert word == "glases"
    assert "glasses" in near


def test_words_that_exclude_each_other_are_told() -> None:
    result = search("robot with beard")
    assert not result.found
    assert set(result.too_many) == {"robot", "beard"}


def test_only_those_given_are_searched() -> None:
    robots = [one for one in list_characters() if "robot" in one.tags]
    assert not search("woman", robots).found
    assert len(search("robot", robots).found) == len(robots)


@pytest.mark.parametrize("word", sorted(vocabulary.SYNONYMS))
def test_every_other_word_means_tags_that_there_are(word: str) -> None:
    meant = {tag for way in vocabulary.SYNONYMS[word].split("|") for tag in way.split()}
    assert meant <= vocabulary.ALL_TAGS


@pytest.mark.parametrize("words", ["\0", "é ñ 漢字", "a" * 5000, "x " * 3000, "-- --", "without", "🙂"])
def test_odd_words_do_no_harm(words: str) -> None:
    search(words)
