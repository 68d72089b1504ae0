"""Pages follow the sentences, leave no word over, and do not flicker."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from phonoscope.core.speech import Word
from phonoscope.media.subtitles import LONGEST_S
from phonoscope.scene.captioning.pages import Page, pages, single_words


def _said(text: str, pace_s: float = 0.3, pause_s: float = 0.0) -> list[tuple[Word, str]]:
    words, time_s = [], 0.0
    for token in text.split():
        words.append((Word(token, time_s, time_s + 0.9 * pace_s), ""))
        time_s += pace_s + (pause_s if token[-1] in ".!?" else 0.0)
    return words


def _narrow(words: Sequence[str]) -> bool:
    return len(" ".join(words)) <= 30


def _texts(found: Sequence[Page]) -> list[str]:
    return ["".join(page.pieces) for page in found]


def test_a_sentence_is_cut_evenly_rather_than_filled() -> None:
    found = pages(_said("We all went down to the river in the morning and stayed."), _narrow)
    assert len(found) == 2
    assert min(len(text) for text in _texts(found)) > 20


def test_pages_end_with_sentences_and_clauses() -> None:
    found = pages(_said("When it rains too much, nobody wants to go outside."), _narrow)
    assert _texts(found)[0] == "When it rains too much,"


def test_short_gaps_are_closed_and_long_ones_are_not() -> None:
    for pause_s, closed in ((0.2, True), (1.5, False)):
        found = pages(_said("This is the first one here. That is the second one there.", pause_s=pause_s), _narrow)
        assert len(found) == 2
        assert (found[0].end_s == found[1].start_s) == closed


def test_no_page_stays_too_long() -> None:
    found = pages(_said("one two three four five six seven eight nine ten", pace_s=1.2), lambda words: True)
    assert all(page.words[-1].end_s - page.words[0].start_s <= LONGEST_S for page in found)


def test_a_word_that_never_fits_takes_no_others_apart() -> None:
    found = pages(_said("The incomprehensibilities-of-everything are well known here."), _narrow)
    assert len(found) <= 3 or max(len(page.words) for page in found) > 1


def test_single_words_stay_long_enough_and_short_ones_go_together() -> None:
    found = single_words(_said("I am so glad to see all of you.", pace_s=0.12), lambda words: True)
    assert [word.text for page in found for word in page.words] == [
        "I",
        "am",
        "so",
        "glad",
        "to",
        "see",
        "all",
        "of",
        "you.",
    ]
    assert all(page.end_s - page.start_s >= 0.12 for page in found)
    assert len(found) < 9
    assert all(before.end_s <= after.start_s for before, after in pairwise(found))


def test_single_words_do_not_run_over_commas() -> None:
    found = single_words(_said("a, b c"), lambda words: True)
    assert _texts(found) == ["a,", "b c"]
