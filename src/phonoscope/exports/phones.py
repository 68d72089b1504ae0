"""Timed phones and words as JSON: ``NAME.phones.json``, schema ``phones.1``.

    {"schema": "phones.1", "sound": "voice.wav", "duration_s": 1.25, "phones": [
    {"phone": "m", "start_s": 0.1, "end_s": 0.18},
    …
    ], "words": [
    {"word": "Map.", "start_s": 0.1, "end_s": 0.61}
    ]}

Phones are IPA; a stressed vowel has ``"stress"`` 1 or 2. Time that no phone covers is silence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from phonoscope.core.speech import Phone, Word
from phonoscope.exports.timing import DECIMALS, Timing

SCHEMA: Final = "phones.1"


def phones_json(timing: Timing) -> Iterator[str]:
    """Yield the document, a line for every phone and every word."""
    head = {"schema": SCHEMA, "sound": timing.sound_name, "duration_s": round(timing.duration_s, DECIMALS)}
    yield json.dumps(head, ensure_ascii=False)[:-1]
    yield from _rows("phones", map(_phone, timing.phones))
    yield from _rows("words", map(_word, timing.words))
    yield "}\n"


def _phone(phone: Phone) -> dict[str, Any]:
    stress = {"stress": phone.stress} if phone.stress else {}
    return {"phone": phone.ipa, **_times(phone), **stress}


def _word(word: Word) -> dict[str, Any]:
    return {"word": word.text, **_times(word)}


def _times(mark: Phone | Word) -> dict[str, float]:
    return {"start_s": round(mark.start_s, DECIMALS), "end_s": round(mark.end_s, DECIMALS)}


def _rows(name: str, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield f', "{name}": ['
    mark = "\n"
    for row in rows:
        yield mark + json.dumps(row, ensure_ascii=False)
        mark = ",\n"
    yield "\n]"
