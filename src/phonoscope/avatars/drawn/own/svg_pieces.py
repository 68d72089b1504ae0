"""Somebody's SVG, taken into pieces by the names of its groups."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from fontTools.misc.transform import Transform

from phonoscope.avatars.drawn.own.names import Tag, read_name, spelt_out
from phonoscope.avatars.drawn.own.paint import Paints
from phonoscope.avatars.drawn.own.pieces import OwnDrawing, Piece, Stroke, with_true_sides
from phonoscope.avatars.drawn.own.trial import draw_on_trial
from phonoscope.avatars.drawn.puppet import Role
from phonoscope.avatars.drawn.svg.cleaning import INKSCAPE
from phonoscope.avatars.drawn.svg.rasterising import View, rasterise
from phonoscope.avatars.drawn.svg.reading import LIMIT_BYTES, read_svg
from phonoscope.avatars.drawn.svg.tree import UNDRAWN, keep_only, local_name, parse_transform, walk_drawn
from phonoscope.core.errors import InputError

AROUND = 0.15
"""How far beyond its page the drawing is looked at, as a share of the page: heads move."""

BELOW = 0.985
"""Share of the page's height that is shown of a character with a body: breath must not bare its cut edge."""

MOST_PIECES = 160
"""Pieces that are drawn apart."""

MOST_UNNAMED = 60
"""Groups without a name that are drawn one by one, to tell what they lie on; more than that go together."""

MOST_EYE_MARKS = 40
"""Elements of all eyes that are drawn one by one, to tell pupils from whites."""

NAMES = (f"{INKSCAPE}label", "data-name", "id")
"""Attributes that may hold a name: Inkscape's, Illustrator's, everybody's."""


@dataclass(frozen=True, slots=True, eq=False)
class _Mark:
    """One drawn element: its ancestors with itself, what it shows, and by which name."""

    chain: tuple[Element, ...]
    tag: Tag | None
    name: str
    hidden: bool
    inside: Transform


def read_own_svg(path: Path, size_px: tuple[int, int]) -> OwnDrawing:
    """Read an SVG file, and take it into pieces.

    Raises
    ------
    InputError
        It cannot be read, or not safely.
    """
    name = f"'{path}'"
    safe = read_svg(_content(path), name)
    marks = tuple(_marks(safe.root))
    shown = tuple(mark for mark in marks if not mark.hidden and not (mark.tag and mark.tag.part == "other-view"))
    if not shown:
        left_out = f" Left out: {'; '.join(safe.removed)}." if safe.removed else ""
        raise InputError(f"{name} draws nothing that is used.{left_out}", "Give a drawing with visible shapes.")
    _unhide(shown)
    view = _view(safe.box, size_px, any(mark.tag and mark.tag.role is Role.BODY for mark in shown))
    window = _window(safe.box, view)
    draw_on_trial(keep_only(safe.root, {id(mark.chain[-1]) for mark in shown}), name)
    paints = Paints(safe.root)
    notes = [f"Left out: {what}." for what in safe.removed]
    pieces = []
    for run in _runs(shown):
        sprite = rasterise(keep_only(safe.root, {id(mark.chain[-1]) for mark in run}), view, window)
        if sprite is not None:
            pieces.append(Piece(run[0].name, run[0].tag, sprite, _stroke(run, paints, view, max(sprite.size_px))))
        if len(pieces) > MOST_PIECES:
            raise InputError(f"{name} falls into more than {MOST_PIECES} pieces.", "Join groups that move together.")
    return OwnDrawing(
        pieces=with_true_sides(tuple(pieces), notes.append),
        size_px=size_px,
        to_px=(view.scale, view.x_px, view.y_px),
        names=group_names(safe.root),
        notes=tuple(notes),
    )


def group_names(root: Element) -> tuple[str, ...]:
    """Return the names of all groups and shapes of a drawing, in its order."""
    names = []
    for element in root.iter():
        if element is not root and local_name(element) not in UNDRAWN:
            names.append(next((element.get(key, "") for key in NAMES if element.get(key)), ""))
    return tuple(dict.fromkeys(spelt_out(name) for name in names if name))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise InputError(f"Cannot read '{path}': {error.strerror or error}.", "Check its name and rights.") from error


def _marks(root: Element) -> Iterator[_Mark]:
    for element, ancestors, inside in walk_drawn(root):
        chain = (*ancestors[1:], element)
        tag, name = None, ""
        for group in chain:
            found = _named(group, in_mouth=tag is not None and tag.role is Role.MOUTH)
            if found is not None and not (tag and tag.part == "other-view"):
                tag, name = _within(tag, found[0]), found[1]
        forced = tag is not None and (tag.shape != "" or tag.part == "shut")
        hidden = any(_is_hidden(group) for group in chain) and not forced
        yield _Mark(chain, tag, name, hidden, inside.transform(parse_transform(element.get("transform", ""))))


def _within(outer: Tag | None, tag: Tag) -> Tag:
    """Return a tag with the side of the group around it, where it tells none itself."""
    if outer is None or tag.side or outer.role is not tag.role:
        return tag
    return replace(tag, side=outer.side, told_by=outer.told_by)


def _named(element: Element, in_mouth: bool) -> tuple[Tag, str] | None:
    for key in NAMES:
        name = element.get(key, "")
        tag = read_name(name, in_mouth) if name else None
        if tag is not None:
            return tag, spelt_out(name)
    return None


def _is_hidden(element: Element) -> bool:
    return element.get("display") == "none" or "display:none" in element.get("style", "").replace(" ", "")


def _unhide(marks: tuple[_Mark, ...]) -> None:
    """Show pictures of mouths and shut eyes that their author hid: they are drawn apart."""
    for mark in marks:
        for group in mark.chain:
            if _is_hidden(group):
                group.attrib.pop("display", None)
                parts = group.get("style", "").split(";")
                group.set("style", ";".join(p for p in parts if p.replace(" ", "") != "display:none"))


def _runs(marks: tuple[_Mark, ...]) -> Iterator[tuple[_Mark, ...]]:
    """Yield stretches of marks that are one piece: painted one after the other, and showing the same."""
    apart = sum(_is_open_eye(mark) for mark in marks) <= MOST_EYE_MARKS
    single = len({id(mark.chain[0]) for mark in marks if mark.tag is None}) <= MOST_UNNAMED
    run: list[_Mark] = []
    for mark in marks:
        another = mark.tag is None and single and run and mark.chain[0] is not run[-1].chain[0]
        if run and (mark.tag != run[-1].tag or another or (apart and _is_open_eye(mark))):
            yield tuple(run)
            run = []
        run.append(mark)
    if run:
        yield tuple(run)


def _is_open_eye(mark: _Mark) -> bool:
    return mark.tag is not None and mark.tag.role is Role.EYE and mark.tag.part == ""


def _stroke(run: tuple[_Mark, ...], paints: Paints, view: View, widest_px: float) -> Stroke | None:
    """Return the widest line among the marks of a mouth or an eye."""
    if run[0].tag is None or run[0].tag.role not in {Role.MOUTH, Role.EYE}:
        return None
    found = []
    for mark in run:
        line = paints.line(mark.chain)
        if line is not None:
            xx, xy, yx, yy = mark.inside[:4]
            width_px = view.scale * line[1] * math.sqrt(abs(xx * yy - xy * yx))
            # What is wider than its picture is no line, and nor is what was never a number.
            if 0 < width_px <= widest_px:
                found.append(Stroke(line[0], width_px))
    return max(found, key=lambda stroke: stroke.width_px, default=None)


def _view(box: tuple[float, float, float, float], size_px: tuple[int, int], stands: bool) -> View:
    """Return how the page lies on the canvas: whole, in the middle; with a body standing on the lower edge."""
    x, y, width, height = box
    height *= BELOW if stands else 1.0
    scale = min(size_px[0] / width, size_px[1] / height)
    spare_px = size_px[1] - scale * height
    top_px = spare_px if stands else spare_px / 2
    return View(scale, (size_px[0] - scale * width) / 2 - scale * x, top_px - scale * y)


def _window(box: tuple[float, float, float, float], view: View) -> tuple[int, int, int, int]:
    x, y, width, height = box
    x0, y0 = view.place((x - AROUND * width, y - AROUND * height))
    x1, y1 = view.place((x + (1 + AROUND) * width, y + (1 + AROUND) * height))
    return int(x0), int(y0), int(x1), int(y1)
