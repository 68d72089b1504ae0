"""Captions over frames that stream by."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.colour import frame_to_rgb, rgb_to_frame
from phonoscope.core.errors import UsageError
from phonoscope.core.frames import VideoFrame
from phonoscope.core.speech import Word
from phonoscope.media.subtitles import Cue, cues
from phonoscope.scene.captioning import CaptionPainter

SIZE = (320, 180)
UPRIGHT = (180, 320)
LONG = "Good morning everybody, and welcome to this wonderful talk about small things."
GREETINGS = {
    "ar": "صباح الخير جميعا",
    "he": "בוקר טוב לכולם",
    "hi": "सुप्रभात सभी को",
    "th": "สวัสดี ตอนเช้า",
    "cmn": "大家早上好",
    "ja": "みなさん おはよう",
    "ko": "여러분 안녕하세요",
    "am": "ሰላም ለዓለም",
}


def grey(size_px: tuple[int, int] = SIZE, shade: int = 128, alpha: int | None = None) -> VideoFrame:
    """Return a frame of one shade."""
    width, height = size_px
    frame = rgb_to_frame(np.full((height, width, 3), shade, np.uint8))
    holes = None if alpha is None else np.full((height, width), alpha, np.uint8)
    return VideoFrame(frame.luma, frame.chroma, holes)


def cue(text: str) -> Cue:
    """Return the subtitle of a text whose words take a fifth of a second each."""
    words = (Word(word, i / 5, (i + 1) / 5) for i, word in enumerate(text.split()))
    return next(cues(words))


def painted(text: str, shade: int = 128, time_s: float = 0.1, **choices: str) -> NDArray[np.int64]:
    frame = CaptionPainter(SIZE, **choices).paint(grey(shade=shade), cue(text), time_s)
    return frame_to_rgb(frame).astype(int)


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_words_are_white_with_a_dark_outline_on_any_ground(shade: int) -> None:
    rgb = painted("Hello there", shade)
    assert rgb.max() >= 250
    assert rgb.min() <= 40


def test_words_stand_low_in_the_middle_and_inside_the_margins() -> None:
    ys, xs = np.nonzero(np.abs(painted("Hello") - 128).max(-1) > 8)
    assert ys.min() > SIZE[1] / 2
    assert ys.max() < SIZE[1] * 0.96
    assert (xs.min() + xs.max()) / 2 == pytest.approx(SIZE[0] / 2, abs=4)


def test_what_has_no_room_at_once_is_shown_in_turn() -> None:
    painter, said, frame = CaptionPainter(UPRIGHT), cue(LONG), grey(UPRIGHT)
    first, last = (painter.paint(frame, said, time_s).luma.copy() for time_s in (said.start_s, said.end_s - 0.05))
    assert not np.array_equal(first, last)
    for luma in (first, last):
        ys, xs = np.nonzero(luma != frame.luma)
        assert xs.min() > 0.02 * UPRIGHT[0]
        assert xs.max() < 0.98 * UPRIGHT[0]
        assert ys.min() > 0.8 * UPRIGHT[1]


def test_only_rows_with_words_change_and_the_frame_that_was_given_stays_as_it_was() -> None:
    frame = grey(shade=90)
    before = frame.luma.copy()
    luma = CaptionPainter(SIZE).paint(frame, cue("Hello"), 0.1).luma
    np.testing.assert_array_equal(frame.luma, before)
    np.testing.assert_array_equal(luma[:140], before[:140])


def test_what_moves_behind_words_is_seen_at_once() -> None:
    painter, said = CaptionPainter(SIZE), cue("Hello")
    painter.paint(grey(shade=90), said, 0.1)
    frame = painter.paint(grey(shade=200), said, 0.1)
    again = CaptionPainter(SIZE).paint(grey(shade=200), said, 0.1)
    np.testing.assert_array_equal(frame.luma, again.luma)
    np.testing.assert_array_equal(frame.chroma, again.chroma)


@pytest.mark.parametrize("language", list(GREETINGS))
def test_every_script_is_written(language: str) -> None:
    text = GREETINGS[language]
    painter = CaptionPainter((640, 360), language=language)
    assert painter.missing_letters(text) == ""
    luma = painter.paint(grey((640, 360)), cue(text), 0.1).luma
    assert (luma > 225).sum() > 300


def test_chinese_and_japanese_forms_of_a_letter_differ() -> None:
    assert np.abs(painted("直骨", language="cmn") - painted("直骨", language="ja")).max() > 100


def test_emoji_have_their_colours() -> None:
    rgb = painted("🍓🍓")
    assert (rgb[..., 0] - rgb[..., 1] > 100).any()


def test_letters_that_no_font_has_are_named() -> None:
    assert CaptionPainter(SIZE).missing_letters("Größe ж 漢字 🎉 𓀀 𓀀𓀁") == "𓀀𓀁"


def test_a_family_changes_the_letters_and_others_fill_in() -> None:
    assert np.abs(painted("Hello", font="Caveat") - painted("Hello")).max() > 100
    painter = CaptionPainter(SIZE, "caveat")
    assert painter.missing_letters("Hello 漢字") == ""


def test_an_unknown_family_is_refused() -> None:
    with pytest.raises(UsageError, match="Did you mean 'Caveat'"):
        CaptionPainter(SIZE, "Cavaet")


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "font.ttf"
    path.write_text("no font")
    with pytest.raises(UsageError, match=r"font\.ttf"):
        CaptionPainter(SIZE, str(path))


def test_words_are_opaque_where_there_is_nothing_else() -> None:
    front = grey(alpha=0)
    frame = CaptionPainter(SIZE).paint(front, cue("Hello there"), 0.1)
    assert frame.alpha is not None
    assert front.alpha is not None
    white = frame.luma > 230
    assert white.sum() > 50
    assert frame.alpha[white].min() > 250
    assert frame.alpha[:80].max() == 0
    assert front.alpha.max() == 0


def test_words_in_front_of_somebody_look_as_ever() -> None:
    plain = CaptionPainter(SIZE).paint(grey(), cue("Hello there"), 0.1)
    frame = CaptionPainter(SIZE).paint(grey(alpha=255), cue("Hello there"), 0.1)
    assert np.abs(plain.luma.astype(int) - frame.luma).max() <= 1
    assert np.abs(plain.chroma.astype(int) - frame.chroma).max() <= 1
    assert frame.alpha is not None
    assert frame.alpha.min() == 255


def test_a_frame_is_passed_on_where_a_cue_has_no_words() -> None:
    frame = grey()
    assert CaptionPainter(SIZE).paint(frame, Cue("", 0, 1), 0.5) is frame
