"""Who is heard in a video, and what is done to the sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.choices import VideoChoices, VoiceChoices
from phonoscope.core.errors import MediaError, UsageError
from phonoscope.core.events import ignore_events
from phonoscope.core.sound import Sound
from phonoscope.core.speech import Phone, Speech
from phonoscope.media.reader import write_wav
from phonoscope.script import read_script
from phonoscope.voice import Blocks, Stream, listen, open_recording, recorded_voice, spoken_voice


def stream(samples: NDArray[np.float32], *lengths: int) -> Stream:
    def begin() -> Iterator[Sound]:
        for block in np.split(samples, np.cumsum(lengths)):
            yield Sound(block.copy(), 1000)

    return Stream(begin, 1000, len(samples) / 1000)


@pytest.mark.parametrize("shape", [(100,), (100, 2)])
def test_blocks_of_any_length_are_the_stream_and_then_silence(shape: tuple[int, ...], rng: np.random.Generator) -> None:
    samples = rng.standard_normal(shape).astype(np.float32)
    blocks = Blocks(stream(samples, 7, 30, 1))
    taken = [blocks.take(n).samples for n in (3, 0, 60, 1, 40)]
    joined = np.concatenate([block for block in taken if len(block)])
    np.testing.assert_array_equal(joined[:100], samples)
    assert joined.shape == (104, *shape[1:])
    assert not joined[100:].any()


@pytest.fixture
def wav(tmp_path: Path, rng: np.random.Generator) -> Path:
    path = tmp_path / "voice.wav"
    write_wav(path, Sound(0.1 * rng.standard_normal((16000, 2)).astype(np.float32), 16000))
    return path


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A listener that hears one vowel in every block; what it was told is kept."""
    told: list[Any] = []

    def hear(sound: Any, options: Any, events: Any) -> Iterator[Speech]:
        told.append(options)
        for block in sound:
            yield Speech(block, (Phone("a", 0.0, block.duration_s),))

    monkeypatch.setattr("phonoscope.voice.hear", hear)
    return told


def test_a_recording_begins_at_once_and_ends_at_rest(wav: Path, heard: list[Any]) -> None:
    choices = VideoChoices(voice=VoiceChoices(transcript="Ah.", language="fr", trim="0.25s:0.75s"))
    voice = recorded_voice(wav, open_recording(wav, choices.voice), choices, ignore_events)
    pieces = list(voice.played())
    assert (heard[0].transcript, heard[0].language) == ("Ah.", "fr")
    assert pieces[0][0].phones[0].start_s == 0
    assert not pieces[-1][0].phones
    assert pieces[-1][0].sound.samples.shape[1] == 2
    assert sum(piece.duration_s for piece, _ in pieces) == pytest.approx(0.5 + 0.3, abs=1e-3)
    assert all(played is piece.sound for piece, played in pieces)
    assert (voice.channels, voice.rate_hz, voice.title) == (2, 16000, "voice")


def test_what_is_done_to_the_sound_is_played_and_not_listened_to(
    wav: Path, heard: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def upside_down(sound: Any, *_: Any) -> Stream:
        return Stream(lambda: (Sound(-block.samples[:, :1], 16000) for block in sound), 16000, sound.duration_s)

    monkeypatch.setattr("phonoscope.voice.enhance", upside_down)
    choices = VideoChoices(enhance=True)
    voice = recorded_voice(wav, open_recording(wav, choices.voice), choices, ignore_events)
    for piece, played in voice.played():
        np.testing.assert_array_equal(played.samples, -piece.sound.samples[:, :1])


def test_a_script_is_spoken_the_same_again_where_something_is_done_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def upside_down(sound: Any, *_: Any) -> Stream:
        return Stream(lambda: (Sound(-block.samples, sound.rate_hz) for block in sound), sound.rate_hz, None)

    monkeypatch.setattr("phonoscope.voice.enhance", upside_down)
    pieces = list(spoken_voice(read_script("One. Two."), VideoChoices(enhance=True), ignore_events).played())
    assert len(pieces) == 4
    for piece, played in pieces:
        np.testing.assert_array_equal(played.samples, -piece.sound.samples)


def test_a_voice_of_no_length_is_refused(monkeypatch: pytest.MonkeyPatch, wav: Path) -> None:
    monkeypatch.setattr("phonoscope.voice.hear", lambda *_: iter(()))
    with pytest.raises(MediaError, match="nothing to hear"):
        recorded_voice(wav, open_recording(wav, VoiceChoices()), VideoChoices(), ignore_events)


@pytest.mark.parametrize(
    "choice",
    [
        {"trim": "3s"},
        {"trim": "5s:3s"},
        {"trim": "a:b"},
        {"track": 0},
        {"pitch": 9.0},
        {"speed": 0.1},
        {"speed": float("nan")},
        {"transcript": "  "},
        {"transcript": "word " * 200_001},
    ],
)
def test_choices_are_checked_when_they_are_made(choice: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        VoiceChoices(**choice)
    assert caught.value.remedy


def test_an_unknown_language_is_told_as_one_of_transcripts(wav: Path) -> None:
    choices = VoiceChoices(transcript="hello", language="xx")
    with pytest.raises(UsageError, match="Transcripts in the language 'xx'"):
        listen(open_recording(wav, choices), choices, ignore_events)
