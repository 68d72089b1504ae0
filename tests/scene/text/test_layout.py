from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import UsageError
from phonoscope.core.frames import Box
from phonoscope.scene.drawing.rasterising import rasterise
from phonoscope.scene.text import Run, RunLook, Shadow, TextLayout, TextStyle, lay_out

STYLE = TextStyle(size_px=40)
WIDE = 10_000.0


def texts(layout: TextLayout) -> list[str]:
    return [line.text for line in layout.lines]


def pixels(layout: TextLayout, looks: dict[int, RunLook] | None = None) -> NDArray[np.uint8]:
    ink = layout.ink_px
    box = Box(0, 0, int(ink.right_px - ink.left_px) + 2, int(ink.bottom_px - ink.top_px) + 2)
    return rasterise(lambda canvas: layout.paint(canvas, -ink.left_px, -ink.top_px, looks), box)


def test_lines_are_no_wider_than_allowed_and_lose_nothing() -> None:
    text = "The quick brown fox jumps over the lazy dog, again and again, until the evening comes."
    layout = lay_out(text, STYLE, 420)
    assert len(layout.lines) > 3
    assert all(line.box.right_px - line.box.left_px <= 420 for line in layout.lines)
    assert " ".join(texts(layout)) == text
    assert all(text[line.start : line.end] == line.text for line in layout.lines)


def test_balanced_lines_are_as_few_and_more_even() -> None:
    text = "A line that is filled as far as it goes, and another"
    greedy, even = (lay_out(text, STYLE, 900, balanced=balanced) for balanced in (False, True))
    assert len(greedy.lines) == len(even.lines) > 1
    spread = [
        max(widths) - min(widths)
        for layout in (greedy, even)
        if (widths := [line.box.right_px - line.box.left_px for line in layout.lines])
    ]
    assert spread[1] < spread[0]


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    layout = lay_out("One two three four five six seven eight nine ten", STYLE, 300, max_lines=2)
    assert layout.is_cut
    assert len(layout.lines) == 2
    assert layout.lines[-1].text.endswith("…")
    assert layout.size_px[0] <= 300
    assert not lay_out("One two", STYLE, 300, max_lines=2).is_cut


def test_only_whole_letters_are_cut_off() -> None:
    for width_px in range(100, 400, 20):
        line = lay_out("👨‍👩‍👧ẹ́ẹ́ẹ́क्षक्षน้ำน้ำ👨‍👩‍👧", STYLE, width_px, max_lines=1).lines[0]
        shown = line.text.removesuffix("…")
        assert not shown.endswith(("\u200d", "\u094d", "ẹ", "น้"))


def test_spaces_at_the_ends_of_lines_are_not_shown() -> None:
    assert texts(lay_out("  a  \n   b", STYLE, WIDE)) == ["a", "b"]
    assert lay_out("  a  ", STYLE, WIDE).size_px == lay_out("a", STYLE, WIDE).size_px


def test_line_feeds_break_and_empty_lines_stay_but_not_at_the_end() -> None:
    assert texts(lay_out("a\r\n\nb\u2028c \n\n", STYLE, WIDE)) == ["a", "", "b", "c"]
    assert lay_out("", STYLE, WIDE).size_px[0] == 0


def test_controls_and_tabs_are_not_drawn_as_boxes() -> None:
    assert lay_out("a\x00\x07b", STYLE, WIDE).size_px == lay_out("ab", STYLE, WIDE).size_px
    assert lay_out("a\ud800b", STYLE, WIDE).size_px == lay_out("a\ufffdb", STYLE, WIDE).size_px
    assert lay_out("a\tb", STYLE, WIDE).size_px == lay_out("a b", STYLE, WIDE).size_px


@pytest.mark.parametrize("width_px", range(130, 400, 30))
def test_no_closing_sign_and_no_small_kana_begins_a_line(width_px: int) -> None:
    text = "「きょうは」いい天気ですね。ちょっと、待っていてください、先生。"
    lines = texts(lay_out(text, STYLE, width_px))
    assert not any(line[0] in "」。、！ょっゃゅ" for line in lines)
    assert not any(line.endswith("「") for line in lines)


def test_katakana_and_korean_break_between_words() -> None:
    assert texts(lay_out("これはチャンネルです", STYLE, 250))[1].startswith("チャンネル")
    korean = "안녕하세요 여러분 반갑습니다"
    assert texts(lay_out(korean, STYLE, 330)) in ([*korean.split()], ["안녕하세요 여러분", "반갑습니다"])


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("th", "ประเทศไทยมีอาหารอร่อยมากมาย", ["ประเทศ", "ไทย", "มี", "อาหาร", "อร่อย", "มากมาย"]),
        ("lo", "ຂ້ອຍຮັກປະເທດລາວ", ["ຂ້ອຍ", "ຮັກ", "ປະເທດ", "ລາວ"]),
        ("km", "ខ្ញុំស្រឡាញ់ប្រទេសកម្ពុជា", ["ខ្ញុំ", "ស្រឡាញ់", "ប្រទេស", "កម្ពុជា"]),
    ],
)
def test_scripts_without_spaces_break_between_words(language: str, text: str, words: list[str]) -> None:
    edges = np.cumsum([0, *(len(word) for word in words)])
    # Dictionaries know compounds, such as the names of countries, as one word.
    for width_px in range(260, 420, 20):
        for line in lay_out(text, TextStyle(size_px=40, language=language), width_px).lines:
            assert line.start in edges


def test_a_zero_width_space_lets_a_line_end() -> None:
    assert texts(lay_out("aaaaaaaa\u200bbbbbbbbb", STYLE, 250)) == ["aaaaaaaa", "bbbbbbbb"]


def test_a_word_too_long_is_broken_within() -> None:
    layout = lay_out("Donaudampfschifffahrtsgesellschaft", STYLE, 300)
    assert "".join(texts(layout)) == "Donaudampfschifffahrtsgesellschaft"
    assert layout.size_px[0] <= 300


def test_right_to_left_text_begins_at_the_right() -> None:
    layout = lay_out("שלום עולם טוב", STYLE, WIDE)
    lefts = [boxes[0].left_px for boxes in layout.word_boxes]
    assert lefts == sorted(lefts, reverse=True)
    two = lay_out("שלום\nשלום עולם", STYLE, WIDE)
    assert two.lines[0].box.right_px == pytest.approx(two.lines[1].box.right_px, abs=0.01)


def test_foreign_words_numbers_and_signs_stand_where_the_direction_puts_them() -> None:
    def order(text: str, language: str) -> list[str]:
        layout = lay_out(text, TextStyle(language=language), WIDE)
        placed = zip(layout.runs, layout.word_boxes, strict=True)
        return [run.text.strip() for run, boxes in sorted(placed, key=lambda pair: pair[1][0].left_px)]

    assert order("iPhone هو هاتف", "ar") == ["هاتف", "هو", "iPhone"]
    assert order("iPhone هو هاتف", "en") == ["iPhone", "هاتف", "هو"]
    assert order("العدد 25% مهم", "ar") == ["مهم", "25%", "العدد"]
    assert order("one سلام دنیا two", "en") == ["one", "دنیا", "سلام", "two"]


def test_the_full_stop_of_an_arabic_sentence_stands_at_its_left_end() -> None:
    layout = lay_out([Run("مرحبا"), Run(".")], STYLE, WIDE)
    assert layout.word_boxes[1][0].right_px <= layout.word_boxes[0][0].left_px + 0.1


@pytest.mark.parametrize(("align", "side"), [("left", 0.0), ("centre", 0.5), ("right", 1.0), ("end", 1.0)])
def test_lines_are_aligned(align: str, side: float) -> None:
    layout = lay_out("wide wide wide\nx", TextStyle(align=align), WIDE)  # type: ignore[arg-type]
    box = layout.lines[1].box
    assert box.left_px == pytest.approx(side * (layout.size_px[0] - (box.right_px - box.left_px)), abs=0.05)


def test_words_have_boxes_side_by_side_without_their_spaces() -> None:
    layout = lay_out("one two  three", STYLE, WIDE)
    first, second, third = (boxes[0] for boxes in layout.word_boxes)
    assert first.right_px < second.left_px < second.right_px < third.left_px
    assert (first.top_px, first.bottom_px) == (0, layout.size_px[1])


def test_a_run_over_two_lines_has_two_boxes() -> None:
    layout = lay_out([Run("one two three four five six")], STYLE, 250)
    assert [box.line for box in layout.word_boxes[0]] == list(range(len(layout.lines)))


def test_the_colour_of_a_word_changes_nothing_else() -> None:
    layout = lay_out("AVAVA Tomorrow", STYLE, WIDE)
    plain, lit = pixels(layout), pixels(layout, {1: RunLook(rgb=(255, 0, 0))})
    # Skia makes edges of dark letters a little denser; the same pixels are touched.
    assert np.array_equal(plain[..., 3] > 0, lit[..., 3] > 0)
    edge = int(layout.word_boxes[1][0].left_px - layout.ink_px.left_px) - 1
    assert np.array_equal(plain[:, :edge], lit[:, :edge])
    assert lit[:, edge:, 1].max() == 0 < plain[:, edge:, 1].max()


def test_words_can_be_hidden_moved_and_enlarged() -> None:
    layout = lay_out("one two", STYLE, WIDE)
    plain = pixels(layout)[..., 3].astype(int)
    hidden = pixels(layout, {0: RunLook(opacity=0)})[..., 3].astype(int)
    other = pixels(layout, {1: RunLook(opacity=0)})[..., 3].astype(int)
    assert np.array_equal(hidden + other, plain)
    assert pixels(layout, {0: RunLook(scale=1.3)})[..., 3].sum() > plain.sum()
    half = pixels(layout, {0: RunLook(opacity=0.5)})[..., 3].astype(int)
    assert hidden.sum() < half.sum() < plain.sum()
    moved = pixels(layout, {0: RunLook(down_px=4)})[..., 3].astype(int)
    assert np.array_equal((moved - hidden)[4:], (plain - hidden)[:-4])


def test_nothing_is_painted_outside_of_what_is_told() -> None:
    style = TextStyle(size_px=40, outline_px=5, shadow=Shadow(6, 8, 3), family="Pacifico")
    layout = lay_out("ÅgjẤ ÇŞ", style, WIDE)
    ink = layout.ink_px
    around = rasterise(lambda canvas: layout.paint(canvas, 200, 200), Box(0, 0, 1000, 500))[..., 3]
    top, bottom = int(200 + ink.top_px), int(200 + ink.bottom_px) + 1
    left, right = int(200 + ink.left_px), int(200 + ink.right_px) + 1
    assert around.sum() == around[top:bottom, left:right].sum() > 0


def test_outline_and_shadow_surround_the_letters() -> None:
    plain = pixels(lay_out("Hi", STYLE, WIDE))[..., 3]
    outlined = pixels(lay_out("Hi", TextStyle(size_px=40, outline_px=3), WIDE))[..., 3]
    shaded = pixels(lay_out("Hi", TextStyle(size_px=40, shadow=Shadow(4, 4, 2)), WIDE))[..., 3]
    assert (outlined > 0).sum() > (plain > 0).sum()
    assert (shaded > 0).sum() > (plain > 0).sum()


def test_opacity_holds_for_letters_and_outline_together() -> None:
    rgba = pixels(lay_out("Hi", TextStyle(size_px=40, outline_px=3, opacity=0.5), WIDE))
    assert 126 <= rgba[..., 3].max() <= 129


def test_lines_stand_further_apart_where_letters_are_high() -> None:
    heights = {text: lay_out(text, STYLE, WIDE).size_px[1] for text in ("Hello", "မြန်မာ", "ສະບາຍ")}
    assert heights["Hello"] == pytest.approx(1.2 * 40)
    assert heights["မြန်မာ"] > heights["Hello"] < heights["ສະບາຍ"]


def test_the_same_text_gives_the_same_pixels_in_another_process() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, 'src')\n"
        "from phonoscope.core.frames import Box\n"
        "from phonoscope.scene.drawing.rasterising import rasterise\n"
        "from phonoscope.scene.text import Shadow, TextStyle, lay_out\n"
        "before = {before}\n"
        "style = TextStyle(outline_px=3, shadow=Shadow(2, 2, 2))\n"
        "if before: lay_out('日本語 другой текст', style, 300)\n"
        "layout = lay_out('Hello, мир, سلام 你好 🎉', style, 500, balanced=True)\n"
        "rgba = rasterise(lambda canvas: layout.paint(canvas, 10, 10), Box(0, 0, 600, 300))\n"
        "print(hashlib.sha256(rgba.tobytes()).hexdigest())\n"
    )
    results = [
        subprocess.run([sys.executable, "-c", code.format(before=before)], capture_output=True, text=True, check=True)
        for before in (False, True)
    ]
    assert results[0].stdout == results[1].stdout != ""
    # No library looks for fonts of the system, and complains about what it finds.
    assert results[0].stderr == ""


@pytest.mark.parametrize(
    ("style", "width_px", "max_lines"),
    [
        (TextStyle(size_px=0), 100, None),
        (TextStyle(size_px=1e6), 100, None),
        (TextStyle(size_px=float("nan")), 100, None),
        (TextStyle(), 0, None),
        (TextStyle(), float("nan"), None),
        (TextStyle(), 100, 0),
        (TextStyle(family="Comic Snas"), 100, None),
    ],
)
def test_what_cannot_be_laid_out_is_refused(style: TextStyle, width_px: float, max_lines: int | None) -> None:
    with pytest.raises(UsageError):
        lay_out("Hello", style, width_px, max_lines)


def test_a_book_is_refused() -> None:
    with pytest.raises(UsageError, match="letters"):
        lay_out("a" * 30_000, STYLE, WIDE)


@pytest.mark.parametrize("width_px", [380, 400, 430, 460, 500])
def test_balanced_lines_break_no_word_that_fits(width_px: int) -> None:
    layout = lay_out("Every Wednesday in October", TextStyle(family="Anton", size_px=80), width_px, balanced=True)
    assert {word for line in layout.lines for word in line.text.split()} == {"Every", "Wednesday", "in", "October"}
