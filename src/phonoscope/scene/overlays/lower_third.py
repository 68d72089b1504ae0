"""Lower thirds: a name and what its bearer is, in five designs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from phonoscope.scene.document.overlays import Animation, LowerThird, Motion
from phonoscope.scene.document.places import Corner, Place
from phonoscope.scene.overlays.artwork import Cue, Part, StillArtwork
from phonoscope.scene.overlays.lettering import (
    Lettering,
    LetterLook,
    Room,
    fit_text,
    is_right_to_left,
    scrim_part,
    text_part,
)
from phonoscope.scene.overlays.painting import Painter, fill, readable_on
from phonoscope.scene.overlays.placing import placed
from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.overlays.stage import OverlayStage

_ROLE_SIZE: Final = 0.62
"""Size of the role's letters, of the name's: the golden section."""

_SMALLEST_ROLE: Final = 0.45
"""The same where a long name has become small, of its asked size."""

_WIDEST_ACROSS: Final = 0.62
"""Most width of the text, of the canvas's, where the canvas is broader than high: the rest is the speaker's."""

_SLANT: Final = 0.32
"""How far the end of a ribbon leans, of its height."""

_SHADOW: Final = 0.7
"""Strength of the shadow of text that stands on the picture itself."""

_SLIDES: Final[frozenset[Motion]] = frozenset({"slide-left", "slide-right", "slide-up", "slide-down"})

_ACCENT_CUE = Cue(0.0, 0.55, "grow")
_PANEL_CUE = Cue(0.08, 0.78, "grow")
_SECOND_PANEL_CUE = Cue(0.22, 0.88, "grow")

_OPPOSITE: Final[dict[Motion, Motion]] = {"slide-left": "slide-right", "slide-right": "slide-left"}


@dataclass(frozen=True, slots=True)
class _Panel:
    """A piece of the design behind the text.

    Attributes
    ----------
    rect
        In pixels from the lower third's upper left corner, in a design that is read from left to right.
    slanted
        Its end leans.
    to_edge
        It begins at the edge of the canvas, where the lower third stands beside that.
    """

    rect: Rect
    colour: str
    cue: Cue
    slanted: bool = False
    to_edge: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """A design for texts of a size; read from left to right.

    Attributes
    ----------
    name, role
        Upper left corners of the texts, and the panels (their places in the list) that they stand on.
    """

    width_px: float
    height_px: float
    panels: tuple[_Panel, ...]
    name: tuple[float, float]
    role: tuple[float, float]
    name_on: int | None = None
    role_on: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Texts:
    """What a design is made for: the texts, and `unit_px`, the size of the name's letters."""

    name: Lettering
    role: Lettering | None
    unit_px: float

    @property
    def width_px(self) -> float:
        """Of the wider text."""
        return max(self.name.width_px, self.role.width_px if self.role else 0.0)

    def below(self, gap: float) -> float:
        """Return the height of the role with a gap above it, in units; 0 without a role."""
        return self.role.height_px + gap * self.unit_px if self.role else 0.0


def lower_third_artwork(third: LowerThird, stage: OverlayStage) -> StillArtwork:
    """Return how a lower third looks."""
    mirrored = is_right_to_left(third.name, stage.language)
    texts = _set(third, stage)
    plan = _DESIGNS[third.design](third, texts)
    box = placed(_place(third, mirrored), (plan.width_px, plan.height_px), stage.size_px)
    rects = [_settled(panel, plan, box, mirrored, stage) for panel in plan.panels]
    parts = [
        Part(_panel_painter(panel, rect, mirrored), rect.grown(1), _cue(panel, rect, stage))
        for panel, rect in zip(plan.panels, rects, strict=True)
    ]
    if plan.name_on is None:
        parts.insert(0, scrim_part(box, texts.unit_px, third.colour))
    for lettering, corner, on, begin in (
        (texts.name, plan.name, plan.name_on, 0.25),
        (texts.role, plan.role, plan.role_on, 0.38),
    ):
        if lettering is None:
            continue
        left = box.right - corner[0] - lettering.width_px if mirrored else box.left + corner[0]
        part = text_part(lettering, left, box.top + corner[1], shadow=0.0 if on is not None else _SHADOW)
        cue = Cue(begin, min(1.0, begin + 0.62), "drift", 1.2 * texts.unit_px)
        parts.append(replace(part, cue=cue, mask=None if on is None else rects[on]))
    return StillArtwork(box, tuple(parts), _SLIDES, mirrored)


def third_animations(third: LowerThird, stage: OverlayStage) -> tuple[Animation, Animation]:
    """Return how a lower third comes and goes: from its own side, unless the document says otherwise."""
    enter, leave = third.enter, third.exit
    if is_right_to_left(third.name, stage.language) and "place" not in third.model_fields_set:
        if "enter" not in third.model_fields_set:
            enter = enter.model_copy(update={"kind": _OPPOSITE[enter.kind]})
        if "exit" not in third.model_fields_set:
            leave = leave.model_copy(update={"kind": _OPPOSITE[leave.kind]})
    return enter, leave


def _place(third: LowerThird, mirrored: bool) -> Place:
    """Return where it stands: on the right for what is read from the right, unless the document says otherwise."""
    if mirrored and "place" not in third.model_fields_set:
        corner: Corner = "bottom-right"
        return third.place.model_copy(update={"at": corner})
    return third.place


def _set(third: LowerThird, stage: OverlayStage) -> _Texts:
    """Set both texts in the room that there is."""
    width_px, height_px = stage.size_px
    unit_px = third.size * stage.short_px
    margin_px = max(third.place.margin, 0.03) * stage.short_px
    most_px = width_px - 2 * margin_px - 2.2 * unit_px
    if width_px > height_px:
        most_px = min(most_px, _WIDEST_ACROSS * width_px)
    room = Room(max(most_px, 2.0), 0.3 * height_px, 2)
    look = LetterLook(unit_px, third.colour, font=stage.family(third.font), line_height=1.12)
    name = fit_text(third.name or " ", look, room, stage.language)
    if not third.role:
        return _Texts(name, None, name.look.size_px)
    colour = third.colour
    if third.design == "box":
        colour = readable_on(third.accent, third.colour)
    small = replace(
        look,
        size_px=max(_ROLE_SIZE * name.look.size_px, _SMALLEST_ROLE * unit_px),
        weight=400,
        colour=colour,
        line_height=1.25,
    )
    return _Texts(name, fit_text(third.role, small, room, stage.language), name.look.size_px)


def _bar(third: LowerThird, texts: _Texts) -> _Plan:
    """A dark panel, with a bar of the accent before it."""
    unit = texts.unit_px
    bar, across, down = max(2.0, round(0.16 * unit)), 0.62 * unit, 0.58 * unit
    width = bar + 2.15 * across + texts.width_px
    height = 2 * down + texts.name.height_px + texts.below(0.46)
    panels = (
        _Panel(Rect(bar, 0, width, height), third.box, _PANEL_CUE),
        _Panel(Rect(0, 0, bar, height), third.accent, _ACCENT_CUE),
    )
    left = bar + across
    role = (left, down + texts.name.height_px + 0.46 * unit)
    return _Plan(width, height, panels, (left, down), role, 0, 0)


def _box(third: LowerThird, texts: _Texts) -> _Plan:
    """Two blocks: the name on dark, the role on the accent below."""
    unit = texts.unit_px
    across, down, small = 0.6 * unit, 0.52 * unit, 0.36 * unit
    first = Rect(0, 0, 2 * across + texts.name.width_px, round(2 * down + texts.name.height_px))
    panels = [_Panel(first, third.box, _PANEL_CUE)]
    if texts.role:
        second = Rect(
            0, first.bottom, 2 * across + texts.role.width_px, first.bottom + round(texts.below(0) + 2 * small)
        )
        panels.append(_Panel(second, third.accent, _SECOND_PANEL_CUE))
    width = max(panel.rect.right for panel in panels)
    role = (across, first.bottom + small)
    return _Plan(width, panels[-1].rect.bottom, tuple(panels), (across, down), role, 0, 1)


def _line(third: LowerThird, texts: _Texts) -> _Plan:
    """A line of the accent between name and role, on the picture itself."""
    unit = texts.unit_px
    thick, gap = max(2.0, round(0.085 * unit)), 0.38 * unit
    top = round(texts.name.height_px + gap)
    panels = (_Panel(Rect(0, top, texts.width_px, top + thick), third.accent, _PANEL_CUE),)
    height = top + thick + texts.below(0.4)
    return _Plan(texts.width_px, height, panels, (0, 0), (0, top + thick + 0.4 * unit))


def _ribbon(third: LowerThird, texts: _Texts) -> _Plan:
    """Strips with leaning ends, from the edge of the canvas."""
    unit = texts.unit_px
    across, down, small = 0.5 * unit, 0.5 * unit, 0.34 * unit
    high = round(2 * down + texts.name.height_px)
    first = Rect(0, 0, across + texts.name.width_px + 0.55 * unit + _SLANT * high, high)
    panels = [_Panel(first, third.accent, _PANEL_CUE, slanted=True, to_edge=True)]
    if texts.role:
        low = round(texts.below(0) + 2 * small)
        second = Rect(0, high, across + texts.role.width_px + 0.5 * unit + _SLANT * low, high + low)
        panels.append(_Panel(second, third.box, _SECOND_PANEL_CUE, slanted=True, to_edge=True))
    width = max(panel.rect.right for panel in panels)
    return _Plan(width, panels[-1].rect.bottom, tuple(panels), (across, down), (across, high + small), 0, 1)


def _minimal(third: LowerThird, texts: _Texts) -> _Plan:
    """A short dash of the accent above the texts, on the picture itself."""
    unit = texts.unit_px
    thick = max(2.0, round(0.1 * unit))
    top = round(thick + 0.42 * unit)
    panels = (_Panel(Rect(0, 0, round(1.1 * unit), thick), third.accent, _ACCENT_CUE),)
    height = top + texts.name.height_px + texts.below(0.42)
    return _Plan(texts.width_px, height, panels, (0, top), (0, top + texts.name.height_px + 0.42 * unit))


_DESIGNS: Final[dict[str, Callable[[LowerThird, _Texts], _Plan]]] = {
    "bar": _bar, "box": _box, "line": _line, "ribbon": _ribbon, "minimal": _minimal,
}  # fmt: skip


def _settled(panel: _Panel, plan: _Plan, box: Rect, mirrored: bool, stage: OverlayStage) -> Rect:
    """Return where a panel lies on the canvas."""
    rect = panel.rect
    if mirrored:
        rect = replace(rect, left=plan.width_px - rect.right, right=plan.width_px - rect.left)
    rect = Rect(*(round(edge) for edge in (rect.left, rect.top, rect.right, rect.bottom))).moved(box.left, box.top)
    width_px = stage.size_px[0]
    near_px = 0.12 * width_px
    if panel.to_edge and not mirrored and box.left <= near_px:
        rect = replace(rect, left=min(0.0, rect.left))
    if panel.to_edge and mirrored and box.right >= width_px - near_px:
        rect = replace(rect, right=max(float(width_px), rect.right))
    return rect


def _cue(panel: _Panel, rect: Rect, stage: OverlayStage) -> Cue:
    """Return how a panel moves: one that reaches to the edge of the canvas slides in from there, end ahead."""
    if panel.to_edge and (rect.left <= 0 or rect.right >= stage.size_px[0]):
        return replace(panel.cue, manner="follow")
    return panel.cue


def _panel_painter(panel: _Panel, rect: Rect, mirrored: bool) -> Painter:
    import skia

    paint = fill(panel.colour)
    if not panel.slanted:
        return lambda canvas: canvas.drawRect(skia.Rect.MakeLTRB(rect.left, rect.top, rect.right, rect.bottom), paint)
    lean = _SLANT * rect.height
    if mirrored:
        points = [
            (rect.left, rect.bottom),
            (rect.left + lean, rect.top),
            (rect.right, rect.top),
            (rect.right, rect.bottom),
        ]
    else:
        points = [
            (rect.left, rect.top),
            (rect.right, rect.top),
            (rect.right - lean, rect.bottom),
            (rect.left, rect.bottom),
        ]
    path = skia.Path.Polygon([skia.Point(*point) for point in points], True)
    return lambda canvas: canvas.drawPath(path, paint)
