"""Moments of a scene: in seconds, from its end, as a share of it, or at a spoken word.

2.5          two and a half seconds after the scene begins
"end-1.5"    a second and a half before it ends
"50%"        half way through
"word:price" when the word is first said; "word:price#2" the second time; "word:price+0.3" a little later
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

_SECONDS = re.compile(r"\d{1,5}(?:\.\d{1,6})?s?")
_SHARE = re.compile(r"(?P<share>\d{1,3}(?:\.\d{1,4})?)%(?:(?P<offset>[+-]\d{1,5}(?:\.\d{1,6})?)s?)?")
_END = re.compile(r"end(?:(?P<offset>[+-]\d{1,5}(?:\.\d{1,6})?)s?)?")
_WORD = re.compile(
    r"word:(?P<word>[^#]+?)(?P<last>\.end)?(?:#(?P<occurrence>[1-9]\d{0,3}))?(?:(?P<offset>[+-]\d{1,5}(?:\.\d{1,6})?)s?)?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a scene, before its length is known.

    Attributes
    ----------
    kind
        What `offset_s` counts from: the ``start`` of the scene, its ``end``, a ``share`` of it, or a ``word``.
    offset_s
        Seconds after that; negative before.
    share
        0 to 1, for ``share``.
    word, occurrence
        What is said, and how often until then, counted from 1, for ``word``.
    at_end
        The word's end is meant, not its beginning.
    """

    kind: Literal["start", "end", "share", "word"]
    offset_s: float = 0.0
    share: float = 0.0
    word: str = ""
    occurrence: int = 1
    at_end: bool = False


def parse_moment(given: float | str) -> Moment:
    """Read a moment as documents write it.

    Raises
    ------
    ValueError
        It is none.
    """
    text = str(given).strip()
    if _SECONDS.fullmatch(text):
        return Moment("start", float(text.rstrip("s")))
    if found := _END.fullmatch(text):
        return Moment("end", float(found["offset"] or 0))
    if (found := _SHARE.fullmatch(text)) and float(found["share"]) <= 100:
        return Moment("share", float(found["offset"] or 0), share=float(found["share"]) / 100)
    if found := _WORD.fullmatch(text):
        return Moment(
            "word",
            float(found["offset"] or 0),
            word=found["word"].strip(),
            occurrence=int(found["occurrence"] or 1),
            at_end=found["last"] is not None,
        )
    near = f' Did you mean "word:{text[:40]}"?' if text[:1].isalpha() else ""
    raise ValueError(
        f'\'{text[:40]}\' is no moment.{near}; write seconds such as 2.5, "end-1.5", "50%" or "word:price"'
    )


def _as_text(given: Any) -> Any:
    if not isinstance(given, int | float) or isinstance(given, bool):
        return given
    return f"{given:.6f}".rstrip("0").rstrip(".")


def _checked(text: str) -> str:
    parse_moment(text)
    return text


Anchor = Annotated[
    str,
    Field(
        max_length=120,
        description='Seconds from the scene\'s start, "end-1.5", "50%", or "word:price" when that word is said.',
        json_schema_extra={"type": ["number", "string"], "format": "moment"},
    ),
    BeforeValidator(_as_text),
    AfterValidator(_checked),
]
