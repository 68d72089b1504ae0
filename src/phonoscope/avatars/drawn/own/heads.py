"""Where the head of somebody's own drawing is, guessed from what is drawn of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.own.mouths import rest_mouth
from phonoscope.avatars.drawn.own.pieces import SOLID, OwnDrawing, PixelBox, box_of, merged
from phonoscope.avatars.drawn.own.settings import Settings
from phonoscope.avatars.drawn.puppet import Build, Role

HEAD_ROLES = ((Role.HEAD,), (Role.FACE,), (Role.HAIR, Role.REAR_HAIR, Role.NOSE, Role.EARS))
"""What tells where the head is, the best first."""

NECK_WIDTH = (0.15, 0.72)
"""A head that ends in a stump of this width, as shares of its largest, has its neck drawn with it."""

NECK_DEPTH = 0.06
"""Where the head turns: so far below the chin, in face heights."""

CHIN_BELOW = 0.9
"""Chin below the mouth, in distances of eyes and mouth, where no head is drawn apart."""

CROWN_ABOVE = 1.8
"""Crown above the eyes, in the same."""

FACE_SHAPE = 0.8
"""Width of a face whose width nobody tells, as a share of its height."""


def head_build(drawing: OwnDrawing, settings: Settings, whole: bool = False) -> tuple[Build, bool]:
    """Return the head's measures, and whether a head was found: else they are guessed from the face.

    Parameters
    ----------
    whole
        The pictures show the whole character; only eyes and mouth tell where its face is.
    """
    box = None if whole else _head_box(drawing)
    found = box is not None
    x0, y0, x1, y1 = box if box is not None else _from_features(drawing)
    crown = drawing.place(settings.crown) if settings.crown else ((x0 + x1) / 2, float(y0))
    chin = drawing.place(settings.chin) if settings.chin else ((x0 + x1) / 2, float(y1))
    height = max(float(np.hypot(chin[0] - crown[0], chin[1] - crown[1])), 8.0)
    width = drawing.to_px[0] * settings.face_width if settings.face_width else float(x1 - x0)
    floats = not drawing.stands if settings.floats is None else settings.floats
    neck = (
        drawing.place(settings.neck) if settings.neck else (chin[0], chin[1] + (0.0 if floats else NECK_DEPTH * height))
    )
    middle = ((crown[0] + chin[0]) / 2, (crown[1] + chin[1]) / 2)
    return Build(middle, height, max(width, 8.0), neck, floats), found


def _head_box(drawing: OwnDrawing) -> PixelBox | None:
    for roles in HEAD_ROLES:
        whole = merged(piece.sprite for role in roles for piece in drawing.of(role))
        box = box_of([whole]) if whole else None
        if whole is not None and box is not None:
            if roles == (Role.HEAD,):
                box = _without_neck(whole.rgba[:, :, 3] >= SOLID, box, whole.y)
            return box
    return None


def _without_neck(solid: NDArray[np.bool_], box: PixelBox, top: int) -> PixelBox:
    """Return the head's box without a neck that is drawn with it: the stump below the narrowing."""
    widths = solid.sum(1)
    rows = np.flatnonzero(widths)
    widest_row = int(widths.argmax())
    widest = int(widths[widest_row])
    tail = widths[rows[-1] - max(2, len(rows) // 60) : rows[-1] + 1]
    stump = float(np.median(tail))
    if not NECK_WIDTH[0] * widest <= stump <= NECK_WIDTH[1] * widest:
        return box
    below = widths[widest_row : rows[-1] + 1]
    narrow = widest_row + int(np.argmax(below <= 1.15 * stump))
    # A round chin narrows to nothing within a few rows; a neck goes on.
    if rows[-1] - narrow < 0.05 * len(rows):
        return box
    return box[0], box[1], box[2], top + narrow


def _from_features(drawing: OwnDrawing) -> PixelBox:
    """Guess a head from eyes and mouth, else from everything."""
    eyes = box_of(piece.sprite for part in ("", "pupil") for piece in drawing.of(Role.EYE, part))
    mouth = box_of(piece.sprite for piece in rest_mouth(drawing))
    whole = box_of(piece.sprite for piece in drawing.pieces) or (0, 0, *drawing.size_px)
    if eyes is None or mouth is None or mouth[1] + mouth[3] <= eyes[1] + eyes[3]:
        return whole
    eye_y, mouth_y = (eyes[1] + eyes[3]) / 2, (mouth[1] + mouth[3]) / 2
    unit = mouth_y - eye_y
    top, bottom = max(whole[1], eye_y - CROWN_ABOVE * unit), min(whole[3], mouth_y + CHIN_BELOW * unit)
    half = min(FACE_SHAPE * (bottom - top), whole[2] - whole[0]) / 2
    middle = (eyes[0] + eyes[2] + mouth[0] + mouth[2]) / 4
    return round(middle - half), round(top), round(middle + half), round(bottom)
