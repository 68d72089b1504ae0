"""A video plays behind another, at its own pace."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from phonoscope.core.errors import MediaError
from phonoscope.core.frames import VideoFrame
from phonoscope.media.clip import Clip
from phonoscope.media.covering import covering
from phonoscope.media.writer import VideoWriter
from tests.media.samples import SIZE_PX, frame, options

LEVELS = (40, 90, 140, 190)


@pytest.fixture(scope="module")
def four_shades(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four frames, 10 a second, each of another grey."""
    path = tmp_path_factory.mktemp("clip") / "four.mp4"
    with VideoWriter(path, options(fps=Fraction(10), quality=5)) as writer:
        for level in LEVELS:
            luma = np.full(SIZE_PX[::-1], level, np.uint8)
            writer.write_frame(VideoFrame(luma, np.full((SIZE_PX[1] // 2, SIZE_PX[0] // 2, 2), 128, np.uint8)))
    return path


def played(path: Path, fps: int, numbers: list[int]) -> list[float]:
    with Clip(path, (64, 64), Fraction(fps)) as clip:
        return [float(clip.frame(number).luma.mean()) for number in numbers]


def test_frames_are_repeated_and_the_video_starts_again(four_shades: Path) -> None:
    levels = played(four_shades, 20, list(range(20)))
    expected = [LEVELS[n // 2 % 4] for n in range(20)]
    np.testing.assert_allclose(levels, expected, atol=2)


def test_frames_are_left_out(four_shades: Path) -> None:
    np.testing.assert_allclose(played(four_shades, 5, [0, 1, 2, 3]), [40, 140, 40, 140], atol=2)


def test_a_step_back_and_a_leap(four_shades: Path) -> None:
    np.testing.assert_allclose(played(four_shades, 10, [3, 1, 1, 10]), [190, 90, 90, 140], atol=2)


def test_a_picture_is_covered_without_distortion() -> None:
    rgb = np.zeros((100, 400, 3), np.uint8)
    rgb[:, 150:250] = 255
    covered = covering(rgb, (100, 50)).luma
    assert covered.shape == (50, 100)
    # A hundred of the two hundred columns that are seen.
    assert (covered[25] > 125).sum() == pytest.approx(50, abs=2)
    assert covered[25, :20].max() < 20


def test_what_is_no_video_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(2000))
    with pytest.raises(MediaError), Clip(tmp_path / "a.mp4", (64, 64), Fraction(30)):
        pass


def test_sound_alone_is_refused(tmp_path: Path) -> None:
    from phonoscope.core.sound import Sound
    from phonoscope.media.reader import write_wav

    write_wav(tmp_path / "a.wav", Sound(np.zeros(16000, np.float32), 16000))
    with pytest.raises(MediaError, match="no picture"), Clip(tmp_path / "a.wav", (64, 64), Fraction(30)):
        pass


def test_a_single_frame_stands(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", options()) as writer:
        writer.write_frame(frame())
    levels = played(tmp_path / "a.mp4", 30, [0, 1, 50])
    assert max(levels) - min(levels) < 1
