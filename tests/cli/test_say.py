from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from phonoscope.cli.say import read_text
from phonoscope.core.errors import ScriptError, UsageError
from phonoscope.core.frames import Picture
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_sound
from tests.cli.conftest import Run

Small = tuple[str | Path, ...]


def test_a_photo_speaks(run: Run, small: Small, tmp_path: Path) -> None:
    ran = run(*small, "-o", tmp_path / "map.mp4", "--title", "A map")
    assert ran.code == 0
    found = probe(tmp_path / "map.mp4")
    assert found.video is not None
    assert found.sound is not None
    assert (found.video.codec, found.sound.codec, found.sound.rate_hz) == ("h264", "aac", 48000)
    assert found.tags["title"] == "A map"
    assert "Phonoscope" in json.dumps(found.tags)
    assert "map.mp4" in ran.out


def test_all_files_beside_the_video_are_named_after_it(run: Run, small: Small, tmp_path: Path) -> None:
    ran = run(*small, "-o", tmp_path / "map.mp4", "--srt", "--vtt", "--performance", "--phones", "--captions")
    assert ran.code == 0
    assert "Map." in (tmp_path / "map.srt").read_text()
    assert (tmp_path / "map.vtt").read_text().startswith("WEBVTT")
    phones = json.loads((tmp_path / "map.phones.json").read_text())
    assert [row["phone"] for row in phones] == ["m", "æ", "p"]
    assert all(row["start_s"] < row["end_s"] for row in phones)
    document = json.loads((tmp_path / "map.performance.json").read_text())
    assert document["schema"] == "performance.1"
    assert {"jawOpen", "mouthClose", "lipGap"} <= set(document["names"])


def test_effects_change_the_sound_and_not_the_lips(run: Run, small: Small, tmp_path: Path) -> None:
    assert run(*small, "-o", tmp_path / "plain.mp4", "--arkit").code == 0
    ran = run(*small, "-o", tmp_path / "changed.mp4", "--arkit", "--enhance", "--effect", "robot")
    assert ran.code == 0, ran.err
    plain, changed = (read_sound(tmp_path / f"{name}.mp4").samples for name in ("plain", "changed"))
    assert len(plain) == len(changed)
    assert np.corrcoef(plain, changed)[0, 1] < 0.7
    assert (tmp_path / "plain.arkit.csv").read_bytes() == (tmp_path / "changed.arkit.csv").read_bytes()


def test_json_lines_tell_everything(run: Run, small: Small, tmp_path: Path) -> None:
    ran = run(*small, "-o", tmp_path / "map.mp4", "--json")
    assert ran.code == 0
    assert {event["event"] for event in ran.events} >= {"stage", "progress", "file"}
    assert ran.events[-1] == {"event": "file", "path": str(tmp_path / "map.mp4")}
    progress = [event for event in ran.events if event["event"] == "progress"]
    assert progress[0]["done"] == 1
    assert progress[-1]["done"] <= progress[-1]["total"]


def test_the_same_seed_makes_the_same_file(run: Run, small: Small, tmp_path: Path) -> None:
    for name in ("one.mp4", "two.mp4"):
        assert run(*small, "--seed", "3", "--title", "x", "-o", tmp_path / name).code == 0
    assert run(*small, "--seed", "4", "--title", "x", "-o", tmp_path / "three.mp4").code == 0
    one, two, three = ((tmp_path / name).read_bytes() for name in ("one.mp4", "two.mp4", "three.mp4"))
    assert one == two
    assert one != three


@pytest.mark.parametrize("name", ["map.webm", "map.gif"])
def test_other_containers(run: Run, small: Small, tmp_path: Path, name: str) -> None:
    assert run(*small, "-o", tmp_path / name).code == 0
    assert probe(tmp_path / name).video is not None


def _two_faces(path: Path, astronaut: Picture) -> Path:
    left = np.asarray(Image.fromarray(astronaut.rgb).resize((260, 260)))
    right = np.asarray(Image.fromarray(astronaut.rgb).resize((320, 320)))
    both = np.full((320, 580, 3), 128, np.uint8)
    both[:260, :260], both[:, 260:] = left, right
    Image.fromarray(both).save(path)
    return path


def test_several_faces_are_said_and_can_be_chosen(run: Run, tmp_path: Path, astronaut: Picture) -> None:
    photo = _two_faces(tmp_path / "two.png", astronaut)
    common = ("say", photo, "Map.", "--fps", "10", "--json", "--overwrite", "-o", tmp_path / "two.mp4")
    notes = [event["message"] for event in run(*common).events if event["event"] == "note"]
    assert any("2 faces" in note and "--face 1" in note for note in notes)
    chosen = run(*common, "--face", "1")
    assert chosen.code == 0
    assert not any(event["event"] == "note" and "faces" in event["message"] for event in chosen.events)
    assert run(*common, "--face", "3").events[-1]["exit_code"] == 2


class TestBadInput:
    """Every refusal: its exit code, a message that names what is wrong, a remedy, and no file."""

    @pytest.fixture(autouse=True)
    def _nothing_left(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "out"
        self.folder.mkdir()
        self.output = self.folder / "out.mp4"

    def refused(self, run: Run, *arguments: str | Path, code: int, says: str) -> None:
        ran = run(*arguments, "-o", self.output, "--json")
        error = ran.events[-1]
        assert (ran.code, error["event"], error["exit_code"]) == (code, "error", code), ran.out + ran.err
        assert says.lower() in error["message"].lower()
        assert error["remedy"]
        assert list(self.folder.iterdir()) == []

    def test_no_face(self, run: Run, tmp_path: Path, cat: Picture) -> None:
        Image.fromarray(cat.rgb).save(tmp_path / "cat.png")
        self.refused(run, "say", tmp_path / "cat.png", "Hi.", code=3, says="no human face")

    def test_a_face_too_small(self, run: Run, tmp_path: Path, astronaut: Picture) -> None:
        canvas = Image.new("RGB", (300, 300), (90, 90, 90))
        canvas.paste(Image.fromarray(astronaut.rgb).resize((110, 110), Image.Resampling.LANCZOS), (90, 90))
        canvas.save(tmp_path / "small.png")
        self.refused(run, "say", tmp_path / "small.png", "Hi.", code=3, says="too small")

    def test_a_truncated_picture(self, run: Run, tmp_path: Path, photo: Path) -> None:
        (tmp_path / "cut.png").write_bytes(photo.read_bytes()[:20000])
        self.refused(run, "say", tmp_path / "cut.png", "Hi.", code=3, says="cut.png")

    def test_a_file_that_is_no_picture(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "photo.jpg").write_text("hello")
        self.refused(run, "say", tmp_path / "photo.jpg", "Hi.", code=3, says="photo.jpg")

    def test_a_missing_picture(self, run: Run, tmp_path: Path) -> None:
        self.refused(run, "say", tmp_path / "none.jpg", "Hi.", code=3, says="none.jpg")

    def test_an_empty_script(self, run: Run, photo: Path) -> None:
        self.refused(run, "say", photo, "  ", code=3, says="script")

    def test_a_script_that_no_voice_can_speak(self, run: Run, photo: Path) -> None:
        self.refused(run, "say", photo, "🙂🙂", code=3, says="🙂")

    def test_an_unknown_voice_suggests_near_ones(self, run: Run, photo: Path) -> None:
        ran = run("say", photo, "Hi.", "--voice", "frensh-female", "-o", self.output, "--json")
        assert ran.code == 2
        assert "french" in (ran.events[-1]["remedy"] + ran.events[-1]["message"]).lower()

    def test_an_unknown_effect(self, run: Run, photo: Path) -> None:
        self.refused(run, "say", photo, "Hi.", "--effect", "helium", code=2, says="helium")

    def test_an_unknown_language(self, run: Run, photo: Path) -> None:
        self.refused(run, "say", photo, "Hi.", "--language", "klingonese", code=2, says="klingonese")

    def test_unbalanced_markup_tells_line_and_column(self, run: Run, photo: Path) -> None:
        ran = run("say", photo, "<speak>One.\n  <s>Two.</speak>", "-o", self.output, "--json")
        assert ran.code == 3
        assert ran.events[-1]["line"] == 2
        assert ran.events[-1]["column"] > 1

    def test_an_unknown_suffix(self, run: Run, photo: Path) -> None:
        ran = run("say", photo, "Hi.", "-o", self.folder / "out.avi", "--json")
        assert ran.code == 2

    def test_an_existing_output(self, run: Run, photo: Path) -> None:
        self.output.write_text("keep me")
        ran = run("say", photo, "Hi.", "-o", self.output, "--json")
        assert ran.code == 2
        assert "--overwrite" in ran.events[-1]["remedy"]
        assert self.output.read_text() == "keep me"

    def test_a_folder_that_is_missing(self, run: Run, photo: Path) -> None:
        ran = run("say", photo, "Hi.", "-o", self.folder / "none" / "out.mp4", "--json")
        assert ran.code == 4

    def test_a_mistyped_option(self, run: Run, photo: Path) -> None:
        ran = run("say", photo, "Hi.", "--sise", "720p", "--json")
        assert ran.code == 2
        assert "--sise" in ran.events[-1]["message"]
        assert run("say", photo, "Hi.", "--sise", "720p").code == 2

    def test_an_interruption(self, run: Run, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(*arguments: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("phonoscope.progress.RenderProgress.count_frame", interrupt)
        self.refused(run, *small, code=4, says="stopped")

    def test_the_photo_is_never_overwritten(self, run: Run, photo: Path) -> None:
        before = photo.read_bytes()
        ran = run("say", photo, "Hi.", "-o", photo, "--format", "mp4", "--overwrite", "--json")
        assert ran.code == 2
        assert photo.read_bytes() == before

    def test_the_script_is_never_overwritten(self, run: Run, photo: Path, tmp_path: Path) -> None:
        script = tmp_path / "talk.srt"
        script.write_text("Hi.")
        ran = run("say", photo, "--script", script, "-o", tmp_path / "talk.mp4", "--srt", "--overwrite", "--json")
        assert ran.code == 2
        assert script.read_text() == "Hi."

    def test_a_text_that_begins_with_a_dash(self, run: Run, photo: Path) -> None:
        ran = run("say", photo, "-5 degrees", "--json")
        assert ran.code == 2
        assert " -- " in ran.events[-1]["remedy"]

    def test_an_unexpected_fault_is_one_message(self, run: Run, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*arguments: object) -> None:
            raise ZeroDivisionError("oh")

        monkeypatch.setattr("phonoscope.pipeline._draw", fail)
        self.refused(run, *small, code=4, says="ZeroDivisionError")

    def test_people_get_words_not_json(self, run: Run) -> None:
        ran = run("say", "none.jpg", "Hi.", "-o", self.output)
        assert ran.code == 3
        assert "Traceback" not in ran.err
        assert "none.jpg" in ran.err


def test_a_script_is_read_from_a_file_in_utf8_or_utf16(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_text("Grüße", encoding=encoding)
        assert read_text(None, path) == "Grüße"


def test_a_script_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes("Hallo\nGrüße".encode("latin-1"))
    with pytest.raises(ScriptError) as caught:
        read_text(None, path)
    assert caught.value.line == 2


def test_text_and_script_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_text("Hello", tmp_path / "talk.txt")
    with pytest.raises(UsageError):
        read_text(None, None)
