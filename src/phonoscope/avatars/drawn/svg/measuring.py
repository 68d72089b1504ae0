"""Lengths in SVGs, and the part of the plane that one shows."""

from __future__ import annotations

import math
import re
from xml.etree.ElementTree import Element

from phonoscope.core.errors import InputError

LARGEST = 1e6
"""Longest side of a drawing in its own units; renderers lose their footing far beyond."""

LONGEST_SHAPE = 8.0
"""A drawing is at most so many times as long as wide."""

_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*([a-z]*)\s*")


def length(text: str | None) -> float | None:
    """Read an absolute length in pixels; None for a share, for nothing, and for what cannot be read.

    https://www.w3.org/TR/SVG11/types.html#DataTypeLength
    """
    found = _LENGTH.fullmatch((text or "").lower())
    if found is None or found[2] not in _UNITS:
        return None
    return float(found[1]) * _UNITS[found[2]]


FARTHEST = 1e7
"""Largest number in the geometry of a drawing. Renderers fail at far larger ones."""

_GEOMETRY = frozenset(
    {"d", "points", "transform", "gradientTransform", "patternTransform", "x", "y", "width", "height", "r", "rx", "ry",
     "cx", "cy", "x1", "y1", "x2", "y2", "fx", "fy", "stroke-width", "stroke-miterlimit", "style"}
)  # fmt: skip
_PERHAPS_LARGE = re.compile(r"\d[eE]\+?\d|\d{8}")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def check_numbers(root: Element, name: str) -> None:
    """Refuse a drawing with points or sizes far beyond any page.

    Raises
    ------
    InputError
        It has one; the message tells where.
    """
    for element in root.iter():
        for key, value in element.attrib.items():
            if key not in _GEOMETRY or not _PERHAPS_LARGE.search(value):
                continue
            for number in _NUMBER.findall(value):
                if abs(float(number)) > FARTHEST:
                    which = f'<{str(element.tag).rpartition("}")[2][:20]} id="{element.get("id", "")[:40]}">'
                    raise InputError(
                        f"{name}: {which} has the number {number[:20]} in '{key}', far beyond any page.",
                        "Mend or delete that shape.",
                    )


def view_box(root: Element, name: str) -> tuple[float, float, float, float]:
    """Return x, y, width, height of what a drawing shows, in its own units.

    Raises
    ------
    InputError
        It tells none, or an impossible one.
    """
    given = root.get("viewBox")
    if given is not None:
        numbers = [length(part) for part in re.split(r"[\s,]+", given.strip())]
        known = [number for number in numbers if number is not None]
        if len(numbers) != 4 or len(known) != 4:
            raise InputError(f'{name} has viewBox="{given[:60]}", which is not four numbers.', _SET)
        x, y, width, height = known
    else:
        found = length(root.get("width")), length(root.get("height"))
        if found[0] is None or found[1] is None:
            raise InputError(f"{name} has no viewBox, and no width and height in pixels.", _SET)
        x, y, width, height = 0.0, 0.0, found[0], found[1]
    if not all(math.isfinite(number) and abs(number) <= LARGEST for number in (x, y, width, height)):
        raise InputError(f"{name} is larger than {LARGEST:.0f} units ({width:g} x {height:g}).", _SET)
    if width <= 0 or height <= 0:
        raise InputError(f"{name} has no size: its page is {width:g} x {height:g}.", _SET)
    if max(width / height, height / width) > LONGEST_SHAPE:
        raise InputError(f"{name} is a strip of {width:g} x {height:g}.", _SET)
    return x, y, width, height


_SET = 'Fit the page to the character, so that the drawing begins with something like <svg viewBox="0 0 1000 1000">.'
