"""What is seen between the lips: cavity, tongue, teeth, and the photographed mouth if it was open."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.lips.line import COLUMNS, LipLine
from phonoscope.avatars.photo.motion.mouth_space import photographed_drop
from phonoscope.avatars.photo.mouth import plane
from phonoscope.avatars.photo.mouth.box import MouthBox
from phonoscope.avatars.photo.mouth.photographed import PhotographedMouth, clean_lips, keep_photographed_mouth
from phonoscope.avatars.photo.mouth.teeth import draw_lower_teeth, draw_upper_teeth
from phonoscope.avatars.photo.mouth.tongue import draw_tongue, draw_tongue_tip, mucosa_colour
from phonoscope.avatars.photo.photometry import Photometry
from phonoscope.avatars.photo.tone import tinted
from phonoscope.core.frames import Box

_UPPER_SHARE = 0.40
"""Part of a photographed opening, beyond what the jaw closes, by which the upper lip has risen (`motion.fields`)."""
_WARMTH = 0.44
"""Red that shaded teeth take on, as a share of the light that they lack."""
_PARTED = 0.016
"""Opening in face heights at which nothing is left of the dark line between closed lips."""
_RIM, _GLOSS = 0.9, 0.10
"""How much of the lower lip's inside shows, and its highlight against the skin's brightness."""


@dataclass(frozen=True, slots=True, eq=False)
class Interior:
    """The inside of a mouth, ready to be composed.

    Mouth coordinates: face heights to the right of and below `anchor`, on planes parallel to the face. Plane pixel
    (0, 0) is centred half a pixel right of and below `origin`.

    Attributes
    ----------
    tongue, tongue_tip, lower_teeth, upper_teeth
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
    tongue_tip: NDArray[np.float32]
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
        """Tongue, lower and upper teeth, photographed mouth at rest and moved, and tongue's tip, for the compositor."""
        nothing = np.zeros((2, 2, 4), np.float32)
        kept = (nothing, nothing)
        if self.photographed is not None:
            kept = self.photographed.at_rest, self.photographed.moved
        return self.tongue, self.lower_teeth, self.upper_teeth, *kept, self.tongue_tip


def build_interior(
    rgb: NDArray[np.uint8], frame: FaceFrame, lips: LipLine, photometry: Photometry, distances: MouthBox
) -> Interior:
    """Draw the inside of a mouth in the photo's light, and keep the photographed one if the mouth was open."""
    millimetre = lips.millimetre
    mucosa = tinted(mucosa_colour(photometry), photometry.tint).astype(np.float32)
    plane_px = min(frame.height_px, plane.MOST_PX)
    grid = plane.mouth_grid(plane_px, millimetre)
    looks = replace(photometry, blur_px=photometry.blur_px * plane_px / frame.height_px)
    middle = COLUMNS // 2
    opening = 0.0 if lips.closed else lips.opening
    # The jaw closes its part of a wide opening (`motion.fields`); the lips share the rest.
    raised = 0.0 if lips.closed else _UPPER_SHARE * max(0.0, opening - photographed_drop(lips))
    return Interior(
        tongue=draw_tongue(grid, looks),
        tongue_tip=draw_tongue_tip(grid, looks),
        lower_teeth=draw_lower_teeth(grid, looks),
        upper_teeth=draw_upper_teeth(grid, looks),
        origin=(plane.LEFT, plane.TOP),
        pixels_per_face_height=plane_px,
        anchor=np.array([lips.centre_u, lips.upper[middle] + raised, lips.depth[middle]]),
        photographed_opening=opening,
        photographed_raise=raised,
        photographed=keep_photographed_mouth(rgb, frame, lips, distances, photometry, mucosa),
        photographed_box=distances.box,
        skin=rgb[distances.box.slices],
        grown_skin=clean_lips(rgb, frame, lips, distances, photometry),
        cavity=tinted(photometry.cavity, photometry.tint).astype(np.float32),
        mucosa=mucosa,
        rim=0.0 if photometry.flat else _RIM,
        gloss=0.0 if photometry.flat else _GLOSS * float(photometry.skin.mean()),
        warmth=_WARMTH * photometry.chroma,
        millimetre=millimetre,
        half_width=lips.half_width,
        closed=lips.closed,
        height_px=frame.height_px,
        softness_px=max(1.2, 1.3 * photometry.blur_px),
    )


def lip_skin(interior: Interior, moved: float, opening: float) -> NDArray[np.uint8]:
    """Return the picture in `Interior.photographed_box` from which the layers of skin are warped.

    Parameters
    ----------
    moved
        `state.MouthState.moved`: 0 gives the photo, 1 lips that close without a residue of its opening.
    opening
        Between the lips, in face heights: closed lips lose the dark line between them as they part.
    """
    if interior.closed:
        moved *= float(smoothstep(0.0, _PARTED, np.array(opening)))
    if moved <= 0:
        return interior.skin
    if moved >= 1:
        return interior.grown_skin
    return np.asarray(cv2.addWeighted(interior.skin, 1 - moved, interior.grown_skin, moved, 0), np.uint8)
