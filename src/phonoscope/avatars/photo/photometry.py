"""What the photo's light, colours, sharpness and grain are, so that drawn parts match it."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import CHEEKS, EYES, FACE_OVAL
from phonoscope.avatars.photo.tone import measure_tint

_SKIN = (*CHEEKS, 118, 347)
_LOWER_LIP = (17, 15, 16, 84, 314)
_EYE_EDGES = (33, 263, 159, 145, 386, 374)

_AROUND_MOUTH, _LIT_PERCENTILE = (*CHEEKS, 207, 427, 199, 208, 428, 164, 167, 393, 92, 322), 80
"""Landmarks on the skin around the mouth; how many percent of them lie in less light than counts as lit."""

_SKIN_RADIUS = 0.02
"""Half the side of a skin sample, in face heights: large enough for a median without pores, smaller than a cheek."""
_LIP_RADIUS = 0.008
"""Half the side of a lip sample, in face heights."""
_SCLERA_PERCENTILES = (70, 92)
"""Of the lightness inside the eyelids: above the iris and lashes, below the catch-light."""
_TEETH_PERCENTILES = (55, 95)
"""Of the lightness of photographed teeth: above the gaps and shade, below the gloss."""
_TOOTH_LIGHTNESS = (20.0, 93.0)
"""Lab L* that a tooth may have: never black in a dark photo, never paper white in a bright one."""
_TOOTH_LEAST_LIGHT, _TOOTH_MOST_RED = 0.68, 4.0
"""Least light of a photographed tooth as a share of the skin's, and most Lab a* beyond the skin's."""
_GREY_CHROMA = 4.0
"""Lab chroma (|a*| + |b*|) of the skin below which a picture counts as black and white."""
_LIP_COLOUR = 0.6
"""Skin's chroma as a share of lips', as a rule."""
_BLUR_PX = (0.5, 4.0)
"""Range of the blur estimate: no camera is sharper, and softer photos cannot be told apart by gradients."""
_MOST_BLUR = 0.0065
"""Most blur of drawn parts, in face heights: eyes of small or painted faces have no edges to measure, and lips blurred
by more would vanish."""
_LIGHT_SIDES = ((50, 205, 118), (280, 425, 347), (151, 9, 108, 337), (199, 200, 208))
"""Landmarks on skin that faces the picture's left, right, up and down."""
FRONT_LIGHT = np.array([0.0, -0.35, 0.94])
"""Direction of light when nothing is known: from the front and above, as in most portraits."""
_FLAT_HEIGHT_PX, _FLAT_SLOPE, _FLAT_SHARE = 256, 0.35, 0.40
"""A drawing is flat when, on a face this high, so much of it changes by less than `_FLAT_SLOPE` grey levels a pixel.
Portraits measured 0.00 to 0.07, soft-shaded anime 0.12; areas of one colour come to 0.6 and more."""
_DARKEST_PERCENTILE, _MOST_VEILED = 1, 1.8
"""Share of a face, in percent, that is its darkest; the depth of a mouth is no darker in a veiled, faded or softly
painted picture, but lightened so many times at most."""
_MAD_TO_SIGMA = 1.48
"""Standard deviation of a normal distribution over its median absolute deviation."""


@dataclass(frozen=True, slots=True, eq=False)
class Photometry:
    """Measured looks of a face. Colours are sRGB, float64, shape (3,), 0 to 255.

    Attributes
    ----------
    skin, lip, sclera, tooth, cavity
        Colours of the cheeks, the lower lip, the white of the eyes, and (estimated) the teeth and the open mouth.
    chroma
        0 for a black-and-white picture, 1 for full colour.
    blur_px
        Standard deviation of the picture's own blur near the eyes, in pixels.
    grain
        Standard deviation of the fine noise on the cheeks, in grey levels.
    flat
        True for a flat drawing (cel shading, line art): drawn parts then carry no modelling.
    tint
        The colour of each grey level, float64 (256, 3), in a picture of one tone; its `chroma` is 0.
    light
        float64, shape (3,): unit vector towards the light, to the picture's right, down, and towards the viewer.
    """

    skin: NDArray[np.float64]
    lip: NDArray[np.float64]
    sclera: NDArray[np.float64]
    tooth: NDArray[np.float64]
    cavity: NDArray[np.float64]
    chroma: float
    blur_px: float
    grain: float
    flat: bool = False
    tint: NDArray[np.float64] | None = None
    light: NDArray[np.float64] = field(default_factory=lambda: FRONT_LIGHT)


def measure_photometry(
    rgb: NDArray[np.uint8], frame: FaceFrame, teeth_rgb: NDArray[np.uint8] | None = None, flat: bool | None = None
) -> Photometry:
    """Measure the looks of a face.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3).
    frame
        Where the face lies in it.
    teeth_rgb
        uint8, shape (n, 3): pixels of the photographed mouth opening, if there is one; its lighter part sets the
        colour of the teeth unless it is too dark to be teeth.
    flat
        Whether the picture is a flat drawing; None judges by `is_flat`.
    """
    flat = is_flat(rgb, frame) if flat is None else flat
    radius_px = max(1.0, _SKIN_RADIUS * frame.height_px)
    skin = _median_colour(rgb, frame, _SKIN, radius_px)
    lip = _median_colour(rgb, frame, _LOWER_LIP, max(1.0, _LIP_RADIUS * frame.height_px))
    sclera = _sclera(rgb, frame)
    sclera = skin if sclera is None else sclera
    skin_lab = _to_lab(skin)
    # Powdered or drawn skin may be nearly white in a picture full of colour: then the lips tell.
    strongest = max(float(np.hypot(*lab[1:])) for lab in (skin_lab, _LIP_COLOUR * _to_lab(lip)))
    tint = measure_tint(rgb, frame, lip)
    chroma = float(np.clip((strongest - 2) / 10, 0, 1)) if tint is None else 0.0
    tooth = _photographed_tooth(teeth_rgb, skin)
    if tooth is None:
        tooth = _estimated_tooth(skin_lab, _to_lab(sclera), _lit_skin(rgb, frame, radius_px))
    cavity = skin * (np.array([0.45, 0.25, 0.28]) if flat else np.array([0.25, 0.12, 0.11]))
    if not flat:
        cavity *= np.clip(_darkest(rgb, frame) / max(float(cavity.mean()), 1.0), 1.0, _MOST_VEILED)
    return Photometry(
        skin=skin,
        lip=lip,
        sclera=sclera,
        tooth=tooth if tint is None else with_chroma(tooth, 0.0),
        cavity=with_chroma(cavity, chroma),
        chroma=chroma,
        blur_px=min(estimate_blur_px(rgb, frame), max(_BLUR_PX[0], _MOST_BLUR * frame.height_px)),
        grain=_grain(rgb, frame, radius_px),
        flat=flat,
        tint=tint,
        light=_light(rgb, frame),
    )


def _darkest(rgb: NDArray[np.uint8], frame: FaceFrame) -> float:
    """Return the grey level of the darkest parts of a face: pupils, nostrils, lashes."""
    outline = frame.landmarks_px[list(FACE_OVAL), :2]
    low = np.clip(np.floor(outline.min(0)).astype(int), 0, np.array(rgb.shape[1::-1]) - 1)
    high = np.maximum(np.ceil(outline.max(0)).astype(int), low + 1)
    face = rgb[low[1] : high[1], low[0] : high[0]]
    mask = np.zeros(face.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(outline - low).astype(np.int32)], (1,))
    inside = face[mask > 0]
    return float(np.percentile(inside.mean(-1), _DARKEST_PERCENTILE)) if len(inside) else 0.0


def estimate_blur_px(rgb: NDArray[np.uint8], frame: FaceFrame) -> float:
    """Return the standard deviation of the picture's own blur, in pixels, from the edges around the eyes.

    A sharp edge loses much of its slope to a slight blur, a soft one hardly any: the ratio of the steepest slopes
    before and after tells how soft it was.
    """
    eyes = frame.landmarks_px[list(_EYE_EDGES)]
    margin_px = 0.03 * frame.height_px
    height, width = rgb.shape[:2]
    x0, x1 = (int(np.clip(f(eyes[:, 0]), 0, width)) for f in (np.min, np.max))
    y0 = int(np.clip(eyes[:, 1].min() - margin_px, 0, height))
    y1 = int(np.clip(eyes[:, 1].max() + margin_px, 0, height))
    grey = cv2.cvtColor(rgb[y0:y1, x0:x1], cv2.COLOR_RGB2GRAY).astype(np.float32) if y1 > y0 and x1 > x0 else None
    if grey is None or grey.shape[1] < 3:
        return 1.0
    sharp, soft = (
        float(np.percentile(np.abs(np.diff(g, axis=1)), 97)) for g in (grey, cv2.GaussianBlur(grey, (0, 0), 1.0))
    )
    ratio = sharp / max(soft, 1e-3)
    return float(np.clip(0.5 / max(ratio - 1, 0.08), *_BLUR_PX))


def is_flat(rgb: NDArray[np.uint8], frame: FaceFrame) -> bool:
    """Tell a flat drawing by its areas without any shading: skin always has some, be it photographed or painted."""
    scale = _FLAT_HEIGHT_PX / frame.height_px
    outline = frame.landmarks_px[list(FACE_OVAL), :2]
    low = np.clip(np.floor(outline.min(0)).astype(int), 0, None)
    high = np.ceil(outline.max(0)).astype(int)
    face = rgb[low[1] : high[1], low[0] : high[0]]
    if min(face.shape[:2]) < 8:
        return False
    size = tuple(max(8, round(side * scale)) for side in face.shape[1::-1])
    small = cv2.resize(face, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    mask = np.zeros(small.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round((outline - low) * scale).astype(np.int32)], (1,))
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    slope = np.hypot(*np.gradient(grey))
    return bool((slope[mask > 0] < _FLAT_SLOPE).mean() > _FLAT_SHARE)


def picture_chroma(rgb: NDArray[np.uint8]) -> float:
    """Return 0 for a black-and-white picture, 1 for one in full colour, by its most colourful parts.

    For faces whose skin tells nothing: fur and paper are grey in pictures full of colour.
    """
    small = cv2.resize(rgb, (64, 64), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    strongest = float(np.percentile(np.hypot(lab[..., 1], lab[..., 2]), 98))
    return float(np.clip((strongest - 2) / 10, 0, 1))


def with_chroma(colour: NDArray[np.float64], chroma: float) -> NDArray[np.float64]:
    """Return sRGB colours, shape (..., 3), faded to grey by `chroma` (1: unchanged, 0: grey)."""
    grey = colour.mean(-1, keepdims=True)
    return np.asarray(grey + (colour - grey) * chroma)


def _patch(rgb: NDArray[np.uint8], place: NDArray[np.float64], radius_px: float) -> NDArray[np.uint8]:
    (x, y), (height, width) = place[:2], rgb.shape[:2]
    x0, y0 = (int(np.clip(c - radius_px, 0, n - 1)) for c, n in ((x, width), (y, height)))
    x1, y1 = (int(np.clip(c + radius_px + 1, c0 + 1, n)) for c, c0, n in ((x, x0, width), (y, y0, height)))
    return rgb[y0:y1, x0:x1]


def _median_colour(
    rgb: NDArray[np.uint8], frame: FaceFrame, landmarks: tuple[int, ...], radius_px: float
) -> NDArray[np.float64]:
    patches = [_patch(rgb, frame.landmarks_px[i], radius_px).reshape(-1, 3) for i in landmarks]
    return np.asarray(np.median(np.concatenate(patches), 0), np.float64)


def _sclera(rgb: NDArray[np.uint8], frame: FaceFrame) -> NDArray[np.float64] | None:
    """Return the colour of the white of the eyes, or None when the eyes are too small or closed."""
    colours = []
    for eye in EYES:
        outline = frame.landmarks_px[[*eye.upper_lid, *eye.lower_lid[::-1]], :2]
        mask = np.zeros(rgb.shape[:2], np.uint8)
        cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], (1,))
        pixels = rgb[mask > 0].astype(np.float64)
        if len(pixels) <= 8:
            continue
        lightness = pixels.mean(1)
        low, high = np.percentile(lightness, _SCLERA_PERCENTILES)
        colours.append(pixels[(lightness >= low) & (lightness <= high)].mean(0))
    return np.asarray(np.mean(colours, 0)) if colours else None


def _photographed_tooth(teeth_rgb: NDArray[np.uint8] | None, skin: NDArray[np.float64]) -> NDArray[np.float64] | None:
    if teeth_rgb is None or len(teeth_rgb) <= 30:
        return None
    lightness = teeth_rgb.mean(1)
    low, high = np.percentile(lightness, _TEETH_PERCENTILES)
    band = teeth_rgb[(lightness >= low) & (lightness <= high)]
    # A photographed opening that is much darker than the skin shows the cavity, not teeth.
    if band.mean() <= _TOOTH_LEAST_LIGHT * skin.mean():
        return None
    # Nor does one that is redder than the skin: gums, or lips that the blur has mixed in.
    if _to_lab(np.asarray(band.mean(0), np.float64))[1] > _to_lab(skin)[1] + _TOOTH_MOST_RED:
        return None
    return np.asarray(band.mean(0), np.float64)


def _lit_skin(rgb: NDArray[np.uint8], frame: FaceFrame, radius_px: float) -> float:
    """Return the Lab lightness of the skin around the mouth where light falls on it: teeth face it, too."""
    patches = [_median_colour(rgb, frame, (i,), radius_px) for i in _AROUND_MOUTH]
    return float(np.percentile([_to_lab(colour)[0] for colour in patches], _LIT_PERCENTILE))


def _estimated_tooth(skin_lab: NDArray[np.float64], sclera_lab: NDArray[np.float64], lit: float) -> NDArray[np.float64]:
    """Return a tooth colour for the light that skin and sclera show: lighter than the skin, and yellow.

    Parameters
    ----------
    lit
        Lightness of the skin in the light (`_lit_skin`): where half a face lies in shade, teeth do not.
    """
    skin_lab = np.array([0.4 * skin_lab[0] + 0.6 * max(lit, skin_lab[0]), *skin_lab[1:]])
    coloured = np.abs(skin_lab[1:]).sum() > _GREY_CHROMA
    # Dark skin is dark by its colour more than by its light: its teeth are no darker than others'.
    by_skin = max(skin_lab[0] * 1.20, min(0.45 * skin_lab[0] + 42, 1.4 * skin_lab[0]))
    lightness = np.clip(max(by_skin, sclera_lab[0]), *_TOOTH_LIGHTNESS)
    return _from_lab(np.array([lightness, 0.32 * skin_lab[1] + 1.2 * coloured, 0.50 * skin_lab[2] + 3.5 * coloured]))


def _light(rgb: NDArray[np.uint8], frame: FaceFrame) -> NDArray[np.float64]:
    """Estimate the light's direction from how much brighter one side of the face is than the other."""
    radius_px = max(1.0, _SKIN_RADIUS * frame.height_px)
    left, right, top, bottom = (float(_median_colour(rgb, frame, side, radius_px).mean()) + 1 for side in _LIGHT_SIDES)
    x = np.clip(0.9 * (right - left) / (right + left), -0.6, 0.6)
    # Beards darken chins and fringes darken foreheads: the vertical difference counts for little.
    y = np.clip(FRONT_LIGHT[1] + 0.4 * (bottom - top) / (bottom + top), -0.6, 0.0)
    return np.array([x, y, np.sqrt(1 - x * x - y * y)])


def _to_lab(colour: NDArray[np.float64]) -> NDArray[np.float64]:
    rgb = (np.clip(colour, 0, 255) / 255).astype(np.float32).reshape(1, 1, 3)
    return cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB).ravel().astype(np.float64)


def _from_lab(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    rgb = cv2.cvtColor(lab.astype(np.float32).reshape(1, 1, 3), cv2.COLOR_LAB2RGB).ravel()
    return np.clip(rgb * 255, 0, 255).astype(np.float64)


def _grain(rgb: NDArray[np.uint8], frame: FaceFrame, radius_px: float) -> float:
    """Return the standard deviation of the fine noise on the cheeks, in grey levels."""
    noise = []
    for i in CHEEKS[:2]:
        # Two more pixels a side, so that the blur sees across the sample's border.
        patch = _patch(rgb, frame.landmarks_px[i], 1.5 * radius_px + 2)
        grey = cv2.cvtColor(patch, cv2.COLOR_RGB2GRAY).astype(np.float32)
        noise.append((grey - cv2.GaussianBlur(grey, (0, 0), 1.2)).ravel())
    return float(np.median(np.abs(np.concatenate(noise))) * _MAD_TO_SIGMA)
