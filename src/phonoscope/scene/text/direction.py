"""Which way a paragraph runs."""

from __future__ import annotations

import unicodedata
from typing import Final

_RTL_LANGUAGES: Final = {"ar", "fa", "ur", "he", "iw", "yi", "ps", "sd", "ug", "dv", "ckb", "ks", "azb", "pnb"}

ISOLATE_RTL: Final = "\u2067"
END_OF_ISOLATE: Final = "\u2069"


def runs_right_to_left(text: str, language: str) -> bool:
    """Tell whether a paragraph runs from right to left.

    By its first letter that has a direction (rule P2 of Unicode's bidirectional algorithm); in a language written from
    right to left also where it only begins with a foreign word.
    """
    directions = [unicodedata.bidirectional(letter) for letter in text]
    strong = [direction in ("R", "AL") for direction in directions if direction in ("L", "R", "AL")]
    if not strong:
        return False
    return strong[0] or (language.lower().partition("-")[0] in _RTL_LANGUAGES and any(strong))
