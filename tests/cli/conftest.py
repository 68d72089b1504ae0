from __future__ import annotations

import json
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from phonoscope.cli.entry import STOP_SIGNALS, main
from phonoscope.core.frames import Picture
from phonoscope.core.sound import Sound
from phonoscope.media.reader import write_wav


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left: exit code, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run the command line in this process."""
    before = {name: signal.getsignal(getattr(signal, name)) for name in STOP_SIGNALS}

    def run(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["phonoscope", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        return Ran(int(left.value.code or 0), captured.out, captured.err)

    yield run
    for name, handler in before.items():
        signal.signal(getattr(signal, name), handler)


@pytest.fixture
def photo(tmp_path: Path, astronaut: Picture) -> Path:
    """A small portrait."""
    path = tmp_path / "portrait.png"
    Image.fromarray(astronaut.rgb).resize((256, 256)).save(path)
    return path


@pytest.fixture
def small(photo: Path) -> tuple[str | Path, ...]:
    """Arguments that make a video quickly."""
    return ("say", photo, "Map.", "--size", "256x256", "--fps", "10")


@pytest.fixture(scope="session")
def voice_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sentences, spoken, in two seconds or so."""
    from phonoscope.script import read_script
    from phonoscope.speech import SpeakOptions, speak

    pieces = [piece.sound for piece in speak(read_script("Mama made me. Papa."), SpeakOptions(voice="en-us"))]
    path = tmp_path_factory.mktemp("voice") / "mama.wav"
    write_wav(path, Sound(np.concatenate([piece.samples for piece in pieces]), pieces[0].rate_hz))
    return path


@pytest.fixture(scope="session")
def broken_voices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of recordings that nothing can be heard in: silent, hardly there, no sound, no file of its kind."""
    folder = tmp_path_factory.mktemp("broken")
    write_wav(folder / "silent.wav", Sound(np.zeros(24000, np.float32), 16000))
    write_wav(folder / "moment.wav", Sound(np.full(40, 0.5, np.float32), 16000))
    write_wav(folder / "surround.wav", Sound(np.zeros((8000, 6), np.float32), 48000))
    write_wav(folder / "fine.wav", Sound(np.zeros(7680, np.float32), 768000))
    header = (folder / "silent.wav").read_bytes()
    (folder / "cut.wav").write_bytes(header[:30])
    (folder / "zero.wav").write_bytes(header[:44])
    (folder / "one_hz.wav").write_bytes(header[:24] + (1).to_bytes(4, "little") + header[28:])
    (folder / "notes.wav").write_text("These are notes.")
    nan = np.full(16000, np.nan, "<f4").tobytes()
    chunks = b"fmt " + (16).to_bytes(4, "little") + struct.pack("<HHIIHH", 3, 1, 16000, 64000, 4, 32)
    body = b"WAVE" + chunks + b"data" + len(nan).to_bytes(4, "little") + nan
    (folder / "nan.wav").write_bytes(b"RIFF" + len(body).to_bytes(4, "little") + body)
    return folder
