"""Everybody in the picture who acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.avatar import Avatar
from phonoscope.core.frames import Picture
from phonoscope.parts import Part
from phonoscope.scene.layout import Canvas


class VisibleAvatar(Avatar, Protocol):
    """An avatar that also shows what it looks like at rest."""

    @property
    def picture(self) -> Picture:
        """The avatar at rest, with `alpha` where it has been cut out."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """Everybody in the picture who acts.

    Attributes
    ----------
    avatar
        Draws them all.
    canvas
        The picture at the size of the video.
    parts
        One for each of the avatar's faces.
    credit
        Whom the makers of a video have to name, and why; empty where nobody.
    landmarks_px
        float64, shape (478, 3): those of the first part's face on the canvas, found in a photo of somebody; else None.
    mouth_pictures
        The mouth changes between pictures, each of which has to be seen for a while.
    """

    avatar: VisibleAvatar
    canvas: Canvas
    parts: tuple[Part, ...]
    credit: str = ""
    mouth_pictures: bool = False
    landmarks_px: NDArray[np.float64] | None = None
