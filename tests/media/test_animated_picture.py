"""Animated pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from phonoscope.core.errors import PhotoError
from phonoscope.media import animated_picture
from phonoscope.media.animated_picture import AnimatedPicture, animation_size


def save(path: Path, durations_ms: list[int], size_px: tuple[int, int] = (20, 10)) -> Path:
    frames = [Image.new("RGB", size_px, (10 * number, 255 - 10 * number, 40)) for number in range(len(durations_ms))]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=durations_ms, loop=0)
    return path


@pytest.mark.parametrize("suffix", ["gif", "webp", "png"])
def test_frames_have_their_own_times(suffix: str, tmp_path: Path) -> None:
    animation = AnimatedPicture(save(tmp_path / f"a.{suffix}", [100, 300, 50]), (100, 100))
    times_s = [0, 0.05, 0.15, 0.39, 0.41, 0.449]
    assert [animation.index(time_s, loop=True) for time_s in times_s] == [0, 0, 1, 1, 2, 2]
    assert [animation.index(time_s + 0.45, loop=True) for time_s in times_s[1:]] == [0, 1, 1, 2, 2]
    assert animation.index(99, loop=False) == 2


def test_any_order_gives_the_same_frames(tmp_path: Path) -> None:
    path = save(tmp_path / "a.gif", [40] * 12)
    forth, back = (AnimatedPicture(path, (100, 100)) for _ in range(2))
    in_order = [forth.frame(number).rgb.copy() for number in range(12)]
    for number in reversed(range(12)):
        assert np.array_equal(back.frame(number).rgb, in_order[number])


def test_frames_that_claim_no_time_get_a_tenth_of_a_second(tmp_path: Path) -> None:
    animation = AnimatedPicture(save(tmp_path / "a.gif", [0, 0, 0]), (100, 100))
    assert [animation.index(time_s, loop=True) for time_s in (0.05, 0.15, 0.25, 0.35)] == [0, 1, 2, 0]


def test_frames_are_scaled_down_but_not_up(tmp_path: Path) -> None:
    path = save(tmp_path / "a.gif", [40, 40], (200, 100))
    assert AnimatedPicture(path, (50, 50)).frame(1).size_px == (50, 25)
    assert AnimatedPicture(path, (500, 500)).frame(1).size_px == (200, 100)


def test_little_is_kept_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(animated_picture, "_KEPT_BYTES", 3 * 20 * 10 * 4)
    path = save(tmp_path / "a.gif", [40] * 12)
    animation, whole = AnimatedPicture(path, (100, 100)), AnimatedPicture(path, (100, 100))
    for number in (0, 11, 3, 4, 5, 6, 3, 11, 0):
        assert np.array_equal(animation.frame(number).rgb, whole.frame(number).rgb)
    assert len(animation._kept) == 3


def test_stills_are_no_animations(tmp_path: Path) -> None:
    Image.new("RGB", (5, 4)).save(tmp_path / "a.png")
    assert animation_size(tmp_path / "a.png") is None
    assert animation_size(save(tmp_path / "b.gif", [40, 40])) == (20, 10)


@pytest.mark.parametrize(
    ("limit", "value"), [("FRAMES_LIMIT", 3), ("FRAME_LIMIT_PX", 199), ("WHOLE_LIMIT_PX", 799)]
)  # fmt: skip
def test_too_much_is_refused(limit: str, value: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "a.gif", [40] * 4)
    assert animation_size(path) is not None
    monkeypatch.setattr(animated_picture, limit, value)
    with pytest.raises(PhotoError, match="too much"):
        animation_size(path)


def save_noise(path: Path, share: float) -> Path:
    """Save six noisy frames, and cut the file to a share of its length."""
    noise = np.random.default_rng(0).integers(0, 256, (6, 60, 80, 3), np.uint8)
    frames = [Image.fromarray(frame) for frame in noise]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


def test_a_file_that_is_cut_off_plays_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    animation = AnimatedPicture(save_noise(tmp_path / "a.gif", 0.6), (100, 100))
    assert animation.index(0.25, loop=True) == 2
    last = animation.index(99, loop=False)
    assert 2 <= last <= 3
    assert animation.frame(last).size_px == (80, 60)


def test_a_first_frame_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match=r"a\.gif"):
        AnimatedPicture(save_noise(tmp_path / "a.gif", 0.1), (100, 100))
