"""How much has passed: a line at the edge, a bar, or a ring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from phonoscope.scene.document.overlays import Motion, ProgressBar
from phonoscope.scene.overlays.artwork import Content, Part
from phonoscope.scene.overlays.painting import fill, rounded, skia_rect, stroke
from phonoscope.scene.overlays.placing import placed
from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.overlays.stage import OverlayStage

if TYPE_CHECKING:
    import skia

_STEP_PX: Final = 0.125
"""In which the end moves: finer is not seen, and would be drawn again in every frame of a long video."""

_BAR_MARGIN: Final = 0.05
"""Distance of a bar from the edges, of the canvas's shorter side: inside of what every screen shows."""

_RING_WIDTH: Final = 0.14
"""Of a ring's line, of its size."""


@dataclass(frozen=True, slots=True, eq=False)
class ProgressArtwork:
    """A progress bar; see `Artwork`.

    Attributes
    ----------
    begin_s, length_s
        When it begins on the overlay's clock, and how long it takes; one frame less than what it shows, so that the
        first frame shows nothing and the last one all.
    """

    progress: ProgressBar
    box: Rect
    begin_s: float
    length_s: float
    staged: frozenset[Motion] = frozenset()
    mirrored: bool = False

    def content(self, since_s: float, time_s: float) -> Content:
        """See `Artwork`."""
        passed = (time_s - self.begin_s) / self.length_s if self.length_s > 0 else 1.0
        length_px = self.box.width * (math.pi if self.progress.design == "ring" else 1)
        steps = max(1.0, round(length_px / _STEP_PX))
        passed = round(min(max(passed, 0.0), 1.0) * steps) / steps
        paint = _ring if self.progress.design == "ring" else _bar
        return Content(
            passed, (Part(lambda canvas: paint(canvas, self.progress, self.box, passed), self.box.grown(1)),)
        )


def progress_artwork(progress: ProgressBar, span_s: tuple[float, float], stage: OverlayStage) -> ProgressArtwork:
    """Return how a progress bar looks that is seen from the one to the other time of its clock."""
    begin_s, length_s = {
        "video": (-stage.video.start_s, stage.video.length_s),
        "scene": (0.0, stage.scene_length_s),
        "span": (span_s[0], span_s[1] - span_s[0]),
    }[progress.of]
    return ProgressArtwork(progress, _box(progress, stage), begin_s, length_s - float(1 / stage.fps))


def _box(progress: ProgressBar, stage: OverlayStage) -> Rect:
    width_px, height_px = stage.size_px
    if progress.design == "ring":
        side_px = progress.size * stage.short_px
        return placed(progress.place, (side_px, side_px), stage.size_px)
    thick_px = max(2, round(progress.thickness * stage.short_px))
    margin_px = round(_BAR_MARGIN * stage.short_px) if progress.design == "bar" else 0
    top_px = margin_px if progress.edge == "top" else height_px - margin_px - thick_px
    return Rect.of_size(margin_px, top_px, width_px - 2 * margin_px, thick_px)


def _bar(canvas: skia.Canvas, progress: ProgressBar, box: Rect, passed: float) -> None:
    radius_px = box.height / 2 if progress.design == "bar" else 0.0
    filled = Rect(box.left, box.top, box.left + box.width * passed, box.bottom)
    canvas.drawRRect(rounded(box, radius_px), fill(progress.track))
    if passed <= 0:
        return
    canvas.save()
    # Inside of the track's own round ends: a short bar is no squeezed pill.
    canvas.clipRRect(rounded(box, radius_px), doAntiAlias=True)
    if radius_px:
        filled = Rect(filled.left - box.height, filled.top, max(filled.right, box.left + 0.01), filled.bottom)
    canvas.drawRRect(rounded(filled, radius_px), fill(progress.colour))
    canvas.restore()


def _ring(canvas: skia.Canvas, progress: ProgressBar, box: Rect, passed: float) -> None:
    import skia

    line_px = max(2.0, _RING_WIDTH * box.width)
    inner = box.grown(-line_px / 2)
    canvas.drawOval(skia_rect(inner), stroke(progress.track, line_px))
    paint = stroke(progress.colour, line_px)
    if passed >= 1:
        canvas.drawOval(skia_rect(inner), paint)
    elif passed > 0:
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        canvas.drawArc(skia_rect(inner), -90, 360 * passed, False, paint)
