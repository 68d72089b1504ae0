from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from phonoscope.core.errors import UsageError
from phonoscope.media.reader import read_sound
from phonoscope.phone_files import phone_files
from tests.cli.conftest import Run


def test_all_formats_at_once_say_the_same(run: Run, voice_file: Path, tmp_path: Path) -> None:
    names = ("a.TextGrid", "a.json", "a.cues.json", "a.tsv", "a.xml", "a.csv")
    ran = run("transcribe-phones", voice_file, *(word for name in names for word in ("-o", tmp_path / name)))
    assert ran.code == 0, ran.err
    assert all(name in ran.out for name in names)
    phones = json.loads((tmp_path / "a.json").read_text())
    heard = [phone["phone"] for phone in phones]
    assert "m" in heard
    assert all(phone["start_s"] < phone["end_s"] for phone in phones)
    grid = (tmp_path / "a.TextGrid").read_text()
    assert [text for text in heard if f'text = "{text}"' not in grid] == []
    tsv = [line.split("\t") for line in (tmp_path / "a.tsv").read_text().splitlines()]
    xml = ElementTree.parse(tmp_path / "a.xml").getroot()  # noqa: S314
    cues = json.loads((tmp_path / "a.cues.json").read_text())["mouthCues"]
    assert [shape for _, shape in tsv[:-1]] == [cue.text for cue in xml.iter("mouthCue")]
    assert [shape for _, shape in tsv[:-1]] == [cue["value"] for cue in cues]
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text().splitlines()))
    assert len(rows) == pytest.approx(read_sound(voice_file).duration_s * 30, abs=1)
    assert max(float(row["JawOpen"]) for row in rows) > 0.2


def test_standard_output_holds_the_phones_and_nothing_else(run: Run, voice_file: Path) -> None:
    ran = run("transcribe-phones", voice_file, "-o", "-", "--format", "phones")
    assert ran.code == 0
    assert json.loads(ran.out)
    ran = run("transcribe-phones", voice_file, "-o", "-", "--format", "arkit", "--fps", "24")
    assert ran.out.startswith("Timecode,BlendShapeCount,")


def test_words_of_a_transcript(run: Run, voice_file: Path) -> None:
    said = ("--text", "Mama made me. Papa.", "--language", "en-us")
    ran = run("transcribe-phones", voice_file, *said, "-o", "-", "--format", "phones")
    assert ran.code == 0, ran.err
    words = [phone["word"] for phone in json.loads(ran.out)]
    assert list(dict.fromkeys(words)) == ["Mama", "made", "me.", "Papa."]


def test_json_lines_tell_progress_and_files(run: Run, voice_file: Path, tmp_path: Path) -> None:
    ran = run("transcribe-phones", voice_file, "-o", tmp_path / "a.tsv", "--json")
    assert ran.events[-1] == {"event": "file", "path": str(tmp_path / "a.tsv")}
    assert {event["event"] for event in ran.events} >= {"stage", "progress", "file"}


def test_silence_gives_files_without_phones(run: Run, broken_voices: Path, tmp_path: Path) -> None:
    outputs = [tmp_path / name for name in ("a.TextGrid", "a.tsv", "a.csv")]
    ran = run("transcribe-phones", broken_voices / "silent.wav", *(w for path in outputs for w in ("-o", path)))
    assert ran.code == 0, ran.err
    assert "No voice is heard" in ran.err
    assert (tmp_path / "a.tsv").read_text() == "0.00\tX\n1.50\tX\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("-o", "a.txt"), 2),
        (("-o", "-"), 2),
        (("-o", "-", "-o", "-", "--format", "cues"), 2),
        (("-o", "-", "--format", "cues", "--json"), 2),
        (("-o", "a.TextGrid", "--format", "cues"), 2),
        (("-o", "a.tsv", "-o", "./a.tsv"), 2),
        (("-o", "a.csv", "--fps", "0"), 2),
        (("-o", "a.tsv", "--trim", "2"), 2),
        (("-o", "nowhere/a.tsv"), 4),
        (("-o", "a.tsv", "--track", "9"), 3),
        ((), 2),
    ],
)
def test_bad_requests(
    run: Run, voice_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("transcribe-phones", voice_file, *arguments)
    assert ran.code == code, ran.err
    assert "rror" in ran.err + ran.out
    assert list(tmp_path.iterdir()) == []


def test_neither_the_voice_nor_an_existing_file_is_overwritten(run: Run, voice_file: Path, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("mine")
    assert run("transcribe-phones", voice_file, "-o", tmp_path / "a.tsv").code == 2
    assert (tmp_path / "a.tsv").read_text() == "mine"
    before = voice_file.read_bytes()
    assert run("transcribe-phones", voice_file, "-o", voice_file, "--format", "cues", "--overwrite").code == 2
    assert voice_file.read_bytes() == before


def test_links_in_a_circle_are_no_fault_of_ours(run: Run, voice_file: Path, tmp_path: Path) -> None:
    circle = tmp_path / "circle.wav"
    circle.symlink_to(circle)
    ran = run("transcribe-phones", circle, "-o", tmp_path / "a.tsv")
    assert ran.code == 3
    assert "links lead in a circle" in ran.err
    ran = run("transcribe-phones", voice_file, "-o", circle, "--format", "cues")
    assert ran.code == 4
    assert "links lead in a circle" in ran.err


def test_formats_by_name() -> None:
    def formats(*names: str, requested: str = "") -> list[str]:
        return [file.format for file in phone_files(map(Path, names), requested)]

    assert formats("a.TextGrid", "a.json", "a.cues.json", "a.tsv", "a.csv") == [
        "textgrid",
        "phones",
        "cues",
        "cues",
        "arkit",
    ]
    assert formats("a.textgrid", "a.json", "-", requested="cues") == ["textgrid", "cues", "cues"]
    with pytest.raises(UsageError):
        formats("a.json", requested="srt")
