from __future__ import annotations

from pathlib import Path

import pytest

from phonoscope.media.reader import read_sound
from phonoscope.sound.music.library import music_names
from phonoscope.sound.sfx.library import sfx_names
from tests.cli.conftest import Run


def test_loops_are_listed(run: Run) -> None:
    ran = run("music")
    assert ran.code == 0
    assert all(name in ran.out for name in music_names())
    assert '"music": "calm"' in ran.out
    assert "Beats" in ran.out


def test_effects_are_listed(run: Run) -> None:
    ran = run("music", "--effects")
    assert all(name in ran.out for name in sfx_names())
    assert '"effects": ["whoosh"]' in ran.out
    assert "Beats" not in ran.out


def test_json_tells_everything(run: Run) -> None:
    first = run("music", "--json").events[0]
    assert first["kind"] == "loop"
    assert {"name", "title", "moods", "tempo_bpm", "duration_s"} <= first.keys()
    effects = run("music", "--effects", "--json").events
    assert {one["name"] for one in effects} == set(sfx_names())
    assert {one["kind"] for one in effects} == {"effect"}


def test_words_find_some(run: Run) -> None:
    names = [one["name"] for one in run("music", "--search", "brass PARTY", "--json").events]
    assert names == ["birthday"]
    ran = run("music", "--search", "bagpipes")
    assert ran.code == 2
    assert "bagpipes" in ran.err


@pytest.mark.parametrize("flags", [(), ("--effects",)])
def test_one_is_told_of_by_its_name(run: Run, flags: tuple[str, ...]) -> None:
    ran = run("music", "whoosh", *flags)
    assert "Something large flies by" in ran.out
    assert "Pop" not in ran.out
    assert run("music", "calm", "--json", *flags).events[0]["title"] == "Still Water"


def test_one_is_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "pop.wav"
    ran = run("music", "pop", "--play-file", path)
    assert ran.code == 0
    assert str(path) in ran.out
    sound = read_sound(path)
    assert len(sound.samples) / sound.rate_hz == pytest.approx(0.22, abs=0.02)
    assert abs(sound.samples).max() > 0.1
    assert run("music", "pop", "--play-file", path).code == 2
    assert run("music", "pop", "--play-file", path, "--overwrite").code == 0


def test_what_is_meant_has_to_be_told(run: Run, tmp_path: Path) -> None:
    assert run("music", "--play-file", tmp_path / "a.wav").code == 2
    assert "Did you mean whoosh" in run("music", "whosh").err
    assert "Did you mean upbeat" in run("music", "upbaet").err
    assert "--effects" in run("music", "qqqq").err
