"""The mouth of a style's character."""

from __future__ import annotations

import math

import numpy as np

from phonoscope.avatars.drawn.puppet import MouthLook, MouthPictures, Sprite
from phonoscope.avatars.drawn.styles.building import Drawing
from phonoscope.avatars.drawn.styles.rigs import MouthRig

_NOTHING = Sprite(np.zeros((1, 1, 4), np.uint8), 0, 0)


def mouth_of(drawing: Drawing) -> MouthLook | MouthPictures | None:
    """Return how a character's mouth is drawn."""
    rig = drawing.rig.mouth
    if rig is None:
        return None
    rig = rig.of(drawing.chosen)
    if rig.shapes:
        return MouthPictures({shape: _picture(drawing, rig.part, drawn) for shape, drawn in rig.shapes.items()})
    return _look(drawing, rig)


def _look(drawing: Drawing, rig: MouthRig) -> MouthLook:
    to_px = drawing.to_px(rig.part)
    x, y = to_px.transformPoint(rig.centre)
    scale = math.hypot(to_px[0], to_px[1])

    return MouthLook(
        centre_px=(x, y),
        half_width_px=scale * rig.half_width,
        line_px=scale * rig.line_width,
        reach_px=scale * rig.reach,
        kind=rig.kind,
        tilt_deg=rig.tilt_deg + math.degrees(math.atan2(to_px[1], to_px[0])),
        skew=rig.skew,
        smile=rig.smile,
        line=None if rig.line is None else drawing.colour(rig.line),
        inside=drawing.colour(rig.inside),
        teeth=None if rig.teeth is None else drawing.colour(rig.teeth),
        tongue=None if rig.tongue is None else drawing.colour(rig.tongue),
        lip=None if rig.lip is None else drawing.colour(rig.lip),
        round_ends=rig.round_ends,
        lip_height=rig.lip_height,
        square=rig.square,
        rest_opening=rig.rest_opening,
        rest_teeth=rig.rest_teeth,
    )


def _picture(drawing: Drawing, part: str, drawn: str) -> Sprite:
    """Return one of a mouth's pictures: a variant of the part, or what a rig draws in its place."""
    if drawn.startswith("<"):
        return drawing.painted(drawn, part) or _NOTHING
    shown = drawing.restyled(part, drawn) if drawn else drawing
    return shown.sprite(shown.of(part)) or _NOTHING
