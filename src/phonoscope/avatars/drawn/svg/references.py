"""References within an SVG: ``use`` is replaced by what it shows, and what the rest adds up to is counted first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from phonoscope.avatars.drawn.svg.measuring import length
from phonoscope.avatars.drawn.svg.tree import DRAWN, SVG_NAMESPACE, XLINK_NAMESPACE, local_name
from phonoscope.core.errors import InputError

MOST_DRAWN = 20_000
"""Elements that are painted, each as often as it is referred to."""

DEEPEST = 192
"""Groups within groups, through ``use`` as well: everything that walks a tree recurses."""

MOST_CANVASES = 400
"""Groups that are painted apart, for their opacity, mask, clip, blending or filter. Each takes milliseconds."""

MOST_NESTED = 4
"""Masks within masks, patterns within patterns."""

_HREFS = ("href", f"{{{XLINK_NAMESPACE}}}href")
_APART = ("opacity", "mask", "clip-path", "filter", "mix-blend-mode", "isolation")
_REFERENCE = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)", re.IGNORECASE)
_PAINTED_THROUGH = frozenset({"mask", "pattern", "clipPath"})
_SHAPES = DRAWN - {"use"}


def without_uses(root: Element, name: str) -> Element:
    """Return a tree in which each ``use`` is replaced by what it refers to.

    Raises
    ------
    InputError
        Something refers to itself, or it all adds up to too much.
    """
    targets = {element.get("id", ""): element for element in root.iter()}
    return _Inliner(targets, name).copy(root)


class _Inliner:
    """Copies a tree; counts what it copies."""

    def __init__(self, targets: Mapping[str, Element], name: str) -> None:
        self._targets, self._name, self._count, self._depth = targets, name, 0, 0

    def copy(self, element: Element, open_ids: tuple[str, ...] = (), within_clip: bool = False) -> Element:
        """Return a copy of an element with everything in it."""
        self._count += 1
        if self._count > MOST_DRAWN:
            raise _too_much(self._name, f"draws more than {MOST_DRAWN} elements, most of them through <use>")
        if self._depth > DEEPEST:
            raise _too_much(self._name, f"nests groups more than {DEEPEST} deep through <use>")
        self._depth += 1
        twin = self._copied(element, open_ids, within_clip)
        self._depth -= 1
        return twin

    def _copied(self, element: Element, open_ids: tuple[str, ...], within_clip: bool) -> Element:
        if local_name(element) == "use":
            return self._shown(element, open_ids, within_clip)
        twin = Element(element.tag, element.attrib)
        twin.text = element.text
        if open_ids:
            # Only the original keeps its name.
            twin.attrib.pop("id", None)
        within = within_clip or local_name(element) == "clipPath"
        twin.extend([self.copy(child, open_ids, within) for child in element])
        return twin

    def _shown(self, use: Element, open_ids: tuple[str, ...], within_clip: bool) -> Element:
        target_id = next((use.get(key, "") for key in _HREFS if use.get(key)), "").removeprefix("#")
        attributes = {k: v for k, v in use.attrib.items() if k not in {*_HREFS, "x", "y", "width", "height"}}
        group = Element(f"{{{SVG_NAMESPACE}}}g", attributes)
        target = self._targets.get(target_id)
        if not target_id or target is None:
            return group
        if target_id in open_ids:
            raise InputError(f"{self._name}: the <use> of '{target_id[:40]}' refers to itself.", "Unlink its clones.")
        x, y = length(use.get("x")) or 0.0, length(use.get("y")) or 0.0
        moved = f"translate({x:g} {y:g})" if x or y else ""
        shown = self.copy(target, (*open_ids, target_id), within_clip)
        if local_name(target) == "symbol":
            shown.tag = f"{{{SVG_NAMESPACE}}}svg"
            for key in ("width", "height"):
                if use.get(key):
                    shown.set(key, use.get(key, ""))
        if within_clip and local_name(shown) in _SHAPES:
            # A clip holds shapes, and no groups.
            shown.attrib = {**attributes, **shown.attrib}
            _set_transform(shown, use.get("transform", ""), moved, shown.get("transform", ""))
            return shown
        _set_transform(group, use.get("transform", ""), moved)
        group.append(shown)
        return group


def _set_transform(element: Element, *parts: str) -> None:
    whole = " ".join(part for part in parts if part)
    element.attrib.pop("transform", None)
    if whole:
        element.set("transform", whole)


def check_weight(root: Element, name: str) -> None:
    """Refuse a tree whose masks, patterns and clips add up to too much.

    Raises
    ------
    InputError
        They do, or refer to themselves.
    """
    weigher = _Weigher({element.get("id", ""): element for element in root.iter() if element.get("id")}, name)
    drawn, canvases = weigher.weigh(root, ())
    if drawn > MOST_DRAWN:
        raise _too_much(name, f"draws {drawn} elements through masks and patterns")
    if canvases > MOST_CANVASES:
        raise _too_much(name, f"paints {canvases} groups apart, for their opacity, masks, clips and filters")


class _Weigher:
    """Counts what is painted, each as often as it is referred to."""

    def __init__(self, targets: Mapping[str, Element], name: str) -> None:
        self._targets, self._name = targets, name
        self._known: dict[str, tuple[int, int]] = {}

    def weigh(self, element: Element, open_ids: tuple[str, ...]) -> tuple[int, int]:
        """Return (elements painted, groups painted apart)."""
        style = element.get("style", "")
        drawn = int(local_name(element) in DRAWN)
        canvases = int(any(element.get(key) or f"{key}:" in style.replace(" ", "") for key in _APART))
        for child in element:
            if local_name(child) not in _PAINTED_THROUGH:
                more = self.weigh(child, open_ids)
                drawn, canvases = drawn + more[0], canvases + more[1]
        for value in element.attrib.values():
            for target in _REFERENCE.findall(value):
                more = self._through(target, open_ids)
                drawn, canvases = drawn + more[0], canvases + more[1]
        return drawn, canvases

    def _through(self, target: str, open_ids: tuple[str, ...]) -> tuple[int, int]:
        found = self._targets.get(target)
        if found is None or local_name(found) not in _PAINTED_THROUGH:
            return 0, 0
        if target in open_ids:
            raise InputError(
                f"{self._name}: the {local_name(found)} '{target[:40]}' refers to itself.", "Draw it anew."
            )
        if len(open_ids) >= MOST_NESTED:
            raise _too_much(self._name, f"has masks or patterns nested more than {MOST_NESTED} deep")
        if target not in self._known:
            self._known[target] = self.weigh(found, (*open_ids, target))
        return self._known[target]


def _too_much(name: str, what: str) -> InputError:
    return InputError(f"{name} {what}.", "Flatten or simplify it.")
