"""Overlays of a document as layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from phonoscope.scene.document.overlays import (
    Emoji,
    ImageOverlay,
    Logo,
    LowerThird,
    Overlay,
    ProgressBar,
    QrCode,
    Shape,
    TextOverlay,
    TitleCard,
    Watermark,
)
from phonoscope.scene.overlays.animation import Schedule
from phonoscope.scene.overlays.artwork import Artwork
from phonoscope.scene.overlays.emoji import emoji_artwork, sway_of
from phonoscope.scene.overlays.images import image_artwork, logo_artwork
from phonoscope.scene.overlays.lower_third import lower_third_artwork, third_animations
from phonoscope.scene.overlays.moving import Manner, OverlayLayer
from phonoscope.scene.overlays.progress import progress_artwork
from phonoscope.scene.overlays.qr import qr_artwork
from phonoscope.scene.overlays.shapes import shape_artwork
from phonoscope.scene.overlays.stage import OverlayStage
from phonoscope.scene.overlays.text import text_artwork
from phonoscope.scene.overlays.title_card import title_artwork
from phonoscope.scene.overlays.watermark import watermark_artwork

_STILL: Final[dict[type, Callable[[Any, OverlayStage], Artwork]]] = {
    TextOverlay: text_artwork, LowerThird: lower_third_artwork, TitleCard: title_artwork, Shape: shape_artwork,
    Logo: logo_artwork, Watermark: watermark_artwork, Emoji: emoji_artwork, QrCode: qr_artwork,
}  # fmt: skip
"""What makes the artwork of overlays that do not change by themselves."""

_TIMED: Final[dict[type, Callable[[Any, tuple[float, float], OverlayStage], Artwork]]] = {
    ProgressBar: progress_artwork, ImageOverlay: image_artwork,
}  # fmt: skip
"""Of those that change with time: they are told when they are seen."""


def overlay_layer(overlay: Overlay, start_s: float, end_s: float, stage: OverlayStage) -> OverlayLayer:
    """Return the layer of an overlay.

    Parameters
    ----------
    start_s, end_s
        When it is seen, on the clock whose frame numbers the layer is asked for.

    Notes
    -----
    Fonts and pictures are opened when the first frame is asked for in which the overlay is seen; a `PhonoscopeError`
    about what cannot be read of them is raised then.
    """
    enter, leave = (
        third_animations(overlay, stage) if isinstance(overlay, LowerThird) else (overlay.enter, overlay.exit)
    )
    sway = sway_of(overlay, stage) if isinstance(overlay, Emoji) else None
    manner = Manner(overlay.opacity, overlay.rotation_deg, sway)
    schedule = Schedule(start_s, end_s, enter, leave)
    return OverlayLayer(lambda: _artwork(overlay, (start_s, end_s), stage), schedule, manner, stage)


def _artwork(overlay: Overlay, span_s: tuple[float, float], stage: OverlayStage) -> Artwork:
    """Return how an overlay looks that is seen from the one to the other time."""
    if type(overlay) in _TIMED:
        return _TIMED[type(overlay)](overlay, span_s, stage)
    return _STILL[type(overlay)](overlay, stage)
