"""Captions and lower thirds want the same place: neither covers the other, and nobody's mouth is covered.

A lower third that stands low moves above the captions that are shown meanwhile. One that has been put at a place of its
own stays there, and so does one of the whole document; captions make way for those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from phonoscope.core.errors import PhonoscopeError
from phonoscope.core.speech import Word
from phonoscope.rendering.production import Production
from phonoscope.scene.captioning import CaptionLayer, Covered
from phonoscope.scene.document.overlays import LowerThird, Overlay
from phonoscope.scene.document.places import Corner, Place
from phonoscope.scene.overlays.lower_third import lower_third_artwork, third_animations
from phonoscope.scene.overlays.stage import OverlayStage, VideoSpan
from phonoscope.scene.timeline import moment_s

CLEARANCE: Final = 0.02
"""Room between a lower third and the captions below it, of the canvas's shorter side."""

HIGHEST: Final = 0.3
"""A lower third is not raised above this share of the canvas's height: higher up, it would be none."""

_CORNER: Final[Corner] = "top-left"


def places_taken(production: Production, index: int, words: Sequence[Word], low_captions: bool) -> tuple[Covered, ...]:
    """Return where and when lower thirds stand for which captions make way during a scene.

    Parameters
    ----------
    index
        Which scene.
    words
        What is said in it, which moments may name.
    low_captions
        Captions are low: lower thirds may move above them.
    """
    timeline, document = production.timeline, production.document
    start_s, length_s = timeline.start_s(index), timeline.length_s(index)
    stage = _stage(production, start_s, length_s)
    found = [
        covered
        for overlay in document.scenes[index].overlays
        if isinstance(overlay, LowerThird) and not (low_captions and _stands_low(overlay))
        if (covered := _covered(overlay, words, stage)) is not None
    ]
    stage = _stage(production, 0.0, timeline.duration_s)
    for overlay in document.overlays:
        covered = _covered(overlay, (), stage) if isinstance(overlay, LowerThird) else None
        if covered is not None and covered.start_s < start_s + length_s and covered.end_s > start_s:
            found.append(replace(covered, start_s=covered.start_s - start_s, end_s=covered.end_s - start_s))
    return tuple(found)


def above_captions(
    overlays: Sequence[Overlay], captions: CaptionLayer, words: Sequence[Word], production: Production, index: int
) -> tuple[Overlay, ...]:
    """Return a scene's overlays, of which lower thirds that stand low are above the captions that they would touch."""
    timeline = production.timeline
    stage = _stage(production, timeline.start_s(index), timeline.length_s(index))
    return tuple(
        _raised(each, captions, words, stage) if isinstance(each, LowerThird) and _stands_low(each) else each
        for each in overlays
    )


def _raised(third: LowerThird, captions: CaptionLayer, words: Sequence[Word], stage: OverlayStage) -> LowerThird:
    covered = _covered(third, words, stage)
    if covered is None:
        return third
    room_px = CLEARANCE * stage.short_px
    top_px = captions.top_px(covered, room_px)
    if top_px is None:
        return third
    width, height = stage.size_px
    y_px = top_px - room_px - (covered.bottom_px - covered.top_px)
    if y_px < HIGHEST * height or y_px >= covered.top_px:
        return third
    place = Place(x=covered.left_px / width, y=y_px / height, anchor=_CORNER)
    enter, leave = third_animations(third, stage)
    return third.model_copy(update={"place": place, "enter": enter, "exit": leave})


def _stands_low(third: LowerThird) -> bool:
    """Tell whether it is in a lower corner, rather than at a place that was chosen to a hair."""
    return third.place.at is not None and third.place.at.startswith("bottom")


def _covered(third: LowerThird, words: Sequence[Word], stage: OverlayStage) -> Covered | None:
    """Return where and when it stands, on the clock of its moments; None for never."""
    length_s = stage.scene_length_s
    begin_s, end_s = (moment_s(anchor, length_s, words) for anchor in (third.start, third.end))
    if begin_s is None or end_s is None or end_s <= begin_s:
        return None
    try:
        box = lower_third_artwork(third, stage).box
    except PhonoscopeError:
        # A font that cannot be read: its layer tells that, and where in the document.
        return None
    return Covered(box.left, box.top, box.right, box.bottom, begin_s, min(end_s, length_s))


def _stage(production: Production, start_s: float, length_s: float) -> OverlayStage:
    return OverlayStage(
        size_px=production.size_px,
        fps=production.fps,
        assets=production.assets,
        video=VideoSpan(start_s, production.timeline.duration_s),
        scene_length_s=length_s,
        language=production.document.language,
    )
