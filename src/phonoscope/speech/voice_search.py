"""Finding voices by words: all of them have to fit, by language, accent, gender or name, or as they begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from phonoscope.speech.voices import ALIASES, GENDERS, Voice, list_voices, plain_words

MOST_WORDS = 12

SHORTEST_STEM = 5
"""Letters by which a longer word may begin with one of ours: brazilian means Brazil."""


def search_voices(words: str, among: Sequence[Voice] | None = None) -> tuple[Voice, ...]:
    """Return the voices that all words fit: those first that are called so, last those whose words only begin so.

    The id of a voice finds that voice first.

    >>> [voice.id for voice in search_voices("french female")][0]
    'fr-fr+f2'

    Parameters
    ----------
    words
        As people say it: ``french female``, ``british man``, ``Emma``.
    among
        Where to look; None for all voices.
    """
    among = list_voices() if among is None else among
    terms = tuple(_terms(plain_words(words).split("-")[:MOST_WORDS]))
    named = [voice for voice in among if voice.id.lower() == words.strip().lower()]
    found = [voice for voice in among if voice not in named and all(_fits(it, voice) for it in terms)]
    found.sort(key=lambda voice: (plain_words(voice.name) not in terms, _beginnings(terms, voice)))
    return (*named, *found)


def _terms(words: Sequence[str]) -> Iterator[str]:
    """Yield what is asked for; two words that are the other name of one accent are put together."""
    at = 0
    while at < len(words):
        pair = "-".join(words[at : at + 2])
        if pair != words[at] and pair in ALIASES:
            yield pair
            at += 2
            continue
        if words[at] and words[at] != "voice":
            yield words[at]
        at += 1


def _fits(term: str, voice: Voice) -> bool:
    if len(term) > 1 and term in GENDERS:
        return GENDERS[term] == voice.gender
    meant = ALIASES.get(term)
    if meant is not None and meant in (voice.language.lower(), voice.id.partition("+")[0]):
        return True
    return any(
        word.startswith(term) or (len(word) >= SHORTEST_STEM and term.startswith(word)) for word in _words(voice)
    )


def _beginnings(terms: Sequence[str], voice: Voice) -> int:
    """Return how many of the words only begin like what they fit."""
    return sum(term not in GENDERS and term not in ALIASES and term not in _words(voice) for term in terms)


@lru_cache(maxsize=2048)
def _words(voice: Voice) -> tuple[str, ...]:
    """Return all words by which a voice may be called."""
    told = f"{voice.name} {voice.language_name} {voice.accent} {voice.language}"
    return (*plain_words(told).split("-"), voice.language.lower(), voice.id.lower())
