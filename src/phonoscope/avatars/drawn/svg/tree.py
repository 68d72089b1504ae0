"""An SVG as a tree of elements, and the positions in it."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from fontTools.misc.transform import Identity, Transform

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
XLINK_NAMESPACE = "http://www.w3.org/1999/xlink"

DRAWN = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "image", "use"})
"""Elements that leave marks; all others hold or describe them."""

UNDRAWN = frozenset(
    {"defs", "clipPath", "mask", "linearGradient", "radialGradient", "pattern", "filter", "metadata", "title", "desc",
     "style", "symbol", "marker"}
)  # fmt: skip
"""Elements whose content is not painted where it stands."""

_CALL = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def parse_transform(text: str) -> Transform:
    """Read a ``transform`` attribute; unknown or broken calls count as none.

    https://www.w3.org/TR/SVG11/coords.html#TransformAttribute
    """
    whole = Identity
    for call in _CALL.finditer(text):
        numbers = [float(number) for number in _NUMBER.findall(call[2])]
        step = _transform(call[1], numbers)
        if step is not None:
            whole = whole.transform(step)
    return whole


def _transform(name: str, numbers: list[float]) -> Transform | None:
    first, *rest = numbers or [0.0]
    if name == "matrix":
        return Transform(*numbers) if len(numbers) == 6 else None
    if name == "translate":
        return Identity.translate(first, rest[0] if rest else 0.0)
    if name == "scale":
        return Identity.scale(first, rest[0] if rest else first)
    if name == "rotate":
        x, y = rest if len(rest) == 2 else (0.0, 0.0)
        return Identity.translate(x, y).rotate(math.radians(first)).translate(-x, -y)
    angle = math.radians(first)
    return Identity.skew(angle, 0.0) if name == "skewX" else Identity.skew(0.0, angle)


def walk_drawn(root: Element, inside: Transform = Identity) -> Iterator[tuple[Element, tuple[Element, ...], Transform]]:
    """Yield everything that is painted, in order: the element, its ancestors from the root, and where its parent lies.

    The transform maps the parent's coordinates (with the parent's own transform) to the root's.
    """
    yield from _walk(root, (), inside)


def _walk(
    element: Element, ancestors: tuple[Element, ...], inside: Transform
) -> Iterator[tuple[Element, tuple[Element, ...], Transform]]:
    name = local_name(element)
    if name in UNDRAWN:
        return
    if name in DRAWN:
        yield element, ancestors, inside
        return
    own = inside.transform(parse_transform(element.get("transform", "")))
    for child in element:
        yield from _walk(child, (*ancestors, element), own)


def keep_only(root: Element, kept: set[int]) -> Element:
    """Return a copy of the tree in which only the drawn elements with these ids (`id()` of the originals) are left."""
    twin = Element(root.tag, root.attrib)
    twin.text = root.text
    for child in root:
        name = local_name(child)
        if name in UNDRAWN or id(child) in kept:
            twin.append(copy.deepcopy(child))
        elif name not in DRAWN:
            inner = keep_only(child, kept)
            if len(inner):
                twin.append(inner)
    return twin


def to_text(root: Element) -> str:
    """Return the tree as SVG text."""
    return tostring(root, encoding="unicode")
