"""Real pictures, recordings and videos are read; skipped where there are none."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from phonoscope.media.pictures import load_picture
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_frames, read_sound

MEDIA = Path(os.environ.get("PHONOSCOPE_MEDIA", ""))
pytestmark = [
    pytest.mark.media,
    pytest.mark.skipif(not os.environ.get("PHONOSCOPE_MEDIA"), reason="PHONOSCOPE_MEDIA names no folder"),
]


def _files(*suffixes: str) -> list[Path]:
    return sorted(p for p in MEDIA.rglob("*") if p.suffix in suffixes)


def test_pictures() -> None:
    found = _files(".jpg", ".png")
    assert found
    for path in found:
        picture = load_picture(path)
        assert min(picture.size_px) > 100
        assert np.ptp(picture.rgb) > 50
        assert probe(path).still is not None


def test_sound() -> None:
    found = _files(".wav", ".opus", ".mp3", ".flac")
    assert found
    for path in found:
        sound = read_sound(path, 16000)
        told = probe(path)
        assert told.duration_s is not None
        assert sound.duration_s == pytest.approx(told.duration_s, abs=0.1)
        assert np.abs(sound.samples).max() > 0.01


def test_videos() -> None:
    found = _files(".mp4", ".mpg")
    assert found
    for path in found:
        told = probe(path).video
        assert told is not None
        frames = read_frames(path)
        assert next(frames).shape == (told.height_px, told.width_px, 3)
        assert sum(1 for _ in frames) > 50
