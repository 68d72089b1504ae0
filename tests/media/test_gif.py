"""GIFs loop, keep time and stay small."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from phonoscope.core.colour import rgb_to_frame
from phonoscope.media import gif
from phonoscope.media.palette import PaletteMapper
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_frames
from phonoscope.media.writer import VideoWriter
from tests.media.samples import options, picture, write_video


def _delays_ms(path: Path) -> list[int]:
    with Image.open(path) as image:
        delays = []
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            delays.append(int(image.info["duration"]))
        return delays


def test_it_loops_forever_and_tells_who_made_it(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.gif", options("gif", comment="Made with Phonoscope 9"), 10)
    with Image.open(path) as image:
        assert image.info["loop"] == 0
    assert probe(path).container == "gif"
    assert probe(path).tags["comment"] == "Made with Phonoscope 9"


@pytest.mark.parametrize(
    ("fps", "frames", "kept"),
    [(Fraction(30), 30, 15), (Fraction(25), 25, 25), (Fraction(60), 60, 20), (Fraction(24000, 1001), 24, 24)],
)
def test_it_keeps_time(tmp_path: Path, fps: Fraction, frames: int, kept: int) -> None:
    # A video that changes all the time, lest equal frames be merged.
    delays = _delays_ms(write_video(tmp_path / "a.gif", options("gif", fps=fps), frames))
    assert len(delays) == kept
    assert sum(delays) == pytest.approx(1000, abs=10)
    assert max(delays) - min(delays) <= 10


def test_it_is_scaled_down(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.gif", options("gif", size_px=(1280, 720))) as writer:
        writer.write_frame(rgb_to_frame(np.full((720, 1280, 3), 90, np.uint8)))
    assert next(read_frames(tmp_path / "a.gif")).shape == (360, 640, 3)


def test_colours_are_kept(tmp_path: Path) -> None:
    decoded = next(read_frames(write_video(tmp_path / "a.gif", options("gif"), 5)))
    assert np.abs(decoded[20:70, 80:110].astype(int) - picture(100)[20:70, 80:110]).mean() < 3


def test_the_palette_waits_for_some_frames_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gif, "PALETTE_FRAMES", 4)
    seen: list[int] = []

    def counted(frames: list[NDArray[np.uint8]]) -> PaletteMapper:
        seen.append(len(frames))
        return PaletteMapper(frames)

    monkeypatch.setattr(gif, "PaletteMapper", counted)
    delays = _delays_ms(write_video(tmp_path / "a.gif", options("gif", fps=Fraction(10)), 20))
    assert seen == [4]
    assert len(delays) == 20


def test_a_single_frame(tmp_path: Path) -> None:
    assert len(list(read_frames(write_video(tmp_path / "a.gif", options("gif"), 1)))) == 1


def test_a_long_comment_is_cut(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.gif", options("gif", comment="é" * 400), 2)
    assert probe(path).tags["comment"] == "?" * 255
