"""Parts of a recording are read as people write them."""

from __future__ import annotations

import pytest

from phonoscope.core.errors import UsageError
from phonoscope.media.trim import parse_trim


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("3s:20s", (3, 20)),
        ("3:20", (3, 20)),
        (" 1.5 : 2.25s ", (1.5, 2.25)),
        ("1m5s:", (65, None)),
        (":20s", (0, 20)),
        ("1h:1h2m3.5s", (3600, 3723.5)),
        ("90m:2H", (5400, 7200)),
        (":", (0, None)),
        (".5:1.", (0.5, 1)),
    ],
)
def test_what_is_meant(text: str, part: tuple[float, float | None]) -> None:
    assert parse_trim(text) == part


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no colon"),
        ("20s", "no colon"),
        ("1:05:2:10", "more than one colon"),
        ("20:3", "ends before it starts"),
        ("5:5", "ends before it starts"),
        ("-3:20", "'-3' is no time"),
        ("3x:20", "'3x' is no time"),
        ("3s4:20", "is no time"),
        ("1e3:2000", "is no time"),
        ("nan:inf", "is no time"),
        ("5s1m:9m", "is no time"),
        ("٣:٩", "is no time"),
        ("9" * 5000 + ":", "is no time"),
    ],
)
def test_what_is_not(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        parse_trim(text)
    assert "3s:20s" in caught.value.remedy
    assert len(caught.value.message) < 100
