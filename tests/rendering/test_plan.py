"""Videos are cut at the same places, wherever they are drawn."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from phonoscope.rendering.plan import LONGEST_SEGMENT_S, cut_into_segments


@pytest.mark.parametrize("frames", [1, 29, 119, 121, 300, 1800, 18_001, 100_000])
@pytest.mark.parametrize("fps", [Fraction(30), Fraction(24000, 1001), Fraction(60)])
def test_segments_cover_every_frame_once(frames: int, fps: Fraction) -> None:
    segments = cut_into_segments(frames, fps)
    assert segments[0].first_frame == 0
    assert segments[-1].end_frame == frames
    assert all(a.end_frame == b.first_frame for a, b in itertools.pairwise(segments))
    assert all(segment.end_frame > segment.first_frame for segment in segments)
    assert all((s.end_frame - s.first_frame) / fps <= LONGEST_SEGMENT_S + 0.1 for s in segments)
    assert [segment.number for segment in segments] == list(range(len(segments)))


def test_segments_share_out_among_cores() -> None:
    assert len(cut_into_segments(1800, Fraction(30))) % 4 == 0
    assert len(cut_into_segments(60, Fraction(30))) == 1
