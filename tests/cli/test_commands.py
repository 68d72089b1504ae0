from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from phonoscope import __version__
from phonoscope.media.probe import probe
from phonoscope.scene.text import shipped_fonts
from tests.cli.conftest import Run

COMMANDS = (
    "demo",
    "say",
    "lip",
    "mimic",
    "transcribe-phones",
    "enhance",
    "voices",
    "music",
    "fonts",
    "probe",
    "doctor",
)


def test_the_version(run: Run) -> None:
    assert run("--version").out.strip() == f"phonoscope {__version__}"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert re.search(rf"Examples?:\s+.*phonoscope {command}", ran.out, re.DOTALL)


def test_marks_in_examples_are_shown(run: Run) -> None:
    # The help reads brackets as its own markup, unless they are escaped.
    shown = run("say", "--help").out
    assert "[smile] Good morning! [nod]" in " ".join(shown.split())


def test_no_arguments_show_the_help(run: Run) -> None:
    ran = run()
    assert all(command in ran.out for command in COMMANDS)


def test_the_demo_makes_a_video(run: Run, tmp_path: Path) -> None:
    ran = run("demo", "-o", tmp_path / "demo.mp4")
    assert ran.code == 0
    assert str(tmp_path / "demo.mp4") in ran.out
    found = probe(tmp_path / "demo.mp4")
    assert found.duration_s is not None
    assert found.duration_s > 8


def test_voices_are_listed_by_language(run: Run) -> None:
    listed = [json.loads(line) for line in run("voices", "--language", "fr", "--json").out.splitlines()]
    assert listed
    assert all(voice["language"].startswith("fr") for voice in listed)
    assert {voice["gender"] for voice in listed} == {"female", "male"}


def test_there_are_more_than_three_hundred_voices(run: Run) -> None:
    assert len(run("voices", "--json").out.splitlines()) > 300


def test_a_voice_speaks_a_sample(run: Run, tmp_path: Path) -> None:
    ran = run("voices", "--voice", "french-female", "--play-file", tmp_path / "sample.wav")
    assert ran.code == 0
    found = probe(tmp_path / "sample.wav")
    assert found.duration_s is not None
    assert found.duration_s > 1


def test_an_unknown_language_is_refused(run: Run) -> None:
    assert run("voices", "--language", "xx-nowhere").code == 2


def test_probe_tells_what_a_picture_is(run: Run, photo: Path) -> None:
    found = json.loads(run("probe", photo, "--json").out)
    assert "256" in json.dumps(found)
    assert "256" in run("probe", photo).out


def test_probe_refuses_what_it_cannot_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    ran = run("probe", tmp_path / "notes.txt")
    assert ran.code == 3
    assert "notes.txt" in ran.err


def test_doctor_finds_all_parts(run: Run) -> None:
    ran = run("doctor", "--json")
    findings = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0, findings
    assert all(finding["ok"] for finding in findings)
    assert {"mediapipe", "voices", "encoders", "hearing", "face finder", "fonts"} <= {
        finding["name"] for finding in findings
    }


def test_doctor_says_how_to_get_what_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phonoscope.cli.doctor.LIBRARIES", {"no_such_module": ("no-such-package", "nothing")})
    ran = run("doctor", "--json")
    assert ran.code == 4
    missing = [json.loads(line) for line in ran.out.splitlines() if not json.loads(line)["ok"]]
    assert missing[0]["remedy"] == "pip install no-such-package"


def test_doctor_tells_of_a_font_that_does_not_open(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = replace(shipped_fonts()[0], path=tmp_path / "gone.ttf")
    monkeypatch.setattr("phonoscope.scene.text.shipped_fonts", lambda: (broken,))
    ran = run("doctor", "--json")
    assert ran.code == 4
    finding = next(one for one in ran.events if one["name"] == "fonts")
    assert not finding["ok"]
    assert "gone.ttf" in finding["detail"]
    assert "pip install" in finding["remedy"]
