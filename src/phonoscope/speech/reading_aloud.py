"""What espeak-ng reads badly, respelled: quotation marks, typewriter emphasis, dates, sums of money."""

from __future__ import annotations

import re
from collections.abc import Iterator

# As many spaces as characters, so that positions stay:
_SILENT = re.compile(
    r"""[\[\]]                        # "[[" would begin phoneme mnemonics
    | ["“”„«»‹›「」『』]              # "!" before a quotation mark would be read as "exclamation"
    | [*_~`|\\^](?!\s*\d)             # "*really*", not "2 * 3"
    | (?<=\b[A-Z])\.(?=\s+\w)         # the full stop of "U.S. Army" would end the sentence
    | (?<=\b\d{4})-(?=\d\d-\d\d\b) | (?<=\b\d{4}-\d\d)-(?=\d\d\b)   # "2024-05-01" would be read with dashes
    """,
    re.VERBOSE,
)

_MONEY = re.compile(
    r"(?P<sign>[$€£])\s?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d{1,2}))?"
    r"(?P<scale> [mbtr]+illion)?(?![\w,.]*\d)"
)

_UNITS = {"$": "dollar", "€": "euro", "£": "pound"}


def respell(text: str, language: str) -> Iterator[tuple[str, int, bool]]:
    """Yield (spoken, where in the text, stands for the same characters) for the parts of a text.

    Parameters
    ----------
    text
        As written.
    language
        BCP-47 language of the voice; sums of money are respelled in English only.
    """
    done = 0
    if language.lower().startswith("en"):
        for match in _MONEY.finditer(text):
            yield _silence(text, done, match.start()), done, True
            yield _money(match), match.start(), False
            done = match.end()
    yield _silence(text, done, len(text)), done, True


def _silence(text: str, start: int, end: int) -> str:
    """Return a part of the text with what must not be read replaced by spaces."""
    return _SILENT.sub(" ", text[start:end])


def _money(match: re.Match[str]) -> str:
    """Return "$3.50" as it is said: 3 dollars 50."""
    unit = _UNITS[match["sign"]]
    whole = match["whole"].replace(",", "")
    scale = match["scale"] or ""
    if scale:
        return f"{whole}{'.' + match['part'] if match['part'] else ''}{scale} {unit}s"
    part = match["part"] if match["part"] and match["part"] != "00" else ""
    return f"{whole} {unit}{'' if whole == '1' else 's'}{' ' + part if part else ''}"
