"""The eyes of a style's character."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.puppet import EyeLook, Role, Side, Sprite
from phonoscope.avatars.drawn.styles.building import Drawing, halves, side_of
from phonoscope.avatars.drawn.styles.marks import Mark
from phonoscope.avatars.drawn.styles.rigs import Box, EyesRig, Region
from phonoscope.avatars.drawn.svg.rasterising import View

WHITE_LUMA = 170
"""Eyes' whites are at least this light, on average; 0 to 255."""

PUPIL_INSIDE = 0.7
"""Share of a pupil that lies on a white."""

PUPIL_SHARE = 0.75
"""A pupil covers at most this share of its white."""

DOT_REACH = (0.10, 0.08)
"""How far eyes that are dots move to look, as shares of a dot's larger side."""

LOOK_PX = 700
"""Longer side of the picture in which pupils are looked for."""

SOLID = 128
"""Alpha from which a pixel belongs to a mark."""


def eye_looks(drawing: Drawing) -> tuple[EyeLook, ...]:
    """Return a character's eyes, from the left."""
    base = drawing.rig.eyes
    if base is None:
        return ()
    rig = base.of(drawing.chosen)
    marks = drawing.of(rig.part)
    whole = _eye_sprites(drawing, rig, marks)
    pupils = _pupils(drawing, rig, marks)
    whites = _eye_sprites(drawing, rig, tuple(mark for mark in marks if mark not in pupils)) if pupils else whole
    apples = _eye_sprites(drawing, rig, pupils) if pupils else tuple(None for _ in whole)
    shut: tuple[Sprite | None, ...] = tuple(None for _ in whole)
    if rig.shut is not None and rig.blink == "swap":
        shut = _shut_sprites(drawing, rig, rig.shut)
    sides = _sides(drawing, rig)
    return tuple(
        _eye(drawing, rig, side, white or eye, apple, closed, number)
        for number, (side, eye, white, apple, closed) in enumerate(zip(sides, whole, whites, apples, shut, strict=True))
        if eye is not None
    )


def _eye(
    drawing: Drawing, rig: EyesRig, side: Side, white: Sprite, pupil: Sprite | None, shut: Sprite | None, number: int
) -> EyeLook:
    to_px = drawing.to_px(rig.part)
    scale = math.hypot(to_px[0], to_px[1])
    if rig.boxes:
        x0, y0, x1, y1 = rig.boxes[min(number, len(rig.boxes) - 1)]
        (left, top), (right, bottom) = to_px.transformPoint((x0, y0)), to_px.transformPoint((x1, y1))
        box = (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    else:
        width, height = white.size_px
        box = (float(white.x), float(white.y), float(white.x + width), float(white.y + height))
    return EyeLook(
        side=side,
        white=white,
        pupil=pupil,
        shut=shut,
        box_px=box,
        reach_px=(scale * rig.reach[0], scale * rig.reach[1]) if rig.reach is not None else _free(box, pupil),
        blink=rig.blink,
        line=drawing.colour(rig.line),
        line_px=scale * rig.line_width,
    )


def _free(box: Box, pupil: Sprite | None) -> tuple[float, float]:
    """Return how far a pupil can go; half of what its white leaves free on the narrower side."""
    width, height = box[2] - box[0], box[3] - box[1]
    if pupil is None:
        size = max(width, height)
        return DOT_REACH[0] * size, DOT_REACH[1] * size
    left, top = pupil.x, pupil.y
    right, bottom = left + pupil.size_px[0], top + pupil.size_px[1]
    across = max(min(left - box[0], box[2] - right), 0.2 * (width - (right - left)), 0.0)
    down = max(min(top - box[1], box[3] - bottom), 0.2 * (height - (bottom - top)), 0.0)
    return 0.8 * across, 0.8 * down


def _regions(drawing: Drawing, rig: EyesRig) -> tuple[Region, ...]:
    """Return the pieces of the eyes' component that are eyes, from the left."""
    return tuple(sorted((r for r in drawing.pieces(rig.part) if r.role is Role.EYE), key=lambda region: region.side))


def _sides(drawing: Drawing, rig: EyesRig) -> tuple[Side, ...]:
    if drawing.pieces(rig.part):
        return tuple(side_of(region.side) for region in _regions(drawing, rig))
    return ("",) if rig.single else ("left", "right")


def _eye_sprites(drawing: Drawing, rig: EyesRig, marks: tuple[Mark, ...]) -> tuple[Sprite | None, ...]:
    """Draw marks of the eyes, and cut them into one sprite for each eye."""
    if drawing.pieces(rig.part):
        return tuple(drawing.piece(rig.part, region, marks) for region in _regions(drawing, rig))
    sprite = drawing.sprite(marks) if marks else None
    if sprite is None:
        return (None,) if rig.single else (None, None)
    to_px = drawing.to_px(rig.part)
    if rig.single:
        return (sprite,)
    if rig.split is not None:
        return halves(sprite, to_px.transformPoint((rig.split, 0))[0])
    whole = drawing.sprite(drawing.of(rig.part)) or sprite
    return halves(sprite, whole.x + whole.size_px[0] / 2)


def _shut_sprites(drawing: Drawing, rig: EyesRig, drawn: str) -> tuple[Sprite | None, ...]:
    """Draw the eyes shut: another variant, or what the rig draws."""
    if drawn.startswith("<"):
        sprite = drawing.painted(drawn, rig.part)
        if rig.single or sprite is None:
            return (sprite,) if rig.single else (None, None)
        middle_px = sprite.x + sprite.size_px[0] / 2
        return halves(
            sprite, middle_px if rig.split is None else drawing.to_px(rig.part).transformPoint((rig.split, 0))[0]
        )
    other = drawing.restyled(rig.part, drawn)
    return _eye_sprites(other, rig, other.of(rig.part))


def _pupils(drawing: Drawing, rig: EyesRig, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return which marks are pupils: told by the rig, or all that lie on a white and leave some of it free."""
    if rig.pupils is not None:
        return tuple(mark for number, mark in enumerate(marks) if number in rig.pupils)
    small = _smaller(drawing)
    x0, y0, x1, y1 = small.window_px
    white = np.zeros((y1 - y0, x1 - x0), bool)
    found = []
    for mark in marks:
        sprite = small.sprite((mark,))
        if sprite is None:
            continue
        there = sprite.rgba[:, :, 3] >= SOLID
        place = np.s_[sprite.y - y0 : sprite.y - y0 + there.shape[0], sprite.x - x0 : sprite.x - x0 + there.shape[1]]
        area = int(there.sum())
        inside = int((white[place] & there).sum())
        if area and inside >= PUPIL_INSIDE * area and area <= PUPIL_SHARE * int(white.sum()):
            found.append(mark)
        elif area and _luma(sprite.rgba[there]) >= WHITE_LUMA:
            white[place] |= there
    return tuple(found)


def _smaller(drawing: Drawing) -> Drawing:
    """Return a drawing at the size at which pupils are looked for: the same ones are found at any size of video."""
    x0, y0, x1, y1 = drawing.window_px
    share = LOOK_PX / max(x1 - x0, y1 - y0)
    view = drawing.view
    return replace(
        drawing,
        view=View(view.scale * share, view.x_px * share, view.y_px * share),
        window_px=(int(x0 * share), int(y0 * share), int(x1 * share), int(y1 * share)),
    )


def _luma(rgba: NDArray[np.uint8]) -> float:
    return float((rgba[:, :3] @ np.array([0.2126, 0.7152, 0.0722])).mean())
