"""Who speaks in a dialogue: ``HOST: Good evening.``

A label stands at the beginning of a line, before a colon. It is a name in capital letters (``HOST``, ``DR. SMITH``,
``GUEST 2``) of at most 30 characters, or one of the names that the caller lists, in any case. Capital letters alone
make a label only in a script that is a dialogue: its first words have one, or two different ones occur. ``NOTE:``,
``WARNING:`` and the like are words to be read. What stands in brackets behind the name is not read; where it is the
name of a stage direction, it is one: ``HOST (smiling):``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from phonoscope.script.sentences import word_set

LONGEST_NAME = 30
"""Most characters of a name; a longer one is a sentence."""

_HEADINGS = word_set(
    "note notes nb n.b. warning caution danger tip tips hint ps p.s. todo faq important attention update breaking news "
    "example summary conclusion title subtitle chapter part step disclaimer spoiler fact myth rule warnings re fyi "
    "urgent reminder quote source question answer pros cons"
)
"""Words that people write in capitals before a colon, and that are no names."""

# Bold or italic as in Markdown is passed over. White space is bounded, so that no line takes long to be refused.
_LABEL = re.compile(
    r"\s*[*_]{0,3}(?P<name>[^\W_][^:：\n\[\]()]{0,39}?)\s{0,4}(?:\((?P<remark>[^()\n]{1,30})\))?\s{0,4}[*_]{0,3}"
    r"\s{0,4}(?::[*_]{0,3}(?=\s|$)|：[*_]{0,3})\s*"
)
_MARKS = re.compile(r"\[[^\[\]\n]{0,60}\]")


class Label(NamedTuple):
    """Who speaks from here on.

    Attributes
    ----------
    remark
        What stands in brackets behind the name, as in ``HOST (laughs):``.
    end
        Where the words begin in the line.
    """

    speaker: str
    remark: str
    end: int


class Labels:
    """Finds labels.

    Parameters
    ----------
    text
        The whole script.
    speakers
        Names that are labels however they are written; a label takes the spelling given here.
    """

    def __init__(self, text: str, speakers: Collection[str] = ()) -> None:
        self._listed = {_plain(name): name.strip() for name in speakers}
        self._capitals = _is_dialogue(text)

    def find(self, line: str) -> Label | None:
        """Return the label at the beginning of a line, None where there is none."""
        match = _LABEL.match(line)
        if match is None:
            return None
        name = " ".join(match["name"].split())
        listed = self._listed.get(_plain(name))
        if listed or (self._capitals and _is_name(name)):
            return Label(listed or name, match["remark"] or "", match.end())
        return None


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _is_name(name: str) -> bool:
    """Tell a name in capital letters from a heading."""
    letters = [c for c in name if c.isalpha()]
    heading = re.sub(r"[\s\d.]+$", "", name.casefold())
    return (
        len(name) <= LONGEST_NAME
        and bool(letters)
        and all(c.isupper() for c in letters)
        and re.fullmatch(r"[\w .'’&/#+-]+", name) is not None
        and not {heading, name.casefold()} & _HEADINGS
    )


def _is_dialogue(text: str) -> bool:
    """Tell whether capital letters before a colon are names here."""
    names: set[str] = set()
    for index, name in enumerate(_names(text)):
        if name:
            names.add(name)
        if len(names) > 1 or (names and not index):
            return True
    return False


def _names(text: str) -> Iterator[str]:
    """Yield the name in capital letters of each line with words, empty where there is none."""
    for line in text.split("\n"):
        match = _LABEL.match(line)
        if match and _is_name(name := " ".join(match["name"].split())):
            yield name
        elif any(map(str.isalnum, _MARKS.sub("", line))):
            yield ""
