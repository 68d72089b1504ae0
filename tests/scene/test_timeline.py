"""When scenes are seen, and when their moments are."""

from __future__ import annotations

from fractions import Fraction

import pytest

from phonoscope.core.speech import Word
from phonoscope.scene.timeline import moment_s, place_scenes

WORDS = [
    Word("The", 0.5, 0.7),
    Word("price,", 0.7, 1.2),
    Word("the", 1.4, 1.5),
    Word("Best", 1.5, 1.9),
    Word("PRICE!", 2.0, 2.6),
]


def test_scenes_follow_each_other() -> None:
    line = place_scenes([1.0, 2.0, 0.5], [0.0, 0.0, 0.0], Fraction(10))
    assert [(s.first_frame, s.frames, s.overlap) for s in line.scenes] == [(0, 10, 0), (10, 20, 0), (30, 5, 0)]
    assert line.frames == 35
    assert line.at(9)[0].index == 0
    assert line.at(10) == (line.scenes[1], None)
    assert line.at(34)[0].index == 2


def test_transitions_overlap() -> None:
    line = place_scenes([1.0, 2.0], [9.0, 0.4], Fraction(10))
    assert line.scenes[1].first_frame == 6
    assert line.frames == 26
    assert line.at(5) == (line.scenes[0], None)
    assert line.at(6) == (line.scenes[1], line.scenes[0])
    assert line.at(9) == (line.scenes[1], line.scenes[0])
    assert line.at(10) == (line.scenes[1], None)


def test_a_transition_takes_no_more_than_half_a_scene() -> None:
    line = place_scenes([1.0, 0.6, 1.0], [0.0, 5.0, 5.0], Fraction(10))
    assert [s.overlap for s in line.scenes] == [0, 3, 3]


def test_lengths_are_rounded_up_to_whole_frames() -> None:
    assert place_scenes([1.001], [0.0], Fraction(30)).frames == 31
    assert place_scenes([1.0], [0.0], Fraction(30)).frames == 30


@pytest.mark.parametrize(
    ("anchor", "expected_s"),
    [
        ("0", 0.0),
        ("2.5", 2.5),
        ("2.5s", 2.5),
        ("end", 8.0),
        ("end-1.5", 6.5),
        ("50%", 4.0),
        ("50%-1", 3.0),
        ("word:price", 0.7),
        ("word:price#2", 2.0),
        ("word:price#3", None),
        ("word:PRICE+0.5", 1.2),
        ("word:price.end", 1.2),
        ("word:the best price", 1.4),
        ("word:the best price.end-0.1", 2.5),
        ("word:nothing", None),
        ("end-20", 0.0),
    ],
)
def test_moments(anchor: str, expected_s: float | None) -> None:
    found = moment_s(anchor, 8.0, WORDS)
    assert found == (None if expected_s is None else pytest.approx(expected_s))
