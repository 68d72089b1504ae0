"""Recordings come and go without a click, and music goes over into music."""

from __future__ import annotations

import wave
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from phonoscope.core.sound import Sound
from phonoscope.core.speech import Speech
from phonoscope.media.options import VideoOptions
from phonoscope.rendering.hearing import EDGE_S, Heard, SceneVoice, soft_edged
from phonoscope.rendering.job import Job
from phonoscope.rendering.opening import asset_table
from phonoscope.rendering.plan import WorkFolder
from phonoscope.rendering.sounding import video_mix
from phonoscope.scene.document.reading import ReadScene
from tests.rendering.documents import opened, scene_document, talking

RATE_HZ = 16_000


def job_of(read: ReadScene) -> Job:
    return Job(read.document, asset_table(read), VideoOptions(size_px=(192, 108), fps=Fraction(15)), -14.0)


def test_a_recording_fades_where_silence_is_put_beside_it() -> None:
    loud, quiet = (Sound(np.full((RATE_HZ, 2), level, np.float32), RATE_HZ) for level in (0.5, 0.0))
    sounds = [quiet, loud, loud, quiet, loud]

    softened = np.concatenate([s.samples for _, s in soft_edged((Speech(sound), sound) for sound in sounds)])

    whole = np.concatenate([sound.samples for sound in sounds])
    assert softened.shape == whole.shape
    steps = np.abs(np.diff(softened[:, 0]))
    assert steps.max() < 0.01, "no step is left, and none between pieces of the recording comes to be"
    changed_s = (softened != whole)[:, 0].sum() / RATE_HZ
    assert changed_s == pytest.approx(4 * EDGE_S, rel=0.05)


def test_what_is_acted_is_as_long_as_what_is_played(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "voice.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        hum = 9000 * np.sin(np.arange(RATE_HZ) * 0.05)
        file.writeframes(hum.astype("<i2").tobytes())
    sound = {"file": "voice.wav", "effect": "robot"}
    read = opened(scene_document({"sound": sound, "duration_s": 3}), tmp_path)
    voice = SceneVoice(read.document, 0, asset_table(read))

    played = list(voice.played())

    acted_s, played_s = (sum(s.duration_s for s in sounds) for sounds in (voice.pieces(), (s for _, s in played)))
    assert acted_s == played_s == pytest.approx(3)


def test_music_goes_on_into_the_music_that_comes_next(tmp_path: Path) -> None:
    scenes = [{"id": name, "duration_s": 4} for name in ("a", "b", "c")]
    music = [
        {"source": "calm", "to_scene": "a"},
        {"source": "upbeat", "from_scene": "b", "to_scene": "b", "fade_in_s": 1.5},
    ]
    read = opened(scene_document(*scenes, music=music), tmp_path)

    mix = video_mix(job_of(read), WorkFolder(tmp_path), [Heard(4.0, ())] * 3)

    assert [(track.start_s, track.end_s) for track in mix.music] == [(0.0, 5.5), (4.0, 8.0)]


def test_music_is_well_under_a_voice_and_there_without_one(tmp_path: Path) -> None:
    read = opened(scene_document(talking(), music="calm"), tmp_path)

    (track,) = video_mix(job_of(read), WorkFolder(tmp_path), [Heard(4.0, ())]).music

    assert -20 <= track.volume_db - track.ducking_db <= -15
    assert -12 <= track.volume_db <= -6
