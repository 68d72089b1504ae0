from __future__ import annotations

import numpy as np
import pytest

from phonoscope.scene.text import families, shipped_fonts
from phonoscope.scene.text.specimens import SAMPLES, draw_specimens, font_families


def test_families_to_choose_come_first() -> None:
    listed = font_families()
    assert tuple(one.name for one in listed if not one.is_stand_in) == families()
    assert tuple(one.name for one in listed)[: len(families())] == families()
    assert {one.name for one in listed} == {font.family for font in shipped_fonts()}


def test_every_family_writes_something_and_every_sample_is_written() -> None:
    assert all(one.scripts for one in font_families())
    assert {script for one in font_families() for script in one.scripts} == set(SAMPLES)


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        ("Anton", ("Latin",)),
        ("Caveat", ("Latin", "Cyrillic")),
        ("Noto Sans SC", ("Chinese, simplified",)),
        ("Noto Sans TC", ("Chinese, traditional",)),
        ("Noto Color Emoji", ("emoji",)),
        ("Noto Sans Oriya", ("Odia",)),
    ],
)
def test_scripts_are_told_as_they_are(name: str, scripts: tuple[str, ...]) -> None:
    assert next(one for one in font_families() if one.name == name).scripts == scripts


def test_each_row_has_words_and_none_is_cut() -> None:
    listed = font_families()
    sheet = draw_specimens(listed)
    rows = np.split(sheet[28:-28], len(listed))
    for row in rows:
        assert (row[:, 238:].min(-1) < 128).sum() > 100
    assert sheet[:, -8:].min() == 255
