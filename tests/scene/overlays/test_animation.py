from __future__ import annotations

import pytest

from phonoscope.scene.document.overlays import Animation
from phonoscope.scene.overlays.animation import REST, Schedule


def schedule(enter_s: float = 1.0, exit_s: float = 0.5, end_s: float = 5.0) -> Schedule:
    return Schedule(
        1.0,
        end_s,
        Animation(kind="fade", duration_s=enter_s, easing="linear"),
        Animation(kind="zoom", duration_s=exit_s),
    )


def test_is_seen_from_its_start_to_just_before_its_end() -> None:
    assert schedule().passage(0.95, 0.05) is None
    assert schedule().passage(1.0, 0.05) is not None
    assert schedule().passage(4.95, 0.05) is not None
    assert schedule().passage(5.0, 0.05) is None


def test_a_frame_time_that_is_rounded_counts_as_the_start() -> None:
    assert Schedule(0.1, 1, Animation(), Animation()).passage(3 / 30 - 1e-12, 1 / 30) is not None


def test_comes_rests_and_goes() -> None:
    coming, resting, going = (schedule().passage(time_s, 0.1) for time_s in (1.4, 3.0, 4.7))
    assert coming is not None and going is not None
    assert (coming.motion, coming.leaving) == ("fade", False)
    assert coming.shown == pytest.approx(0.45)
    assert resting is REST
    assert (going.motion, going.leaving) == ("zoom", True)
    assert going.shown == pytest.approx(0.5)


def test_the_first_frame_shows_something_and_the_last_one_not_all() -> None:
    first, last = schedule().passage(1.0, 0.1), schedule().passage(4.9, 0.1)
    assert first is not None and last is not None
    assert 0 < first.way() < 0.1
    assert 0 < last.shown < 0.2


def test_motions_are_shortened_together_where_the_span_is_too_short() -> None:
    short = schedule(enter_s=2, exit_s=1, end_s=2.5)
    assert short.enter_s == pytest.approx(1.0)
    assert short.exit_s == pytest.approx(0.5)
    assert REST not in [short.passage(1 + step * 0.1, 0.1) for step in range(15)]


def test_none_takes_no_time() -> None:
    at_once = Schedule(0, 1, Animation(kind="none", duration_s=5), Animation(kind="none", duration_s=5))
    assert {at_once.passage(step / 10, 0.1) for step in range(10)} == {REST}


def test_what_goes_at_once_is_still_there_in_a_frame_that_it_leaves_early() -> None:
    at_once = Schedule(0, 1.01, Animation(kind="none"), Animation(kind="none"))

    assert at_once.passage(1.0, 1 / 24) == REST


def test_an_empty_span_is_never_seen() -> None:
    assert [Schedule(2, 2, Animation(), Animation()).passage(step / 10, 0.1) for step in range(40)] == [None] * 40


def test_parts_move_within_their_share_of_the_time() -> None:
    passage = schedule().passage(1.45, 0.1)
    assert passage is not None
    assert passage.way(0.6, 1) == 0
    assert passage.way(0, 0.4) == 1
    assert passage.way(0.25, 0.75) == pytest.approx(0.5)
