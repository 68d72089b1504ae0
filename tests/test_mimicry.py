"""What of a source is acted with which sound, without drawing anything."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from phonoscope.capture import parse_retarget
from phonoscope.choices import MimicChoices
from phonoscope.core.errors import InputError, MediaError, UsageError
from phonoscope.core.events import ignore_events
from phonoscope.core.performance import CHANNEL, CHANNELS, Performance
from phonoscope.core.sound import silence
from phonoscope.core.speech import Speech
from phonoscope.exports import ArkitWriter
from phonoscope.mimicry import in_step, on_and_on, open_source, with_lips_of
from phonoscope.performance import write_performance

FPS = Fraction(30)


def acted(frames: int, first: int = 0, **channels: float) -> Performance:
    curves = np.zeros((frames, len(CHANNELS)), np.float32)
    for name, value in channels.items():
        curves[:, CHANNEL[name]] = value
    return Performance(FPS, curves, np.zeros((frames, 5), np.float32), first)


def talk(frames: int = 60) -> Performance:
    curves = np.zeros((frames, len(CHANNELS)), np.float32)
    curves[:, CHANNEL["lipGap"]] = 0.05 * np.abs(np.sin(np.arange(frames) / 4))
    curves[:, CHANNEL["jawOpen"]] = curves[:, CHANNEL["lipGap"]] / 0.094
    head = np.zeros((frames, 5), np.float32)
    head[:, 0] = 5 * np.sin(np.arange(frames) / 9)
    return Performance(FPS, curves, head)


@pytest.fixture
def replay(tmp_path: Path) -> Path:
    path = tmp_path / "talk.performance.json"
    with path.open("w") as stream:
        write_performance(stream, [talk()], FPS)
    return path


def whole(path: Path, choices: MimicChoices | None = None, fps: Fraction = FPS, rests: bool = True) -> Performance:
    source = open_source(path, choices or MimicChoices(), ignore_events)
    pieces = list(source.begin(fps, rests, None))
    return Performance(fps, np.concatenate([p.curves for p in pieces]), np.concatenate([p.head for p in pieces]))


def test_a_performance_is_replayed_as_it_is(replay: Path) -> None:
    again = whole(replay)
    assert again.curves == pytest.approx(talk().curves, abs=1e-4)
    assert again.head == pytest.approx(talk().head, abs=1e-3)


@pytest.mark.parametrize("fps", [Fraction(12), Fraction(25), Fraction(60)])
def test_a_performance_is_replayed_at_any_rate(replay: Path, fps: Fraction) -> None:
    again = whole(replay, fps=fps)
    times = np.arange(len(again)) / float(fps)
    assert len(again) == 2 * fps
    expected = np.interp(times, np.arange(60) / 30, talk().curve("lipGap"))
    assert again.curve("lipGap") == pytest.approx(expected, abs=1e-3)


def test_a_csv_is_replayed(tmp_path: Path) -> None:
    with (tmp_path / "take.csv").open("w") as stream:
        ArkitWriter(stream, FPS).add(talk())
    again = whole(tmp_path / "take.csv")
    assert again.curve("lipGap") == pytest.approx(talk().curve("lipGap"), abs=1e-3)
    assert again.head[:, 0] == pytest.approx(talk().head[:, 0], abs=1e-2)
    assert np.abs(again.curve("swayX")).max() > 0
    assert again.curve("breath")[0] == 0
    assert again.curve("breath").max() == pytest.approx(0.5, abs=0.01)


def test_a_part_is_replayed(replay: Path) -> None:
    part = whole(replay, MimicChoices(trim="0.5s:1s"))
    assert part.curve("lipGap") == pytest.approx(talk().curve("lipGap")[15:30], abs=1e-4)
    with pytest.raises(InputError, match="nothing is left from 9 s on"):
        whole(replay, MimicChoices(trim="9s:"))


def test_strength_and_mirror_are_kept(replay: Path) -> None:
    shown = whole(replay, MimicChoices(parse_retarget("mouth=0.5,head=2", mirror=True)))
    assert shown.curve("lipGap") == pytest.approx(0.5 * talk().curve("lipGap"), abs=1e-4)
    assert shown.head[:, 0] == pytest.approx(-2 * talk().head[:, 0], abs=1e-2)


def test_a_mouth_photographed_open_does_not_come_back(tmp_path: Path) -> None:
    with (tmp_path / "rest.json").open("w") as stream:
        write_performance(stream, [acted(30, mouthRest=1.0)], FPS)
    assert whole(tmp_path / "rest.json").curve("mouthRest").min() == 1
    assert whole(tmp_path / "rest.json", rests=False).curve("mouthRest").max() == 0


def test_speech_is_taken_along_and_no_further() -> None:
    taken = []

    def heard() -> Iterator[Speech]:
        for number in range(100):
            taken.append(number)
            yield Speech(silence(0.5, 8000))

    assert len(list(in_step([acted(30, 0), acted(30, 30)], heard()))) == 2
    assert len(taken) == 4


def test_a_film_goes_on_after_its_sound() -> None:
    assert len(list(in_step([acted(300)], iter([Speech(silence(0.5, 8000))])))) == 1
    pieces = list(islice(on_and_on(iter([Speech(silence(0.5, 8000))])), 4))
    assert [piece.sound.rate_hz for piece in pieces] == [8000] * 4
    assert [piece.duration_s for piece in pieces] == [0.5, 1, 1, 1]


def test_lips_of_the_sound_take_the_place_of_the_filmed_ones() -> None:
    filmed = [acted(20, 0, lipGap=0.1, mouthSmileLeft=0.4, browInnerUp=0.3), acted(20, 20, lipGap=0.1)]
    spoken = iter(
        [acted(8, 0, lipGap=0.02, mouthSmileLeft=0.1, browInnerUp=0.9, mouthRest=0.5), acted(24, 8, lipGap=0.03)]
    )
    first, second = with_lips_of(filmed, spoken)
    assert first.curve("lipGap")[:8] == pytest.approx([0.02] * 8)
    assert first.curve("lipGap")[8:] == pytest.approx([0.03] * 12)
    assert first.curve("mouthRest")[0] == pytest.approx(0.5)
    assert first.curve("mouthSmileLeft") == pytest.approx([0.4] * 20)
    assert first.curve("browInnerUp") == pytest.approx([0.3] * 20)
    assert second.curve("lipGap") == pytest.approx([0.03] * 12 + [0.1] * 8)


def test_what_is_neither_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"schema": "other.1"}')
    with pytest.raises(InputError, match="no performance"):
        open_source(tmp_path / "a.json", MimicChoices(), ignore_events)
    (tmp_path / "a.mp4").write_text("hello")
    with pytest.raises(MediaError):
        open_source(tmp_path / "a.mp4", MimicChoices(), ignore_events)
    with pytest.raises(MediaError, match="does not exist"):
        open_source(tmp_path / "none.mp4", MimicChoices(), ignore_events)


def test_nobody_is_chosen_in_a_recording(replay: Path) -> None:
    for choices in (MimicChoices(actor=1), MimicChoices(straight_s=0.0)):
        with pytest.raises(UsageError, match="is no video"):
            open_source(replay, choices, ignore_events)


@pytest.mark.parametrize("wrong", [{"lips": "both"}, {"actor": 0}, {"trim": "5"}, {"straight_s": -1.0}])
def test_impossible_choices_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        MimicChoices(**wrong)  # type: ignore[arg-type]
