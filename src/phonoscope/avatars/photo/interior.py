"""What is seen between the lips: cavity, tongue, teeth, and the photographed mouth if it was open."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo import mouth_plane
from phonoscope.avatars.photo.face_frame import FaceFrame
from phonoscope.avatars.photo.fields import photographed_drop
from phonoscope.avatars.photo.lips import COLUMNS, LipLine
from phonoscope.avatars.photo.mouth_box import MouthBox
from phonoscope.avatars.photo.mouth_plane import smoothstep
from phonoscope.avatars.photo.photographed_mouth import PhotographedMouth, clean_lips, keep_photographed_mouth
from phonoscope.avatars.photo.photometry import Photometry
from phonoscope.avatars.photo.teeth import draw_lower_teeth, draw_upper_teeth
from phonoscope.avatars.photo.tongue import draw_tongue, mucosa_colour
from phonoscope.core.frames import Box

_TONGUE_DEPTH_MM, _LOWER_DEPTH_MM, _UPPER_DEPTH_MM, _PLATE_DEPTH_MM = 14.0, 10.0, 7.0, 5.0
"""How far each plane lies behind the lip line."""
_HIDDEN_UP = 0.05
"""Where the drawn upper teeth wait, in face heights, while photographed ones are shown."""
_UPPER_SHARE, _UPPER_RAISED_MM = 0.40, 3.5
"""Part of an opening by which the upper lip rises, and the most that it can beyond the photographed opening."""
_LOWER_FOLLOW, _TONGUE_FOLLOW = 0.80, 0.30
"""How far the lower teeth and the tongue sink with the lower lip: lips also roll down, and a tongue keeps its height."""
_TONGUE_LIFT_MM = 0.8
"""How far th, l and n lift the tongue over its place in a closed mouth, to the upper teeth."""

_LIP_SHADE = (0.38, 0.10, 0.30)
"""Light taken from teeth by the upper lip's contact shadow, by its wide shadow, and by the lower lip's."""
_SHADE_NEAR_MM, _SHADE_FAR_MM = 0.9, 4.0
"""Reach of these shadows."""
_WARMTH = 0.22
"""Red that shaded teeth take on, as a share of the light that they lack."""
_OPEN_WIDE_MM = 4.0
"""Opening from which light falls into a mouth freely."""
_RIM_MM = 2.2
"""Height of the lower lip's moist inside that shows over its edge."""


@dataclass(frozen=True, slots=True, eq=False)
class Interior:
    """The inside of a mouth, ready to be composed.

    Mouth coordinates: face heights to the right of and below `anchor`, on planes parallel to the face. Plane pixel
    (0, 0) is centred half a pixel right of and below `origin`.

    Attributes
    ----------
    tongue, lower_teeth, upper_teeth
        float32, shape (height, width, 4): RGB 0 to 255, premultiplied, and alpha 0 to 1.
    origin
        Mouth coordinates (x, y) of the planes' top left corner.
    pixels_per_face_height
        The planes' resolution.
    anchor
        float64, shape (3,): face coordinates (u, v, w) of the mouth coordinates' origin, on the lip line.
    photographed_opening
        The photographed opening, in face heights; 0 when the lips touch.
    photographed_raise
        The part of it by which the upper lip had risen.
    photographed
        The photographed mouth, or None if it was closed.
    photographed_box
        Where `photographed` and the skins lie in the picture.
    skin, grown_skin
        uint8, shape (box.height, box.width, 3): the picture there, and the same with its lips grown over the opening.
    cavity, mucosa
        float32, shape (3,): colours of the depth of the mouth, and of the lower lip's moist inside.
    rim, gloss
        How much of that inside shows, 0 to 1, and grey levels of its highlight.
    warmth
        Red that shaded teeth take on from the lips; 0 in a black-and-white picture.
    millimetre
        One millimetre in face heights.
    half_width
        Half the mouth's inner width in face heights.
    closed
        The lips touch in the photo.
    height_px
        Face height in pixels.
    softness_px
        Width of the lips' edges: as soft as the photo.
    """

    tongue: NDArray[np.float32]
    lower_teeth: NDArray[np.float32]
    upper_teeth: NDArray[np.float32]
    origin: tuple[float, float]
    pixels_per_face_height: float
    anchor: NDArray[np.float64]
    photographed_opening: float
    photographed_raise: float
    photographed: PhotographedMouth | None
    photographed_box: Box
    skin: NDArray[np.uint8]
    grown_skin: NDArray[np.uint8]
    cavity: NDArray[np.float32]
    mucosa: NDArray[np.float32]
    rim: float
    gloss: float
    warmth: float
    millimetre: float
    half_width: float
    closed: bool
    height_px: float
    softness_px: float

    @property
    def shows_teeth(self) -> bool:
        """True when the photographed mouth shows teeth, not the depth of the mouth only."""
        return self.photographed is not None and self.photographed.shows_teeth

    @property
    def layers(self) -> tuple[NDArray[np.float32], ...]:
        """Tongue, lower teeth, upper teeth, photographed mouth at rest and moved, as the compositor takes them."""
        if self.photographed is None:
            nothing = np.zeros((2, 2, 4), np.float32)
            return self.tongue, self.lower_teeth, self.upper_teeth, nothing, nothing
        return self.tongue, self.lower_teeth, self.upper_teeth, self.photographed.at_rest, self.photographed.moved


@dataclass(frozen=True, slots=True)
class MouthState:
    """What a pose does to the inside of the mouth.

    Attributes
    ----------
    opening
        Opening between the inner lips at their middle, in face heights.
    tongue_up
        How far the tongue's tip is raised, 0 to 1.
    pucker
        0 to 1.
    rest
        1 shows the mouth as it was photographed, 0 the mouth that the other values ask for.
    moved
        How far the lips have left their photographed place, 0 to 1: see `moved_from`.
    """

    opening: float = 0.0
    tongue_up: float = 0.0
    pucker: float = 0.0
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


def build_interior(
    rgb: NDArray[np.uint8], frame: FaceFrame, lips: LipLine, photometry: Photometry, distances: MouthBox
) -> Interior:
    """Draw the inside of a mouth in the photo's light, and keep the photographed one if the mouth was open."""
    millimetre = lips.millimetre
    grid = mouth_plane.mouth_grid(frame.height_px, millimetre)
    middle = COLUMNS // 2
    opening = 0.0 if lips.closed else lips.opening
    # The jaw closes its part of a wide opening (`fields`); the lips share the rest.
    raised = 0.0 if lips.closed else _UPPER_SHARE * max(0.0, opening - photographed_drop(lips))
    return Interior(
        tongue=draw_tongue(grid, photometry),
        lower_teeth=draw_lower_teeth(grid, photometry),
        upper_teeth=draw_upper_teeth(grid, photometry),
        origin=(mouth_plane.LEFT, mouth_plane.TOP),
        pixels_per_face_height=frame.height_px,
        anchor=np.array([lips.centre_u, lips.upper[middle] + raised, lips.depth[middle]]),
        photographed_opening=opening,
        photographed_raise=raised,
        photographed=keep_photographed_mouth(rgb, frame, lips, distances),
        photographed_box=distances.box,
        skin=rgb[distances.box.slices],
        grown_skin=clean_lips(rgb, frame, lips, distances, photometry),
        cavity=photometry.cavity.astype(np.float32),
        mucosa=mucosa_colour(photometry).astype(np.float32),
        rim=0.0 if photometry.flat else 0.9,
        gloss=0.0 if photometry.flat else 0.03 * float(photometry.skin.mean()),
        warmth=_WARMTH * photometry.chroma,
        millimetre=millimetre,
        half_width=lips.half_width,
        closed=lips.closed,
        height_px=frame.height_px,
        softness_px=max(1.2, 1.3 * photometry.blur_px),
    )


def _raised(interior: Interior, opening: float) -> float:
    """Return how far the upper lip has risen from where both lips would meet, in face heights."""
    photographed = interior.photographed_opening
    kept = interior.photographed_raise * min(opening / photographed, 1.0) if photographed > 0 else 0.0
    more = _UPPER_SHARE * max(0.0, opening - photographed)
    return kept + min(more, _UPPER_RAISED_MM * interior.millimetre)


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
    float32, shape (4, 2, 3): affine maps from output pixels (column, row, 1) to plane pixels (column, row) of tongue,
    lower teeth, upper teeth, and the photographed plate.
    """
    mm = interior.millimetre
    lower_lip = state.opening - _raised(interior, state.opening)
    tongue_down = _TONGUE_FOLLOW * (1 - state.tongue_up) * lower_lip - _TONGUE_LIFT_MM * state.tongue_up * mm
    maps = [
        _plane_map(interior, frame, head, depth * mm, down)
        for depth, down in (
            (_TONGUE_DEPTH_MM, tongue_down),
            (_LOWER_DEPTH_MM, _LOWER_FOLLOW * lower_lip),
            (_UPPER_DEPTH_MM, -_HIDDEN_UP * _plate_share(interior, state)),
        )
    ]
    maps.append(_plate_map(interior, frame, head))
    corner = np.array([[1, 0, corner_px[0]], [0, 1, corner_px[1]], [0, 0, 1]], np.float64)
    return np.asarray([m @ corner for m in maps], np.float32)


def _plane_map(
    interior: Interior, frame: FaceFrame, head: NDArray[np.float64], depth: float, down: float
) -> NDArray[np.float64]:
    """Map picture pixels to the pixels of a plane `depth` behind the lip line, shape (2, 3)."""
    to_picture = _mouth_to_picture(interior, frame, head, depth, down)
    inverse = np.linalg.inv(np.vstack([to_picture, [0, 0, 1]]))[:2]
    scale = interior.pixels_per_face_height
    inverse[:, 2] -= interior.origin
    inverse *= scale
    inverse[:, 2] -= 0.5
    return inverse


def _plate_map(interior: Interior, frame: FaceFrame, head: NDArray[np.float64]) -> NDArray[np.float64]:
    """Map picture pixels to those of the photographed plate: the identity, but for the head's movement."""
    depth = _PLATE_DEPTH_MM * interior.millimetre
    still = _mouth_to_picture(interior, frame, np.eye(3, 4), depth, 0.0)
    moved = _mouth_to_picture(interior, frame, head, depth, 0.0)
    plate = (np.vstack([still, [0, 0, 1]]) @ np.linalg.inv(np.vstack([moved, [0, 0, 1]])))[:2]
    plate[:, 2] -= interior.photographed_box.x0, interior.photographed_box.y0
    return np.asarray(plate, np.float64)


def _mouth_to_picture(
    interior: Interior, frame: FaceFrame, head: NDArray[np.float64], depth: float, down: float
) -> NDArray[np.float64]:
    """Map mouth coordinates to picture pixels, shape (2, 3); planes do not shift at the photographed pose."""
    corners = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]) + interior.anchor + np.array([0, down, depth])
    turned = corners @ head[:, :3].T + head[:, 3]
    flat = (turned @ frame.rotation.T * frame.height_px + frame.origin_px)[:, :2]
    flat = flat - frame.rotation[:2, 2] * depth * frame.height_px
    return np.column_stack([flat[1] - flat[0], flat[2] - flat[0], flat[0]])


def lip_skin(interior: Interior, moved: float) -> NDArray[np.uint8]:
    """Return the picture in `Interior.photographed_box` from which the layers of skin are warped.

    Parameters
    ----------
    moved
        `MouthState.moved`: 0 gives the photo, 1 lips that can close without a residue of the photographed opening.
    """
    if moved <= 0:
        return interior.skin
    if moved >= 1:
        return interior.grown_skin
    return np.asarray(cv2.addWeighted(interior.skin, 1 - moved, interior.grown_skin, moved, 0), np.uint8)


def mouth_look(interior: Interior, state: MouthState) -> NDArray[np.float32]:
    """Return the compositor's numbers for a state; float32, laid out as `mouth_kernels` documents."""
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
            (1 - shown * (not interior.shows_teeth)) * (1 - min(1.0, 1.5 * state.tongue_up)),
            interior.rim * moving * (1 - 0.5 * shown),
            max(1.5, _RIM_MM * mm_px),
            interior.gloss,
            0.34 * moving if kept else 0.0,
            0.014 * height_px,
            interior.half_width * (1 - 0.3 * state.pucker) * interior.pixels_per_face_height,
            -interior.origin[0] * interior.pixels_per_face_height - 0.5,
            *interior.cavity,
            *interior.mucosa,
            interior.warmth,
            float(smoothstep(0.5, 1.0, np.array(state.tongue_up))),
        ],
        np.float32,
    )


def _plate_share(interior: Interior, state: MouthState) -> float:
    """Return how much of the photographed plate is shown: teeth always, a mere cavity only while the mouth is open."""
    if interior.photographed is None:
        return 0.0
    if interior.photographed.shows_teeth:
        return 1.0
    open_share = state.opening / interior.photographed_opening
    return float(smoothstep(0.35, 0.75, np.array(open_share)))
