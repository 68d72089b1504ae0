"""Lines of an SVG's elements, as far as attributes and simple style sheets tell them."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from phonoscope.avatars.drawn.puppet import Colour
from phonoscope.avatars.drawn.svg.measuring import length
from phonoscope.avatars.drawn.svg.tree import local_name

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_RGB = re.compile(r"rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)")
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")


class Paints:
    """Tells what paints an element. Style sheets are read as far as drawing programs write them: ``.cls-1{…}``."""

    def __init__(self, root: Element) -> None:
        self._classes: dict[str, dict[str, str]] = {}
        for element in root.iter():
            if local_name(element) == "style":
                for selectors, body in _RULE.findall(element.text or ""):
                    for selector in selectors.split(","):
                        known = self._classes.setdefault(selector.strip().removeprefix("."), {})
                        known.update(_declarations(body))

    def line(self, chain: tuple[Element, ...]) -> tuple[Colour, float] | None:
        """Return colour and width of an element's line, in its own units; None where it has none.

        Parameters
        ----------
        chain
            The element's ancestors from the outside, and the element itself.
        """
        stroke, width = "none", "1"
        for element in chain:
            told = self._told(element)
            stroke, width = told.get("stroke", stroke), told.get("stroke-width", width)
        colour = read_paint(stroke)
        units = length(width)
        return None if colour is None or not units else (colour, units)

    def _told(self, element: Element) -> dict[str, str]:
        told = {key: element.get(key, "") for key in ("stroke", "stroke-width") if element.get(key)}
        for name in element.get("class", "").split():
            told.update(self._classes.get(name, {}))
        told.update(_declarations(element.get("style", "")))
        return told


def _declarations(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";"))
    return {key.strip(): value.strip() for key, _, value in pairs if key.strip() in {"stroke", "stroke-width"}}


def read_paint(text: str) -> Colour | None:
    """Read a colour of SVG; None for no paint, gradients, and names other than black and white."""
    text = text.strip().lower()
    text = {"black": "#000000", "white": "#ffffff"}.get(text, text)
    found = _RGB.fullmatch(text)
    if found:
        red, green, blue = (min(int(number), 255) for number in found.groups())
        return red, green, blue
    found = _HEX.fullmatch(text)
    if not found:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
