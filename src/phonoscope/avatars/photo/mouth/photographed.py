"""The photographed inside of an open mouth, kept as a plate: teeth that are truly the person's own."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import CHEEKS
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.mouth.box import MouthBox
from phonoscope.avatars.photo.mouth.lip_red import reshape_red
from phonoscope.avatars.photo.mouth.parting import part_lips
from phonoscope.avatars.photo.mouth.plane import grain
from phonoscope.avatars.photo.photometry import Photometry

MIN_OPENING = 0.018
"""Least opening in face heights whose inside is worth keeping: below it the lips' own blur covers everything."""
_INSET = 0.007
"""How far inside the lip edges pixels are free of lip, in face heights."""
_SPREAD = 0.012
"""How far the plate reaches out under the lips, in face heights."""
_EDGE = 0.005
"""Width of the lip edge that the photo mixes with what lies behind, in face heights."""
_ALONG = 0.02
"""Blur of grown lips along the mouth, in face heights: single pixels of the lips' edges would grow into stripes."""
_TEXTURE_REACH, _MOST_TEXTURE = (0.02, 0.05), 14.0
"""How far from its border a hole takes on the texture around it, fully and at all (face heights); its most, in grey
levels: a glint is no texture."""
_TEXTURED_PX = 200, 320
"""Face heights in pixels between which that begins: in a small face all that is fine is edges and compression."""
_STRETCHED, _PLAIN = 0.03, 0.006
"""How far around the opening closing stretches the lips, and the blur along them that hides it, in face heights."""
_STRETCHING = 0.03, 0.06
"""Photographed openings from which on lips stretch enough to need that, and need it fully."""
_LOST_PX = 6.0, 10.0
"""Lips less high than this are lost in the blur of their own edge, wholly and not at all."""
_THIN_LIP, _LEAST_RED = 0.026, 0.75
"""Where lips are lost: height of those that close, in face heights, and what they show at least of the way from the
skin's colour to the lips'."""
_CHEEK_FROM, _CHEEK_LIGHT = (0.45, 0.75), 0.42
"""Between which places across the mouth the insides of the cheeks come into sight, and the light on them."""
_DARK_CORNER, _CORNER_REACH, _CORNER_FROM = 0.68, 0.03, 0.6
"""Pixels darker than this share of lip and skin, this near to the lip line (face heights), this far out (`MouthBox.x`)
are corner, not lip."""
_TOOTH_LIGHT, _TOOTH_RED, _LEAST_RED_LIP = 0.78, 0.65, 0.06
"""A tooth's least brightness against the cheeks', its most redness on the way from skin to lips, and the least length
of that way: lips as pale as the skin tell nothing."""
_TEETH_SHARE, _NARROW_SHARE, _NARROW = 1 / 6, 0.45, (0.03, 0.06)
"""Share of an opening that teeth take in a photo that shows them; more where it is narrow (face heights): teeth of
which a rim is seen between moist lips must not speak with pieces of those lips around them."""
_MIN_PIXELS = 30


@dataclass(frozen=True, slots=True, eq=False)
class PhotographedMouth:
    """The plate, in the pixels of `MouthBox`.

    Attributes
    ----------
    at_rest, moved
        float32, shape (height, width, 4): colour (0 to 255, not premultiplied) and coverage (0 to 1), as shown while
        the lips are where they were photographed, and once they have left.
    shows_teeth
        False when it shows the depth of the mouth only.
    """

    at_rest: NDArray[np.float32]
    moved: NDArray[np.float32]
    shows_teeth: bool


def teeth_pixels(
    rgb: NDArray[np.uint8], frame: FaceFrame, lips: LipLine, distances: MouthBox
) -> NDArray[np.uint8] | None:
    """Return the pixels of the photographed opening that are free of lip, shape (n, 3), or None without enough."""
    core = _core(frame, lips, distances)
    return None if core is None else rgb[distances.box.slices][core]


def keep_photographed_mouth(
    rgb: NDArray[np.uint8],
    frame: FaceFrame,
    lips: LipLine,
    distances: MouthBox,
    photometry: Photometry,
    mucosa: NDArray[np.float32],
) -> PhotographedMouth | None:
    """Return the photographed inside of the mouth, its colours extended under the lips, or None if it was closed.

    `mucosa` is the colour of the moist inside, shape (3,).
    """
    core = _core(frame, lips, distances)
    if core is None:
        return None
    from scipy.ndimage import distance_transform_edt

    height_px = frame.height_px
    region = rgb[distances.box.slices].astype(np.float32)
    inside = distances.inside_px()
    nearest = distance_transform_edt(~core, return_distances=False, return_indices=True)
    extended = cv2.GaussianBlur(region[nearest[0], nearest[1]], (0, 0), max(0.7, 0.5 * max(1.0, _INSET * height_px)))
    moved = np.where(core[..., None], region, extended)
    # The black corners of a smile would stay behind as wedges: light that falls past them shows the cheeks' insides.
    cheek = smoothstep(*_CHEEK_FROM, np.abs(distances.x))[..., None] * (_CHEEK_LIGHT * mucosa)
    moved = np.maximum(moved, cheek.astype(np.float32))
    at_rest = np.where((inside > -1)[..., None], region, moved)

    spread_px = max(1.5, _SPREAD * height_px)
    corners = 1 - smoothstep(0.97, 1.06, np.abs(distances.x).astype(np.float64))
    cover_at_rest = np.clip(1 + inside / spread_px, 0, 1) * corners
    # Once the lips have moved: still reach up under the upper lip, but end the teeth just above the lower lip.
    above_lower = np.clip((-distances.lower_distance_px - 0.002 * height_px) / max(1.0, 0.005 * height_px), 0, 1)
    cover_moved = above_lower * np.clip(1 + distances.upper_distance_px / spread_px, 0, 1) * corners
    return PhotographedMouth(
        at_rest=_plate(at_rest, cover_at_rest, max(0.6, 0.003 * height_px)),
        moved=_plate(moved, cover_moved, max(0.6, 0.002 * height_px)),
        shows_teeth=_shows_teeth(rgb, frame, lips, photometry, region[core]),
    )


def clean_lips(
    rgb: NDArray[np.uint8], frame: FaceFrame, lips: LipLine, distances: MouthBox, photometry: Photometry
) -> NDArray[np.uint8]:
    """Return the mouth's box of the picture with the lips grown over a photographed opening.

    Lips that close carry their own edge with them. Where the photo mixes that edge with the dark or the teeth behind
    it, and in the dark corners of a smile, which lie outside any lip line, a residue would stay in a closed mouth.

    Returns
    -------
    uint8, shape (box.height, box.width, 3); if the lips touch, without the dark line between them (`part_lips`).
    """
    region = rgb[distances.box.slices]
    if lips.closed:
        return part_lips(rgb, frame, lips, distances, photometry.grain)
    from scipy.ndimage import binary_dilation, distance_transform_edt

    inside, across = distances.inside_px(), np.abs(distances.x)
    edge_px = max(1.0, _EDGE * frame.height_px, 1.2 * photometry.blur_px)
    opening = (inside > -edge_px) & (across < 1)
    # Corners: what is much darker than the lips and hangs together with the opening.
    dark = region.mean(-1) < _DARK_CORNER * min(photometry.lip.mean(), photometry.skin.mean())
    corner = dark & (across > _CORNER_FROM) & (across < 1.25) & (np.abs(inside) < _CORNER_REACH * frame.height_px)
    hole = opening | binary_dilation(
        binary_dilation(opening, iterations=2, mask=opening | corner)
        | (corner & binary_dilation(opening, iterations=3)),
        iterations=max(1, int(0.25 * frame.height_px * _CORNER_REACH)),
        mask=opening | corner,
    )
    hole = binary_dilation(hole, iterations=max(1, round(0.6 * photometry.blur_px)))
    if not hole.any():
        return region.copy()
    # Around a dark corner the photo's blur darkens skin, which has no lip's edge to keep.
    wide = max(1, round(0.9 * photometry.blur_px + 0.004 * frame.height_px))
    hole |= binary_dilation(hole & corner, iterations=wide) & (across > _CORNER_FROM)
    if hole.all():
        return region.copy()
    # Colours continue those right outside the hole. Mixing both sides across its border would draw the penumbra of what
    # was behind as a line; so the border is only as soft as it takes to hide single pixels.
    nearest = distance_transform_edt(hole, return_distances=False, return_indices=True)
    grown = region[nearest[0], nearest[1]].astype(np.float32)
    depth = distance_transform_edt(hole)[..., None]
    soft = _smooth_inside(grown, hole, max(0.8, _EDGE * frame.height_px), _ALONG * frame.height_px)
    grown += (soft - grown) * smoothstep(0.0, max(2.0, 2 * _EDGE * frame.height_px), depth).astype(np.float32)
    grown += _mirrored_texture(region, hole, nearest, frame.height_px)
    grown += grain(grown.shape[:2], photometry.grain, seed=4)[..., None]
    grown = np.where(hole[..., None], grown, region.astype(np.float32))
    # Closing stretches the lips' red upwards and downwards; what is fine across it would become stripes.
    reach_px = _STRETCHED * frame.height_px
    outside = distance_transform_edt(~hole)
    near = (1 - smoothstep(0.4 * reach_px, reach_px, outside)).astype(np.float32)[..., None]
    near *= np.clip((lips.opening - _STRETCHING[0]) / (_STRETCHING[1] - _STRETCHING[0]), 0, 1)
    plain = cv2.GaussianBlur(grown, (0, 0), max(0.6, _PLAIN * frame.height_px), sigmaY=0.3)
    grown += near * (plain - grown)
    lip_px = _THIN_LIP * frame.height_px
    rim = (1 - smoothstep(0.4 * lip_px, lip_px, outside)) * np.clip(1 - across**4, 0, 1)
    rim *= np.clip((_LOST_PX[1] - lips.lower_thickness * frame.height_px) / (_LOST_PX[1] - _LOST_PX[0]), 0, 1)
    grown += rim[..., None].astype(np.float32) * _missing_red(grown, photometry)
    grown = reshape_red(grown, lips, distances, frame.height_px)
    return np.asarray(np.clip(grown + 0.5, 0, 255), np.uint8)


def _mirrored_texture(
    region: NDArray[np.uint8], hole: NDArray[np.bool_], nearest: NDArray[np.int32], height_px: float
) -> NDArray[np.float32]:
    """Return the lips' own texture, mirrored at the border of a hole into it; shape (height, width, 1).

    Cracks of old paint, chapped lips and canvas go on in lips that close, or these look polished.
    """
    grey = region.mean(-1).astype(np.float32)
    # What borders on the hole is no texture: each side is blurred by itself.
    known = (~hole).astype(np.float32)
    sigma = max(1.0, _EDGE * height_px)
    plain = cv2.GaussianBlur(grey * known, (0, 0), sigma) / np.maximum(cv2.GaussianBlur(known, (0, 0), sigma), 1e-3)
    rows, columns = np.indices(hole.shape)
    row = np.clip(2 * nearest[0] - rows, 0, hole.shape[0] - 1)
    column = np.clip(2 * nearest[1] - columns, 0, hole.shape[1] - 1)
    away = np.hypot(nearest[0] - rows, nearest[1] - columns) / height_px
    share = (known[row, column] * (1 - smoothstep(*_TEXTURE_REACH, away))).astype(np.float32)
    share *= float(smoothstep(*_TEXTURED_PX, np.array(height_px)))
    texture = np.clip(grey - plain, -_MOST_TEXTURE, _MOST_TEXTURE)[row, column]
    return np.asarray((texture * share * hole)[..., None], np.float32)


def _missing_red(colour: NDArray[np.float32], photometry: Photometry) -> NDArray[np.float32]:
    """Return what colours, shape (..., 3), lack of being a lip's at all."""
    red = (photometry.lip - photometry.skin).astype(np.float32)
    share = (colour - photometry.skin.astype(np.float32)) @ red / max(float(red @ red), 1.0)
    return np.asarray(np.clip(_LEAST_RED - share, 0, _LEAST_RED)[..., None] * red, np.float32)


def _smooth_inside(
    colour: NDArray[np.float32], hole: NDArray[np.bool_], across_px: float, along_px: float
) -> NDArray[np.float32]:
    """Blur colours of a hole, shape (height, width, 3), by each other alone."""
    weight = hole.astype(np.float32)
    total = cv2.GaussianBlur(colour * weight[..., None], (0, 0), along_px, sigmaY=across_px)
    share = cv2.GaussianBlur(weight, (0, 0), along_px, sigmaY=across_px)
    return np.asarray(total / np.maximum(share, 1e-3)[..., None], np.float32)


def _core(frame: FaceFrame, lips: LipLine, distances: MouthBox) -> NDArray[np.bool_] | None:
    if lips.closed or lips.opening <= MIN_OPENING:
        return None
    core = (distances.inside_px() > max(1.0, _INSET * frame.height_px)) & (np.abs(distances.x) < 0.97)
    return core if int(core.sum()) > _MIN_PIXELS else None


def _shows_teeth(
    rgb: NDArray[np.uint8], frame: FaceFrame, lips: LipLine, photometry: Photometry, inside: NDArray[np.float32]
) -> bool:
    """Tell teeth from tongue, cavity, and glints on the lips' inside: enough of it is light, and not a lip's red."""
    x, y = np.clip(frame.landmarks_px[list(CHEEKS), :2].T.astype(int), 0, np.array(rgb.shape[1::-1])[:, None] - 1)
    cheek = float(np.median(rgb[y, x].mean(-1)))
    # Redness is what red has over green, against the light there is.
    red, skin, lip = (
        (c[..., 0] - c[..., 1]) / (c.mean(-1) + 1) for c in (inside, photometry.skin[None], photometry.lip[None])
    )
    limit = skin + _TOOTH_RED * np.maximum(lip - skin, _LEAST_RED_LIP)
    share = float(((inside.mean(-1) > _TOOTH_LIGHT * cheek) & (red < limit)).mean())
    narrow = 1 - float(smoothstep(*_NARROW, np.array(lips.opening)))
    return share > _TEETH_SHARE + (_NARROW_SHARE - _TEETH_SHARE) * narrow


def _plate(colour: NDArray[np.float32], cover: NDArray[np.float64], soft_px: float) -> NDArray[np.float32]:
    return np.dstack([colour, cv2.GaussianBlur(cover.astype(np.float32), (0, 0), soft_px)]).astype(np.float32)
