from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.media.probe import probe
from phonoscope.media.reader import read_frames, read_sound
from tests.cli.conftest import Ran, Run

SMALL = ("--size", "256x256", "--fps", "10")
MOUTH = (slice(66, 90), slice(96, 126))


@pytest.fixture
def lip(run: Run, photo: Path, tmp_path: Path) -> Run:
    """Run ``lip`` with the small portrait, into ``out/out.mp4``."""
    (tmp_path / "out").mkdir()

    def lip(*arguments: str | Path) -> Ran:
        return run("lip", photo, *arguments, *SMALL, "-o", tmp_path / "out" / "out.mp4")

    return lip


def moved(path: Path) -> NDArray[np.float64]:
    """How far the mouth's pixels are from those of the first frame, shape (frames,)."""
    frames = np.stack(list(read_frames(path))).astype(float)
    apart: NDArray[np.float64] = np.abs(frames[:, *MOUTH] - frames[0][MOUTH]).mean((1, 2, 3))
    return apart


def test_a_photo_says_what_is_heard(lip: Run, voice_file: Path, tmp_path: Path) -> None:
    ran = lip(voice_file)
    assert ran.code == 0, ran.err
    output = tmp_path / "out" / "out.mp4"
    found = probe(output)
    assert found.tags["title"] == "mama"
    assert found.sound is not None
    original = read_sound(voice_file, 48000).samples
    heard = read_sound(output, 48000).samples
    assert len(original) < len(heard) < len(original) + 0.5 * 48000
    # The sound begins with the recording: the two agree without any shift.
    assert np.corrcoef(original, heard[: len(original)])[0, 1] > 0.99
    apart = moved(output)
    assert apart.max() > 4
    assert apart[-1] < 0.25 * apart.max()


def test_all_files_beside_the_video(lip: Run, voice_file: Path, tmp_path: Path) -> None:
    wanted = ("--phones", "--textgrid", "--cues", "--arkit", "--performance")
    ran = lip(voice_file, *wanted)
    assert ran.code == 0, ran.err
    folder = tmp_path / "out"
    endings = (".arkit.csv", ".cues.json", ".mp4", ".performance.json", ".phones.json", ".TextGrid")
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"out{ending}" for ending in endings)
    phones = json.loads((folder / "out.phones.json").read_text())
    assert len(phones) >= 6
    cues = json.loads((folder / "out.cues.json").read_text())
    assert {"A", "X"} <= {cue["value"] for cue in cues["mouthCues"]}
    assert cues["metadata"]["soundFile"] == "out.mp4"
    frames = len(list(read_frames(folder / "out.mp4")))
    assert len((folder / "out.arkit.csv").read_text().splitlines()) == frames + 1
    assert '"ooTextFile"' in (folder / "out.TextGrid").read_text()


def test_a_transcript_gives_captions_and_subtitles(lip: Run, voice_file: Path, tmp_path: Path) -> None:
    (tmp_path / "said.txt").write_text("Mama made me. Papa.", encoding="utf-8")
    ran = lip(voice_file, "--transcript", tmp_path / "said.txt", "--srt", "--vtt", "--captions", "--phones")
    assert ran.code == 0, ran.err
    assert "Mama made me." in (tmp_path / "out" / "out.srt").read_text()
    assert (tmp_path / "out" / "out.vtt").read_text().startswith("WEBVTT")
    words = [phone["word"] for phone in json.loads((tmp_path / "out" / "out.phones.json").read_text())]
    assert list(dict.fromkeys(words)) == ["Mama", "made", "me.", "Papa."]


def test_progress_knows_the_length(lip: Run, voice_file: Path) -> None:
    ran = lip(voice_file, "--json")
    assert ran.code == 0
    totals = {event["total"] for event in ran.events if event["event"] == "progress" and event["stage"] == "render"}
    (total,) = totals
    assert abs(total - ran.events[-2]["done"]) <= 10 if "done" in ran.events[-2] else total > 10
    assert ran.events[-1]["event"] == "file"


def test_a_part_at_another_speed(lip: Run, voice_file: Path, tmp_path: Path) -> None:
    ran = lip(voice_file, "--trim", "0.2s:1.2s", "--speed", "2")
    assert ran.code == 0, ran.err
    duration_s = probe(tmp_path / "out" / "out.mp4").duration_s
    assert duration_s == pytest.approx(0.5 + 0.3, abs=0.06)


def test_an_effect_changes_the_sound_and_not_the_phones(
    run: Run, photo: Path, voice_file: Path, tmp_path: Path
) -> None:
    for name, wanted in (("plain", ()), ("changed", ("--enhance", "--effect", "telephone", "--pitch", "+4st"))):
        output = ("-o", tmp_path / f"{name}.mp4")
        ran = run("lip", photo, voice_file, *SMALL, "--phones", "--arkit", *output, *wanted)
        assert ran.code == 0, ran.err
    plain, changed = (read_sound(tmp_path / f"{name}.mp4").samples for name in ("plain", "changed"))
    assert len(plain) == len(changed)
    assert np.corrcoef(plain, changed)[0, 1] < 0.5
    assert (tmp_path / "plain.arkit.csv").read_bytes() == (tmp_path / "changed.arkit.csv").read_bytes()
    plain_said, changed_said = (
        json.loads((tmp_path / f"{name}.phones.json").read_text()) for name in ("plain", "changed")
    )
    assert plain_said == changed_said


@pytest.mark.parametrize("name", ["out.webm", "out.gif"])
def test_other_containers(run: Run, photo: Path, voice_file: Path, tmp_path: Path, name: str) -> None:
    assert run("lip", photo, voice_file, "--trim", ":0.5s", *SMALL, "-o", tmp_path / name).code == 0
    assert probe(tmp_path / name).video is not None


@pytest.mark.parametrize("name", ["silent.wav", "moment.wav", "nan.wav", "surround.wav", "fine.wav"])
def test_where_nobody_speaks_the_face_is_still(lip: Run, broken_voices: Path, tmp_path: Path, name: str) -> None:
    ran = lip(broken_voices / name, "--phones")
    assert ran.code == 0, ran.err
    assert json.loads((tmp_path / "out" / "out.phones.json").read_text()) == []
    assert moved(tmp_path / "out" / "out.mp4").max() < 2


class TestBadInput:
    """Every refusal: its exit code, a message that names what is wrong, a remedy, and no file."""

    @pytest.fixture(autouse=True)
    def _nothing_left(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "refused"
        self.folder.mkdir()

    def refused(self, run: Run, *arguments: str | Path, code: int, says: str) -> None:
        ran = run("lip", *arguments, "-o", self.folder / "out.mp4", "--json")
        error = ran.events[-1]
        assert (ran.code, error["event"], error["exit_code"]) == (code, "error", code), ran.out + ran.err
        assert says.lower() in error["message"].lower(), error
        assert error["remedy"]
        assert list(self.folder.iterdir()) == []

    @pytest.mark.parametrize("name", ["cut.wav", "zero.wav", "one_hz.wav", "notes.wav", "none.wav"])
    def test_no_voice(self, run: Run, photo: Path, broken_voices: Path, name: str) -> None:
        says = "1 samples a second" if name == "one_hz.wav" else name
        self.refused(run, photo, broken_voices / name, code=3, says=says)

    def test_a_picture_has_no_sound(self, run: Run, photo: Path) -> None:
        self.refused(run, photo, photo, code=3, says=photo.name)

    def test_a_track_that_there_is_not(self, run: Run, photo: Path, voice_file: Path) -> None:
        self.refused(run, photo, voice_file, "--track", "2", code=3, says="track")

    def test_a_part_behind_the_end(self, run: Run, photo: Path, voice_file: Path) -> None:
        self.refused(run, photo, voice_file, "--trim", "1h:", code=3, says="mama.wav")

    @pytest.mark.parametrize("trim", ["3s", "5s:3s", "one:two", "1:2:3"])
    def test_a_part_that_is_none(self, run: Run, photo: Path, voice_file: Path, trim: str) -> None:
        self.refused(run, photo, voice_file, "--trim", trim, code=2, says="")

    @pytest.mark.parametrize("flag", ["--captions", "--srt", "--vtt"])
    def test_words_that_nobody_told(self, run: Run, photo: Path, voice_file: Path, flag: str) -> None:
        self.refused(run, photo, voice_file, flag, code=2, says="without a transcript")

    def test_an_empty_transcript(self, run: Run, photo: Path, voice_file: Path) -> None:
        self.refused(run, photo, voice_file, "--text", " ", code=2, says="transcript is empty")

    def test_two_transcripts(self, run: Run, photo: Path, voice_file: Path, tmp_path: Path) -> None:
        (tmp_path / "said.txt").write_text("Mama.")
        both = ("--text", "Mama.", "--transcript", tmp_path / "said.txt")
        self.refused(run, photo, voice_file, *both, code=2, says="--transcript")

    def test_a_transcript_that_is_no_text(self, run: Run, photo: Path, voice_file: Path) -> None:
        self.refused(run, photo, voice_file, "--transcript", voice_file, code=3, says="UTF-8")

    def test_an_unknown_language(self, run: Run, photo: Path, voice_file: Path) -> None:
        said = ("--text", "Mama.", "--language", "klingonese")
        self.refused(run, photo, voice_file, *said, code=2, says="klingonese")

    def test_an_unknown_language_of_no_transcript(self, run: Run, photo: Path, voice_file: Path) -> None:
        self.refused(run, photo, voice_file, "--language", "klingonese", code=2, says="klingonese")

    def test_a_pitch_that_is_none(self, run: Run, photo: Path, voice_file: Path) -> None:
        self.refused(run, photo, voice_file, "--pitch", "high", code=2, says="high")

    def test_an_unknown_effect(self, run: Run, photo: Path, voice_file: Path) -> None:
        self.refused(run, photo, voice_file, "--effect", "helium", code=2, says="helium")

    def test_no_face(self, run: Run, voice_file: Path, broken_voices: Path) -> None:
        self.refused(run, broken_voices / "notes.wav", voice_file, code=3, says="notes.wav")

    def test_the_voice_is_never_overwritten(self, run: Run, photo: Path, voice_file: Path) -> None:
        before = voice_file.read_bytes()
        ran = run("lip", photo, voice_file, "-o", voice_file, "--format", "mp4", "--overwrite", "--json")
        assert ran.code == 2
        assert voice_file.read_bytes() == before

    def test_an_interruption(self, run: Run, photo: Path, voice_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(*arguments: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("phonoscope.progress.RenderProgress.count_frame", interrupt)
        self.refused(run, photo, voice_file, *SMALL, code=4, says="stopped")
