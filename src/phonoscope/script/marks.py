"""Marks in plain text that tell the face what to do: ``[nod]``, ``[look left]``, ``[happy]``, ``[sad 50%]``."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache

from phonoscope.core.errors import ScriptError
from phonoscope.core.script import EXPRESSIONS, GESTURES, Direction
from phonoscope.script.sentences import word_set

STRONGEST = 1.5
"""Most strength of a direction; more is a slip (``[sad 50]`` for 50 %)."""

EXPRESSION_S = 0.8
GESTURE_S = {"laugh": 1.6, "shake": 1.3, "nod": 1.1, "tilt": 1.4, "wink": 0.7, "blink": 0.6, "smile": 1.3}
OTHER_GESTURE_S = 1.1
"""Time that a direction needs where it has no words to play on: until the motion is seen to be over."""

NEAR = 0.8
"""Likeness (0 to 1) from which on an unknown mark with the same first letter is taken for a slip."""

DIRECTIONS = (*EXPRESSIONS, *GESTURES)

_ALIASES = {
    "nods": "nod", "nodding": "nod", "shakes head": "shake", "shake head": "shake", "shaking head": "shake",
    "tilt head": "tilt", "tilts head": "tilt", "head tilt": "tilt", "smiles": "smile", "smiling": "smile",
    "laughs": "laugh", "laughing": "laugh", "laughter": "laugh", "winks": "wink", "winking": "wink",
    "blinks": "blink", "frowns": "frown", "frowning": "frown", "raise brow": "raise brows",
    "raise eyebrows": "raise brows", "raises eyebrows": "raise brows", "raise eyebrow": "raise brows",
    "raises brows": "raise brows", "brows up": "raise brows", "looks left": "look left",
    "looks right": "look right", "looks up": "look up", "looks down": "look down", "looks away": "look away",
    "surprise": "surprised",
}  # fmt: skip
"""Other forms of the names, as people write them in scripts."""

# Words of their own, however near to a mark they are.
_WORDS = word_set(
    "node nodes blank black share shared snake shape still title tile till will brown crown sand said send laugher "
    "haply hoppy claim clam cam came anger mile frowned smiled nodded laughed winked blinked excite excites"
)
_MARK = re.compile(r"\[\s*([^\W\d_][^\[\]\n]{0,39}?)\s*\]")
_STRENGTH = re.compile(r"(.*?)[\s:=]+([\d.,]+)\s*(%?)", re.DOTALL)
_UNCLOSED = re.compile(r"\[\s*([^\W\d_][^\[\]\n]{0,29}?)\s*$")


def find_marks(line: str, number: int) -> list[tuple[int, int, Direction]]:
    """Return (start, end, direction) of the marks in a line; other brackets are text.

    Parameters
    ----------
    number
        The line's number, for messages.

    Raises
    ------
    ScriptError
        A mark that is nearly one, with a strength that cannot be, or that is never closed.
    """
    found = []
    for mark in _MARK.finditer(line):
        direction = _direction(mark, number)
        if direction is not None:
            found.append((mark.start(), mark.end(), direction))
    unclosed = _UNCLOSED.search(line)
    if unclosed and _known(unclosed[1]):
        raise _error(f"The mark “{unclosed[0].strip()}” at {{}} is never closed.", "Add ].", unclosed, number)
    return found


def playing_s(directions: list[Direction]) -> float:
    """Return the time that directions need where no words are spoken."""
    return max(EXPRESSION_S if d.name in EXPRESSIONS else GESTURE_S.get(d.name, OTHER_GESTURE_S) for d in directions)


def known_name(text: str) -> str | None:
    """Return the direction that is meant by a name in any spelling, or None.

    Examples
    --------
    >>> known_name("Look_Left"), known_name("nods"), known_name("sic")
    ('look left', 'nod', None)
    """
    plain = re.sub(r"[\s_\-]+", " ", text).strip().casefold()
    plain = _ALIASES.get(plain, plain)
    return plain if plain in DIRECTIONS else None


def _known(text: str) -> bool:
    return known_name(text) is not None


def _direction(mark: re.Match[str], number: int) -> Direction | None:
    """Return what a mark means, None where it is text."""
    with_strength = _STRENGTH.fullmatch(mark[1])
    name = with_strength[1] if with_strength else mark[1]
    known = known_name(name)
    if known is None:
        _refuse_slip(name, mark, number)
        return None
    return Direction(known, _strength(with_strength, mark, number) if with_strength else 1.0)


def _strength(found: re.Match[str], mark: re.Match[str], number: int) -> float:
    """Return the strength that a mark asks for."""
    try:
        strength = float(found[2].replace(",", ".")) / (100 if found[3] else 1)
    except ValueError:
        strength = -1.0
    if not 0 <= strength <= STRONGEST:
        raise _error(
            f"The mark “{mark[0]}” at {{}} has a strength that is not between 0 and {STRONGEST:g}.",
            f"Write [{known_name(found[1])} 0.5] or [{known_name(found[1])} 50%]; 1 is natural.",
            mark,
            number,
        )
    return strength


def _refuse_slip(name: str, mark: re.Match[str], number: int) -> None:
    """Refuse what was surely meant as a mark."""
    plain = re.sub(r"[\s_\-]+", " ", name).strip().casefold()
    if plain in _WORDS or len(plain) < 3:
        return
    meant = _nearest(plain)
    if meant:
        raise _error(
            f"The mark “{mark[0]}” at {{}} is not known.",
            f"Did you mean [{meant}]? If it is to be read aloud, write it without brackets.",
            mark,
            number,
        )


@lru_cache(maxsize=4096)
def _nearest(plain: str) -> str:
    """Return the direction for which an unknown name is surely a slip, or an empty text."""
    names = (*DIRECTIONS, *_ALIASES)
    like = [name for name in names if name[0] == plain[0] and abs(len(name) - len(plain)) <= 2]
    near = difflib.get_close_matches(plain, like, n=1, cutoff=NEAR)
    return _ALIASES.get(near[0], near[0]) if near else ""


def _error(message: str, remedy: str, mark: re.Match[str], number: int) -> ScriptError:
    column = mark.start() + 1
    return ScriptError(message.format(f"line {number} column {column}"), remedy, number, column)
