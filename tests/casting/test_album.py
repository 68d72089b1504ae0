"""Pictures are opened once, and searched for faces once, as long as their files stay what they were."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from phonoscope.avatars import photo
from phonoscope.casting import Album, album, cast
from phonoscope.choices import VideoChoices
from phonoscope.core.errors import PhotoError
from phonoscope.core.events import ignore_events
from phonoscope.core.frames import Picture
from phonoscope.media.pictures import save_picture

PLENTY = 10_000_000


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is opened and searched from now on."""
    done: list[str] = []

    def note(what: str, module: ModuleType, name: str) -> None:
        function = getattr(module, name)

        def call(*args: Any) -> Any:
            done.append(what)
            return function(*args)

        monkeypatch.setattr(module, name, call)

    note("open", album, "load_picture")
    note("search", photo, "find_faces")
    return done


def test_a_photo_in_another_size_is_not_looked_at_again(tmp_path: Path, astronaut: Picture, work: list[str]) -> None:
    portrait, kept = tmp_path / "portrait.png", Album(PLENTY)
    save_picture(portrait, astronaut.rgb)
    for size, background in (("128x128", ""), ("160x160", ""), ("128x128", "transparent")):
        choices = VideoChoices(size=size, background=background)
        made = cast(portrait, "mp4", choices, (), ignore_events, kept)
        alone = cast(portrait, "mp4", choices, (), ignore_events)
        assert np.array_equal(made.avatar.picture.rgb, alone.avatar.picture.rgb)
        del work[-2:]
    assert work == ["open", "search"]


def test_a_file_that_has_changed_is_opened_again(tmp_path: Path, work: list[str]) -> None:
    file, kept = tmp_path / "wall.png", Album(PLENTY)
    for colour in (10, 200):
        save_picture(file, np.full((8, 8, 3), colour, np.uint8), overwrite=True)
        for _ in range(2):
            assert kept.picture(file).rgb[0, 0, 0] == colour
    assert work == ["open", "open"]


def test_without_room_everything_is_opened_each_time(tmp_path: Path, work: list[str]) -> None:
    save_picture(tmp_path / "wall.png", np.zeros((8, 8, 3), np.uint8))
    for _ in range(2):
        Album(0).picture(tmp_path / "wall.png")
    assert work == ["open", "open"]


def test_what_cannot_be_opened_is_told_each_time(tmp_path: Path) -> None:
    kept = Album(PLENTY)
    (tmp_path / "empty.png").touch()
    for name in ("none.png", "empty.png", "none.png", "empty.png"):
        with pytest.raises(PhotoError):
            kept.picture(tmp_path / name)
