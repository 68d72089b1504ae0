"""Speech alone, portraits: small things that are made once and kept."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from phonoscope.media.probe import probe
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.jobs.queue import enqueue
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.keys import portrait_key, speech_key, voice_sample_key
from tests.studio.conftest import Work


def done(studio: Studio, work: Work, kind: str, payload: dict[str, Any]) -> Job:
    with studio.database.transaction() as session:
        owner = Account(name="anna")
        session.add(owner)
        session.flush()
        job = enqueue(session, owner_id=owner.id, kind=kind, lane="quick", payload=payload)
    work(kind)
    with studio.database.session() as session:
        return session.get_one(Job, job.id)


@pytest.mark.parametrize(
    ("format", "codec"),
    [("mp3", "mp3"), ("opus", "opus"), ("aac", "aac"), ("flac", "flac"), ("wav", "pcm_s16le")],
)
def test_speech_is_written_as_asked_for(studio: Studio, work: Work, tmp_path: Path, format: str, codec: str) -> None:
    told = {"text": "Hello there.", "voice": "Emma", "language": "", "speed": 1.0, "format": format}
    key = speech_key("x", told, format)
    job = done(studio, work, "speech", {**told, "key": key})
    assert job.state == "done" and job.result is not None
    path = tmp_path / f"a.{format}"
    path.write_bytes(studio.store.read(key))
    found = probe(path)
    assert found.sound is not None and found.sound.codec == codec
    assert 0.5 < job.result["duration_s"] < 3


def test_speech_without_a_head_is_samples_at_24_khz(studio: Studio, work: Work) -> None:
    told = {"text": "Hello there.", "voice": "", "language": "", "speed": 1.0, "format": "pcm"}
    job = done(studio, work, "speech", {**told, "key": "users/x/cache/a.pcm"})
    assert job.result is not None
    assert len(studio.store.read("users/x/cache/a.pcm")) / 48_000 == pytest.approx(job.result["duration_s"], abs=0.01)


def test_speech_is_as_quick_as_asked_for_within_what_is_understood(studio: Studio, work: Work) -> None:
    told = {"text": "Hello there, how are you?", "voice": "", "language": "", "speed": 4.0, "format": "wav"}
    job = done(studio, work, "speech", {**told, "key": "users/x/cache/a.wav"})
    assert job.result is not None and 0.2 < job.result["duration_s"] < 1.2


def test_what_cannot_be_spoken_is_an_error_that_says_why(studio: Studio, work: Work) -> None:
    told = {"text": "Hello", "voice": "nobody", "language": "", "speed": 1.0, "format": "wav"}
    job = done(studio, work, "speech", {**told, "key": "users/x/cache/a.wav"})
    assert job.state == "error" and job.error is not None
    assert "nobody" in job.error["title"] and job.error["remedy"]
    assert studio.store.size("users/x/cache/a.wav") is None


def test_voices_say_their_sentence(studio: Studio, work: Work, tmp_path: Path) -> None:
    key = voice_sample_key("fr+f2")
    assert done(studio, work, "voice-sample", {"voice": "fr", "key": key}).state == "done"
    (tmp_path / "a.mp3").write_bytes(studio.store.read(key))
    found = probe(tmp_path / "a.mp3")
    assert found.sound is not None and found.duration_s is not None and found.duration_s > 1


def test_characters_have_portraits(studio: Studio, work: Work) -> None:
    key = portrait_key("anna")
    assert done(studio, work, "portrait", {"avatar": "anna", "key": key}).state == "done"
    with Image.open(io.BytesIO(studio.store.read(key))) as image:
        assert image.format == "WEBP" and image.size == (256, 256)
        assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 20
