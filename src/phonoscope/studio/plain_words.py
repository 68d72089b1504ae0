"""What the engine says of the command line, told to somebody who has the page before them."""

from __future__ import annotations

import re
from typing import Final

_CHARACTER: Final = "Choose a character in the step Picture."
_VOICE: Final = "Choose one from the list of voices."

WORDS: Final = {
    "avatar": _CHARACTER,
    "avatars": _CHARACTER,
    "fonts": "Choose one from the list of fonts.",
    "music": "Choose one from the list.",
    "templates": "Choose one in the step Look.",
    "voices": _VOICE,
    "crop": "Crop and straighten it in the step Picture.",
    "mark": "If it has a mouth that should speak, mark it: “Mark the mouth” in the step Picture.",
}
"""By the command that a sentence speaks of: the page's own sentence."""

_OPTION: Final = re.compile(r", for example --[\w-]+ [\w-]+")
"""An option as an example; the page has a field for it."""

_SENTENCE: Final = re.compile(
    rf"(?:[^.!?]|[.!?](?=\w))*\bphonoscope ({'|'.join(WORDS)})\b(?:[^.!?]|[.!?](?=\w))*[.!?]?"
)


def in_plain_words(text: str) -> str:
    """Return what the engine says without commands: each sentence that names one says where it is on the page."""

    def told(found: re.Match[str]) -> str:
        before, semicolon, _ = found[0].rpartition(";")
        kept = f"{before}. " if semicolon else " " if found[0].startswith(" ") else ""
        return kept + WORDS[found[1]]

    return _OPTION.sub("", _SENTENCE.sub(told, text))
