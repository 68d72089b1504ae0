from __future__ import annotations

import json

from phonoscope.core.speech import Phone, Word
from phonoscope.exports import Timing, phones_json


def test_document() -> None:
    timing = Timing((Phone("m", 0.1, 0.18), Phone("æ", 0.18, 0.30001, 1)), (Word("«Map»", 0.1, 0.3),), 1.5, "voice.wav")
    text = "".join(phones_json(timing))
    assert json.loads(text) == {
        "schema": "phones.1",
        "sound": "voice.wav",
        "duration_s": 1.5,
        "phones": [
            {"phone": "m", "start_s": 0.1, "end_s": 0.18},
            {"phone": "æ", "start_s": 0.18, "end_s": 0.3, "stress": 1},
        ],
        "words": [{"word": "«Map»", "start_s": 0.1, "end_s": 0.3}],
    }
    assert '{"phone": "æ"' in text
    assert text.endswith("}\n")


def test_silence_is_a_document_too() -> None:
    document = json.loads("".join(phones_json(Timing((), (), 0.2))))
    assert document["phones"] == document["words"] == []


def test_a_file_name_that_is_no_text_can_be_written() -> None:
    text = "".join(phones_json(Timing((), (), 0.2, "caf\udce9.wav")))
    assert json.loads(text.encode("utf-8"))["sound"] == "caf?.wav"
