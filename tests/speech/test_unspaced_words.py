"""Scripts without spaces keep those that they do have, and get no others."""

from __future__ import annotations

import pytest

from phonoscope.script import read_script
from phonoscope.speech import SpeakOptions, speak


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("th", "สวัสดีตอนเช้าทุกคน ยินดีต้อนรับสู่การนำเสนอนี้"),
        ("ja", "小さなことについての素晴らしい発表へようこそ。"),
    ],
)
def test_words_together_are_what_is_written(language: str, text: str) -> None:
    pieces = speak(read_script(text, language, ()), SpeakOptions(language=language))
    assert "".join(word.text for piece in pieces for word in piece.words) == text
