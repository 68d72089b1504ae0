"""Filters of a stranger's SVG: shadows and soft edges stay, all that could take minutes goes."""

from __future__ import annotations

import math
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from phonoscope.avatars.drawn.svg.measuring import length
from phonoscope.avatars.drawn.svg.tree import SVG_NAMESPACE, local_name

HARMLESS = frozenset(
    {"feGaussianBlur", "feOffset", "feFlood", "feBlend", "feMerge", "feComposite", "feColorMatrix", "feDropShadow",
     "feComponentTransfer"}
)  # fmt: skip
"""Their cost is a few passes over their region. Turbulence, convolution and morphology take minutes where asked to."""

MOST_STEPS = 12
"""Primitives of a filter."""

WIDEST_BLUR = 0.08
"""Widest blur, as a share of the drawing's longer side."""

REGION = {"x": (-1.0, 0.0), "y": (-1.0, 0.0), "width": (0.0, 3.0), "height": (0.0, 3.0)}
"""What a filter's region may be in boxes of what it is put on."""

_LENGTHS = ("stdDeviation", "dx", "dy")


def tame_filter(element: Element, box: tuple[float, float, float, float], note: Callable[[str], None]) -> None:
    """Keep a filter as it is, or make it one that does nothing; a region that is too large becomes the usual one."""
    steps = [local_name(step) for step in element if isinstance(step.tag, str)]
    widest = WIDEST_BLUR * max(box[2:])
    wild = [name for name in steps if name not in HARMLESS]
    wild += [local_name(step) for step in element if isinstance(step.tag, str) and _reach(step) > widest]
    if wild or len(steps) > MOST_STEPS or any(key.endswith("href") for key in element.attrib):
        note(f"a filter with {wild[0][:40]}" if wild else "a filter")
        _do_nothing(element)
        return
    for key, (least, most) in REGION.items():
        given = element.get(key)
        if given is not None and not least <= _share(given, element, box, key) <= most:
            for name in REGION:
                element.attrib.pop(name, None)
            element.attrib.pop("filterUnits", None)
            note("the huge region of a filter")
            break
    for step in element.iter():
        for key in list(step.attrib):
            if key.endswith("href") or "url(" in step.attrib[key].lower() or key.lower().startswith("on"):
                del step.attrib[key]
        for key in REGION if step is not element else ():
            step.attrib.pop(key, None)


def _reach(step: Element) -> float:
    """Return the widest blur or shift of a primitive; infinite for one that cannot be told."""
    numbers = []
    for key in _LENGTHS:
        numbers += [length(part) for part in step.get(key, "").replace(",", " ").split()]
    known = [abs(number) for number in numbers if number is not None and math.isfinite(number)]
    return max(known, default=0.0) if len(known) == len(numbers) else math.inf


def _share(given: str, element: Element, box: tuple[float, float, float, float], key: str) -> float:
    """Return a side of the region in boxes; not a number where it cannot be told, which fits nowhere."""
    if given.strip().endswith("%"):
        number = length(given.strip()[:-1])
        return math.nan if number is None else number / 100
    number = length(given)
    if number is None:
        return math.nan
    if element.get("filterUnits") != "userSpaceOnUse":
        return number
    start, side = (box[0], box[2]) if key in {"x", "width"} else (box[1], box[3])
    return (number - start if key in {"x", "y"} else number) / side


def _do_nothing(element: Element) -> None:
    """Leave a filter that shows what it is put on: without it, renderers leave that out."""
    identifier = element.get("id", "")
    element.clear()
    element.set("id", identifier)
    SubElement(element, f"{{{SVG_NAMESPACE}}}feOffset", {"dx": "0", "dy": "0"})
