"""Containers are chosen by name or suffix; impossible videos are refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from phonoscope.core.errors import UsageError
from phonoscope.media.options import VideoOptions, container_for, parse_fps


@pytest.mark.parametrize(
    ("path", "requested", "expected"),
    [
        ("a.mp4", "", "mp4"),
        ("a.M4V", "", "mp4"),
        ("a.mov", "", "mov"),
        ("a.WebM", "", "webm"),
        ("a.gif", "gif", "gif"),
        ("a", "mp4", "mp4"),
        ("a.v1", "WEBM", "webm"),
    ],
)
def test_the_container_is_known(path: str, requested: str, expected: str) -> None:
    assert container_for(path, requested) == expected


@pytest.mark.parametrize(("path", "requested"), [("a.avi", ""), ("a", ""), ("a.mp4", "avi"), ("a.mp4", "webm")])
def test_the_container_is_unknown(path: str, requested: str) -> None:
    with pytest.raises(UsageError) as caught:
        container_for(path, requested)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "wrong",
    [
        {"size_px": (127, 96)},
        {"size_px": (0, 96)},
        {"size_px": (20000, 96)},
        {"fps": Fraction(0)},
        {"fps": Fraction(1000)},
        {"container": "avi"},
        {"sound_rate_hz": 10},
        {"sound_channels": 6},
        {"quality": 90},
    ],
)
def test_impossible_videos_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError) as caught:
        VideoOptions(**{"size_px": (128, 96), "fps": Fraction(30), **wrong})  # type: ignore[arg-type]
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "fps"),
    [
        ("25", Fraction(25)),
        ("29.97", Fraction(30000, 1001)),
        ("23.976", Fraction(24000, 1001)),
        ("30000/1001", Fraction(30000, 1001)),
        ("12.5", Fraction(25, 2)),
        ("29.97002997", Fraction(30000, 1001)),
    ],
)
def test_frame_rates(text: str, fps: Fraction) -> None:
    assert parse_fps(text) == fps


@pytest.mark.parametrize("text", ["", "fast", "1/0", "0", "-25", "1000", "1e9999999", "nan", "30/0"])
def test_other_frame_rates_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_fps(text)


@pytest.mark.parametrize("fps", [25, 25.0, Fraction(25)])
def test_frame_rates_may_be_numbers(fps: float | Fraction) -> None:
    assert parse_fps(fps) == 25
