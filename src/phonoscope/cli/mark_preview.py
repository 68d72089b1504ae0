"""What a marked face looks like while it speaks: a strip of still pictures."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Picture
from phonoscope.core.performance import Pose, pose

MOMENTS: Final[tuple[Pose, ...]] = (
    pose(),
    pose(lipGap=0.0, jawOpen=0.05, mouthPressLeft=0.3, mouthPressRight=0.3),
    pose(lipGap=0.07, jawOpen=0.6),
    pose(lipGap=0.02, jawOpen=0.15, mouthFunnel=0.8, mouthPucker=0.8),
    pose(lipGap=0.025, jawOpen=0.12, mouthStretchLeft=0.7, mouthStretchRight=0.7),
    pose(eyeBlinkLeft=1.0, eyeBlinkRight=1.0),
)
"""The picture itself, m, aa, oo, ee, and closed eyes."""

COLUMNS: Final = 3

LONGEST_PX: Final = 900
"""The picture is drawn this large at most: a preview is looked at small, and asked for often."""

CELL_PX: Final = 280

AROUND: Final = 1.35
"""Side of a cell, in face heights."""

MOST_FACES: Final = 4


def preview_png(picture: Picture, document: bytes) -> bytes:
    """Return rows of pictures for each face that a ``rig.1`` document marks, one below the other, as a PNG file.

    Raises
    ------
    InputError
        If the document is unsound, or its marks form no face.
    """
    from PIL import Image

    from phonoscope.avatars.photo import RigOptions, rig_photo
    from phonoscope.avatars.photo.marks import faces_from_marks, parse_rig

    small = _small(picture)
    marks = parse_rig(document, small.size_px, "What the page sent")
    faces = faces_from_marks(marks, small)[:MOST_FACES]
    avatar = rig_photo(small, RigOptions(faces=faces))
    frames = [avatar.draw(*[moment] * len(faces)) for moment in MOMENTS]
    rows = []
    for face in faces:
        cells = [_cell(frame, face.landmarks_px) for frame in frames]
        rows += [np.concatenate(cells[i : i + COLUMNS], 1) for i in range(0, len(cells), COLUMNS)]
    strip = np.concatenate(rows, 0)
    stream = io.BytesIO()
    Image.fromarray(strip).save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def _small(picture: Picture) -> Picture:
    """Return the picture at most `LONGEST_PX` long, of even sizes."""
    from phonoscope.media.pictures import scale_picture

    scale = min(1.0, LONGEST_PX / max(picture.size_px))
    width, height = (max(2, round(side * scale) // 2 * 2) for side in picture.size_px)
    return scale_picture(picture, (width, height))


def _cell(rgba: NDArray[np.uint8], landmarks_px: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the part of a frame around a face, shape (CELL_PX, CELL_PX, 3)."""
    import cv2

    points = landmarks_px[:, :2]
    middle = 0.5 * (points.min(0) + points.max(0))
    side = AROUND * float(np.ptp(points, 0).max())
    scale = CELL_PX / side
    place = np.array([[scale, 0, CELL_PX / 2 - scale * middle[0]], [0, scale, CELL_PX / 2 - scale * middle[1]]])
    cell = cv2.warpAffine(rgba[..., :3], place, (CELL_PX, CELL_PX), flags=cv2.INTER_AREA, borderValue=(40, 40, 40))
    return np.asarray(cell, np.uint8)
