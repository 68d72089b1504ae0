"""The mouth of somebody's own drawing: its pictures, or the measures by which it is drawn anew."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.own.pieces import SOLID, OwnDrawing, Piece, Stroke, box_of, merged
from phonoscope.avatars.drawn.own.settings import Settings
from phonoscope.avatars.drawn.own.shapes import choose_pictures
from phonoscope.avatars.drawn.puppet import Build, Colour, MouthLook, MouthPictures, Role, Sprite

THIN = 0.26
"""Thickness of a mouth, as a share of its width, up to which it is one line."""

DARK = 125
"""Largest channel, 0 to 255, of what is within an open mouth; lips and tongues are brighter in red."""

LIGHT_LUMA = 195.0
"""Least luma of teeth."""

LEAST_SHARE = 0.04
"""Share of a mouth's pixels at which teeth or tongue count as drawn."""

DARK_SHARE = 0.22
"""Share of dark pixels within the outline from which on a thick mouth is an open one, and not lips."""

TO_CHIN = 0.72
"""Largest opening, as a share of the way from the mouth to the chin."""

DEFAULT_INSIDE: Colour = (70, 22, 28)
TEETH: Colour = (255, 255, 255)
TONGUE: Colour = (226, 108, 112)


def mouth_pictures(drawing: OwnDrawing) -> MouthPictures | None:
    """Return the mouth pictures of a drawing; None where there are too few."""
    by_shape: dict[str, list[Sprite]] = {}
    for piece in drawing.pieces:
        if piece.tag and piece.tag.shape:
            by_shape.setdefault(piece.tag.shape, []).append(piece.sprite)
    chosen = choose_pictures(by_shape)
    pictures = {name: merged(sprites) for name, sprites in by_shape.items()}
    shapes = {shape: pictures[name] for shape, name in chosen.items()}
    return MouthPictures({shape: sprite for shape, sprite in shapes.items() if sprite}) if chosen else None


def rest_mouth(drawing: OwnDrawing) -> tuple[Piece, ...]:
    """Return the pieces that show the mouth at rest: those without a shape's name, else the shut or only picture."""
    plain = drawing.of(Role.MOUTH)
    if plain:
        return plain
    shaped = [piece for piece in drawing.pieces if piece.tag and piece.tag.shape]
    for wanted in ("neutral", "x", "closed", "idle", "a", "m"):
        found = tuple(piece for piece in shaped if piece.tag and piece.tag.shape == wanted)
        if found:
            return found
    return tuple(shaped[:1])


def mouth_look(drawing: OwnDrawing, build: Build, settings: Settings) -> MouthLook | None:
    """Measure the mouth at rest, and return how it is drawn from then on; None without a mouth."""
    pieces = rest_mouth(drawing)
    whole = merged(piece.sprite for piece in pieces)
    box = box_of([whole]) if whole else None
    if whole is None or box is None:
        return None
    strokes = [piece.stroke for piece in pieces if piece.stroke]
    look = _measured(whole, max(strokes, key=lambda stroke: stroke.width_px, default=None))
    chin_px = build.centre_px[1] + build.face_height_px / 2
    reach_px = max(TO_CHIN * (chin_px - look.centre_px[1]), 0.4 * look.half_width_px)
    return _told(replace(look, reach_px=reach_px), drawing, settings)


def _measured(sprite: Sprite, stroke: Stroke | None) -> MouthLook:
    solid = sprite.rgba[:, :, 3] >= SOLID
    columns = np.flatnonzero(solid.any(0))
    width = float(columns[-1] - columns[0] + 1)
    depth = cv2.distanceTransform(np.pad(solid, 1).astype(np.uint8), cv2.DIST_L2, 5)
    thickness = 2 * float(depth.max()) - 1
    if thickness <= THIN * width:
        return _line(sprite, solid, stroke, thickness)
    outline_px = stroke.width_px if stroke else max(0.06 * width, 1.5)
    return _thick(sprite, solid, stroke, outline_px)


def _line(sprite: Sprite, solid: NDArray[np.bool_], stroke: Stroke | None, thickness: float) -> MouthLook:
    """Return the look of a mouth that is one line."""
    columns, middles = _middles(solid)
    line_px = stroke.width_px if stroke else max(thickness, 1.0)
    half = max((columns[-1] - columns[0] + 1 - line_px) / 2, line_px)
    ends = np.array([_near(columns, middles, columns[0]), _near(columns, middles, columns[-1])])
    centre_x = (columns[0] + columns[-1]) / 2
    middle = _near(columns, middles, centre_x)
    return MouthLook(
        centre_px=(sprite.x + centre_x + 0.5, sprite.y + middle + 0.5),
        half_width_px=float(half),
        line_px=float(line_px),
        reach_px=0.0,
        kind="line",
        tilt_deg=float(np.degrees(np.arctan2(ends[1] - ends[0], columns[-1] - columns[0]))),
        smile=float(np.clip((middle - ends.mean()) / half, -0.8, 0.8)),
        line=stroke.colour if stroke else _colour(sprite.rgba[solid]),
        inside=DEFAULT_INSIDE,
        teeth=TEETH,
        tongue=TONGUE,
    )


def _thick(sprite: Sprite, solid: NDArray[np.bool_], stroke: Stroke | None, outline_px: float) -> MouthLook:
    """Return the look of lips, or of a mouth that is drawn open."""
    core = cv2.erode(np.pad(solid, 1).astype(np.uint8), np.ones((3, 3), np.uint8), iterations=round(outline_px))[
        1:-1, 1:-1
    ]
    inner = sprite.rgba[core.astype(bool)] if core.any() else sprite.rgba[solid]
    luma = inner[:, :3] @ np.array([0.2126, 0.7152, 0.0722])
    dark, light = inner[:, :3].max(1) < DARK, luma > LIGHT_LUMA
    colour = _colour(inner[dark]) if dark.any() else DEFAULT_INSIDE
    columns, rows = np.flatnonzero(solid.any(0)), np.flatnonzero(solid.any(1))
    half = max((columns[-1] - columns[0] + 1) / 2 - outline_px / 2, 1.0)
    centre_x = sprite.x + (columns[0] + columns[-1] + 1) / 2
    edge = _edge(sprite, solid, stroke)
    if dark.mean() >= DARK_SHARE or light.mean() >= 0.5:
        warm = ~dark & ~light
        _, middles = _middles(solid)
        corners = sprite.y + float(np.mean([middles[0], middles[-1]])) + 0.5
        outlined = _far(edge, colour)
        return MouthLook(
            centre_px=(centre_x, corners + 0.2 * half),
            half_width_px=half,
            line_px=outline_px,
            reach_px=0.0,
            kind="line" if outlined else "shape",
            line=edge if outlined else None,
            inside=colour,
            teeth=_colour(inner[light]) if light.mean() >= LEAST_SHARE else None,
            tongue=_colour(inner[warm]) if warm.mean() >= LEAST_SHARE else None,
        )
    lip = _colour(inner[~dark]) if (~dark).any() else edge
    outlined = _far(edge, lip)
    return MouthLook(
        centre_px=(centre_x, sprite.y + (rows[0] + rows[-1] + 1) / 2),
        half_width_px=half,
        line_px=outline_px if outlined or dark.any() else max(0.04 * half, 1.5),
        reach_px=0.0,
        kind="lips",
        smile=0.1,
        line=edge if outlined else None,
        inside=DEFAULT_INSIDE,
        teeth=TEETH,
        tongue=TONGUE,
        lip=lip,
        lip_height=float(np.clip((rows[-1] - rows[0] + 1) / half, 0.2, 1.2)),
    )


def _edge(sprite: Sprite, solid: NDArray[np.bool_], stroke: Stroke | None) -> Colour:
    """Return the colour of the outermost pixels."""
    if stroke:
        return stroke.colour
    inner = cv2.erode(np.pad(solid, 1).astype(np.uint8), np.ones((3, 3), np.uint8), iterations=2)[1:-1, 1:-1].astype(
        bool
    )
    rim = solid & ~inner & (sprite.rgba[:, :, 3] >= 250)
    return _colour(sprite.rgba[rim if rim.any() else solid])


def _far(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) > 40


def _middles(solid: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return all columns with marks, and the middle of the marks in each."""
    columns = np.flatnonzero(solid.any(0))
    rows = np.arange(solid.shape[0])[:, None]
    counts = solid[:, columns].sum(0)
    return columns, (solid[:, columns] * rows).sum(0) / counts


def _near(columns: NDArray[np.int64], middles: NDArray[np.float64], x: float) -> float:
    """Return the mean middle of the columns around x: a tenth of the width."""
    reach = max(0.05 * (columns[-1] - columns[0]), 1.0)
    return float(middles[np.abs(columns - x) <= reach].mean())


def _colour(rgba: NDArray[np.uint8]) -> Colour:
    """Return the commonest colour of premultiplied pixels."""
    opaque = rgba[rgba[:, 3] >= SOLID]
    if not len(opaque):
        return 0, 0, 0
    colours = np.minimum(opaque[:, :3].astype(int) * 255 // opaque[:, 3:], 255)
    coarse = (colours >> 4) @ np.array([256, 16, 1])
    values, counts = np.unique(coarse, return_counts=True)
    red, green, blue = colours[coarse == values[counts.argmax()]].mean(0)
    return round(red), round(green), round(blue)


def _told(look: MouthLook, drawing: OwnDrawing, settings: Settings) -> MouthLook:
    """Return the look with what the author tells."""
    told, scale = settings.mouth, drawing.to_px[0]
    lengths = {"half_width_px": told.half_width, "line_px": told.line_width, "reach_px": told.reach}
    changes: dict[str, object] = {name: scale * value for name, value in lengths.items() if value is not None}
    for name in ("smile", "tilt_deg", "kind", "line", "inside", "lip", "teeth", "tongue"):
        value = getattr(told, name)
        if value is not None:
            changes[name] = value
    if told.centre is not None:
        changes["centre_px"] = drawing.place(told.centre)
    changes |= dict.fromkeys(told.without)
    return replace(look, **changes)  # type: ignore[arg-type]
