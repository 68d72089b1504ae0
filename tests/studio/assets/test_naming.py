from __future__ import annotations

import pytest

from phonoscope.studio.assets.naming import clean_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\me.png", "me.png"),
        ("/", "Untitled"),
        ("..", "Untitled"),
        ("photo/..", "photo"),
        ("a\x00b\r\nc.png", "abc.png"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("\ud800lone.png", "lone.png"),
        ("  Großmutter  1912.jpg ", "Großmutter  1912.jpg"),
        ("👩‍🚀.png", "👩‍🚀.png"),
        ("x" * 4000, "x" * 200),
        ("", "Untitled"),
    ],
)
def test_names_keep_what_people_can_read(given: str, kept: str) -> None:
    assert clean_name(given) == kept
