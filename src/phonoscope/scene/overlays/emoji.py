"""Emoji as stickers, and how they wiggle."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from phonoscope.core.frames import Box
from phonoscope.scene.document.overlays import Emoji
from phonoscope.scene.drawing.rasterising import rasterise
from phonoscope.scene.overlays.artwork import Part, StillArtwork
from phonoscope.scene.overlays.placing import placed
from phonoscope.scene.overlays.poses import Pose
from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.overlays.stage import OverlayStage
from phonoscope.scene.text import TextLayout, TextStyle, lay_out

_MEASURED_PX: Final = 128
"""Size in which an emoji is drawn to find what it covers."""

_LARGEST_PX: Final = 3000
"""Largest size in which an emoji is drawn: larger than a 4K canvas is high."""

_FLOAT_S, _PULSE_S, _SHAKE_S, _SPIN_S = 2.8, 1.2, 1.8, 4.0
"""Periods of the wiggles."""

_FLOAT: Final = 0.07
"""How far ``float`` goes up and down, of the emoji's size."""

_PULSE: Final = 0.09
"""How much larger ``pulse`` makes it."""

_SHAKE_DEG: Final = 11.0
_SHAKES: Final = 3.0
"""Turns to and fro within the first half of each of ``shake``'s periods; it rests in the second."""


def emoji_artwork(emoji: Emoji, stage: OverlayStage) -> StillArtwork:
    """Return how an emoji looks: as large as asked on its longer side, without the room that fonts leave around."""
    layout = lay_out(emoji.emoji, TextStyle(size_px=_MEASURED_PX, language=stage.language), 1e6)
    ink = _covered(layout)
    side_px = emoji.size * stage.short_px
    # What is no emoji, such as a full stop, is not enlarged beyond measure.
    factor = min(side_px / max(ink.width, ink.height, 1.0), 4 * side_px / _MEASURED_PX, _LARGEST_PX / _MEASURED_PX)
    factor = max(factor, 1 / _MEASURED_PX)
    drawn = lay_out(emoji.emoji, TextStyle(size_px=_MEASURED_PX * factor, language=stage.language), 1e6)
    box = placed(emoji.place, (ink.width * factor, ink.height * factor), stage.size_px)
    x, y = box.left - ink.left * factor, box.top - ink.top * factor
    return StillArtwork(box, (Part(lambda canvas: drawn.paint(canvas, x, y), box.grown(2)),))


def sway_of(emoji: Emoji, stage: OverlayStage) -> Callable[[float], Pose] | None:
    """Return what an emoji does while it is seen, by the seconds since its start; None for nothing."""
    side_px = emoji.size * stage.short_px
    ways: dict[str, Callable[[float], Pose]] = {
        "float": lambda since_s: Pose(dy_px=-_FLOAT * side_px * math.sin(2 * math.pi * since_s / _FLOAT_S)),
        "pulse": lambda since_s: Pose(scale=1 + _PULSE * math.sin(math.pi * since_s / _PULSE_S) ** 2),
        "shake": _shaken,
        "spin": lambda since_s: Pose(turn_deg=360 * (since_s / _SPIN_S % 1)),
    }
    return ways.get(emoji.wiggle)


def _shaken(since_s: float) -> Pose:
    share = since_s / _SHAKE_S % 1 * 2
    if share >= 1:
        return Pose()
    return Pose(turn_deg=_SHAKE_DEG * math.sin(2 * math.pi * _SHAKES * share) * math.sin(math.pi * share))


def _covered(layout: TextLayout) -> Rect:
    """Return what a layout covers, in its own pixels, found by drawing it."""
    import cv2

    ink = layout.ink_px
    box = Box(
        math.floor(ink.left_px), math.floor(ink.top_px), math.ceil(ink.right_px), math.ceil(ink.bottom_px)
    )  # fmt: skip
    x, y, width, height = cv2.boundingRect(rasterise(lambda canvas: layout.paint(canvas, 0, 0), box)[..., 3].copy())
    if width == 0:
        return Rect(0, 0, *layout.size_px)
    return Rect.of_size(box.x0 + x, box.y0 + y, width, height)
