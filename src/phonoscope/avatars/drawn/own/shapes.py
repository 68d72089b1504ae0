"""Which of somebody's mouth pictures stands for which mouth shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from phonoscope.avatars.drawn.own.names import CLOSED, OPEN, RHUBARB
from phonoscope.avatars.drawn.puppet import MOUTH_SHAPES

ADOBE_SHAPES: Mapping[str, tuple[str, ...]] = {
    "X": ("neutral",),
    "A": ("m",),
    "B": ("s", "ee", "d", "r"),
    "C": ("ee", "uh", "r"),
    "D": ("aa", "ah"),
    "E": ("oh", "uh"),
    "F": ("w-oo", "woo"),
    "G": ("f",),
    "H": ("l", "d"),
}
"""Adobe Character Animator's pictures for our shapes, the best first. ``Smile`` and ``Surprised`` are no speech."""

FALLBACKS: Mapping[str, tuple[str, ...]] = {
    "X": ("A", "B"),
    "A": ("X", "B"),
    "B": ("C", "A", "X"),
    "C": ("D", "E", "B"),
    "D": ("C", "E", "F"),
    "E": ("C", "F", "D"),
    "F": ("E", "C", "B"),
    "G": ("A", "X", "B"),
    "H": ("C", "B", "D"),
}
"""What stands in for a shape that was not drawn, the best first. Rhubarb Lip Sync documents those of G, H and X, the
only ones that may be missing there: https://github.com/DanielSWolf/rhubarb-lip-sync#mouth-shapes"""

FLAP = {**dict.fromkeys("XABG", "closed"), **dict.fromkeys("CDEFH", "open")}
"""A mouth of two pictures is open for vowels and shut for consonants, so that it beats with the syllables. The narrow
"ee" is shut with its consonants: else whole sentences without p, b, m are one open mouth."""

_NOT_RHUBARB = {name for names in ADOBE_SHAPES.values() for name in names} - set(RHUBARB) | {"smile", "surprised"}


def naming_of(names: Iterable[str]) -> str:
    """Return whose names these shapes have: ``Adobe``, ``Rhubarb`` or ``PNGTuber``; empty where there are too few."""
    known = set(names)
    if known & set(OPEN) and known & set(CLOSED):
        return "PNGTuber"
    if known & _NOT_RHUBARB:
        # D and F are letters of both.
        return "Adobe" if len(known - {"smile", "surprised"}) > 1 else ""
    return "Rhubarb" if len(known & set(RHUBARB)) > 1 else ""


def choose_pictures(names: Iterable[str]) -> dict[str, str]:
    """Return which of the pictures stands for each mouth shape; empty where they are too few to speak.

    Parameters
    ----------
    names
        Of mouth pictures, in lower case.
    """
    known = set(names)
    naming = naming_of(known)
    if naming == "PNGTuber":
        found = {"open": next(n for n in OPEN if n in known), "closed": next(n for n in CLOSED if n in known)}
        return {shape: found[state] for shape, state in FLAP.items()}
    if naming == "Adobe":
        drawn = {shape: next((n for n in wanted if n in known), "") for shape, wanted in ADOBE_SHAPES.items()}
    else:
        drawn = {shape: shape.lower() if shape.lower() in known else "" for shape in MOUTH_SHAPES}
    return {shape: _stand_in(shape, drawn) for shape in MOUTH_SHAPES} if naming else {}


def _stand_in(shape: str, drawn: Mapping[str, str]) -> str:
    candidates = (shape, *FALLBACKS[shape], *MOUTH_SHAPES)
    return next(drawn[candidate] for candidate in candidates if drawn[candidate])
