"""Subtitles can be read: not too long, not too short, never two at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pysubs2
import pytest

from phonoscope.core.errors import UsageError
from phonoscope.core.speech import Word
from phonoscope.media.line_breaks import LINE_COLUMNS, columns
from phonoscope.media.output import text_file
from phonoscope.media.subtitles import (
    COLUMNS_A_SECOND,
    LONGEST_S,
    SHORTEST_S,
    Cue,
    cues,
    spoken_cues,
    srt_text,
    vtt_text,
)


def _spoken(text: str, pace: float = 14.0) -> list[Word]:
    """Return the words of a text, timed as if they were read out."""
    words, time_s = [], 0.3
    for token in text.split():
        end_s = time_s + len(token) / pace
        words.append(Word(token, time_s, end_s))
        time_s = end_s + 0.02 + (0.4 if token[-1] in ".!?" else 0.1 if token[-1] in ",;" else 0)
    return words


def _random_words(seed: int) -> list[Word]:
    rng = np.random.default_rng(seed)
    words, time_s = [], 0.0
    for _ in range(400):
        token = "x" * int(rng.integers(1, 14)) + str(rng.choice(["", "", "", "", ",", ".", "?", ";"]))
        end_s = time_s + float(rng.uniform(0.05, 0.7))
        words.append(Word(token, time_s, end_s))
        time_s = end_s + float(rng.choice([0, 0, 0, 0.1, 0.4, 1.5]))
    return words


@pytest.mark.parametrize("seed", range(6))
def test_cues_can_be_read(seed: int) -> None:
    words = _random_words(seed)
    shown = list(cues(words))
    assert " ".join(c.text.replace("\n", " ") for c in shown) == " ".join(w.text for w in words)
    starts = {w.start_s for w in words}
    ends = sorted(w.end_s for w in words)
    for cue, following in zip(shown, [*shown[1:], Cue("", 1e9, 1e9)], strict=True):
        lines = cue.text.split("\n")
        assert len(lines) <= 2
        assert all(0 < columns(line) <= LINE_COLUMNS for line in lines)
        assert cue.start_s in starts
        assert cue.start_s < cue.end_s <= following.start_s
        assert cue.end_s - cue.start_s <= LONGEST_S + 1e-9
        # Shown until its last word is spoken, and on if the next cue leaves the time.
        last_spoken = max(e for e in ends if e <= following.start_s)
        wanted = max(SHORTEST_S, columns(cue.text) / COLUMNS_A_SECOND)
        assert cue.end_s >= min(last_spoken, following.start_s) - 1e-9
        if following.start_s - cue.start_s > wanted + 0.1:
            assert cue.end_s - cue.start_s >= min(wanted, LONGEST_S) - 0.01


def test_sentences_are_cues() -> None:
    shown = list(cues(_spoken("The boats are coming in tonight. Nobody knows when they will leave again.")))
    assert [c.text for c in shown] == ["The boats are coming in tonight.", "Nobody knows when they will leave again."]


def test_a_long_pause_ends_a_cue() -> None:
    words = [Word("wait", 0, 0.4), Word("for", 0.4, 0.6), Word("me", 2.0, 2.3)]
    assert [(c.text, c.start_s) for c in cues(words)] == [("wait for", 0), ("me", 2.0)]


def test_an_exclamation_too_short_to_be_seen_is_joined() -> None:
    assert next(cues(_spoken("No! That is not what they meant."))).text == "No! That is not what they meant."


def test_abbreviations_end_no_sentence() -> None:
    shown = list(cues(_spoken("Everybody had gone to see Dr. J. Miller about it.")))
    assert [c.text.replace("\n", " ") for c in shown] == ["Everybody had gone to see Dr. J. Miller about it."]


def test_lines_are_balanced_and_break_after_a_comma() -> None:
    (cue,) = cues(_spoken("My father bought five blue boots, please move both warm apples."))
    assert cue.text == "My father bought five blue boots,\nplease move both warm apples."


def test_a_full_cue_breaks_after_a_clause() -> None:
    text = "When the rain had stopped at last and the sun came out again, all of them went down to the little harbour."
    assert next(cues(_spoken(text, 25))).text.endswith("again,")


def test_chinese_has_no_spaces_and_counts_double() -> None:
    text = "今天天气很好，我们一起去公园散步，然后在湖边的小餐馆吃午饭，下午再去看望住在山脚下的老朋友们。"
    words: list[Word] = []
    for number, character in enumerate(text):
        if character in "，。":
            words[-1] = Word(words[-1].text + character, words[-1].start_s, words[-1].end_s)
        else:
            words.append(Word(character, number * 0.15, number * 0.15 + 0.15))
    shown = list(cues(words))
    assert "".join(c.text.replace("\n", "") for c in shown) == text
    lines = [line for c in shown for line in c.text.split("\n")]
    assert max(map(len, lines)) <= 21
    assert not any(line[0] in "，。" for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "สวัสดีครับวันนี้อากาศดีมากเราไปเดินเล่นที่สวนสาธารณะกันเถอะแล้วค่อยกลับบ้าน" * 2,
        "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。" * 3,
        "https://example.org/" + "a/" * 60,
    ],
)
def test_a_word_wider_than_a_cue_is_cut(text: str) -> None:
    shown = list(cues([Word(text, 0, 12)]))
    assert "".join(c.text.replace("\n", "").replace(" ", "") for c in shown) == text
    assert max(columns(line) for c in shown for line in c.text.split("\n")) <= LINE_COLUMNS
    assert all(b.start_s >= a.end_s for a, b in pairwise(shown))


def test_cues_are_streamed() -> None:
    taken = 0

    def endless() -> Iterator[Word]:
        nonlocal taken
        while True:
            yield Word("word.", taken * 1.0, taken * 1.0 + 0.5)
            taken += 1

    shown = cues(endless())
    for _ in range(5):
        next(shown)
    assert taken < 20


def test_silence_has_no_cues() -> None:
    assert list(cues([])) == []
    assert list(cues([Word(" ", 0, 1), Word("", 1, 2)])) == []


def test_cues_know_their_words() -> None:
    words = _random_words(1)
    shown = list(cues(words))
    assert [word for cue in shown for word in cue.words] == words
    assert all(" ".join(word.text for word in cue.words) == cue.text.replace("\n", " ") for cue in shown)


def test_a_dialogue_has_cues_of_one_speaker_each() -> None:
    words = [(word, "Ann" if 3 <= n < 6 else "Bo") for n, word in enumerate(_spoken("one two three four five six no"))]
    shown = list(spoken_cues(words))
    assert [(cue.speaker, cue.text) for cue in shown] == [
        ("Bo", "one two three"),
        ("Ann", "four five six"),
        ("Bo", "no"),
    ]
    assert all(b.start_s >= a.end_s for a, b in pairwise(shown))
    assert list(spoken_cues([])) == []


TRICKY = (
    Cue("One <b> & two {three} --> four\nsecond line", 0.0, 1.5),
    Cue("Ünïcödé 你好", 3599.9994, 3661.25),
)


def _written(path: Path, text: str, overwrite: bool = False) -> Path:
    with text_file(path, overwrite) as file:
        file.write(text)
    return path


def test_srt(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.srt", srt_text(TRICKY))
    assert path.read_text("utf-8") == (
        "1\n00:00:00,000 --> 00:00:01,500\nOne <b> & two {three} → four\nsecond line\n\n"
        "2\n00:59:59,999 --> 01:01:01,250\nÜnïcödé 你好\n"
    )
    read = pysubs2.load(str(path))
    assert [(e.start, e.end) for e in read] == [(0, 1500), (3599999, 3661250)]


def test_vtt(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.vtt", vtt_text(TRICKY))
    assert path.read_text("utf-8").startswith(
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nOne &lt;b&gt; &amp; two {three} --&gt; four\nsecond line\n\n"
    )
    assert [(e.start, e.end) for e in pysubs2.load(str(path))] == [(0, 1500), (3599999, 3661250)]


DIALOGUE = (Cue("Hello.", 0, 1, "Ann & <Co>"), Cue("Still me.", 1, 2, "Ann & <Co>"), Cue("And me.", 2, 3, "Bo"))


def test_vtt_names_speakers() -> None:
    text = vtt_text(DIALOGUE)
    assert "\n<v Ann &amp; &lt;Co&gt;>Hello.\n" in text
    assert "\n<v Bo>And me.\n" in text
    assert len(pysubs2.SSAFile.from_string(text, "vtt")) == 3


def test_srt_names_speakers_where_they_change() -> None:
    read = pysubs2.SSAFile.from_string(srt_text(DIALOGUE), "srt", keep_html_tags=True)
    assert [event.text for event in read] == ["Ann & <Co>: Hello.", "Still me.", "Bo: And me."]


def test_vtt_of_another_kind_says_so() -> None:
    assert vtt_text(DIALOGUE, "descriptions").startswith("WEBVTT\nKind: descriptions\n\n00:00:00.000 --> ")


def test_existing_subtitles_are_kept(tmp_path: Path) -> None:
    _written(tmp_path / "a.srt", srt_text(TRICKY))
    with pytest.raises(UsageError):
        _written(tmp_path / "a.srt", srt_text(()))
    _written(tmp_path / "a.srt", srt_text(()), overwrite=True)
    assert (tmp_path / "a.srt").read_text() == ""
