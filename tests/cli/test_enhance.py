from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from phonoscope.media.probe import probe
from phonoscope.media.sound_writer import write_sound
from tests.cli.conftest import Run
from tests.media.recordings import StoredSound, voice


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "voice.wav"
    write_sound(path, StoredSound(voice(4, level_db=-34), 16000))
    return path


def test_the_report_tells_before_and_after(run: Run, recording: Path, tmp_path: Path) -> None:
    ran = run("enhance", recording, tmp_path / "out.flac")
    assert ran.code == 0, ran.err
    assert "4.0 s of sound" in ran.out
    lines = {line.split("  ")[0]: line for line in ran.out.splitlines()}
    before, after = re.findall(r"(-[\d.]+) LUFS", lines["Loudness"])
    assert float(before) == pytest.approx(-34, abs=1)
    assert float(after) == pytest.approx(-16, abs=0.3)
    assert {"Loudness range", "True peak", "Noise floor", "Speech to noise", "Clipped samples"} <= set(lines)


def test_events_and_the_report_as_json(run: Run, recording: Path, tmp_path: Path) -> None:
    ran = run("enhance", recording, tmp_path / "out.mp3", "--json")
    kinds = [event["event"] for event in ran.events]
    assert {"stage", "progress", "file"} <= set(kinds)
    assert kinds[-1] == "report"
    assert ran.events[-1]["after"]["loudness_lufs"] == pytest.approx(-16, abs=0.3)
    assert ran.events[-1]["before"]["duration_s"] == 4


def test_silence_is_reported_in_plain_json(run: Run, tmp_path: Path) -> None:
    write_sound(tmp_path / "in.wav", StoredSound(voice(1) * 0, 16000))
    ran = run("enhance", tmp_path / "in.wav", tmp_path / "out.wav", "--json")
    assert ran.code == 0
    assert json.loads(ran.out.splitlines()[-1])["after"]["loudness_lufs"] is None
    assert any("no voice" in event.get("message", "") for event in ran.events)
    assert "silence" in run("enhance", tmp_path / "in.wav", tmp_path / "two.wav").out


def test_part_speed_and_effect(run: Run, recording: Path, tmp_path: Path) -> None:
    arguments = ("--trim", "1s:3s", "--speed", "2", "--pitch", "+3st", "--effect", "telephone", "--quiet")
    ran = run("enhance", recording, tmp_path / "out.wav", *arguments)
    assert (ran.code, ran.out) == (0, "")
    assert probe(tmp_path / "out.wav").duration_s == 1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--trim", "3:2"), 2, "ends before it starts"),
        (("--track", "2"), 3, "no track 2"),
        (("--pitch", "9"), 2, "pitch of 9"),
        (("--speed", "0.1"), 2, "speed of 0.1"),
        (("--effects-only",), 2, "no effect"),
        (("--effect", "ghost"), 2, "ghost"),
        (("--trim", "9s:"), 3, "nothing is left"),
    ],
)
def test_what_cannot_be_done_is_told(
    run: Run, recording: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    ran = run("enhance", recording, tmp_path / "out.wav", *arguments)
    assert ran.code == code
    assert told in ran.err
    assert not (tmp_path / "out.wav").exists()


def test_files_are_kept(run: Run, recording: Path, tmp_path: Path) -> None:
    assert run("enhance", recording, recording, "--overwrite").code == 2
    assert run("enhance", recording, tmp_path / "out.txt").code == 2
    assert run("enhance", tmp_path / "no.wav", tmp_path / "out.wav").code == 3
    (tmp_path / "circle.wav").symlink_to(tmp_path / "circle.wav")
    assert run("enhance", tmp_path / "circle.wav", tmp_path / "out.wav").code == 3
    assert run("enhance", recording, tmp_path / "out.wav", "-q").code == 0
    assert run("enhance", recording, tmp_path / "out.wav", "-q").code == 2
    assert run("enhance", recording, tmp_path / "out.wav", "-q", "--overwrite").code == 0
