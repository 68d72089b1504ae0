"""Which part of a recording is meant: ``3s:20s``."""

from __future__ import annotations

import re

from phonoscope.core.errors import UsageError

_TIME = re.compile(
    r"(?:(?P<hours>\d{1,4})h)?(?:(?P<minutes>\d{1,5})m)?(?:(?P<seconds>\d{1,7}(?:\.\d{0,9})?|\.\d{1,9})s?)?",
    re.ASCII | re.IGNORECASE,
)

_GRAMMAR = "Write START:END in seconds, or as 1h2m3.5s; either may be left out: 3s:20s, 1m5s:, :20s."


def parse_trim(text: str) -> tuple[float, float | None]:
    """Read ``START:END`` and return both in seconds; END is None where it is left out.

    Raises
    ------
    UsageError
        It is not of that form, or ends before it starts.
    """
    start, colon, end = (part.strip() for part in text.partition(":"))
    if not colon:
        raise UsageError(f"The part '{_short(text)}' has no colon.", _GRAMMAR)
    if ":" in end:
        raise UsageError(f"The part '{_short(text)}' has more than one colon.", _GRAMMAR)
    start_s = _seconds(start) if start else 0.0
    end_s = _seconds(end) if end else None
    if end_s is not None and end_s <= start_s:
        raise UsageError(f"The part '{_short(text)}' ends before it starts.", _GRAMMAR)
    return start_s, end_s


def _seconds(text: str) -> float:
    match = _TIME.fullmatch(text)
    if not text or match is None:
        raise UsageError(f"'{_short(text)}' is no time.", _GRAMMAR)
    hours, minutes, seconds = (float(match[name] or 0) for name in ("hours", "minutes", "seconds"))
    return hours * 3600 + minutes * 60 + seconds


def _short(text: str) -> str:
    return text[:40]
