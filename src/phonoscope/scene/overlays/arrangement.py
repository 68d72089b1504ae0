"""An overlay's parts in their poses, ready to be painted."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from phonoscope.scene.overlays.artwork import Content, Part
from phonoscope.scene.overlays.painting import skia_rect
from phonoscope.scene.overlays.poses import Piece, Pose
from phonoscope.scene.overlays.rect import Rect

if TYPE_CHECKING:
    import skia

_INVISIBLE: Final = 1 / 512
"""Opacity below which nothing is seen."""

Pieces = tuple[Piece, ...] | None
"""The parts in their poses; None where all of them stand as they are."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """What is seen, and how.

    Attributes
    ----------
    pieces
        Its parts, each in a pose of its own; None where all of them stand as they are.
    pose
        Of the whole.
    middle
        Point of the canvas about which all of it turns and grows.
    """

    content: Content
    pieces: Pieces
    pose: Pose
    middle: tuple[float, float]

    @property
    def key(self) -> tuple[Hashable, ...]:
        """The same key means the same pixels."""
        return self.content.key, self.pieces, self.pose

    @property
    def is_seen(self) -> bool:
        """Something of it is to be seen."""
        pose = self.pose
        return pose.opacity >= _INVISIBLE and pose.uncovered > 0 and pose.scale > 0 and self.pieces != ()

    def posed(self, pose: Pose) -> Arrangement:
        """Return it in another pose."""
        return replace(self, pose=pose)

    def at_rest(self, pose: Pose) -> Arrangement:
        """Return it with all parts as they stand, in another pose."""
        return replace(self, pieces=None, pose=pose)

    def is_bent_from(self, resting: Arrangement) -> bool:
        """Tell whether its pixels are those at rest, but between their places: turned, larger, or moved a little."""
        pose = self.pose
        if self.pieces is not None or pose.uncovered < 1:
            return False
        between = pose.dx_px % 1 != 0 or pose.dy_px % 1 != 0
        sampled = any(part.sampled for part in self.content.parts)
        return pose.scale != 1 or pose.turn_deg != resting.pose.turn_deg or (between and sampled)

    def matrix_from(self, resting: Arrangement) -> tuple[float, ...]:
        """Return what takes the canvas at rest to this pose: see `sampling.transformed`."""
        x, y = self.middle
        pose = self.pose
        angle = math.radians(pose.turn_deg - resting.pose.turn_deg)
        cos, sin = pose.scale * math.cos(angle), pose.scale * math.sin(angle)
        return cos, -sin, x - cos * x + sin * y + pose.dx_px, sin, cos, y - sin * x - cos * y + pose.dy_px

    def bounds(self) -> Rect:
        """Return what is painted on."""
        pose = self.pose
        covered = self._covered()
        return covered.turned(pose.turn_deg, pose.scale, self.middle).moved(pose.dx_px, pose.dy_px)

    def paint(self, canvas: skia.Canvas) -> None:
        """Paint it, but for the opacity of the whole, on a canvas in pixels of the video's canvas."""
        _place(canvas, self.pose, self.middle)
        if self.pose.uncovered < 1:
            canvas.clipRect(skia_rect(_uncovered(self._covered(), self.pose)), doAntiAlias=True)
        if self.pieces is None:
            for part in self.content.parts:
                part.paint(canvas)
        for piece in self.pieces or ():
            _paint_piece(canvas, self.content.parts[piece.part], piece, self.middle)

    def _covered(self) -> Rect:
        """Return what is painted on before the whole is moved."""
        covered: Rect | None = None
        for part, pose in self._parts():
            own = part.bounds.turned(pose.turn_deg, pose.scale, self.middle).moved(pose.dx_px, pose.dy_px)
            if part.mask is not None and self.pieces is not None:
                own = own.clipped(part.mask)
            covered = own if covered is None else covered.union(own)
        return covered or Rect(0, 0, 0, 0)

    def _parts(self) -> list[tuple[Part, Pose]]:
        if self.pieces is None:
            return [(part, Pose()) for part in self.content.parts]
        return [(self.content.parts[piece.part], piece.pose) for piece in self.pieces]


def _paint_piece(canvas: skia.Canvas, part: Part, piece: Piece, middle: tuple[float, float]) -> None:
    pose = piece.pose
    if pose.opacity == 0 or pose.uncovered == 0:
        return
    for seen in _cells(part, piece) if piece.cells else (part.bounds,):
        canvas.save()
        if part.mask is not None:
            canvas.clipRect(skia_rect(part.mask), doAntiAlias=True)
        _place(canvas, pose, middle)
        if piece.cells is not None:
            canvas.clipRect(skia_rect(seen), doAntiAlias=False)
        if pose.uncovered < 1:
            canvas.clipRect(skia_rect(_uncovered(part.bounds, pose)), doAntiAlias=True)
        if pose.opacity == 1:
            part.paint(canvas)
        elif part.faded is not None:
            part.faded(canvas, pose.opacity)
        else:
            canvas.saveLayerAlpha(skia_rect(seen), round(pose.opacity * 255))
            part.paint(canvas)
            canvas.restore()
        canvas.restore()


def _cells(part: Part, piece: Piece) -> list[Rect]:
    """Return the words or letters that are seen: neighbours as one."""
    joined: list[Rect] = []
    if part.cells is None or piece.cells is None:
        return joined
    kind, first, end = piece.cells
    for cell in part.cells.of(kind)[first:end]:
        last = joined[-1] if joined else None
        beside = last is not None and last.top == cell.top and cell.left <= last.right and cell.right >= last.left
        if last is not None and beside:
            joined[-1] = last.union(cell)
        else:
            joined.append(cell)
    return joined


def _place(canvas: skia.Canvas, pose: Pose, middle: tuple[float, float]) -> None:
    """Move, turn and scale a canvas."""
    canvas.translate(pose.dx_px, pose.dy_px)
    if pose.turn_deg or pose.scale != 1:
        canvas.translate(*middle)
        canvas.rotate(pose.turn_deg)
        canvas.scale(pose.scale, pose.scale)
        canvas.translate(-middle[0], -middle[1])


def _uncovered(bounds: Rect, pose: Pose) -> Rect:
    """Return the part of a rectangle that a pose uncovers, in whole pixels: soft edges take Skia ten times as long."""
    across, down = round(bounds.width * pose.uncovered), round(bounds.height * pose.uncovered)
    if pose.side == "middle":
        middle = bounds.middle[0]
        return replace(bounds, left=round(middle - across / 2), right=round(middle + across / 2))
    if pose.side == "left":
        return replace(bounds, right=bounds.left + across)
    if pose.side == "right":
        return replace(bounds, left=bounds.right - across)
    if pose.side == "top":
        return replace(bounds, bottom=bounds.top + down)
    return replace(bounds, top=bounds.bottom - down)
