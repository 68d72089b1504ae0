"""Finding characters by words: all of them have to fit, by tag, name or style, or by another word for a tag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.library import vocabulary
from phonoscope.avatars.drawn.library.catalogue import list_characters, styles_in_library
from phonoscope.core.suggesting import near_names

NAME_SCORE: Final = 10.0
"""A character that is called like a word goes before all that only fit it."""
TAG_SCORE: Final = 2.0
STYLE_SCORE: Final = 3.0
PREFIX_SCORE: Final = 1.0
"""The word is only how a name begins."""

MOST_WORDS: Final = 20
LEAST_PREFIX: Final = 3


@dataclass(frozen=True, slots=True)
class Search:
    """What was found.

    Attributes
    ----------
    found
        The characters, the best first.
    unknown
        Words that fit no character at all, each with words that are like it.
    too_many
        Where every word fits somebody, but nobody fits all: the words that would have to go, one of them being enough.
    """

    found: tuple[Character, ...]
    unknown: tuple[tuple[str, tuple[str, ...]], ...] = ()
    too_many: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Term:
    """One thing that was asked for: the words, the ways to fit it, and whether it must not fit."""

    words: str
    ways: tuple[frozenset[str], ...]
    negated: bool = False


def search(words: str, among: Iterable[Character] | None = None) -> Search:
    """Return the characters that fit all words.

    Parameters
    ----------
    words
        As people say it: ``older woman glasses``, ``a man without a beard``, ``purple monster``.
    among
        Where to look; None for the whole library.
    """
    characters = tuple(list_characters() if among is None else among)
    terms = list(_terms(re.findall(r"[^\W_]+(?:-[^\W_]+)*", words.lower())[:MOST_WORDS]))
    unknown = tuple(
        (term.words, tuple(_near(term.words)))
        for term in terms
        if not term.negated and not any(_score(term, character) for character in characters)
    )
    if unknown:
        return Search((), unknown)
    found = _fitting(terms, characters)
    if found or len(terms) < 2:
        return Search(found)
    return Search((), (), tuple(_to_blame(terms, characters)))


def _fitting(terms: Sequence[_Term], characters: Sequence[Character]) -> tuple[Character, ...]:
    """Return who fits all terms, the best first."""
    ranked: list[tuple[float, int]] = []
    for place, character in enumerate(characters):
        scores = [_score(term, character) for term in terms]
        if all(bool(score) != term.negated for score, term in zip(scores, terms, strict=True)):
            ranked.append((-sum(scores), place))
    return tuple(characters[place] for _, place in sorted(ranked))


def _to_blame(terms: Sequence[_Term], characters: Sequence[Character]) -> Iterator[str]:
    """Yield the words without which somebody would fit."""
    for term in terms:
        if _fitting([other for other in terms if other is not term], characters):
            yield f"without {term.words}" if term.negated else term.words


def _score(term: _Term, character: Character) -> float:
    """Return how well a character fits one term; 0 if it does not."""
    if character.name == term.words:
        return NAME_SCORE
    if character.style == term.words:
        return STYLE_SCORE
    tags = set(character.tags)
    if any(way <= tags for way in term.ways):
        return TAG_SCORE
    if not term.ways and (character.style.startswith(term.words) or term.words in character.style.split("-")):
        return STYLE_SCORE
    prefix = not term.ways and len(term.words) >= LEAST_PREFIX and character.name.startswith(term.words)
    return PREFIX_SCORE if prefix else 0.0


def _terms(words: Sequence[str]) -> Iterator[_Term]:
    """Put words together that mean one thing, and say what would fit."""
    at, negated = 0, False
    while at < len(words):
        word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
        pair = _ways(f"{word}-{after}") if after else None
        if word in vocabulary.SKIN_WORDS and _singular(after) in vocabulary.PEOPLE:
            yield _Term(word, _alternatives(vocabulary.SKIN_WORDS[word]), negated)
            at, negated = at + 1, False
        elif pair is not None or f"{word}-{after}" in styles_in_library():
            yield _Term(f"{word}-{after}", pair or (), negated)
            at, negated = at + 2, False
        elif word in vocabulary.NEGATIONS:
            at, negated = at + 1, True
        elif word in vocabulary.FILLERS or vocabulary.SYNONYMS.get(_singular(word)) == "":
            at += 1
        else:
            yield _Term(word, _ways(word) or (), negated)
            at, negated = at + 1, False


def _ways(word: str) -> tuple[frozenset[str], ...] | None:
    """Return the sets of tags that a word may mean; None if it is no tag and no other word for one."""
    for form in (word, _singular(word)):
        if form in vocabulary.SYNONYMS:
            return _alternatives(vocabulary.SYNONYMS[form])
        if form in vocabulary.ALL_TAGS:
            return (frozenset({form}),)
    return None


def _alternatives(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(way.split()) for way in text.split("|"))


def _singular(word: str) -> str:
    """Return a word without its plural's ending."""
    if word in vocabulary.ALL_TAGS or len(word) < 4:
        return word
    for ending, instead in (("ies", "y"), ("ches", "ch"), ("xes", "x"), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word


def _near(word: str) -> list[str]:
    """Return words that would find something and are like this one."""
    parts = {part for tag in vocabulary.ALL_TAGS for part in tag.split("-")}
    known = vocabulary.ALL_TAGS | parts | set(vocabulary.SYNONYMS) | set(styles_in_library())
    return near_names(word, known | {character.name for character in list_characters()})
