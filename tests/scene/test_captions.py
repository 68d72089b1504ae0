from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.colour import frame_to_rgb, rgb_to_frame
from phonoscope.core.errors import UsageError
from phonoscope.media.subtitles import Cue
from phonoscope.scene.captions import CaptionPainter

SIZE = (320, 180)


def _painted(text: str, shade: int = 128) -> NDArray[np.int64]:
    frame = rgb_to_frame(np.full((SIZE[1], SIZE[0], 3), shade, np.uint8))
    return frame_to_rgb(CaptionPainter(SIZE).paint(frame, Cue(text, 0, 1))).astype(int)


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_words_are_white_with_a_dark_outline_on_any_ground(shade: int) -> None:
    rgb = _painted("Hello there", shade)
    assert rgb.max() >= 250
    assert rgb.min() <= 40


def test_words_stand_low_in_the_middle_and_inside_the_margins() -> None:
    changed = np.abs(_painted("Hello") - 128).max(-1) > 8
    ys, xs = np.nonzero(changed)
    assert ys.min() > SIZE[1] / 2
    assert ys.max() < SIZE[1] * 0.96
    assert (xs.min() + xs.max()) / 2 == pytest.approx(SIZE[0] / 2, abs=4)


def test_a_long_line_is_broken_and_not_cut() -> None:
    changed = np.abs(_painted("word " * 16) - 128).max(-1) > 8
    ys, xs = np.nonzero(changed)
    assert xs.min() > SIZE[0] * 0.02
    assert xs.max() < SIZE[0] * 0.98
    assert ys.max() - ys.min() > 20


def test_the_frame_that_was_given_stays_as_it_was() -> None:
    frame = rgb_to_frame(np.full((SIZE[1], SIZE[0], 3), 90, np.uint8))
    before = frame.luma.copy()
    CaptionPainter(SIZE).paint(frame, Cue("Hello", 0, 1))
    assert (frame.luma == before).all()


def test_letters_that_the_font_lacks_are_named() -> None:
    assert CaptionPainter(SIZE).missing_letters("Größe ж 漢字 漢") == "漢字"


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "font.ttf"
    path.write_text("no font")
    with pytest.raises(UsageError, match=r"font\.ttf"):
        CaptionPainter(SIZE, path)
