"""A few words become what stands behind the people."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from phonoscope.core.errors import MediaError, UsageError
from phonoscope.media.pictures import save_picture
from phonoscope.scene.background import (
    Background,
    Blurred,
    Flat,
    Gradient,
    PictureFile,
    Transparent,
    VideoFile,
    parse_background,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("keep", None),
        ("blur", Blurred(0.5)),
        ("Blur:0.8", Blurred(0.8)),
        ("blur:1", Blurred(1.0)),
        ("#00ff00", Flat((0, 255, 0))),
        ("#0F0", Flat((0, 255, 0))),
        (" white ", Flat((255, 255, 255))),
        ("RebeccaPurple", Flat((102, 51, 153))),
        ("gradient:#112233,#445566", Gradient((17, 34, 51), (68, 85, 102))),
        ("gradient: navy , white , right", Gradient((0, 0, 128), (255, 255, 255), "right")),
        ("transparent", Transparent()),
    ],
)
def test_words(text: str, expected: Background | None) -> None:
    assert parse_background(text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("blur:2", "strength"),
        ("blur:", "strength"),
        ("blur:.", "strength"),
        ("blur:nan", "strength"),
        ("gradient:white", "two colours"),
        ("gradient", "two colours"),
        ("gradient:white,blak", "Did you mean black"),
        ("gradient:white,bleu", r"no colour\.( Did you mean blue\?)? Write"),
        ("gradient:white,black,sideways", "sideways"),
        ("#12345", "neither a colour nor a file"),
        ("whit", "Did you mean white"),
        ("transparant", "Did you mean transparent"),
        ("beach.jpg", "neither a colour nor a file"),
        ("x" * 5000, "cannot be read|neither"),
        ("a\0b", "cannot be read|neither"),
    ],
)
def test_what_cannot_be_is_refused_with_advice(text: str, told: str) -> None:
    with pytest.raises((UsageError, MediaError), match=told) as caught:
        parse_background(text)
    assert caught.value.remedy
    assert len(caught.value.message) < 300


def test_files_are_told_apart_by_what_is_in_them(tmp_path: Path) -> None:
    save_picture(tmp_path / "white.png", np.zeros((4, 4, 3), np.uint8))
    (tmp_path / "clip.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(100))
    (tmp_path / "text.jpg").write_text("hello")
    assert parse_background(str(tmp_path / "white.png")) == PictureFile(tmp_path / "white.png")
    assert parse_background(str(tmp_path / "clip.mp4")) == VideoFile(tmp_path / "clip.mp4")
    with pytest.raises(MediaError, match="it is text"):
        parse_background(str(tmp_path / "text.jpg"))
    with pytest.raises(UsageError, match="not an ordinary file"):
        parse_background(str(tmp_path))
