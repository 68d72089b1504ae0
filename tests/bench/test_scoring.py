import math

import pytest
from bench.scoring import Tally, closures_in, pair_phones, score, score_closures, visemes_in

from phonoscope.core.speech import Phone
from phonoscope.speech.hearing.phoneset import VISEMES


def row(text: str, start_s: float = 0.0, each_s: float = 0.1) -> tuple[Phone, ...]:
    """Return phones one after another; an underscore is a silence."""
    return tuple(
        Phone(ipa, start_s + i * each_s, start_s + (i + 1) * each_s) for i, ipa in enumerate(text.split()) if ipa != "_"
    )


def later(phones: tuple[Phone, ...], by_s: float) -> tuple[Phone, ...]:
    return tuple(Phone(phone.ipa, phone.start_s + by_s, phone.end_s + by_s) for phone in phones)


MARKED = row("_ m æ p _ b ɔ t _")


def test_what_is_heard_as_marked_is_right_in_all() -> None:
    tally = score(MARKED, MARKED, 0.9)
    rates = (
        tally.strict_recall, tally.strict_precision, tally.loose_recall, tally.loose_precision, tally.visemes,
        tally.visemes_of_speech, tally.silence, tally.boundaries_near, tally.paired,
    )  # fmt: skip
    assert rates == (1,) * 9
    assert tally.boundary_median_s == 0
    assert (tally.closures, tally.frames, tally.silent_frames) == (3, 60, 30)


def test_nothing_heard_has_no_recall_and_no_precision() -> None:
    tally = score(MARKED, (), 0.9)
    assert tally.strict_recall == tally.loose_recall == tally.visemes_of_speech == 0
    assert math.isnan(tally.strict_precision)
    assert math.isnan(tally.loose_precision)
    assert tally.silence == 1
    assert tally.visemes == pytest.approx(1 / 3)


def test_other_lips_of_the_same_look_count() -> None:
    tally = score(MARKED, row("_ b æ m _ p ɔ d _"), 0.9)
    assert tally.strict_recall == tally.strict_precision == tally.visemes == 1


def test_a_shift_tells_in_boundaries() -> None:
    tally = score(MARKED, later(MARKED, 0.06), 0.9)
    assert tally.boundary_median_s == pytest.approx(0.06)
    assert tally.boundaries_near == 0
    assert tally.strict_recall == 1
    assert score(MARKED, later(MARKED, 0.09), 0.9).strict_recall == 0


def test_strict_is_one_to_one_and_loose_is_not() -> None:
    tally = score_closures([(1.0, 1.1)], [(0.99, 1.03), (1.05, 1.11)])
    assert (tally.strict, tally.found, tally.right) == (1, 1, 2)
    tally = score_closures([(1.0, 1.04), (1.06, 1.1)], [(1.04, 1.06)])
    assert (tally.strict, tally.found, tally.right) == (1, 2, 1)


def test_a_long_closure_is_found_loosely_anywhere_inside() -> None:
    hum = [(2.0, 3.0)]
    for start_s, loose in ((2.0, 1), (2.97, 1), (1.90, 1), (1.80, 0), (3.04, 1), (3.10, 0)):
        tally = score_closures(hum, [(start_s, start_s + 0.06)])
        assert (tally.strict, tally.found, tally.right) == (0, loose, loose), start_s


def test_strict_pairs_are_as_many_as_can_be() -> None:
    # The first heard closure fits both marked ones, the second only the second.
    marked, heard = [(0.0, 0.0), (0.1, 0.1)], [(0.05, 0.05), (0.17, 0.17)]
    assert score_closures(marked, heard).strict == 2


def test_half_a_diphthong_each() -> None:
    visemes = [VISEMES[viseme] for viseme in visemes_in((Phone("aɪ", 0.1, 0.3),), 0.4)]
    assert visemes == ["sil"] * 10 + ["aa"] * 10 + ["ih"] * 10 + ["sil"] * 10


def test_a_closure_said_as_one_with_another_stop_is_its_part() -> None:
    assert closures_in((Phone("pt", 1.0, 1.2),)) == [pytest.approx((1.0, 1.1))]


def test_pairs_follow_the_sequence_whatever_was_left_out_or_put_in() -> None:
    marked = row("h ə l oʊ b ɔ b")
    heard = row("ə l p oʊ b ɑ b", start_s=0.12)
    assert pair_phones(marked, heard) == [(1, 0), (2, 1), (3, 3), (4, 4), (5, 5), (6, 6)]


def test_a_vowel_is_no_consonants_partner() -> None:
    assert pair_phones(row("s"), row("ɑ")) == []
    assert pair_phones((), row("ɑ")) == []


def test_of_equal_pairings_the_nearer_in_time_is_taken() -> None:
    marked = row("w ɝ d")
    heard = (*row("w ɝ d", start_s=-0.6), *row("w ɝ d", start_s=0.02))
    assert pair_phones(marked, heard) == [(0, 3), (1, 4), (2, 5)]


def test_tallies_add_up() -> None:
    one, two = score(MARKED, MARKED, 0.9), score(MARKED, later(MARKED, 0.06), 0.9)
    both = one + two
    assert both.closures == 6
    assert both.boundary_median_s == pytest.approx(0.03)
    assert sum([one, two], Tally()) == both
