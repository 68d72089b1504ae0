from __future__ import annotations

import itertools

import numpy as np

from phonoscope.speech.hearing.cutting import LONGEST_S, SHORTEST_S, cut
from phonoscope.speech.hearing.decoding import Stretch
from phonoscope.speech.hearing.phoneset import SILENCE

LONGEST, SHORTEST = round(100 * LONGEST_S), round(100 * SHORTEST_S)


def stretches(*frames: tuple[int, int]) -> list[Stretch]:
    """Return consecutive stretches of (class, frames)."""
    ends = np.cumsum([length for _, length in frames]).tolist()
    return [Stretch(phone, end - length, end) for (phone, length), end in zip(frames, ends, strict=True)]


def talk(frames: int) -> list[tuple[int, int]]:
    """Return phones of 0.1 s."""
    return [(1 + i % 40, 10) for i in range(frames // 10)]


def test_short_speech_stays_whole() -> None:
    assert list(cut(stretches((SILENCE, 20), *talk(300), (SILENCE, 20)))) == []


def test_cuts_lie_in_the_middle_of_pauses() -> None:
    assert list(cut(stretches(*talk(400), (SILENCE, 40), *talk(400), (SILENCE, 60), *talk(100)))) == [420, 870]


def test_a_piece_is_not_cut_before_it_is_long_enough() -> None:
    assert list(cut(stretches(*talk(100), (SILENCE, 40), *talk(100), (SILENCE, 40), *talk(200)))) == []


def test_without_a_pause_the_longest_short_silence_is_taken() -> None:
    speech = stretches(*talk(600), (SILENCE, 8), *talk(200), (SILENCE, 15), *talk(400), (SILENCE, 7), *talk(600))
    assert next(cut(speech)) == 815


def test_without_any_silence_the_cut_lies_between_two_phones() -> None:
    at = next(cut(stretches((1, 7), *talk(3000))))
    assert LONGEST - 10 < at <= LONGEST
    assert at % 10 == 7


def test_an_endless_phone_is_cut_at_last() -> None:
    assert list(cut(stretches((5, 4000)))) == [LONGEST, 2 * LONGEST]


def test_an_hour_of_silence_is_cut_in_pieces() -> None:
    parts = stretches(*[(SILENCE, 2000)] * 180)
    edges = [0, *cut(parts)]
    assert len(edges) > 100
    assert all(SHORTEST <= b - a <= LONGEST for a, b in itertools.pairwise(edges))


def test_pieces_are_never_longer_than_the_longest(rng: np.random.Generator) -> None:
    made = []
    for _ in range(2000):
        phone = int(rng.integers(0, 44)) if rng.random() < 0.9 else SILENCE
        made.append((phone, int(rng.choice([3, 5, 8, 20, 40, 900], p=[0.3, 0.3, 0.25, 0.1, 0.04, 0.01]))))
    speech = stretches(*made)
    edges = [0, *cut(speech)]
    assert all(0 < b - a <= LONGEST for a, b in itertools.pairwise(edges))
    assert speech[-1].end - edges[-1] <= LONGEST + 900
