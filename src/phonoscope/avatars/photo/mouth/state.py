"""Where the inside of a mouth lies, and how it is lit, for a pose."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.mouth.interior import Interior

_TONGUE_DEPTH_MM, _LOWER_DEPTH_MM, _UPPER_DEPTH_MM, _PLATE_DEPTH_MM, _TIP_DEPTH_MM = 14.0, 10.0, 7.0, 5.0, 8.0
"""How far each plane lies behind the lip line."""
_HIDDEN_UP = 0.05
"""Where the drawn upper teeth wait, in face heights, while photographed ones are shown."""
_LITTLE_KNOWN = 0.07, 0.11
"""Openings, in face heights, between which photographed mouths that show no teeth are kept instead of drawn anew."""
_LOWER_FOLLOW, _TONGUE_FOLLOW = 0.80, 0.30
"""How far lower teeth and tongue sink with the lower lip: lips also roll down, and a tongue keeps its height."""
_LOWER_SHOWN_MM = 1.9
"""How much further, at most, the lower lip sinks: 1 mm of the lower teeth may show (their edges start 1 mm lower)."""
_TIP_SINKS_MM = 4.0
"""How far below the upper teeth's edge a tongue's tip ends that is not raised at all."""
_TIP_SHOWN, _TIP_FRONT = (0.30, 0.60), (0.50, 0.85)
"""Raisings of the tongue between which its tip comes into sight, and comes to lie over the upper teeth's edge."""
_ROUND_WIDE_MM, _ROUND_LIGHT = (2.0, 8.0), 0.6
"""Openings between which light begins to fall through rounded lips, and the share of their shade that it takes."""
_ROUND_SHADE, _CORNER_SHADE = 0.62, 0.36
"""Light that fully rounded lips keep from the inside, and light that is missing at the corners of an open mouth."""

_LIP_SHADE = (0.24, 0.06, 0.20)
"""Light taken from teeth by the upper lip's contact shadow, by its wide shadow, and by the lower lip's."""
_CONTACT, _CONTACT_REACH = 0.36, 0.018
"""Light taken where lips of a photographed open mouth meet, and its reach in face heights: grown lips have no shade of
their own there."""
_SHADE_NEAR_MM, _SHADE_FAR_MM = 0.9, 4.0
"""Reach of these shadows."""
_SEAM, _SEAM_MM = 0.95, 1.7
"""How far the lips' shaded inside hides teeth and cavity where they nearly touch, and from which opening on."""
_OPEN_WIDE_MM = 4.0
"""Opening from which light falls into a mouth freely."""
_RIM_MM = 2.2
"""Height of the lower lip's moist inside that shows over its edge."""


@dataclass(frozen=True, slots=True)
class MouthState:
    """What a pose does to the inside of the mouth.

    Attributes
    ----------
    opening
        Opening between the inner lips at their middle, in face heights.
    upper_raise
        How far the upper lip has been lifted, in face heights; negative when it sinks with the jaw.
    tongue_up
        How far the tongue's tip is raised, 0 to 1.
    pucker
        0 to 1.
    rounded
        Share of the opening that is round, 0 to 1.
    rest
        1 shows the mouth as it was photographed, 0 the mouth that the other values ask for.
    moved
        How far the lips have left their photographed place, 0 to 1: see `moved_from`.
    """

    opening: float = 0.0
    upper_raise: float = 0.0
    tongue_up: float = 0.0
    pucker: float = 0.0
    rounded: float = 0.0
    rest: float = 1.0
    moved: float = 0.0


def moved_from(lip_shift: float, closing: float, jaw: float, wide: float, pucker: float) -> float:
    """Return how far lips have left their photographed place, 0 to 1.

    Parameters
    ----------
    lip_shift
        Larger of both lips' vertical shifts, in face heights, of any sign.
    closing
        Part of the photographed opening that is closed, 0 to 1.
    jaw, wide, pucker
        Weights of these controls.
    """
    travel = max(abs(lip_shift), abs(closing) * 0.05, abs(jaw) * 0.05, abs(wide) * 0.01, pucker * 0.02)
    return min(travel / 0.006, 1.0)


def _lower_lip(interior: Interior, state: MouthState) -> float:
    """Return how far the lower lip lies below the place where both lips would meet, in face heights."""
    photographed = interior.photographed_opening
    kept = interior.photographed_raise * min(state.opening / photographed, 1.0) if photographed > 0 else 0.0
    return state.opening - kept - state.upper_raise


def place_planes(
    interior: Interior, frame: FaceFrame, state: MouthState, head: NDArray[np.float64], corner_px: tuple[int, int]
) -> NDArray[np.float32]:
    """Return where each plane lies in an output box.

    Parameters
    ----------
    head
        float64, shape (3, 4): the head's rigid movement in face coordinates, p → head[:, :3] @ p + head[:, 3].
    corner_px
        Picture pixel (x, y) that is the output box's pixel (0, 0).

    Returns
    -------
    float32, shape (5, 2, 3): affine maps from output pixels (column, row, 1) to plane pixels (column, row) of tongue,
    lower teeth, upper teeth, the photographed plate, and the tongue's raised tip.
    """
    mm = interior.millimetre
    lower_lip = _lower_lip(interior, state)
    tongue_down = _TONGUE_FOLLOW * lower_lip
    tip_down = _TIP_SINKS_MM * (1 - float(smoothstep(0.0, _TIP_FRONT[1], np.array(state.tongue_up)))) * mm
    maps = [
        _plane_map(interior, frame, head, depth * mm, down)
        for depth, down in (
            (_TONGUE_DEPTH_MM, tongue_down),
            (_LOWER_DEPTH_MM, max(_LOWER_FOLLOW * lower_lip, lower_lip - _LOWER_SHOWN_MM * mm)),
            (_UPPER_DEPTH_MM, -_HIDDEN_UP * _plate_share(interior, state) * (1 - _drawn_share(interior))),
        )
    ]
    maps.append(_plate_map(interior, frame, head))
    maps.append(_plane_map(interior, frame, head, _TIP_DEPTH_MM * mm, tip_down))
    corner = np.array([[1, 0, corner_px[0]], [0, 1, corner_px[1]], [0, 0, 1]], np.float64)
    return np.asarray([m @ corner for m in maps], np.float32)


def _plane_map(
    interior: Interior, frame: FaceFrame, head: NDArray[np.float64], depth: float, down: float
) -> NDArray[np.float64]:
    """Map picture pixels to the pixels of a plane `depth` behind the lip line, shape (2, 3)."""
    to_picture = _mouth_to_picture(interior, frame, head, depth, down)
    to_mouth = _inverse(to_picture)
    corner = np.array([[0, 0, interior.origin[0]], [0, 0, interior.origin[1]]])
    half_pixel = np.array([[0, 0, 0.5], [0, 0, 0.5]])
    return np.asarray((to_mouth - corner) * interior.pixels_per_face_height - half_pixel, np.float64)


def _plate_map(interior: Interior, frame: FaceFrame, head: NDArray[np.float64]) -> NDArray[np.float64]:
    """Map picture pixels to those of the photographed plate: the identity, but for the head's movement."""
    depth = _PLATE_DEPTH_MM * interior.millimetre
    still = _mouth_to_picture(interior, frame, np.eye(3, 4), depth, 0.0)
    moved = _mouth_to_picture(interior, frame, head, depth, 0.0)
    plate = still @ np.vstack([_inverse(moved), [0, 0, 1]])
    corner = np.array([[0, 0, interior.photographed_box.x0], [0, 0, interior.photographed_box.y0]])
    return np.asarray(plate - corner, np.float64)


def _inverse(affine: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the inverse of an affine map, shape (2, 3).

    Not by numpy: its `inv` wakes the worker threads of the linear algebra library, even for a matrix as small as this,
    and they then spin through the rest of the frame on a core that the encoder needs.
    """
    return np.asarray(cv2.invertAffineTransform(affine), np.float64)


def _mouth_to_picture(
    interior: Interior, frame: FaceFrame, head: NDArray[np.float64], depth: float, down: float
) -> NDArray[np.float64]:
    """Map mouth coordinates to picture pixels, shape (2, 3); planes do not shift at the photographed pose."""
    corners = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]) + interior.anchor + np.array([0, down, depth])
    turned = corners @ head[:, :3].T + head[:, 3]
    flat = (turned @ frame.rotation.T * frame.height_px + frame.origin_px)[:, :2]
    flat = flat - frame.rotation[:2, 2] * depth * frame.height_px
    return np.column_stack([flat[1] - flat[0], flat[2] - flat[0], flat[0]])


def mouth_look(interior: Interior, state: MouthState) -> NDArray[np.float32]:
    """Return the compositor's numbers for a state; float32, laid out as `compositor` documents."""
    height_px, moving = interior.height_px, 1 - state.rest
    mm_px = interior.millimetre * height_px
    kept = interior.photographed is not None
    shown = _plate_share(interior, state)
    return np.array(
        [
            interior.softness_px,
            *_LIP_SHADE,
            max(1.0, _SHADE_NEAR_MM * mm_px),
            max(1.5, _SHADE_FAR_MM * mm_px),
            _OPEN_WIDE_MM * mm_px,
            shown,
            0.6 * moving,
            state.moved,
            1 - shown * (not interior.shows_teeth),
            interior.rim * moving * (1 - 0.5 * shown),
            max(1.5, _RIM_MM * mm_px),
            interior.gloss,
            _CONTACT * moving if kept else 0.0,
            max(2.5, _CONTACT_REACH * height_px),
            interior.half_width * (1 - 0.3 * state.pucker) * interior.pixels_per_face_height,
            -interior.origin[0] * interior.pixels_per_face_height - 0.5,
            *interior.cavity,
            *interior.mucosa,
            interior.warmth,
            _SEAM * moving,
            max(1.3 * interior.softness_px, _SEAM_MM * mm_px),
            float(smoothstep(*_TIP_SHOWN, np.array(state.tongue_up))) * moving,
            float(smoothstep(*_TIP_FRONT, np.array(state.tongue_up))),
            _round_shade(interior, state) * moving,
            _CORNER_SHADE * moving,
        ],
        np.float32,
    )


def _round_shade(interior: Interior, state: MouthState) -> float:
    """Return the light that rounded lips keep from the inside: a small hole is dark, a wide one lets light in."""
    wide = smoothstep(*_ROUND_WIDE_MM, np.array(state.opening / interior.millimetre))
    return _ROUND_SHADE * state.rounded * (1 - _ROUND_LIGHT * float(wide))


def _plate_share(interior: Interior, state: MouthState) -> float:
    """Return how much of the photographed plate is shown: teeth always, a mere cavity only while the mouth is open."""
    if interior.photographed is None:
        return 0.0
    if interior.photographed.shows_teeth:
        return 1.0
    open_share = state.opening / interior.photographed_opening
    shown = float(smoothstep(0.35, 0.75, np.array(open_share)))
    return shown * (1 - _drawn_share(interior) * (1 - state.rest))


def _drawn_share(interior: Interior) -> float:
    """Return how far drawn teeth take the place of a photographed mouth that shows none: little of it is known."""
    if interior.photographed is None or interior.photographed.shows_teeth:
        return 0.0
    return float(1 - smoothstep(*_LITTLE_KNOWN, np.array(interior.photographed_opening)))
