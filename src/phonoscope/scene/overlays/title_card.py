"""Title cards: a title and a line below it over the whole canvas, in five designs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from phonoscope.scene.document.model import rgba_of
from phonoscope.scene.document.overlays import Motion, TitleCard
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
from phonoscope.scene.overlays.painting import fill, is_light, skia_colour, skia_rect, stroke
from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.overlays.stage import OverlayStage

_SUBTITLE_SIZE: Final = 0.4
"""Size of the subtitle's letters, of the title's."""

_SMALLEST_SUBTITLE: Final = 0.036
"""Size of the subtitle's letters at least, of the canvas's shorter side."""

_WIDTH: Final = 0.84
"""Most width of the text, of the canvas's."""

_ASIDE: Final = {"framed": 0.1, "left": 0.07}
"""What designs need beside the text, of the canvas's width."""

_HEIGHT: Final = 0.6
"""Most height of the title, of the canvas's."""

_BIG: Final = 2.2
"""How much larger than asked the ``big`` design makes a short title at most."""

_SHADOW: Final = 0.75
"""Strength of the text's shadow on the picture itself; a dense backdrop needs none."""

_PANES: Final = ("#0000004d", "#ffffff4d")
"""Of light and of dark text, within a frame that stands on the picture itself."""

_DENSE: Final = 140
"""Alpha, 0 to 255, from which a backdrop is dense."""

_TITLE_CUE, _RULE_CUE, _SUBTITLE_CUE = Cue(0.0, 0.8), Cue(0.12, 0.9, "spread"), Cue(0.2, 1.0)
_STAGED: Final[frozenset[Motion]] = frozenset(
    {"slide-left", "slide-right", "slide-up", "slide-down", "zoom", "pop", "wipe", "rise"}
)


@dataclass(frozen=True, slots=True, eq=False)
class _Texts:
    """Both texts, how strong their shadows are, and the title's size, in pixels."""

    title: Lettering
    subtitle: Lettering | None
    shadow: float
    mirrored: bool

    @property
    def unit_px(self) -> float:
        """Size of the title's letters."""
        return self.title.look.size_px

    @property
    def width_px(self) -> float:
        """Of the wider text."""
        return max(self.title.width_px, self.subtitle.width_px if self.subtitle else 0.0)

    def height_px(self, gap_px: float) -> float:
        """Return the height of both texts with a gap between them."""
        return self.title.height_px + (gap_px + self.subtitle.height_px if self.subtitle else 0.0)


def title_artwork(card: TitleCard, stage: OverlayStage) -> StillArtwork:
    """Return how a title card looks."""
    width_px, height_px = stage.size_px
    texts = _set(card, stage)
    box, parts = _DESIGNS[card.design](card, texts, stage)
    if texts.shadow and card.design != "framed":
        parts = (scrim_part(box, texts.unit_px, card.colour), *parts)
    if card.backdrop is not None:
        backdrop = _pane(Rect(0, 0, width_px, height_px), card.backdrop, Cue(0.0, 0.6, "fade"))
        parts = (backdrop, *parts)
    return StillArtwork(box, parts, _STAGED, texts.mirrored)


def _set(card: TitleCard, stage: OverlayStage) -> _Texts:
    """Set both texts."""
    width_px, height_px = stage.size_px
    mirrored = is_right_to_left(card.title, stage.language)
    look = LetterLook(card.size * stage.short_px, card.colour, 700, font=stage.family(card.font), line_height=1.12)
    if card.design != "left":
        look = replace(look, align="centre")
    width = _WIDTH - _ASIDE.get(card.design, 0.0)
    room = Room(width * width_px, _HEIGHT * height_px)
    title = (
        _set_big(card, look, room, stage)
        if card.design == "big"
        else fit_text(card.title or " ", look, room, stage.language)
    )
    subtitle = None
    if card.subtitle.strip():
        small_px = max(_SUBTITLE_SIZE * min(title.look.size_px, look.size_px), _SMALLEST_SUBTITLE * stage.short_px)
        small = replace(
            look,
            size_px=small_px,
            weight=400,
            line_height=1.3,
            colour=card.accent if card.design == "big" else card.colour,
        )
        subtitle = fit_text(card.subtitle, small, replace(room, height_px=0.25 * height_px), stage.language)
    dense = card.backdrop is not None and rgba_of(card.backdrop)[3] >= _DENSE
    return _Texts(title, subtitle, 0.0 if dense else _SHADOW, mirrored)


def _set_big(card: TitleCard, look: LetterLook, room: Room, stage: OverlayStage) -> Lettering:
    """Set a title as large as it can be, within reason."""
    look = replace(look, line_height=1.02)
    once = fit_text(card.title or " ", look, room, stage.language)
    if len(once.layout.lines) > 1:
        return fit_text(card.title, look.scaled(1.35), room, stage.language)
    larger = min(_BIG, room.width_px / max(once.width_px, 1.0), room.height_px / max(once.height_px, 1.0))
    return fit_text(card.title or " ", look.scaled(max(1.0, larger * 0.995)), room, stage.language)


def _stacked(texts: _Texts, stage: OverlayStage, gap_px: float) -> tuple[Rect, Part, Part | None]:
    """Return both texts in the middle of the canvas, one below the other, and the box around them."""
    width_px, height_px = stage.size_px
    high = texts.height_px(gap_px)
    top = (height_px - high) / 2
    box = Rect.of_size((width_px - texts.width_px) / 2, top, texts.width_px, high)
    title = text_part(texts.title, (width_px - texts.title.width_px) / 2, top, texts.shadow)
    if texts.subtitle is None:
        return box, replace(title, cue=_TITLE_CUE), None
    left, below = (width_px - texts.subtitle.width_px) / 2, top + texts.title.height_px + gap_px
    subtitle = text_part(texts.subtitle, left, below, texts.shadow)
    return box, replace(title, cue=_TITLE_CUE), replace(subtitle, cue=_SUBTITLE_CUE)


def _some(*parts: Part | None) -> tuple[Part, ...]:
    return tuple(part for part in parts if part is not None)


def _centre(card: TitleCard, texts: _Texts, stage: OverlayStage) -> tuple[Rect, tuple[Part, ...]]:
    """Title and subtitle in the middle."""
    box, title, subtitle = _stacked(texts, stage, 0.5 * texts.unit_px)
    return box, _some(title, subtitle)


def _underline(card: TitleCard, texts: _Texts, stage: OverlayStage) -> tuple[Rect, tuple[Part, ...]]:
    """A line of the accent between title and subtitle."""
    unit = texts.unit_px
    thick, above, below = max(2.0, round(0.075 * unit)), 0.42 * unit, 0.46 * unit
    box, title, subtitle = _stacked(texts, stage, above + thick + below)
    middle = stage.size_px[0] / 2
    half = round(min(max(0.28 * texts.title.width_px, 0.9 * unit), 2.2 * unit))
    top = round(box.top + texts.title.height_px + above)
    rule = Rect(round(middle) - half, top, round(middle) + half, top + thick)
    return box.union(rule), _some(title, _bar(rule, card.accent, _RULE_CUE), subtitle)


def _framed(card: TitleCard, texts: _Texts, stage: OverlayStage) -> tuple[Rect, tuple[Part, ...]]:
    """A frame of the accent around both."""
    unit = texts.unit_px
    box, title, subtitle = _stacked(texts, stage, 0.5 * unit)
    line_px = max(2.0, round(0.06 * unit))
    width_px, height_px = stage.size_px
    across = min(0.85 * unit, (width_px - box.width) / 2 - line_px - 0.03 * stage.short_px)
    down = min(0.75 * unit, (height_px - box.height) / 2 - line_px - 0.03 * stage.short_px)
    outer = Rect(
        round(box.left - across), round(box.top - down), round(box.right + across), round(box.bottom + down)
    )  # fmt: skip
    line = outer.grown(-line_px / 2)
    paint = stroke(card.accent, line_px)
    frame = Part(lambda canvas: canvas.drawRect(skia_rect(line), paint), outer.grown(line_px), Cue(0.0, 0.85, "spread"))
    if not texts.shadow:
        return outer, _some(frame, title, subtitle)
    pane = _pane(outer, _PANES[0 if is_light(card.colour) else 1], Cue(0.0, 0.7, "fade"))
    return outer, _some(pane, frame, title, subtitle)


def _big(card: TitleCard, texts: _Texts, stage: OverlayStage) -> tuple[Rect, tuple[Part, ...]]:
    """A title as wide as the canvas lets it be, and a subtitle of the accent."""
    box, title, subtitle = _stacked(texts, stage, max(0.4 * texts.unit_px, 0.045 * stage.short_px))
    return box, _some(title, subtitle)


def _left(card: TitleCard, texts: _Texts, stage: OverlayStage) -> tuple[Rect, tuple[Part, ...]]:
    """Both at the side where reading begins, behind a bar of the accent."""
    width_px, height_px = stage.size_px
    unit = texts.unit_px
    thick, gap = max(2.0, round(0.11 * unit)), 0.45 * unit
    high = texts.height_px(0.5 * unit)
    top, margin = (height_px - high) / 2, round((1 - _WIDTH) / 2 * width_px)
    reach = round(0.08 * unit)
    side = width_px - margin - thick if texts.mirrored else margin
    bar = Rect(side, round(top) - reach, side + thick, round(top + high) + reach)

    def at(lettering: Lettering, y: float) -> Part:
        x = bar.left - gap - lettering.width_px if texts.mirrored else bar.right + gap
        return text_part(lettering, x, y, texts.shadow)

    title = replace(at(texts.title, top), cue=_TITLE_CUE)
    box = Rect.of_size(bar.left, top, thick + gap + texts.width_px, high)
    if texts.mirrored:
        box = Rect(bar.right - thick - gap - texts.width_px, top, bar.right, top + high)
    subtitle = None
    if texts.subtitle is not None:
        subtitle = replace(at(texts.subtitle, top + texts.title.height_px + 0.5 * unit), cue=_SUBTITLE_CUE)
    return box, _some(_bar(bar, card.accent, Cue(0.0, 0.6, "rise")), title, subtitle)


def _bar(rect: Rect, colour: str, cue: Cue) -> Part:
    paint = fill(colour)
    return Part(lambda canvas: canvas.drawRect(skia_rect(rect), paint), rect, cue)


def _pane(rect: Rect, colour: str, cue: Cue) -> Part:
    """Return a surface of one colour."""
    import skia

    edges = skia_rect(rect)

    def paint(canvas: skia.Canvas, opacity: float = 1.0) -> None:
        canvas.drawRect(edges, skia.Paint(AntiAlias=False, Color=skia_colour(colour, opacity)))

    return Part(paint, rect, cue, faded=paint)


_DESIGNS: Final[dict[str, Callable[[TitleCard, _Texts, OverlayStage], tuple[Rect, tuple[Part, ...]]]]] = {
    "centre": _centre, "left": _left, "underline": _underline, "framed": _framed, "big": _big,
}  # fmt: skip
