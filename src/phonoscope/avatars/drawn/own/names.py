"""Names of groups and layers, and what they mean.

Three sets are understood, in capital and small letters, with blanks, hyphens or underscores:

ours
    ``eye-left``, ``pupil-left``, ``blink-left``, ``brow-right``, ``mouth``, ``mouth-A`` … The side comes last and is
    the picture's.
Adobe Character Animator's
    ``Left Eye``, ``+Left Pupil``, ``Left Blink``, ``Right Eyebrow``, ``Mouth`` with ``Neutral``, ``Aa``, ``W-Oo`` …
    The side comes first and is the character's: https://helpx.adobe.com/adobe-character-animator/using/prepare-artwork.html
PNGTubers'
    ``mouth-open`` and ``mouth-closed``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from phonoscope.avatars.drawn.puppet import Role, Side

Part = Literal["", "pupil", "shut", "other-view"]


@dataclass(frozen=True, slots=True)
class Tag:
    """What a name says.

    Attributes
    ----------
    role
        What it shows.
    part
        Of an eye: ``pupil``, ``shut`` (the eye's blink), or the rest of it. ``other-view`` is not drawn.
    side
        The picture's.
    told_by
        Whose side the name told: words before the noun tell the character's, words after it the picture's.
    shape
        Of a mouth: its shape's name in lower case, such as ``a``, ``w-oo`` or ``open``; empty for the mouth itself.
    """

    role: Role
    part: Part = ""
    side: Side = ""
    told_by: Literal["", "picture", "character"] = ""
    shape: str = ""


_ROLES = {
    Role.BACKDROP: "background backdrop bg",
    Role.BODY: "body torso chest shoulders neck clothes clothing shirt dress arm arms hand hands legs leg",
    Role.REAR_HAIR: "rear-hair back-hair hair-back hair-behind hair-rear",
    Role.HEAD: "head skull jaw",
    Role.FACE: "face cheek cheeks blush freckles mole scar wrinkles makeup face-marks",
    Role.EARS: "ear ears",
    Role.EARRINGS: "earring earrings",
    Role.NOSE: "nose snout",
    Role.EYE: "eye eyes eye-white eye-whites eyeball eyeballs eyelid eyelids eyelid-top eyelid-bottom "
    "lash lashes eyelash eyelashes",
    Role.BROW: "brow brows eyebrow eyebrows",
    Role.MOUTH: "mouth lips",
    Role.FACIAL_HAIR: "facial-hair beard moustache mustache goatee whiskers",
    Role.HAIR: "hair fringe bangs front-hair hair-front",
    Role.GLASSES: "glasses spectacles sunglasses",
    Role.HAT: "hat cap helmet crown headwear",
}
_TAGS: dict[str, Tag] = {word: Tag(role) for role, names in _ROLES.items() for word in names.split()}
_SHUT = "blink blinks eye-closed eyes-closed closed-eye closed-eyes eye-shut eyes-shut"
_VIEWS = "profile quarter upward downward"
_TAGS |= {word: Tag(Role.EYE, "pupil") for word in ("pupil", "pupils", "iris", "irises")}
_TAGS |= {word: Tag(Role.EYE, "shut") for word in _SHUT.split()}
_TAGS |= {word: Tag(Role.HEAD, "other-view") for word in _VIEWS.split()}

RHUBARB = ("a", "b", "c", "d", "e", "f", "g", "h", "x")
ADOBE = ("neutral", "aa", "ah", "d", "ee", "f", "l", "m", "oh", "r", "s", "uh", "w-oo", "woo", "smile", "surprised")
OPEN = ("open", "talk", "talking", "speaking")
CLOSED = ("closed", "close", "shut", "idle", "silent")
SHAPES = frozenset((*RHUBARB, *ADOBE, *OPEN, *CLOSED))
"""Names of mouth shapes, in lower case."""

NAMES = tuple(sorted(_TAGS))
"""All nouns that are understood."""

_SIDES: dict[str, Literal["left", "right"]] = {"left": "left", "l": "left", "right": "right", "r": "right"}
_OTHER: dict[Side, Side] = {"left": "right", "right": "left", "": ""}


def spelt_out(name: str) -> str:
    """Return a name as its author wrote it: Illustrator writes ``+Left Eye`` as ``_x2B_Left_Eye``."""
    return re.sub(r"_x([0-9A-Fa-f]{2,4})_", lambda found: chr(int(found[1], 16)), name[:120])


def words_of(name: str) -> list[str]:
    """Return a name's words in lower case: ``_x2B_LeftEye_1_`` (as Illustrator writes ``+LeftEye``) is left, eye."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", spelt_out(name)).lower().strip().lstrip("+")
    words = [word for word in re.split(r"[\s_\-./+]+", text) if word]
    while len(words) > 1 and words[-1].isdigit():
        words.pop()
    return words


def read_name(name: str, in_mouth: bool = False) -> Tag | None:
    """Return what a name says; None where it says nothing that is known.

    Parameters
    ----------
    in_mouth
        The name stands within the mouth, where it may be that of a shape.
    """
    words = words_of(name)
    shape = _shape(words, in_mouth)
    if shape:
        return Tag(Role.MOUTH, shape=shape)
    place = next((number for number, word in enumerate(words) if word in _SIDES), None)
    if place is None or len(words) == 1:
        return _TAGS.get("-".join(words))
    tag = _TAGS.get("-".join(words[:place] + words[place + 1 :]))
    if tag is None:
        return None
    side = _SIDES[words[place]]
    if place == 0:
        return replace(tag, side=_OTHER[side], told_by="character")
    return replace(tag, side=side, told_by="picture")


def _shape(words: list[str], in_mouth: bool) -> str:
    """Return the mouth shape that is named; empty where none is."""
    name = "-".join(words)
    if in_mouth and name in SHAPES:
        return name
    named = name.removeprefix("mouth-")
    return named if named != name and named in SHAPES else ""


def other_side(tag: Tag) -> Tag:
    """Return a tag of the other side."""
    return replace(tag, side=_OTHER[tag.side])
