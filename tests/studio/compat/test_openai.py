from __future__ import annotations

import io
import json
import threading
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import openai
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from phonoscope.media.probe import probe
from phonoscope.speech.voices import find_voice
from phonoscope.studio.compat.openai import VOICES
from phonoscope.studio.state import Studio
from tests.studio.live import serving

Work = Callable[..., list[str]]


@pytest.fixture
def working(work: Work) -> Iterator[None]:
    """A worker that does whatever speech is asked for."""
    stopped = threading.Event()

    def run() -> None:
        while not stopped.wait(0.02):
            work("speech")

    thread = threading.Thread(target=run)
    thread.start()
    yield
    stopped.set()
    thread.join()


@pytest.fixture
def program(app: FastAPI, client: TestClient, working: None) -> Iterator[openai.OpenAI]:
    """The official client, whose base address alone was changed."""
    key = client.headers["authorization"].removeprefix("Bearer ")
    with serving(app) as address, openai.OpenAI(base_url=f"{address}/v1", api_key=key, max_retries=0) as program:
        yield program


def test_the_official_client_gets_speech(program: openai.OpenAI) -> None:
    spoken = program.audio.speech.create(model="tts-1", voice="alloy", input="Hello there.", response_format="wav")
    with wave.open(io.BytesIO(spoken.content)) as file:
        assert 0.4 < file.getnframes() / file.getframerate() < 3
    assert spoken.response.headers["content-type"] == "audio/wav"


def test_the_official_client_streams_speech(program: openai.OpenAI) -> None:
    with program.audio.speech.with_streaming_response.create(
        model="gpt-4o-mini-tts", voice={"id": "de+f2"}, input="Guten Tag.", instructions="Cheerfully.", speed=1.5
    ) as response:
        assert response.headers["content-type"] == "audio/mpeg"
        assert len(b"".join(response.iter_bytes())) > 2000


def test_every_format_is_what_it_says(client: TestClient, working: None, tmp_path: Path) -> None:
    lengths_s = []
    for form in ("mp3", "opus", "aac", "flac", "wav"):
        body = {"model": "tts-1", "voice": "onyx", "input": "One, two, three.", "response_format": form}
        response = client.post("/v1/audio/speech", json=body)
        assert response.status_code == 200, response.text
        (tmp_path / f"x.{form}").write_bytes(response.content)
        told = probe(tmp_path / f"x.{form}")
        assert told.sound is not None
        lengths_s.append(told.duration_s or 0)
    raw = client.post("/v1/audio/speech", json=body | {"response_format": "pcm"})
    lengths_s.append(len(raw.content) / 2 / 24_000)
    assert max(lengths_s) - min(lengths_s) < 0.3
    assert min(lengths_s) > 0.7


def test_speech_comes_as_events(client: TestClient, working: None) -> None:
    body = {"model": "gpt-4o-mini-tts", "voice": "coral", "input": "Hello.", "stream_format": "sse"}
    lines = client.post("/v1/audio/speech", json=body).text.split("\n\n")
    events = [json.loads(line.removeprefix("data: ")) for line in lines if line]
    assert [event["type"] for event in events] == [*["speech.audio.delta"] * (len(events) - 1), "speech.audio.done"]
    assert events[-1]["usage"]["total_tokens"] == 6


def test_the_same_again_is_not_spoken_again(client: TestClient, studio: Studio, working: None) -> None:
    body = {"model": "tts-1", "voice": "nova", "input": "Again.", "response_format": "wav"}
    first = client.post("/v1/audio/speech", json=body).content
    woken: list[str] = []
    studio.wakers.append(woken.append)
    assert client.post("/v1/audio/speech", json=body).content == first
    assert woken == []
    client.post("/v1/audio/speech", json=body | {"speed": 1.2})
    assert woken == ["quick"]


def test_all_of_their_voices_are_known() -> None:
    assert {find_voice(name).id for name in VOICES.values()} == set(VOICES.values())
    assert len(set(VOICES.values())) == 13


def test_models_are_listed(program: openai.OpenAI) -> None:
    assert "tts-1" in [model.id for model in program.models.list()]
    assert program.models.retrieve("tts-1").id == "tts-1"
    with pytest.raises(openai.NotFoundError):
        program.models.retrieve("whisper-1")


def test_errors_are_the_client_s_own(program: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        program.audio.speech.create(model="tts-1", voice="nobody-at-all", input="Hello.")
    assert (refused.value.param, refused.value.code) == ("voice", "invalid_value")
    with pytest.raises(openai.BadRequestError) as refused:
        program.audio.speech.create(model="tts-1", voice="alloy", input="Hello.", speed=9)
    assert refused.value.param == "speed"
    with pytest.raises(openai.AuthenticationError) as unknown:
        program.with_options(api_key="psk_wrong").audio.speech.create(model="tts-1", voice="alloy", input="Hello.")
    assert unknown.value.code == "invalid_api_key"


def test_long_texts_are_refused(client: TestClient, studio: Studio) -> None:
    object.__setattr__(studio.settings, "max_script_characters", 10)
    response = client.post("/v1/audio/speech", json={"model": "tts-1", "voice": "alloy", "input": "x" * 11})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "string_above_max_length")


def test_nobody_gets_nothing(anonymous: TestClient) -> None:
    assert anonymous.post("/v1/audio/speech", json={}).status_code == 401
    assert anonymous.get("/v1/models").status_code == 401
    told = anonymous.get("/v1/models", headers={"Authorization": "Bearer sk-x"}).json()["error"]
    assert set(told) == {"message", "type", "param", "code"}


def test_a_name_of_a_voice_is_short(client: TestClient) -> None:
    # Looking for something like it takes longer than anybody may have.
    response = client.post("/v1/audio/speech", json={"model": "tts-1", "voice": "x y" * 40, "input": "Hello."})
    assert response.status_code == 400
    assert len(response.text) < 1000
