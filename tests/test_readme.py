"""Every command in the README works as it is written."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from phonoscope.core.frames import Picture
from phonoscope.core.sound import Sound
from phonoscope.media.reader import write_wav
from phonoscope.scene.document.reading import read_document
from phonoscope.script import read_script
from phonoscope.speech import speak
from tests.cli.conftest import Run, run

__all__ = ["run"]

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    (?:\.venv/bin/)?phonoscope (.+)$", README, re.MULTILINE)


def _spoken(text: str) -> Sound:
    pieces = [piece.sound for piece in speak(read_script(text))]
    return Sound(np.concatenate([sound.samples for sound in pieces]), pieces[0].rate_hz)


def _write_documents() -> None:
    """Write stand-ins for the documents that the README names, each rendered within a second."""
    canvas = {"width": 192, "height": 108, "fps": 10}
    whole = {"schema": "scene.1", "canvas": canvas}
    said = {"background": "navy", "script": "Hi."}
    offer = {**said, "script": "{{product}} {{price}}"}
    asked = {**said, "interaction": {"choices": [{"label": "Stop"}]}}
    Path("first.json").write_text(json.dumps({**whole, "scenes": [said]}))
    Path("offer.json").write_text(json.dumps({**whole, "variables": {"product": {}, "price": {}}, "scenes": [offer]}))
    Path("rows.csv").write_text("product,price\nTea,2 euros\n")
    Path("quiz.json").write_text(json.dumps({**whole, "scenes": [asked]}))


def test_the_document_of_the_readme_is_whole() -> None:
    document = README[README.index('{"schema": "scene.1"') :].split("\n\n")[0]
    assert read_document(document).document.scenes[0].script == "Hello, and welcome!"


def test_the_readme_shows_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("command", COMMANDS)
def test_command(command: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, astronaut: Picture) -> None:
    monkeypatch.chdir(tmp_path)
    # Smaller is quicker, but a face of 65 pixels is poor.
    side = 512 if command.startswith("check") else 300
    Image.fromarray(astronaut.rgb).resize((side, side)).save("portrait.jpg")
    Path("talk.txt").write_text("Bonjour.", encoding="utf-8")
    if "team.jpg" in command:
        couple = np.hstack([astronaut.rgb[:300, 60:360], astronaut.rgb[:300, 60:360][:, ::-1]])
        Image.fromarray(np.ascontiguousarray(couple)).save("team.jpg")
        Path("dialogue.txt").write_text("HOST: Hi.\nGUEST: Bonjour.", encoding="utf-8")
    if "voice.wav" in command:
        write_wav("voice.wav", _spoken("Hello! Nice to meet you."))
    if command.startswith(("render", "frame", "batch")):
        _write_documents()
    if command.startswith("say someone.avatar.json"):
        assert run("avatar", "random", "--seed", "7", "-o", "someone.avatar.json").code == 0
    if command.startswith("mimic"):
        assert run("say", "portrait.jpg", "Hi.", "-o", "me.mp4", "--fps", "10").code == 0
    if command.startswith("probe"):
        assert run("say", "portrait.jpg", "Hi.", "-o", "hello.mp4", "--fps", "10").code == 0
    ran = run(*shlex.split(command))
    assert ran.code == 0, ran.err


def test_the_makefile_has_the_targets_that_the_readme_names() -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
