"""The eyes of somebody's own drawing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.own.pieces import SOLID, OwnDrawing, Piece, Stroke, box_of, merged, on_canvas
from phonoscope.avatars.drawn.own.settings import Settings
from phonoscope.avatars.drawn.puppet import BlinkKind, Colour, EyeLook, Role, Side, Sprite
from phonoscope.avatars.drawn.styles.building import halves
from phonoscope.avatars.drawn.styles.eyes import DOT_REACH, PUPIL_INSIDE, PUPIL_SHARE, WHITE_LUMA

LID_LINE, FLAT_LINE = 0.07, 0.20
"""Width of a lid's edge, and of the line that a dot becomes, in widths of the eye, where no line tells."""

REACH = 0.8
"""Share of the free room that a pupil may use."""

LEAST_REACH = 0.2
"""Least free room, as a share of what of the eye the pupil does not cover."""

APART = 0.12
"""Empty columns between two eyes of one picture, as a share of its width."""


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """What is drawn of one eye."""

    side: Side
    open: tuple[Piece, ...]
    pupils: tuple[Sprite, ...]
    shut: Sprite | None


def eye_looks(drawing: OwnDrawing, settings: Settings) -> tuple[EyeLook, ...]:
    """Return the eyes, from the left; none, one or two."""
    found = []
    for parts in _by_side(drawing):
        look = _look(parts, drawing, settings)
        if look is not None:
            found.append(look)
    return tuple(sorted(found, key=lambda look: look.box_px[0]))


def _by_side(drawing: OwnDrawing) -> list[_Parts]:
    """Sort what is drawn of eyes by side; pictures of both eyes are cut in two."""
    open_, pupils, shut = (_sided(drawing.of(Role.EYE, part), part) for part in ("", "pupil", "shut"))
    open_, own_pupils = _without_pupils(open_, pupils)
    sides: tuple[Side, ...] = ("left", "right") if open_["left"] or open_["right"] else ("",)
    if not any(open_.values()):
        # Eyes that are nothing but pupils are dots.
        open_, own_pupils = own_pupils, {"": [], "left": [], "right": []}
        sides = ("left", "right") if open_["left"] or open_["right"] else ("",)
    return [
        _Parts(
            side,
            tuple(open_[side]),
            tuple(piece.sprite for piece in own_pupils[side]),
            merged(piece.sprite for piece in shut[side]),
        )
        for side in sides
    ]


def _sided(pieces: tuple[Piece, ...], part: str) -> dict[Side, list[Piece]]:
    """Return pieces by side. One of both eyes is cut where nothing is drawn between them."""
    sorted_: dict[Side, list[Piece]] = {"": [], "left": [], "right": []}
    unsided = []
    for piece in pieces:
        if piece.tag and piece.tag.side:
            sorted_[piece.tag.side].append(piece)
        else:
            unsided.append(piece)
    box = box_of(piece.sprite for piece in unsided)
    gap = _gap([piece.sprite for piece in unsided]) if box else None
    for piece in unsided:
        if gap is None:
            sorted_[""].append(piece)
            continue
        for side, half in zip(("left", "right"), halves(piece.sprite, gap), strict=True):
            if half is not None:
                sorted_[side].append(Piece(piece.name, piece.tag, half, piece.stroke))  # type: ignore[index]
    return sorted_


def _gap(sprites: list[Sprite]) -> float | None:
    """Return x of the middle of the widest empty stretch within some pictures; None where they are one blob."""
    filled = np.unique(
        np.concatenate([sprite.x + np.flatnonzero((sprite.rgba[:, :, 3] >= SOLID).any(0)) for sprite in sprites])
    )
    steps = np.diff(filled)
    if not len(steps) or steps.max() < APART * (filled[-1] - filled[0]):
        return None
    widest = int(steps.argmax())
    return float(filled[widest] + filled[widest + 1] + 1) / 2


def _without_pupils(
    open_: dict[Side, list[Piece]], named: dict[Side, list[Piece]]
) -> tuple[dict[Side, list[Piece]], dict[Side, list[Piece]]]:
    """Tell pupils from whites where no name does: what lies on something light, and leaves some of it free."""
    rest: dict[Side, list[Piece]] = {"": [], "left": [], "right": []}
    pupils: dict[Side, list[Piece]] = {"": [], "left": [], "right": []}
    for side, pieces in open_.items():
        box = box_of(piece.sprite for piece in pieces)
        if box is None or named[side]:
            rest[side], pupils[side] = pieces, named[side]
            continue
        white = np.zeros((box[3] - box[1], box[2] - box[0]), bool)
        for piece in pieces:
            sprite = Sprite(piece.sprite.rgba, piece.sprite.x - box[0], piece.sprite.y - box[1])
            pixels = on_canvas(sprite, (white.shape[1], white.shape[0]))
            there = pixels[:, :, 3] >= SOLID
            area = int(there.sum())
            if area and (white & there).sum() >= PUPIL_INSIDE * area and area <= PUPIL_SHARE * white.sum():
                pupils[side].append(piece)
                continue
            rest[side].append(piece)
            if area and float((pixels[there][:, :3] @ np.array([0.2126, 0.7152, 0.0722])).mean()) >= WHITE_LUMA:
                white |= there
    return rest, pupils


def _look(parts: _Parts, drawing: OwnDrawing, settings: Settings) -> EyeLook | None:
    pupil = merged(parts.pupils)
    white = merged(piece.sprite for piece in parts.open) or pupil
    if white is pupil:
        pupil = None
    if white is None:
        return None
    box = _open_box(parts, white, pupil is not None)
    told, scale = settings.eyes, drawing.to_px[0]
    stroke = max((p.stroke for p in parts.open if p.stroke), key=lambda line: line.width_px, default=None)
    # The eyes of whole pictures have skin around them: they stay where they are.
    free = (0.0, 0.0) if drawing.wholes else _free(box, pupil)
    reach = free if told.reach is None else (scale * told.reach[0], scale * told.reach[1])
    blink = _blink(told.blink, parts, white, pupil)
    return EyeLook(
        side=parts.side,
        white=white,
        pupil=pupil,
        shut=parts.shut,
        box_px=box,
        reach_px=reach,
        blink=blink,
        line=told.line or (stroke.colour if stroke else _darkest(white, pupil)),
        line_px=scale * told.line_width if told.line_width else _line_px(stroke, box, blink),
    )


def _open_box(parts: _Parts, white: Sprite, has_pupil: bool) -> tuple[float, float, float, float]:
    """Return the box of the eye's opening: of its white where it has one, without lashes."""
    light = [piece.sprite for piece in parts.open if _luma(piece.sprite) >= WHITE_LUMA] if has_pupil else []
    found = (
        box_of(light) or box_of([white]) or (white.x, white.y, white.x + white.size_px[0], white.y + white.size_px[1])
    )
    return float(found[0]), float(found[1]), float(found[2]), float(found[3])


def _luma(sprite: Sprite) -> float:
    pixels = sprite.rgba[sprite.rgba[:, :, 3] >= SOLID]
    return float((pixels[:, :3] @ np.array([0.2126, 0.7152, 0.0722])).mean()) if len(pixels) else 0.0


def _blink(told: str | None, parts: _Parts, white: Sprite, pupil: Sprite | None) -> BlinkKind:
    if told is not None and (told != "swap" or parts.shut is not None):
        return told  # type: ignore[return-value]
    if parts.shut is not None:
        return "swap"
    return "lid" if pupil is not None or _luma(white) >= WHITE_LUMA else "squash"


def _free(box: tuple[float, float, float, float], pupil: Sprite | None) -> tuple[float, float]:
    """Return how far a pupil can go."""
    width, height = box[2] - box[0], box[3] - box[1]
    if pupil is None:
        size = max(width, height)
        return DOT_REACH[0] * size, DOT_REACH[1] * size
    left, top = pupil.x, pupil.y
    right, bottom = left + pupil.size_px[0], top + pupil.size_px[1]
    across = max(min(left - box[0], box[2] - right), LEAST_REACH * (width - (right - left)), 0.0)
    down = max(min(top - box[1], box[3] - bottom), LEAST_REACH * (height - (bottom - top)), 0.0)
    return REACH * across, REACH * down


def _line_px(stroke: Stroke | None, box: tuple[float, float, float, float], blink: BlinkKind) -> float:
    if stroke:
        return stroke.width_px
    return max((FLAT_LINE if blink == "squash" else LID_LINE) * (box[2] - box[0]), 1.5)


def _darkest(white: Sprite, pupil: Sprite | None) -> Colour:
    """Return the darkest colour of an eye."""
    pixels = np.concatenate([_opaque(sprite) for sprite in (white, pupil) if sprite is not None])
    if not len(pixels):
        return 0, 0, 0
    luma = pixels[:, :3] @ np.array([0.2126, 0.7152, 0.0722])
    red, green, blue = pixels[luma <= np.quantile(luma, 0.03)][:, :3].mean(0)
    return round(red), round(green), round(blue)


def _opaque(sprite: Sprite) -> NDArray[np.uint8]:
    pixels: NDArray[np.uint8] = sprite.rgba[sprite.rgba[:, :, 3] >= 250]
    return pixels
