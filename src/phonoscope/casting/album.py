"""Pictures that were opened, and the faces that were found in them: both take longer than anything drawn of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.core.events import EventSink, ignore_events
from phonoscope.core.frames import Picture
from phonoscope.core.keeping import Shelf
from phonoscope.media.fingerprints import Stamp, stamp_of
from phonoscope.media.pictures import load_picture

if TYPE_CHECKING:
    from phonoscope.avatars.photo import Face

FACE_BYTES = 20_000
"""What the landmarks of a face take, about."""


class Album:
    """Keeps pictures, for as long as there is room for them.

    Parameters
    ----------
    most_bytes
        Of their pixels: a photo of 12 megapixels takes 36 MB.
    """

    def __init__(self, most_bytes: float) -> None:
        self._pictures: Shelf[Picture] = Shelf(most_bytes, _bytes_of)
        self._faces: Shelf[tuple[Face, ...]] = Shelf(most_bytes / 100, lambda faces: FACE_BYTES * (1 + len(faces)))

    def picture(self, path: Path, events: EventSink = ignore_events) -> Picture:
        """Return the picture of a file.

        Raises
        ------
        PhotoError
            As `load_picture`.
        """
        stamp = _stamp(path)
        picture = self._pictures.find(stamp) if stamp else None
        if picture is None:
            picture = load_picture(path, events)
            if stamp:
                self._pictures.put(stamp, picture)
        return picture

    def faces(self, path: Path, picture: Picture) -> tuple[Face, ...]:
        """Return the faces in the picture of a file, from left to right; `picture` is opaque."""
        from phonoscope.avatars.photo import find_faces

        stamp = _stamp(path)
        faces = self._faces.find(stamp) if stamp else None
        if faces is None:
            faces = find_faces(picture)
            if stamp:
                self._faces.put(stamp, faces)
        return faces


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(path)
    except OSError:
        # Whoever opens it tells what is wrong.
        return None


def _bytes_of(picture: Picture) -> int:
    return picture.rgb.nbytes + (0 if picture.alpha is None else picture.alpha.nbytes)
