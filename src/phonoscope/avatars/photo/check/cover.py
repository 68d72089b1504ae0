"""Whether something lies over a face: a mask, a hand, a microphone, hair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.check.report import Finding, Grade
from phonoscope.avatars.photo.check.view import FaceView
from phonoscope.avatars.photo.finding.landmarks import FACE_OVAL, OUTER_LOWER_LIP, OUTER_UPPER_LIP

UPPER_FACE = (151, 9, 108, 337, 118, 347, 100, 329)
"""Landmarks that masks leave free, on forehead and below the eyes: their median is the skin's colour."""

LOWER_FACE = {
    "nose": (1, 4),
    "upper lip": (164, 167, 393),
    "chin": (199, 200, 175),
    "left cheek": (205, 187),
    "right cheek": (425, 411),
    "left jaw": (214, 192),
    "right jaw": (434, 416),
}

STRANGE_CHROMA, STRANGE_SHARE = 23.0, 0.6
"""Distance (Lab a*, b*) from the skin's colour, as it would be in the same light, beyond which a part is something
else: this, and this share of the skin's chroma. Shadows, rouge and painted skin stay below 21, or in glowing colours
below half the chroma; coloured cloth and plastic come to 26 and more."""

DARK = 0.36
"""Share of the skin's L* below which a part is something dark, or in a very deep shadow."""

SAME_HUE = 0.5
"""Weight of a distance in the skin's own hue: skin glows in coloured light, and pales where it shines."""

MASK_ALIKE, MASK_APART = 13.0, 9.0
"""Under a mask all parts of the lower face are as alike as this (Lab), and apart from the skin by this."""

PLAIN_MOUTH, PLAIN_SHARE, FOLDED_MOUTH = 7.0, 0.25, 16.0
"""Range of L* in a mouth that nobody can see, and share of the face's own range: any visible pair of lips has a shadow
between them and more than 9. The folds of a mask may have more."""

OFTEN_RED = ("nose", "upper lip")
"""Noses are red of cold and in cartoons, and what lies around lips is painted."""

HAND_POINTS = 3
"""Joints of a hand that must lie on the face: fewer only touch its border."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the face: its Lab colour, and how far its hue is from skin in the same light."""

    lab: NDArray[np.float64]
    strange: float


def check_cover(
    view: FaceView, hands_px: tuple[NDArray[np.float64], ...] = (), bearded: bool = False, true_colours: bool = True
) -> Finding:
    """Tell whether something lies over the face.

    Parameters
    ----------
    view
        The face.
    hands_px
        Hands in the picture, each the joints as float64 (21, 2), in pixels.
    bearded
        Whether a beard was seen, which is dark by itself.
    true_colours
        Whether colours can be believed: those of burnt-out skin are off.
    """
    skin = view.colour(UPPER_FACE)
    parts = {name: _part(view, landmarks, skin) for name, landmarks in LOWER_FACE.items()}
    mouth_range = _range(view, view.mask(OUTER_UPPER_LIP + OUTER_LOWER_LIP[::-1], 0.95))
    plain_mouth = mouth_range < min(PLAIN_MOUTH, PLAIN_SHARE * _range(view, view.mask(FACE_OVAL, 0.95)))
    if mouth_range < FOLDED_MOUTH and _is_masked(parts, skin):
        return Finding("cover", Grade.POOR, "mask", "A mask covers the mouth: use a photo without it.")
    if plain_mouth and min(parts[name].lab[0] for name in ("chin", "upper lip")) < 0.8 * skin[0]:
        return Finding("cover", Grade.POOR, "mouth covered", "Something covers the mouth: use a photo without it.")
    hand = _hand_over(view, hands_px)
    if hand:
        grade = Grade.POOR if hand == "mouth" else Grade.USABLE
        advice = f"A hand covers the {hand}: use a photo with the hands away from the face."
        return Finding("cover", grade, "hand", advice)
    limit = max(STRANGE_CHROMA, STRANGE_SHARE * float(np.hypot(*skin[1:])))
    strange = [name for name, part in parts.items() if name not in OFTEN_RED and part.strange > limit]
    if strange and true_colours:
        advice = f"Something of another colour lies over the {strange[0]}: clear it away, or it moves with the skin."
        return Finding("cover", Grade.USABLE, f"{strange[0]} covered", advice, round(parts[strange[0]].strange, 1))
    if parts["chin"].lab[0] < DARK * skin[0] and not bearded:
        advice = "Something dark lies over the chin: a beard or shadow is fine, a microphone moves with the skin."
        return Finding("cover", Grade.USABLE, "dark chin", advice)
    return Finding("cover", Grade.GOOD, "free")


def _part(view: FaceView, landmarks: tuple[int, ...], skin: NDArray[np.float64]) -> _Part:
    colour = view.colour(landmarks)
    # Less light takes away chroma as it takes away lightness.
    expected = skin[1:] * np.clip(colour[0] / max(skin[0], 1.0), 0.2, 1.2)
    apart, hue = colour[1:] - expected, skin[1:] / max(float(np.hypot(*skin[1:])), 1e-6)
    along = float(apart @ hue)
    across = float(np.hypot(*(apart - along * hue)))
    return _Part(colour, float(np.hypot(across, SAME_HUE * along)))


def _is_masked(parts: dict[str, _Part], skin: NDArray[np.float64]) -> bool:
    colours = np.array([part.lab for part in parts.values()])
    middle = np.median(colours, 0)
    alike = np.linalg.norm(colours - middle, axis=1) < MASK_ALIKE
    return bool(alike.mean() > 0.8 and np.linalg.norm((middle - skin) * (0.6, 1, 1)) > MASK_APART)


def _range(view: FaceView, part: NDArray[np.bool_]) -> float:
    """Return the range of L* in a part of the view, without its extremes."""
    light = view.lab[..., 0][part & view.inside]
    return float(np.ptp(np.percentile(light, (3, 97)))) if len(light) else 100.0


def _hand_over(view: FaceView, hands_px: tuple[NDArray[np.float64], ...]) -> str:
    """Return ``mouth`` or ``face`` when a hand lies over it, or an empty string."""
    if not hands_px:
        return ""
    frame = view.frame
    # The view's own straightening, found again from three landmarks that span the face.
    known = np.column_stack([frame.landmarks_px[:, :2], np.ones(len(frame.landmarks_px))])
    matrix, *_ = np.linalg.lstsq(known, view.points, rcond=None)
    face, mouth = view.mask(FACE_OVAL), view.mask(OUTER_UPPER_LIP + OUTER_LOWER_LIP[::-1], 1.3)
    for joints in hands_px:
        place = np.round(np.column_stack([joints, np.ones(len(joints))]) @ matrix).astype(int)
        seen = place[((place >= 0) & (place < face.shape[0])).all(1)]
        if face[seen[:, 1], seen[:, 0]].sum() >= HAND_POINTS:
            return "mouth" if mouth[seen[:, 1], seen[:, 0]].any() else "face"
    return ""
