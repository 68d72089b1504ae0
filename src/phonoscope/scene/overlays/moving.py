"""An overlay as a layer: what is still is drawn once, what moves is moved, and only what changes is drawn again."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.drawing.layer import Patch
from phonoscope.scene.drawing.rasterising import rasterise, rgba_to_frame
from phonoscope.scene.overlays.animation import REST, Passage, Schedule
from phonoscope.scene.overlays.arrangement import Arrangement, Pieces
from phonoscope.scene.overlays.artwork import Artwork, Content
from phonoscope.scene.overlays.poses import (
    Pose,
    Travel,
    staged_pieces,
    text_pieces,
    travel_of,
    whole_pose,
)
from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.overlays.sampling import transformed
from phonoscope.scene.overlays.stage import OverlayStage

_FASTER_PX: Final = ((10.0, 2.0), (3.0, 1.0))
"""Steps in pixels in which something is moved that goes at least so many pixels a frame: the eye that follows sees no
steps of a fifth of the way, and whole even steps need no drawing. What is slower moves by quarters of a pixel."""

_SLOW_STEP_PX: Final = 0.25

_KEPT_BYTES: Final = 24_000_000
"""Of drawn patches, for each overlay: two full-HD canvases, or the frames of a common animated sticker."""

_PAINTED_PX: Final = 40_000
"""What is smaller is painted anew when it turns or grows, sharp in all positions; of larger things, the pixels are
turned, which is ten times as fast and in motion looks the same."""

_MOVABLE: Final = 1.5
"""Largest area, of the canvas's, that is drawn as a whole so that it can be moved; of larger things what is seen."""

Sway = Callable[[float], Pose]
"""What something does while it is seen, by the seconds since its start."""


@dataclass(frozen=True, slots=True, eq=False)
class Manner:
    """How an overlay is shown.

    Attributes
    ----------
    opacity
        0 to 1.
    turn_deg
        Clockwise.
    sway
        Moves that go on all the time; None for none.
    """

    opacity: float = 1.0
    turn_deg: float = 0.0
    sway: Sway | None = None


class OverlayLayer:
    """An overlay with its comings and goings; see `Layer`.

    Parameters
    ----------
    make
        Makes the artwork; called when the first frame is asked for in which it is seen.
    """

    def __init__(self, make: Callable[[], Artwork], schedule: Schedule, manner: Manner, stage: OverlayStage) -> None:
        self._make = make
        self._schedule = schedule
        self._manner = manner
        self._stage = stage
        self._artwork: Artwork | None = None
        self._travel: Travel | None = None
        self._rested: tuple[Hashable, NDArray[np.uint8]] | None = None
        self._drawn: OrderedDict[Hashable, VideoFrame] = OrderedDict()

    def patch(self, number: int) -> Patch | None:
        """See `Layer`."""
        stage = self._stage
        time_s, frame_s = stage.time_s(number), float(1 / stage.fps)
        passage = self._schedule.passage(time_s, frame_s)
        if passage is None:
            self._forget()
            return None
        if self._artwork is None:
            self._artwork = self._make()
        since_s = max(0.0, time_s - self._schedule.start_s)
        content = self._artwork.content(since_s, time_s)
        if not content.parts:
            return None
        if self._travel is None:
            resting = self._arranged(content, None, Pose(turn_deg=self._manner.turn_deg))
            self._travel = travel_of(resting.bounds(), stage.size_px, self._artwork.mirrored)
        pieces, pose = self._posed(content, passage, since_s)
        return self._shown(self._arranged(content, pieces, _on_grid(pose, self._step_px(passage, frame_s))))

    def standing(self, number: int) -> Rect | None:
        """Return where the thing itself stands at rest and unturned, without shadows; None where it is not seen."""
        stage = self._stage
        time_s = stage.time_s(number)
        if self._schedule.passage(time_s, float(1 / stage.fps)) is None:
            return None
        if self._artwork is None:
            self._artwork = self._make()
        content = self._artwork.content(max(0.0, time_s - self._schedule.start_s), time_s)
        return self._artwork.box if content.parts else None

    def _arranged(self, content: Content, pieces: Pieces, pose: Pose) -> Arrangement:
        middle = self._artwork.box.middle if self._artwork else (0.0, 0.0)
        return Arrangement(content, pieces, pose, middle)

    def _forget(self) -> None:
        """Give memory back: a long video has many overlays, of which few are seen at a time."""
        self._artwork = self._travel = self._rested = None
        self._drawn.clear()

    def _posed(self, content: Content, passage: Passage, since_s: float) -> tuple[Pieces, Pose]:
        """Return the poses of the parts, none when they stand as they are, and the pose of the whole."""
        artwork, travel = self._artwork, self._travel
        if artwork is None or travel is None:
            return None, Pose()
        manner = self._manner
        whole = Pose(opacity=manner.opacity, turn_deg=manner.turn_deg)
        if manner.sway is not None:
            whole = whole.after(manner.sway(since_s))
        if passage is REST:
            return None, whole
        if passage.motion in ("words", "typewriter") and any(part.cells for part in content.parts):
            return text_pieces(content, passage), whole
        if passage.motion in artwork.staged:
            return staged_pieces(content, passage, travel), whole
        return None, whole_pose(passage, travel).after(whole)

    def _step_px(self, passage: Passage, frame_s: float) -> float:
        """Return the steps in which it is moved, by its speed from this frame to the next."""
        if self._travel is None or passage is REST:
            return _SLOW_STEP_PX
        length_s = self._schedule.exit_s if passage.leaving else self._schedule.enter_s
        later = replace(passage, shown=max(0.0, passage.shown - frame_s / length_s))
        here, there = whole_pose(passage, self._travel), whole_pose(later, self._travel)
        speed_px = math.hypot(here.dx_px - there.dx_px, here.dy_px - there.dy_px)
        return next((step_px for faster_px, step_px in _FASTER_PX if speed_px >= faster_px), _SLOW_STEP_PX)

    def _shown(self, arrangement: Arrangement) -> Patch | None:
        """Return the patch of what is seen, from those that are drawn already if possible."""
        if not arrangement.is_seen:
            return None
        width, height = self._stage.size_px
        canvas, pose = Box(0, 0, width, height), arrangement.pose
        # Whole even pixels are left to whoever puts the patch on the canvas.
        even_x, even_y = 2 * math.floor(pose.dx_px / 2), 2 * math.floor(pose.dy_px / 2)
        drawn = arrangement.posed(
            replace(pose, opacity=1.0, dx_px=pose.dx_px - even_x, dy_px=pose.dy_px - even_y)
        )  # fmt: skip
        region = drawn.bounds().even_box()
        if region.width * region.height > _MOVABLE * width * height:
            region = _shared(region, _moved(canvas, -even_x, -even_y))
        seen = _shared(_moved(region, even_x, even_y), canvas)
        if seen.width <= 0 or seen.height <= 0:
            return None
        key = (*drawn.key, region)
        frame = self._frame(key, lambda: self._pixels(drawn, region))
        return Patch(_moved(region, even_x, even_y), frame, key, pose.opacity)

    def _frame(self, key: Hashable, draw: Callable[[], NDArray[np.uint8]]) -> VideoFrame:
        """Return a drawn region of the canvas, and keep it."""
        if key in self._drawn:
            self._drawn.move_to_end(key)
            return self._drawn[key]
        frame = rgba_to_frame(draw())
        self._drawn[key] = frame
        kept = sum(_bytes(one) for one in self._drawn.values())
        while kept > _KEPT_BYTES and len(self._drawn) > 1:
            kept -= _bytes(self._drawn.popitem(last=False)[1])
        return frame

    def _pixels(self, arrangement: Arrangement, region: Box) -> NDArray[np.uint8]:
        """Return a region of the canvas as premultiplied RGBA: painted, or from what was painted at rest."""
        resting = arrangement.at_rest(Pose(turn_deg=self._manner.turn_deg).rounded())
        box = resting.bounds().even_box()
        width, height = self._stage.size_px
        if (
            not arrangement.is_bent_from(resting)
            or region.width * region.height < _PAINTED_PX
            or box.width * box.height > _MOVABLE * width * height
        ):
            return rasterise(arrangement.paint, region)
        content = arrangement.content
        if self._rested is None or self._rested[0] != content.key:
            self._rested = content.key, rasterise(resting.paint, box)
        return transformed(self._rested[1], (box.x0, box.y0), arrangement.matrix_from(resting), region)


def _on_grid(pose: Pose, step_px: float) -> Pose:
    """Return the pose in steps: of `step_px` where it is, of what cannot be seen in all else."""
    pose = pose.rounded()
    return replace(pose, dx_px=round(pose.dx_px / step_px) * step_px, dy_px=round(pose.dy_px / step_px) * step_px)


def _moved(box: Box, dx_px: int, dy_px: int) -> Box:
    return Box(box.x0 + dx_px, box.y0 + dy_px, box.x1 + dx_px, box.y1 + dy_px)


def _shared(one: Box, other: Box) -> Box:
    """Return what two boxes share; of no size when that is nothing."""
    x0, y0 = max(one.x0, other.x0), max(one.y0, other.y0)
    return Box(x0, y0, max(x0, min(one.x1, other.x1)), max(y0, min(one.y1, other.y1)))


def _bytes(frame: VideoFrame) -> int:
    return frame.luma.nbytes + frame.chroma.nbytes + (0 if frame.alpha is None else frame.alpha.nbytes)
