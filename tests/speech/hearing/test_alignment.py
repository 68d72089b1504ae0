from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.speech.hearing.voices import spoken

from phonoscope.core.errors import TranscriptError
from phonoscope.core.events import Event, Note
from phonoscope.speech.hearing import alignment
from phonoscope.speech.hearing.alignment import AlignedPiece, align
from phonoscope.speech.hearing.phoneset import CLASS, CLASSES, SILENCE
from phonoscope.speech.hearing.posteriors import posteriors
from phonoscope.speech.hearing.transcript import ExpectedWord, expect

Rows = NDArray[np.float32]

RAINBOW = (
    "When the sunlight strikes raindrops in the air, they act as a prism and form a rainbow. "
    "The rainbow is a division of white light into many beautiful colours. "
)
GOLD = "People look for the pot of gold at its end, but nobody ever finds it. "
OTHER_TEXT = "Mister Quilter is the apostle of the middle classes, and we are glad to welcome his gospel. "


class Voice:
    """Says transcripts as probabilities of phones, and remembers when."""

    def __init__(self, seed: int = 1, sure: float = 0.75) -> None:
        self.rng = np.random.default_rng(seed)
        self.sure = sure
        self.rows: list[Rows] = []
        self.starts: list[tuple[str, float]] = []
        self.frames = 0

    def be_silent(self, frames: int) -> None:
        self._emit(SILENCE, frames)

    def say(self, words: Sequence[ExpectedWord]) -> Voice:
        for word in words:
            self.starts.append((word.text, self.frames / 100))
            for phone in word.forms[0]:
                for column in phone.classes:
                    self._emit(column, int(self.rng.integers(4, 12)) // len(phone.classes))
            if word.text[-1] in ".,":
                self.be_silent(30)
        return self

    def _emit(self, column: int, frames: int) -> None:
        rows = self.rng.dirichlet(np.full(len(CLASSES), 0.1), frames) * (1 - self.sure)
        rows[:, column] += self.sure
        # Now and then something else is heard.
        wrong = self.rng.random(frames) < (0.1 if column != SILENCE else 0)
        rows[wrong] = np.roll(rows[wrong], 3, axis=1)
        self.rows.append(rows.astype(np.float32))
        self.frames += frames

    def heard(self, block: int = 400) -> Iterator[Rows]:
        rows = np.concatenate(self.rows)
        for at in range(0, len(rows), block):
            yield rows[at : at + block]


def words_of(pieces: Sequence[AlignedPiece]) -> list[tuple[str, float]]:
    return [(word.text, word.start_s) for piece in pieces for word in piece.words]


def test_words_and_phones_are_found_where_they_are() -> None:
    words = expect(RAINBOW + GOLD, "en")
    voice = Voice().say(words)
    pieces = list(align(voice.heard(), words))
    assert [text for text, _ in words_of(pieces)] == [word.text for word in words]
    errors_s = [abs(a - b) for (_, a), (_, b) in zip(words_of(pieces), voice.starts, strict=True)]
    assert np.median(errors_s) < 0.01
    assert max(errors_s) < 0.08
    phones = [phone for piece in pieces for phone in piece.phones]
    assert [phone.ipa for phone in phones[:5]] == ["w", "ɛ", "n", "ð", "ə"]
    assert min(confidence for piece in pieces for confidence in piece.confidences) > 0.3


def test_phones_follow_each_other_within_their_words() -> None:
    words = expect(RAINBOW, "en")
    for piece in align(Voice().say(words).heard(), words):
        for before, behind in zip(piece.phones[:-1], piece.phones[1:], strict=True):
            assert before.start_s < before.end_s <= behind.start_s + 1e-9
        assert len(piece.confidences) == len(piece.words)
        for word in piece.words:
            inside = [p for p in piece.phones if word.start_s - 1e-9 <= p.start_s < word.end_s]
            assert inside
            assert (inside[0].start_s, inside[-1].end_s) == (word.start_s, word.end_s)


def test_pieces_join_without_gap_and_are_short() -> None:
    words = expect((RAINBOW + GOLD) * 4, "en")
    voice = Voice().say(words)
    pieces = list(align(voice.heard(), words))
    assert len(pieces) > 4
    assert [p.first for p in pieces] == [0, *np.cumsum([len(p.posteriors) for p in pieces])[:-1].tolist()]
    assert (np.concatenate([p.posteriors for p in pieces]) == np.concatenate(voice.rows)).all()
    assert max(len(p.posteriors) for p in pieces) < 2000
    for piece in pieces:
        end_s = (piece.first + len(piece.posteriors)) / 100
        assert all(piece.first / 100 <= p.start_s < p.end_s <= end_s + 1e-9 for p in piece.phones)


def test_speech_without_pauses_is_cut_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "ANY_GAP", 600)
    text = (RAINBOW + GOLD).replace(",", "").replace(".", "") * 3
    words = expect(text, "en")
    pieces = list(align(Voice().say(words).heard(), words))
    assert len(pieces) >= 3
    assert [text for text, _ in words_of(pieces)] == [word.text for word in words]


def test_what_the_transcript_does_not_have_is_strange() -> None:
    words = expect(RAINBOW + GOLD, "en")
    voice = Voice().say(expect(OTHER_TEXT, "en"))
    before_s = voice.frames / 100
    first = len(voice.starts)
    voice.say(words)
    pieces = list(align(voice.heard(), words))
    strange = [span for piece in pieces for span in piece.strange]
    assert sum(end - start for start, end in strange) > 0.6 * before_s
    assert sum(end - start for start, end in strange if start > before_s) < 0.5
    found, said = words_of(pieces), voice.starts[first:]
    assert [text for text, _ in found] == [text for text, _ in said]
    assert max(abs(a - b) for (_, a), (_, b) in zip(found[5:], said[5:], strict=True)) < 0.08


def test_words_that_are_not_said_are_left_out_and_told() -> None:
    said, unsaid = expect(RAINBOW, "en"), expect(OTHER_TEXT, "en")
    rest = expect(GOLD, "en")
    voice = Voice().say((*said, *rest))
    events: list[Event] = []
    pieces = list(align(voice.heard(), (*said, *unsaid, *rest), events.append))
    found = words_of(pieces)
    right = {(text, round(start_s, 1)) for text, start_s in voice.starts}
    assert sum((text, round(start_s, 1)) in right for text, start_s in found) > 0.8 * len(voice.starts)
    assert len(found) <= len(voice.starts) + 2
    assert any(isinstance(event, Note) and "were not heard" in event.message for event in events)


def test_a_swallowed_word_is_shown_with_the_next() -> None:
    words = expect(RAINBOW, "en")
    voice = Voice().say((*words[:5], *words[6:]))
    shown = " ".join(text for text, _ in words_of(list(align(voice.heard(), words))))
    assert shown == " ".join(word.text for word in words)


def test_a_wrong_word_harms_only_itself() -> None:
    words = expect(RAINBOW + GOLD, "en")
    wrong = list(words)
    wrong[10], wrong[20] = *expect("hippopotamus", "en"), *expect("philosophy", "en")
    voice = Voice().say(words)
    found = words_of(list(align(voice.heard(), wrong)))
    errors_s = [min((abs(a - b) for other, b in found if other == text), default=9.0) for text, a in voice.starts]
    assert sum(error < 0.06 for error in errors_s) >= len(words) - 8


@pytest.mark.parametrize("sure", [0.75, 0.5])
def test_another_text_is_refused(sure: float) -> None:
    voice = Voice(sure=sure).say(expect(OTHER_TEXT * 2, "en"))
    with pytest.raises(TranscriptError, match="not what is said"):
        list(align(voice.heard(), expect(RAINBOW + GOLD, "en")))


def test_another_text_is_refused_before_an_hour_has_passed() -> None:
    other = expect(OTHER_TEXT, "en")
    taken = 0

    def endless() -> Iterator[Rows]:
        nonlocal taken
        while True:
            for rows in Voice(taken).say(other).heard():
                taken += len(rows)
                yield rows

    with pytest.raises(TranscriptError):
        list(align(endless(), expect((RAINBOW + GOLD) * 20, "en")))
    assert taken < 200 * 100


def test_silence_does_not_hold_a_transcript() -> None:
    voice = Voice()
    voice.be_silent(1000)
    with pytest.raises(TranscriptError, match="Nothing"):
        list(align(voice.heard(), expect(RAINBOW, "en")))


def test_nothing_does_not_hold_a_transcript() -> None:
    with pytest.raises(TranscriptError, match="Nothing"):
        list(align([], expect(RAINBOW, "en")))


def test_a_part_of_the_sound_finds_its_part_of_the_text() -> None:
    words = expect(RAINBOW + GOLD, "en")
    voice = Voice().say(words)
    part = np.concatenate(voice.rows)[300:900]
    found = words_of(list(align([part], words)))
    said = [(text, start_s - 3) for text, start_s in voice.starts if 3.1 <= start_s < 8.7]
    hits = sum(any(text == other and abs(a - b) < 0.06 for other, b in found) for text, a in said)
    assert hits >= len(said) - 2


def test_a_word_alone_is_enough() -> None:
    words = expect("Barrel.", "en")
    assert [text for text, _ in words_of(list(align(Voice().say(words).heard(), words)))] == ["Barrel."]


def test_a_word_that_nobody_can_read_takes_its_place() -> None:
    words = expect("これは日本語です。", "ja")
    voice = Voice().say(words[:1])
    before_s = voice.frames / 100
    for column in ("n", "i", "h", "o", "ng", "g", "o"):
        voice._emit(CLASS[column], 7)
    after_s = voice.frames / 100
    voice.say(words[2:])
    (piece,) = align(voice.heard(), words)
    assert [word.text for word in piece.words] == [word.text for word in words]
    assert piece.words[1].start_s == pytest.approx(before_s, abs=0.06)
    assert piece.words[1].end_s == pytest.approx(after_s, abs=0.06)
    assert (piece.words[1].start_s, piece.words[1].end_s) in piece.strange
    assert not [p for p in piece.phones if before_s + 0.1 < p.start_s < after_s - 0.1]


def test_a_long_recording_does_not_drift() -> None:
    words = expect((RAINBOW + GOLD) * 2, "en")
    voice = Voice().say(words)
    repeats = 8
    rows = np.concatenate(voice.rows)
    found = words_of(list(align((rows for _ in range(repeats)), words * repeats)))
    said = [(text, start_s + k * len(rows) / 100) for k in range(repeats) for text, start_s in voice.starts]
    assert [text for text, _ in found] == [text for text, _ in said]
    assert max(abs(a - b) for (_, a), (_, b) in zip(found, said, strict=True)) < 0.08


def test_boundaries_are_neither_early_nor_late() -> None:
    text = "Mary rolled the barrel down the hill, and nobody saw her leave the town."
    voice = spoken(text, "en-us+f3")
    found = [phone for piece in align(posteriors([voice.samples]), expect(text, "en")) for phone in piece.phones]
    errors_s = np.array(
        [b.start_s - a.start_s for a in voice.phones for b in found if a.ipa == b.ipa and a.start_s < b.end_s]
    )
    errors_s = errors_s[np.abs(errors_s) < 0.06]
    assert len(errors_s) > 0.7 * len(voice.phones)
    assert abs(np.median(errors_s)) < 0.005
    assert np.median(np.abs(errors_s)) < 0.01
