"""Pages stay on the canvas, make way for names, and shrink what is too long."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonoscope.core.speech import Word
from phonoscope.scene.captioning.boxes import even_halves
from phonoscope.scene.captioning.captions import POP_S, pop_scale
from phonoscope.scene.captioning.drawing import Covered, PageArtist
from phonoscope.scene.captioning.looks import caption_look
from phonoscope.scene.captioning.pages import Page
from phonoscope.scene.document.captions import Captions

SIZE_PX = 640, 360
LOOKS = ["outline", "box", "plain", "shadow", "bold"]


def _page(text: str, start_s: float = 0.0, end_s: float = 2.0) -> Page:
    words = text.split()
    step_s = (end_s - start_s) / len(words)
    said = tuple(Word(word, start_s + n * step_s, start_s + (n + 1) * step_s) for n, word in enumerate(words))
    return Page(said, start_s, end_s)


def _artist(size_px: tuple[int, int] = SIZE_PX, covered: tuple[Covered, ...] = (), **told: object) -> PageArtist:
    captions = Captions.model_validate(told)
    return PageArtist(captions, caption_look(captions, size_px, "Noto Sans", ""), size_px, covered)


@pytest.mark.parametrize("position", ["top", "middle", "bottom"])
@pytest.mark.parametrize("look", LOOKS)
def test_pages_never_leave_the_canvas(look: str, position: str) -> None:
    artist = _artist(look=look, position=position, safe_area="none", offset=1 if position == "bottom" else -1)
    left, top, right, bottom = artist.box_px(_page("Good morning to all of you, and to all of your friends."))
    assert left >= 0
    assert top >= 0
    assert right <= SIZE_PX[0]
    assert bottom <= SIZE_PX[1]


@pytest.mark.parametrize("look", LOOKS)
def test_looks_are_the_same_at_every_size(look: str) -> None:
    page = _page("Good morning everybody.")
    small, large = _artist(look=look).box_px(page), _artist((2560, 1440), look=look).box_px(page)
    assert [4 * edge for edge in small] == pytest.approx(large, abs=8)


def test_long_words_become_smaller_instead_of_being_broken() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    for style in ("word", "karaoke"):
        layout = _artist((360, 640), style=style, look="bold").laid_out(_page(word))
        assert [line.text for line in layout.lines] == [word]
        assert layout.size_px[0] <= 0.86 * 360


def test_captions_make_way_for_what_is_shown_meanwhile() -> None:
    page = _page("Good morning everybody.")
    name = Covered(20, 300, 300, 350, 0.0, 5.0)
    plain, moved = _artist().box_px(page), _artist(covered=(name,)).box_px(page)
    assert moved[3] <= 300 < plain[3]
    later = replace(name, start_s=3.0)
    assert _artist(covered=(later,)).box_px(page) == plain
    beside = replace(name, right_px=60)
    assert _artist(covered=(beside,)).box_px(page) == plain
    high = _artist(covered=(Covered(20, 5, 300, 60, 0.0, 5.0),), position="top").box_px(page)
    assert high[1] >= 60


def test_lines_of_nearly_the_same_length_have_one_box() -> None:
    assert even_halves([100, 96, 60], 10) == [100, 100, 60]


def test_a_line_that_begins_with_a_foreign_word_runs_as_the_page_does() -> None:
    layout = _artist((360, 640)).laid_out(_page("هل تعرفون البرنامج الجديد Phonoscope الذي يتكلم؟"))
    second = layout.lines[1]
    foreign = next(n for n, run in enumerate(layout.runs) if run.text.startswith("Phono"))
    box = layout.word_boxes[foreign][0]
    if second.text.startswith("Phono"):
        assert box.right_px == pytest.approx(second.box.right_px, abs=1)


def test_words_pop_in_and_settle() -> None:
    assert pop_scale(0.0) < 0.9
    assert 1.0 < pop_scale(0.6 * POP_S) < 1.1
    assert pop_scale(POP_S) == 1.0


@pytest.mark.parametrize("look", ["plain", "shadow"])
def test_letters_have_a_dark_edge_over_white(look: str) -> None:
    drawn = _artist(look=look).draw(_page("Hello"))
    assert drawn is not None
    _, frame = drawn
    assert frame.alpha is not None
    # Dark and dense pixels around the letters.
    letters = ((frame.luma > 200) & (frame.alpha > 200)).sum()
    assert ((frame.luma < 80) & (frame.alpha > 100)).sum() > 0.3 * letters


def test_the_word_that_is_said_differs_from_its_speakers_colour() -> None:
    page = replace(_page("Hello there"), speaker="Ann")
    artist = _artist(highlight="#ffd54a", speaker_colours={"Ann": "#ffe060"})
    first, plain = artist.draw(page, 0), artist.draw(page)
    assert first is not None
    assert plain is not None
    # White has no chroma, where yellow had.
    assert abs(first[1].chroma.astype(int) - plain[1].chroma).max() > 40
