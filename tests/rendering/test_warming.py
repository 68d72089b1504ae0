"""A process that has been warmed up has loaded what the first still of a photo needs."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from phonoscope.rendering import hearing
from phonoscope.rendering.backstage import Backstage
from phonoscope.rendering.warming import warm_up


def test_it_leaves_nothing_behind_and_is_warm_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    backstage = Backstage()
    warm_up(backstage)
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(hearing, "spoken_voice", lambda *args: pytest.fail("it was spoken again"))
    warm_up(backstage)
