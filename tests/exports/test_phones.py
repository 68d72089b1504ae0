from __future__ import annotations

import json

from phonoscope.core.speech import Phone, Word
from phonoscope.exports import Timing, phones_json


def test_a_list_of_phones_with_their_words() -> None:
    phones = (Phone("m", 0.1, 0.18), Phone("æ", 0.18, 0.30001, 1), Phone("a", 0.5, 0.6), Phone("n", 0.7, 0.8))
    timing = Timing(phones, (Word("«Map»", 0.1, 0.3), Word("in", 0.7, 0.8)), 1.5, "voice.wav")
    text = "".join(phones_json(timing))
    assert json.loads(text) == [
        {"phone": "m", "start_s": 0.1, "end_s": 0.18, "word": "«Map»"},
        {"phone": "æ", "start_s": 0.18, "end_s": 0.3, "stress": 1, "word": "«Map»"},
        {"phone": "a", "start_s": 0.5, "end_s": 0.6},
        {"phone": "n", "start_s": 0.7, "end_s": 0.8, "word": "in"},
    ]
    assert '{"phone": "æ"' in text
    assert text.endswith("]\n")


def test_silence_is_a_list_too() -> None:
    assert json.loads("".join(phones_json(Timing((), (), 0.2)))) == []
