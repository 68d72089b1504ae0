"""The timeline is read again by OpenTimelineIO's own library, and everything lies where it is seen and heard."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import opentimelineio as otio
import pytest

from phonoscope.exports.otio import otio_text
from phonoscope.exports.outline import SceneSpan
from tests.exports.outlines import OUTLINE


@pytest.fixture(scope="module")
def timeline() -> Any:
    return otio.adapters.read_from_string(otio_text(OUTLINE, "fine.mp4"), "otio_json")


def _track(timeline: Any, name: str) -> Any:
    return next(track for track in timeline.tracks if track.name == name)


def test_scenes_cover_the_video_without_gaps(timeline: Any) -> None:
    clips = list(_track(timeline, "Scenes").find_clips())
    assert [clip.name for clip in clips] == ["Welcome", "middle", "end"]
    assert clips[0].source_range.start_time.value == 0
    for before, after in pairwise(clips):
        assert before.source_range.end_time_exclusive() == after.source_range.start_time
    assert clips[-1].source_range.end_time_exclusive().to_seconds() == pytest.approx(20.0, abs=0.02)
    for clip in clips:
        # A clip of the finished file is seen in the timeline when it is seen in the file.
        assert clip.range_in_parent().start_time == clip.source_range.start_time
        assert clip.media_reference.target_url == "fine.mp4"


def test_transitions_lie_around_their_cuts(timeline: Any) -> None:
    track = _track(timeline, "Scenes")
    (way,) = [item for item in track if isinstance(item, otio.schema.Transition)]
    assert way.transition_type == "SMPTE_Dissolve"
    assert way.duration().to_seconds() == pytest.approx(1.0, abs=0.04)
    cut = list(track.find_clips())[1].source_range.start_time
    assert (cut - way.in_offset).to_seconds() == pytest.approx(7.0, abs=0.02)
    assert (cut + way.out_offset).to_seconds() == pytest.approx(8.0, abs=0.02)


def test_other_transitions_keep_their_names() -> None:
    scenes = (OUTLINE.scenes[0], replace(OUTLINE.scenes[1], transition="circle"), OUTLINE.scenes[2])
    read = otio.adapters.read_from_string(otio_text(replace(OUTLINE, scenes=scenes), "a.mp4"), "otio_json")
    (way,) = [item for item in read.tracks[0] if isinstance(item, otio.schema.Transition)]
    assert way.name == "circle"
    assert way.transition_type == "Custom_Transition"


def test_sounds_lie_where_they_are_heard(timeline: Any) -> None:
    names = [track.name for track in timeline.audio_tracks()]
    assert names == ["Sound", "Voices", "Voices 2", "Music", "Effects", "Effects 2"]
    (ding,) = _track(timeline, "Effects 2").find_clips()
    assert ding.range_in_parent().start_time.to_seconds() == pytest.approx(5.1, abs=0.02)
    assert ding.source_range.start_time.to_seconds() == pytest.approx(1.5, abs=0.02)
    assert ding.media_reference.target_url == "sounds/ding.wav"
    (pop,) = _track(timeline, "Effects").find_clips()
    assert isinstance(pop.media_reference, otio.schema.GeneratorReference)
    assert pop.media_reference.parameters["name"] == "pop"


def test_nothing_is_heard_twice(timeline: Any) -> None:
    assert [track.name for track in timeline.audio_tracks() if track.enabled] == ["Sound"]


def test_captions_are_markers(timeline: Any) -> None:
    markers = timeline.tracks.markers
    assert len(markers) == len(OUTLINE.cues)
    for marker, cue in zip(markers, OUTLINE.cues, strict=True):
        assert marker.metadata["phonoscope"]["speaker"] == cue.speaker
        assert marker.metadata["phonoscope"]["text"] == cue.text
        assert marker.marked_range.start_time.to_seconds() == pytest.approx(cue.start_s, abs=0.02)


def test_what_is_read_is_written_alike(timeline: Any) -> None:
    text = otio_text(OUTLINE, "fine.mp4")
    assert json.loads(otio.adapters.write_to_string(timeline, "otio_json")) == json.loads(text)
    assert text == otio_text(OUTLINE, "fine.mp4")


def test_one_scene_and_nothing_else() -> None:
    alone = replace(OUTLINE, scenes=(SceneSpan("only", 0.0, 20.0),), cues=(), voices=(), music=(), effects=())
    read = otio.adapters.read_from_string(otio_text(replace(alone, title=""), "a.mp4"), "otio_json")
    assert [track.name for track in read.tracks] == ["Scenes", "Sound"]
    assert read.name == "a.mp4"
