"""The whole flow, from a photo and a script or a voice to a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from phonoscope import VideoChoices, VoiceChoices, lip_video, make_video
from phonoscope.core.colour import frame_to_rgb, rgb_to_frame
from phonoscope.core.errors import OutputError, UsageError
from phonoscope.core.events import Event, Note, Progress, ignore_events
from phonoscope.core.frames import Picture
from phonoscope.core.sound import Sound
from phonoscope.core.speech import Phone, Speech, Word
from phonoscope.media.pictures import scale_picture
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_frames, read_sound, write_wav
from phonoscope.script import read_script
from phonoscope.sidecars import Sidecar
from phonoscope.speech import SpeakOptions
from phonoscope.voice import spoken_voice

FPS = Fraction(10)


@pytest.fixture(scope="session")
def portrait(astronaut: Picture) -> Picture:
    return scale_picture(astronaut, (256, 256))


def test_the_first_and_the_last_frame_are_the_photo(portrait: Picture, tmp_path: Path) -> None:
    make_video(portrait, "Map.", tmp_path / "a.mp4", VideoChoices(fps=FPS, size="256x256"))
    face = slice(20, 110), slice(75, 150)
    photo = frame_to_rgb(rgb_to_frame(portrait.rgb))[face].astype(int)
    apart = [np.abs(frame[face] - photo).mean() for frame in read_frames(tmp_path / "a.mp4")]
    assert max(apart[0], apart[-1]) < 3
    assert max(apart) > 2 * max(apart[0], apart[-1])


def test_lips_and_sound_begin_together(portrait: Picture, tmp_path: Path) -> None:
    output = tmp_path / "a.mp4"
    make_video(
        portrait, "Apple.", output, VideoChoices(fps=Fraction(25), size="256x256", sidecars=frozenset({"phones"}))
    )
    first = json.loads((tmp_path / "a.phones.json").read_text())[0]["start_s"]
    sound = read_sound(output)
    loud = np.flatnonzero(np.abs(sound.samples) > 0.05)[0] / sound.rate_hz
    assert loud == pytest.approx(first, abs=0.06)
    assert probe(output).duration_s == pytest.approx(len(list(read_frames(output))) / 25, abs=0.001)


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    """A second of hum, in stereo: louder on the left."""
    hum = 0.3 * np.sin(2 * np.pi * 150 * np.arange(22050) / 22050)
    write_wav(tmp_path / "hum.wav", Sound(np.stack([hum, 0.5 * hum], axis=1).astype(np.float32), 22050))
    return tmp_path / "hum.wav"


def hears(*phones: Phone, words: tuple[Word, ...] = ()) -> Callable[..., Iterator[Speech]]:
    """A listener who hears what the test says, in the first block of sound."""

    def hear(sound: Any, options: Any, events: Any) -> Iterator[Speech]:
        for number, block in enumerate(sound):
            yield Speech(block) if number else Speech(block, phones, words)

    return hear


def test_a_recording_is_acted_at_its_own_times(
    portrait: Picture, voice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phonoscope.voice.hear", hears(Phone("a", 0.4, 0.7), words=(Word("Ah!", 0.4, 0.7),)))
    known = VoiceChoices(transcript="Ah!")
    sidecars: frozenset[Sidecar] = frozenset({"phones", "srt", "performance"})
    choices = VideoChoices(voice=known, fps=25, size="256x256", captions=True, sidecars=sidecars)
    events: list[Event] = []
    video = lip_video(portrait, voice, tmp_path / "a.mp4", choices, events.append)
    assert video.duration_s == pytest.approx(1.3, abs=0.03)
    totals = [event.total for event in events if isinstance(event, Progress)]
    assert totals
    assert set(totals) == {video.frames}
    (phone,) = json.loads((tmp_path / "a.phones.json").read_text())
    assert (phone["phone"], phone["start_s"], phone["end_s"]) == ("a", 0.4, 0.7)
    assert "Ah!" in (tmp_path / "a.srt").read_text()
    acted = json.loads((tmp_path / "a.performance.json").read_text())
    gap = np.array([row[acted["names"].index("lipGap")] for row in acted["frames"]])
    assert 0.4 <= gap.argmax() / 25 <= 0.7
    sound = read_sound(tmp_path / "a.mp4", mono=False).samples
    assert sound.shape[1] == 2
    assert np.abs(sound[:, 0]).max() > 1.5 * np.abs(sound[:, 1]).max()


def test_where_nothing_is_heard_the_face_is_still_and_breathes(
    portrait: Picture, voice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phonoscope.voice.hear", hears())
    choices = VideoChoices(fps=25, size="128x128", sidecars=frozenset({"performance"}))
    lip_video(portrait, voice, tmp_path / "a.mp4", choices)
    acted = json.loads((tmp_path / "a.performance.json").read_text())
    table = np.array(acted["frames"])
    assert (table[:, acted["names"].index("mouthRest")] == 1).all()
    assert np.ptp(table[:, acted["names"].index("breath")]) > 0


def test_two_speeds_give_two_lengths(portrait: Picture, tmp_path: Path) -> None:
    text = "A longer sentence is needed to tell."
    lengths = [
        make_video(
            portrait, text, tmp_path / f"{rate}.mp4", VideoChoices(SpeakOptions(rate=rate), size="128x128", fps=FPS)
        ).duration_s
        for rate in (1.0, 2.0)
    ]
    assert lengths[1] < 0.75 * lengths[0]


def test_captions_are_seen_only_while_words_are_heard(portrait: Picture, tmp_path: Path) -> None:
    choices = VideoChoices(captions=True, fps=FPS, size="256x256")
    make_video(portrait, "Up. [pause 3s] Down.", tmp_path / "a.mp4", choices)
    frames = np.stack(list(read_frames(tmp_path / "a.mp4"))).astype(int)
    low = np.abs(frames[:, 225:238, 96:160] - frames[0, 225:238, 96:160]).mean((1, 2, 3))
    shown = low > 10
    assert shown.any()
    assert not shown[0]
    middle = shown[len(shown) // 2 - 3 : len(shown) // 2 + 3]
    assert not middle.any()


@pytest.mark.parametrize("font", ["Nonesuch Sans", Path("missing.ttf")])
def test_a_font_that_there_is_not_is_refused_at_once(font: Path | str, tmp_path: Path) -> None:
    choices = VideoChoices(captions=True, caption_font=font)
    with pytest.raises(UsageError, match=r"Nonesuch|missing\.ttf"):
        make_video(tmp_path / "nobody.jpg", "Map.", tmp_path / "a.mp4", choices)


def test_letters_that_no_font_has_are_told(portrait: Picture, tmp_path: Path) -> None:
    events: list[Event] = []
    choices = VideoChoices(captions=True, fps=FPS, size="128x128")
    make_video(portrait, "Map 漢 𓀀.", tmp_path / "a.mp4", choices, events.append)
    notes = [e.message for e in events if isinstance(e, Note) and "--caption-font" in e.message]
    assert len(notes) == 1
    assert "𓀀" in notes[0]
    assert "漢" not in notes[0]


@pytest.mark.parametrize(
    ("script", "options", "language"),
    [
        ("Hello.", SpeakOptions(), "en"),
        ("こんにちは。", SpeakOptions(language="ja"), "ja"),
        ('<speak><s xml:lang="ja">こんにちは。</s></speak>', SpeakOptions(), "ja"),
    ],
)
def test_the_language_of_a_script_is_known(script: str, options: SpeakOptions, language: str) -> None:
    voice = spoken_voice(read_script(script), VideoChoices(options), ignore_events)
    assert voice.language.partition("-")[0] == language


def test_a_large_photo_is_scaled_down_and_that_is_said(astronaut: Picture, tmp_path: Path) -> None:
    large = scale_picture(astronaut, (2000, 2000))
    events: list[Event] = []
    video = make_video(large, "Map.", tmp_path / "a.mp4", VideoChoices(fps=FPS), events.append)
    assert video.size_px == (1440, 1440)
    assert any(isinstance(e, Note) and "2000x2000" in e.message and "--size" in e.message for e in events)


def test_a_padded_photo_moves_only_inside_its_own_bounds(portrait: Picture, tmp_path: Path) -> None:
    choices = VideoChoices(fps=FPS, size="512x256", fit="pad")
    make_video(portrait, "Hello out there, everybody!", tmp_path / "a.mp4", choices)
    frames = np.stack(list(read_frames(tmp_path / "a.mp4")))
    assert frames[:, :, :124].max() < 12
    assert frames[:, :, 388:].max() < 12
    assert np.ptp(frames[:, 60:150, 200:300].astype(int), axis=0).max() > 60


def test_progress_ends_near_the_true_length(portrait: Picture, tmp_path: Path) -> None:
    events: list[Event] = []
    text = "One sentence. And then another one. And a third, which is a little longer than the others."
    video = make_video(portrait, text, tmp_path / "a.mp4", VideoChoices(fps=FPS, size="128x128"), events.append)
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert last.total == pytest.approx(video.frames, rel=0.15)


def test_nothing_is_left_when_drawing_fails(portrait: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr("phonoscope.pipeline._draw", fail)
    choices = VideoChoices(fps=FPS, size="128x128", sidecars=frozenset({"srt", "vtt", "phones", "performance"}))
    with pytest.raises(MemoryError):
        make_video(portrait, "Map.", tmp_path / "a.mp4", choices)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_leaves_nothing(
    portrait: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("phonoscope.media.movie.MovieEncoder.add_frame", full)
    with pytest.raises(OutputError, match="disk is full"):
        make_video(portrait, "Map.", tmp_path / "a.mp4", VideoChoices(fps=FPS, size="128x128"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "choice",
    [
        {"fit": "stretch"},
        {"sidecars": frozenset({"ass"})},
        {"seed": -1},
        {"seed": 1.5},
        {"fps": 0},
        {"size": "huge"},
        {"caption_font": Path("x.ttf")},
        {"effect": "helium"},
    ],
)
def test_choices_are_checked_when_they_are_made(choice: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        VideoChoices(**choice)
    assert caught.value.remedy


def test_a_frame_rate_may_be_a_plain_number() -> None:
    assert VideoChoices(fps=29.97).fps == Fraction(30000, 1001)


def test_an_existing_subtitle_file_is_not_replaced(portrait: Picture, tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text("mine")
    choices = VideoChoices(fps=FPS, size="128x128", sidecars=frozenset({"srt"}))
    with pytest.raises(UsageError, match=r"a\.srt"):
        make_video(portrait, "Map.", tmp_path / "a.mp4", choices)
    assert (tmp_path / "a.srt").read_text() == "mine"
    assert not (tmp_path / "a.mp4").exists()
