"""Draws one eye, frame after frame."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.eyes import kernels
from phonoscope.avatars.drawn.eyes.lids import Lids, find_lids, is_outlined
from phonoscope.avatars.drawn.eyes.state import WIDEN, EyeState
from phonoscope.avatars.drawn.puppet import EyeLook, Sprite

MARGIN = 0.25
"""Room around an eye, in eye sizes: for its shift, and for a wide one."""

SHUT_HEIGHT = 0.58
"""How far down an eye its lids meet, and what it grows flat about."""

LINE_FROM = 0.70
"""How far an eye is shut when the line that it becomes begins to show."""

SWAP_AT = 0.62
"""How far an eye is shut when its picture is exchanged for the shut one …"""

SWAP_FLAT = 0.45
"""… and how flat it is just before."""

LONGER = 1.15
"""Length of a dot's line, in widths of the dot."""

DOT = 1.6
"""Eyes narrower than so many times their height, without a pupil to be seen in them, are dots if they are small."""

SAG = 0.10
"""How far the line of a shut eye hangs, in its lengths."""

LINE_START = 0.7
"""Length of that line when it begins to show, as a share: it lies within the eye."""

SUNK = 0.6
"""Share of its least height that an eye loses while it goes into its line."""

WHOLE_SHIFT = 0.30
WHOLE_SHIFT_FACES = 0.016
"""How far an eye without a pupil goes to look: in its own sizes, and at most in face heights."""

THIN_LID = 0.3
"""Width of a lid's edge when it begins to come down, in those of a shut eye's line, where the eye has no outline."""

LID_SHOWS_PX = 1.5
"""Way of a lid over which its edge comes to be seen."""


class EyePainter:
    """Draws one eye into one and the same patch.

    Parameters
    ----------
    look
        The eye.
    face_height_px
        Crown to chin.
    """

    def __init__(self, look: EyeLook, face_height_px: float) -> None:
        self._look = look
        x0, y0, x1, y1 = look.box_px
        self._size = np.array([x1 - x0, y1 - y0])
        # Where nothing may move in an eye, the eye itself does not move either.
        if look.pupil is None and look.blink != "none" and any(look.reach_px):
            self._whole = min(WHOLE_SHIFT * float(self._size.min()), WHOLE_SHIFT_FACES * face_height_px)
        else:
            self._whole = 0.0
        sprites = [sprite for sprite in (look.white, look.pupil, look.shut) if sprite is not None]
        left, top, width, height = _room(look, sprites)
        self._at = left, top
        self._white, self._pupil, self._shut = (
            _placed(sprite, left, top, width, height) for sprite in (look.white, look.pupil, look.shut)
        )
        self._clip = _clip(self._white, self._pupil)
        # An interpolation reads one pixel before and after.
        self._pupil_box = _extent(self._pupil)
        self._box = _extent(self._white | self._shut | self._clip)
        self._lids: Lids = find_lids(self._white, (x0 - left, y0 - top, x1 - left, y1 - top), SHUT_HEIGHT)
        self._outlined = is_outlined(self._white, self._lids, look.line)
        self._line = 255 << 24 | look.line[2] << 16 | look.line[1] << 8 | look.line[0]
        self._pixels: NDArray[np.uint8] = np.zeros((height, width, 4), np.uint8)
        self._sprite = Sprite(self._pixels[:], left, top)
        self._last: EyeState | None = None

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of the patch."""
        return self._sprite.size_px

    def paint(self, state: EyeState) -> Sprite:
        """Return the eye in a state. The sprite is always the same one, drawn over by the next call."""
        if state != self._last:
            self._draw(state)
            self._last = state
        return self._sprite

    def _draw(self, state: EyeState) -> None:
        look, n = self._look, np.zeros(kernels.SIZE)
        x0, y0, x1, _ = look.box_px
        # A pixel's place is its middle's.
        left, top = self._at[0] + 0.5, self._at[1] + 0.5
        n[kernels.MIDDLE_X] = 0.5 * (x0 + x1) - left
        n[kernels.MIDDLE_Y] = y0 + SHUT_HEIGHT * self._size[1] - top
        n[kernels.SCALE_X], n[kernels.SCALE_Y] = 1 + WIDEN[0] * state.wide, 1 + WIDEN[1] * state.wide
        n[kernels.SHIFT_X], n[kernels.SHIFT_Y] = self._whole * state.gaze_x, self._whole * state.gaze_y
        n[kernels.PUPIL_X], n[kernels.PUPIL_Y] = look.reach_px[0] * state.gaze_x, look.reach_px[1] * state.gaze_y
        n[kernels.LINE_PX] = max(look.line_px, 1.0)
        shown = self._white
        if look.blink == "lid":
            self._set_lids(n, state)
        elif look.blink in ("squash", "swap"):
            if look.blink == "swap" and state.shut >= SWAP_AT and look.shut is not None:
                shown = self._shut
                n[kernels.SCALE_X], n[kernels.SCALE_Y] = 1.0, 1.0
            elif look.blink == "swap":
                n[kernels.SCALE_Y] *= 1 - (1 - SWAP_FLAT) * min(_closed(state) / SWAP_AT, 1.0)
            else:
                self._set_line(n, state)
        # A shut eye has no pupil.
        boxes = (self._box, self._pupil_box if shown is self._white else (0, 0, 0, 0))
        kernels.paint_eye(
            (shown.reshape(-1), self._pupil.reshape(-1), self._clip.reshape(-1)),
            boxes,
            self._lids.curves,
            self._lids.ends,
            n,
            self._line,
            self._pixels.view(np.uint32)[..., 0],
        )

    def _set_lids(self, n: NDArray[np.float64], state: EyeState) -> None:
        """Let the lids come down."""
        n[kernels.HAS_LASHES] = self._lids.has_lashes
        n[kernels.STAYS] = 1 - state.upper if self._lids.has_shadow else 1
        n[kernels.HAS_LIDS], n[kernels.UPPER], n[kernels.LOWER] = 1, state.upper, state.lower
        if not self._outlined:
            # A lid that has hardly moved would look like a brow with a shut eye's line on it.
            n[kernels.LINE_PX] *= THIN_LID + (1 - THIN_LID) * state.upper
        way = float(self._size[1])
        n[kernels.LID_ALPHA] = min(state.upper * way * SHUT_HEIGHT / LID_SHOWS_PX, 1.0)
        if self._outlined:
            n[kernels.LOWER_ALPHA] = min(state.lower * way * (1 - SHUT_HEIGHT) / LID_SHOWS_PX, 1.0)

    def _set_line(self, n: NDArray[np.float64], state: EyeState) -> None:
        """Let the eye grow flat, and become a line."""
        width, height = self._size.tolist()
        closed = _closed(state)
        share = min(max((closed - LINE_FROM) / (1 - LINE_FROM), 0.0), 1.0)
        share = share * share * (3 - 2 * share)
        n[kernels.LINE_SHARE] = share
        # First the line grows out of the eye, then the eye shrinks into the line: both stay solid all the while.
        grown, sunk = min(2 * share, 1.0), max(2 * share - 1, 0.0)
        least = min(n[kernels.LINE_PX] / height, 1.0) * (1 - SUNK * sunk)
        n[kernels.SCALE_Y] = max(n[kernels.SCALE_Y] * (1 - closed), least)
        half = 0.5 * LONGER * width - 0.5 * n[kernels.LINE_PX] if self._look.pupil is None else 0.5 * width
        half = max(half, 0.5 * n[kernels.LINE_PX]) * (LINE_START + (1 - LINE_START) * grown)
        n[kernels.LINE_PX] = max(n[kernels.LINE_PX] * grown, 1.0)
        n[kernels.LINE_FROM], n[kernels.LINE_TO] = n[kernels.MIDDLE_X] - half, n[kernels.MIDDLE_X] + half
        sag = SAG * half * grown
        n[kernels.LINE_Y], n[kernels.LINE_SAG] = n[kernels.MIDDLE_Y] + sag, 2 * sag


def _closed(state: EyeState) -> float:
    """Return how flat an eye without lids is: both lids' part of it."""
    return SHUT_HEIGHT * state.upper + (1 - SHUT_HEIGHT) * state.lower


def _room(look: EyeLook, sprites: list[Sprite]) -> tuple[int, int, int, int]:
    """Return the patch that an eye is drawn in: x, y, width, height."""
    x0, y0, x1, y1 = look.box_px
    aside, above = MARGIN * (x1 - x0) + look.line_px + 2, MARGIN * (y1 - y0) + look.line_px + 2
    left = math.floor(min([x0 - aside, *(sprite.x - 2 for sprite in sprites)]))
    top = math.floor(min([y0 - above, *(sprite.y - 2 for sprite in sprites)]))
    right = math.ceil(max([x1 + aside, *(sprite.x + sprite.size_px[0] + 2 for sprite in sprites)]))
    bottom = math.ceil(max([y1 + above, *(sprite.y + sprite.size_px[1] + 2 for sprite in sprites)]))
    return left, top, right - left, bottom - top


def _placed(sprite: Sprite | None, left: int, top: int, width: int, height: int) -> NDArray[np.uint32]:
    """Return a sprite within a patch, as numbers, shape (height, width)."""
    rgba = np.zeros((height, width, 4), np.uint8)
    if sprite is not None:
        x, y = sprite.x - left, sprite.y - top
        rgba[y : y + sprite.size_px[1], x : x + sprite.size_px[0]] = sprite.rgba
    return rgba.view(np.uint32)[..., 0]


def _extent(picture: NDArray[np.uint32]) -> tuple[int, int, int, int]:
    """Return the box of what a picture shows, and a pixel around it; nothing at all where it shows nothing."""
    rows, columns = np.flatnonzero(picture.any(1)), np.flatnonzero(picture.any(0))
    if not len(rows):
        return 0, 0, 0, 0
    return int(columns[0]) - 1, int(rows[0]) - 1, int(columns[-1]) + 2, int(rows[-1]) + 2


def _clip(white: NDArray[np.uint32], pupil: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return through what a pupil is seen, in the alpha of numbers: the white, and what it encloses.

    A pupil that was drawn beyond its white is not cut off at all.
    """
    alpha, own = (white >> 24).astype(np.uint8), (pupil >> 24).astype(np.uint8)
    # Filled from either side down the columns: a ring encloses what is within.
    filled = np.minimum(np.maximum.accumulate(alpha, 0), np.maximum.accumulate(alpha[::-1], 0)[::-1])
    beyond = float(np.maximum(own.astype(np.int32) - filled, 0).sum())
    if beyond > BEYOND * max(float(own.sum(dtype=np.int64)), 1.0):
        filled = np.full_like(filled, 255)
    return np.asarray(np.maximum(filled, own).astype(np.uint32) << 24, np.uint32)


BEYOND = 0.10
"""Share of a pupil outside its white that says that it is not meant to be cut off by it."""
