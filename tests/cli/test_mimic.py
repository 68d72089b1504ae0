from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from phonoscope.core.performance import CHANNEL, CHANNELS, Performance
from phonoscope.exports import ArkitWriter
from phonoscope.media.probe import probe
from phonoscope.performance import read_performance
from tests.cli.conftest import Ran, Run


@pytest.fixture
def take(tmp_path: Path) -> Path:
    """A recording of a face as the app on a phone makes it."""
    curves = np.zeros((20, len(CHANNELS)), np.float32)
    curves[:, CHANNEL["jawOpen"]] = np.abs(np.sin(np.arange(20) / 3))
    curves[:, CHANNEL["lipGap"]] = 0.094 * curves[:, CHANNEL["jawOpen"]]
    head = np.zeros((20, 5), np.float32)
    head[:, 0] = 4
    with (tmp_path / "take.csv").open("w") as stream:
        ArkitWriter(stream, Fraction(10)).add(Performance(Fraction(10), curves, head))
    return tmp_path / "take.csv"


@pytest.fixture
def mimic(run: Run, photo: Path, tmp_path: Path) -> Run:
    def mimic(*arguments: str | Path) -> Ran:
        size = ("--size", "256x256", "--fps", "10")
        return run("mimic", photo, *arguments, *size, "-o", tmp_path / "out.mp4")

    return mimic


def test_a_recording_is_acted(mimic: Run, take: Path, tmp_path: Path) -> None:
    ran = mimic(take, "--performance", "--mirror", "--retarget", "mouth=0.5")
    assert ran.code == 0, ran.err
    assert "out.mp4" in ran.out
    found = probe(tmp_path / "out.mp4")
    assert found.duration_s == pytest.approx(2.0, abs=0.05)
    assert found.sound is None
    acted = read_performance(tmp_path / "out.performance.json")
    assert acted.curve("lipGap").max() == pytest.approx(0.047, abs=0.003)
    assert acted.head[:, 0] == pytest.approx(np.full(20, -4.0), abs=0.01)


def test_it_is_heard_with_a_voice(mimic: Run, take: Path, voice_file: Path, tmp_path: Path) -> None:
    ran = mimic(take, "--voice-file", voice_file)
    assert ran.code == 0, ran.err
    assert probe(tmp_path / "out.mp4").sound is not None
    assert probe(tmp_path / "out.mp4").duration_s == pytest.approx(2.0, abs=0.1)


def test_programs_read_what_happens(mimic: Run, take: Path) -> None:
    ran = mimic(take, "--json")
    assert ran.code == 0, ran.err
    kinds = {event["event"] for event in ran.events}
    assert {"stage", "progress", "file"} <= kinds
    assert {event["stage"] for event in ran.events if event["event"] == "stage"} >= {"capture", "render"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--retarget", "mouth=9"), "out of range"),
        (("--retarget", "nose=1"), "is no strength"),
        (("--trim", "7"), "no colon"),
        (("--trim", "1m:"), "nothing is left"),
        (("--lips", "sound"), "no sound"),
        (("--srt",), "no sound"),
        (("--voice-file", "none.wav"), "does not exist"),
    ],
)
def test_what_does_not_fit_is_told(mimic: Run, take: Path, arguments: tuple[str, ...], complaint: str) -> None:
    ran = mimic(take, *arguments)
    assert ran.code in (2, 3)
    assert complaint in ran.err


def test_the_help_shows_what_fits(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    ran = run("mimic", "--help")
    assert all(
        option in ran.out for option in ("--retarget", "--mirror", "--actor", "--lips", "--voice-file", "--trim")
    )
    assert "--expression" not in ran.out
    assert "--gaze" not in ran.out
    assert "phonoscope mimic portrait.jpg me.mp4 -o talk.mp4" in ran.out
