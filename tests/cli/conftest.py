from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from phonoscope.cli.entry import STOP_SIGNALS, main
from phonoscope.core.frames import Picture


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
