"""What the presets decide lies within what they say, and can be written."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from phonoscope.core.errors import UsageError
from phonoscope.media.export_presets import EXPORT_PRESETS, export_preset
from phonoscope.media.probe import probe
from tests.media.samples import clicks, write_video

CANVASES = [(1920, 1080), (1080, 1920), (1080, 1080), (864, 1080), (640, 360), (3840, 2160)]


@pytest.mark.parametrize("name", EXPORT_PRESETS)
@pytest.mark.parametrize("size_px", CANVASES)
@pytest.mark.parametrize("fps", [Fraction(10), Fraction(30000, 1001), Fraction(60), Fraction(120)])
def test_options_keep_the_limits(name: str, size_px: tuple[int, int], fps: Fraction) -> None:
    preset = EXPORT_PRESETS[name]
    told = preset.options_for(size_px, fps)
    shorter, longer = sorted(told.size_px)
    assert preset.shortest_side_px[0] <= shorter <= preset.shortest_side_px[1]
    assert preset.longest_side_px[0] <= longer <= preset.longest_side_px[1]
    assert shorter * max(size_px) / (longer * min(size_px)) == pytest.approx(1, abs=0.01)
    assert preset.fps[0] <= told.fps <= preset.fps[1]
    assert (told.fps / fps).denominator == 1 or (fps / told.fps).denominator == 1


def test_sizes_are_kept_where_they_fit() -> None:
    assert export_preset("youtube").size_for((3840, 2160)) == (3840, 2160)
    assert export_preset("youtube").size_for((1280, 720)) == (1920, 1080)
    assert export_preset("tiktok").size_for((2160, 3840)) == (1080, 1920)
    assert export_preset("linkedin").size_for((1080, 1350)) == (1080, 1350)
    assert export_preset("email").size_for((1920, 1080)) == (1280, 720)
    assert export_preset("web").size_for((400, 300)) == (400, 300)


@pytest.mark.parametrize(("name", "codec"), [("youtube", "h264"), ("email", "h264"), ("master", "prores")])
def test_what_is_written_is_what_the_place_wants(tmp_path: Path, name: str, codec: str) -> None:
    preset = export_preset(name)
    told = replace(preset.options_for((1920, 1080), Fraction(30)), size_px=(128, 96), sound_rate_hz=48000)
    found = probe(write_video(tmp_path / f"a.{preset.container}", told, 30, clicks(1, 48000)))
    assert found.video is not None
    assert found.video.codec == codec
    assert found.sound is not None
    assert (found.sound.rate_hz, found.sound.channels) == (48000, 2)
    if codec == "h264":
        assert found.video.profile == "High"


def test_sound_gets_the_bits_that_are_asked_for(tmp_path: Path) -> None:
    sizes = {}
    for name in ("youtube", "email"):
        preset = export_preset(name)
        told = replace(preset.options_for((1920, 1080), Fraction(30)), size_px=(128, 96), sound_rate_hz=48000)
        noisy = clicks(3, 48000, tuple(n / 100 for n in range(300)))
        sizes[name] = write_video(tmp_path / f"{name}.mp4", told, 90, noisy).stat().st_size
    assert sizes["youtube"] > sizes["email"]


def test_lengths_are_limited() -> None:
    export_preset("reels").check_length(899)
    export_preset("web").check_length(1e6)
    with pytest.raises(UsageError, match=r"901 s long.*900 s"):
        export_preset("reels").check_length(901)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(UsageError, match=r"Unknown export preset 'vimeo'.*youtube, tiktok"):
        export_preset("vimeo")
    with pytest.raises(UsageError, match="too narrow for 'tiktok'"):
        export_preset("tiktok").size_for((400, 100))
