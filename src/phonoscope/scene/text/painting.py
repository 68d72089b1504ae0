"""Paints lines of text: shadow, outline, letters."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from phonoscope.scene.text.paragraphs import UNLIMITED_PX, build
from phonoscope.scene.text.shadows import CastShadow
from phonoscope.scene.text.spans import Span
from phonoscope.scene.text.style import Rgb, Run, RunLook, TextStyle

if TYPE_CHECKING:
    import skia

_KEPT_PARAGRAPHS: Final = 64
"""Of one text in different colours; one for each word of a line that lights up, and its outline."""

_USUAL: Final = RunLook()

Ink = tuple[Rgb, float] | None
"""Colour and opacity of a run, or nothing."""


@dataclass(frozen=True, slots=True)
class PaintedLine:
    """A line, and where its paragraph's top left corner lies in the layout."""

    spans: tuple[Span, ...]
    left_px: float
    top_px: float


class Painting:
    """Paints a layout; keeps what it painted last.

    Parameters
    ----------
    middles_px
        Of each run: what it is scaled about.
    bounds_px
        Left, top, right and bottom of outlines and letters, in the layout.
    """

    def __init__(
        self,
        lines: tuple[PaintedLine, ...],
        runs: tuple[Run, ...],
        style: TextStyle,
        middles_px: tuple[tuple[float, float], ...],
        bounds_px: tuple[float, float, float, float],
    ) -> None:
        self._lines, self._runs, self._style = lines, runs, style
        self._middles, self._bounds = middles_px, bounds_px
        self._paragraphs: OrderedDict[object, Any] = OrderedDict()
        self._shadow = CastShadow(bounds_px)

    def paint(self, canvas: skia.Canvas, x_px: float, y_px: float, looks: Mapping[int, RunLook]) -> None:
        """Paint all lines; see `TextLayout.paint`."""
        import skia

        looks = {run: look for run, look in looks.items() if 0 <= run < len(self._runs)}
        canvas.save()
        canvas.translate(x_px, y_px)
        if self._style.opacity < 1:
            canvas.saveLayer(None, skia.Paint(Alphaf=max(0.0, self._style.opacity)))
        if self._style.shadow is not None:
            # Without their colours, which the library tells in how it smooths letters: whichever was lit first.
            plain = {run: replace(look, rgb=None, outline_rgb=None) for run, look in looks.items()}
            self._shadow.paint(canvas, self._style.shadow, _silhouette(plain), lambda on: self._paint_all(on, plain))
        self._paint_all(canvas, looks)
        if self._style.opacity < 1:
            canvas.restore()
        canvas.restore()

    def _paint_all(self, canvas: skia.Canvas, looks: Mapping[int, RunLook]) -> None:
        """Paint outlines and letters: first those in their places, then those that are elsewhere."""
        moved = [run for run, look in looks.items() if _is_moved(look)]
        self._paint_plain(canvas, dict(looks) | {run: RunLook(opacity=0) for run in moved})
        for run in moved:
            self._paint_moved(canvas, run, looks[run])

    def _rect(self) -> skia.Rect:
        import skia

        return skia.Rect.MakeLTRB(*self._bounds)

    def _paint_plain(self, canvas: skia.Canvas, looks: Mapping[int, RunLook]) -> None:
        """Paint all runs where they stand: outlines first, so that none covers the letters beside it."""
        if self._style.outline_px > 0:
            inks = [self._outline(number, looks.get(number, _USUAL)) for number in range(len(self._runs))]
            self._paint_lines(canvas, inks, self._style.outline_px)
        inks = [self._ink(number, looks.get(number, _USUAL)) for number in range(len(self._runs))]
        self._paint_lines(canvas, inks, 0.0)

    def _paint_moved(self, canvas: skia.Canvas, run: int, look: RunLook) -> None:
        """Paint one run, larger, smaller, fainter or elsewhere."""
        middle_x, middle_y = self._middles[run]
        canvas.save()
        canvas.translate(middle_x + look.right_px, middle_y + look.down_px)
        canvas.scale(look.scale, look.scale)
        canvas.translate(-middle_x, -middle_y)
        if 0 < look.opacity < 1:
            # Outline and letters fade together.
            canvas.saveLayer(self._rect(), _fading(look.opacity))
        else:
            canvas.save()
        only = {other: RunLook(opacity=0) for other in range(len(self._runs)) if other != run}
        self._paint_plain(canvas, only | {run: RunLook(look.rgb, look.outline_rgb)})
        canvas.restore()
        canvas.restore()

    def _paint_lines(self, canvas: skia.Canvas, inks: Sequence[Ink], stroke_px: float) -> None:
        for number, line in enumerate(self._lines):
            of_spans = tuple(inks[span.run] for span in line.spans)
            if any(ink is not None for ink in of_spans):
                self._paragraph(number, of_spans, stroke_px).paint(canvas, line.left_px, line.top_px)

    def _paragraph(self, number: int, inks: tuple[Ink, ...], stroke_px: float) -> Any:
        """Return a line's paragraph in the spans' colours."""
        key = number, inks, stroke_px
        if key in self._paragraphs:
            self._paragraphs.move_to_end(key)
            return self._paragraphs[key]
        paints = [None if ink is None else _paint(ink, stroke_px) for ink in inks]
        paragraph = build(self._lines[number].spans, paints, self._style.language)
        paragraph.layout(UNLIMITED_PX)
        self._paragraphs[key] = paragraph
        if len(self._paragraphs) > _KEPT_PARAGRAPHS:
            self._paragraphs.popitem(last=False)
        return paragraph

    def _ink(self, number: int, look: RunLook) -> Ink:
        run = self._runs[number]
        opacity = look.opacity * (1.0 if run.opacity is None else run.opacity)
        return (look.rgb or run.rgb or self._style.rgb, opacity) if opacity > 0 else None

    def _outline(self, number: int, look: RunLook) -> Ink:
        run = self._runs[number]
        opacity = look.opacity * (1.0 if run.opacity is None else run.opacity)
        return (look.outline_rgb or run.outline_rgb or self._style.outline_rgb, opacity) if opacity > 0 else None


def _silhouette(plain: Mapping[int, RunLook]) -> Hashable:
    """Return what tells shadows apart: looks without colours, where they are not the usual ones."""
    return frozenset((run, look) for run, look in plain.items() if look != _USUAL)


def _is_moved(look: RunLook) -> bool:
    """Tell whether a run must be painted by itself."""
    return look.opacity > 0 and (look.scale != 1 or look.right_px != 0 or look.down_px != 0 or look.opacity < 1)


def _colour(rgb: Rgb, opacity: float) -> int:
    import skia

    return int(skia.ColorSetARGB(round(255 * max(0.0, min(1.0, opacity))), *rgb))


def _fading(opacity: float) -> skia.Paint:
    import skia

    return skia.Paint(Alphaf=opacity)


def _paint(ink: tuple[Rgb, float], stroke_px: float) -> skia.Paint:
    """Return a paint for letters, or for the outline around them."""
    import skia

    paint = skia.Paint(AntiAlias=True, Color=_colour(*ink))
    if stroke_px:
        paint.setStyle(skia.Paint.kStroke_Style)
        # Half of the stroke lies under the letter.
        paint.setStrokeWidth(2 * stroke_px)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint
