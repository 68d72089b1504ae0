"""What a character's drawing consists of, in the order of painting, and which role each piece plays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from fontTools.misc.transform import Transform

from phonoscope.avatars.drawn.puppet import Role
from phonoscope.avatars.drawn.styles.definitions import PART, VARIANT
from phonoscope.avatars.drawn.styles.rigs import StyleRig
from phonoscope.avatars.drawn.svg.tree import parse_transform, walk_drawn


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One drawn element.

    Attributes
    ----------
    element
        In the character's tree.
    part
        The innermost component that it belongs to; empty outside components.
    inside
        Maps the part's coordinates to the style's canvas.
    role
        What it shows.
    blends
        Its colours depend on what is painted below it.
    """

    element: Element
    part: str
    inside: Transform
    role: Role
    blends: bool = False


def read_marks(root: Element, rig: StyleRig) -> tuple[Mark, ...]:
    """Return everything that is painted, in order, with its role."""
    marks, head_seen, number = [], False, 0
    for element, ancestors, _ in walk_drawn(root):
        groups = [a for a in ancestors if a.get(PART)]
        part = groups[-1].get(PART, "") if groups else ""
        variant = groups[-1].get(VARIANT, "") if groups else ""
        role = rig.roles.get(f"{part}.{variant}", rig.roles.get(part, rig.roles.get(_outer(groups), Role.HEAD)))
        if not part:
            role = rig.roots.get(number, rig.roles.get("", Role.HEAD))
            number += 1
        blends = any("mix-blend-mode" in each.get("style", "") for each in (element, *ancestors))
        marks.append(Mark(element, part, _coordinates(ancestors, groups[-1] if groups else None), role, blends))
        head_seen = head_seen or role is Role.HEAD
    return tuple(_behind_the_head(marks)) if head_seen else tuple(marks)


def runs(marks: tuple[Mark, ...]) -> Iterator[tuple[Mark, ...]]:
    """Yield stretches of marks that are painted one after the other and move alike."""
    run: list[Mark] = []
    for mark in marks:
        if run and _kind(mark) != _kind(run[-1]):
            yield tuple(run)
            run = []
        run.append(mark)
    if run:
        yield tuple(run)


def _kind(mark: Mark) -> tuple[Role, str]:
    """Marks of the same kind are one layer. Those of the face are told apart by their component."""
    apart = mark.role in {Role.EYE, Role.BROW, Role.MOUTH, Role.FACE}
    return mark.role, mark.part if apart else ""


def _behind_the_head(marks: list[Mark]) -> Iterator[Mark]:
    """Hair that is painted before the head lies behind it."""
    first = next(number for number, mark in enumerate(marks) if mark.role is Role.HEAD)
    for number, mark in enumerate(marks):
        yield replace(mark, role=Role.REAR_HAIR) if number < first and mark.role is Role.HAIR else mark


def _outer(groups: list[Element]) -> str:
    """Return the component around the innermost one: components without a role of their own go with it."""
    return groups[-2].get(PART, "") if len(groups) > 1 else ""


def _coordinates(ancestors: tuple[Element, ...], part: Element | None) -> Transform:
    """Return what maps a part's coordinates to the canvas; that of the canvas itself where there is no part."""
    whole = Transform()
    if part is None:
        return whole
    for ancestor in ancestors:
        whole = whole.transform(parse_transform(ancestor.get("transform", "")))
        if ancestor is part:
            break
    return whole
