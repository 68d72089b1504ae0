from __future__ import annotations

import pytest

from phonoscope.batch.naming import LONGEST_BYTES, names_of
from phonoscope.batch.rows import Row
from phonoscope.core.errors import UsageError


def names(*values: str, pattern: str = "{{name}}.mp4") -> list[str]:
    return names_of([Row(n, {"name": v} if v else {}) for n, v in enumerate(values, 2)], pattern, ("name", "City"))


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Anna", "Anna"),
        ("Zoë Müller", "Zoë Müller"),
        ("日本", "日本"),
        ("a/b\\c", "a-b-c"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "0002"),
        (".hidden", "hidden"),
        ("", "0002"),
        ("con", "con_"),
        ("NUL.txt", "NUL.txt_"),
        ('a:b*c?"<d>|', "a-b-c-d"),
        ("100 % sure", "100 - sure"),
        ("line\nline\ttab", "line-line-tab"),
        ("a\u202eb\u200bc\ud800", "abc"),
        ("  many   spaces  ", "many spaces"),
        ("-rf", "rf"),
        ("x" * 500, "x" * LONGEST_BYTES),
        ("é" * 500, "é" * (LONGEST_BYTES // 2)),
    ],
)
def test_names_are_safe(value: str, name: str) -> None:
    assert names(value) == [f"{name}.mp4"]


def test_no_two_names_are_alike() -> None:
    assert names("Anna", "anna", "ANNA ", "Anna-3", "Bob") == [
        "Anna.mp4", "anna-3.mp4", "ANNA-4.mp4", "Anna-3-5.mp4", "Bob.mp4",
    ]  # fmt: skip
    assert len({name.casefold() for name in names(*["x"] * 50, "x-3", "x-4")}) == 52


def test_patterns() -> None:
    assert names("Anna", pattern="{{row}}-{{ NAME }}.webm") == ["0002-Anna.webm"]
    assert names("Anna", pattern="{{city}}.mp4") == ["0002.mp4"]
    assert names("Anna", pattern="{{city}} for {{name}}.mp4") == ["for Anna.mp4"]


@pytest.mark.parametrize(
    "pattern", ["{{nam}}.mp4", "{{name}}", "out/{{name}}.mp4", "{{name}}.{{city}}", "", "a\\b.mp4"]
)
def test_patterns_that_are_none(pattern: str) -> None:
    with pytest.raises(UsageError):
        names("Anna", pattern=pattern)


def test_misspelt_columns_are_suggested() -> None:
    with pytest.raises(UsageError, match="Did you mean name"):
        names("Anna", pattern="{{nme}}.mp4")
