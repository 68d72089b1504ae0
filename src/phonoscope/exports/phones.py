"""Timed phones as JSON: ``NAME.phones.json``, a plain list that any tool reads without knowing us.

    [
    {"phone": "m", "start_s": 0.1, "end_s": 0.18, "word": "Map."},
    {"phone": "æ", "start_s": 0.18, "end_s": 0.3, "stress": 1, "word": "Map."},
    …
    ]

Phones are IPA; a stressed vowel has ``"stress"`` 1 or 2. ``"word"`` is what the phone is a part of, where words are
known, as written. Time that no phone covers is silence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from phonoscope.core.speech import Phone
from phonoscope.exports.timing import DECIMALS, Timing


def phones_json(timing: Timing) -> Iterator[str]:
    """Yield the list, a line for every phone."""
    mark = "[\n"
    for row in _rows(timing):
        yield mark + json.dumps(row, ensure_ascii=False)
        mark = ",\n"
    yield "\n]\n" if mark != "[\n" else "[]\n"


def _rows(timing: Timing) -> Iterator[dict[str, Any]]:
    """Yield a row for every phone; words and phones are both in order."""
    words = list(timing.words)
    current = 0
    for phone in timing.phones:
        middle_s = (phone.start_s + phone.end_s) / 2
        while current < len(words) and words[current].end_s <= middle_s:
            current += 1
        inside = current < len(words) and words[current].start_s <= middle_s
        yield _row(phone) | ({"word": words[current].text} if inside else {})


def _row(phone: Phone) -> dict[str, Any]:
    times = {"start_s": round(phone.start_s, DECIMALS), "end_s": round(phone.end_s, DECIMALS)}
    return {"phone": phone.ipa, **times, **({"stress": phone.stress} if phone.stress else {})}
