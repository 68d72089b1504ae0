"""What it takes to be an avatar."""

from __future__ import annotations

from typing import Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import VideoFrame
from phonoscope.core.performance import Pose

MouthHint = Literal["auto", "open", "closed"]
MOUTH_HINTS: tuple[MouthHint, ...] = get_args(MouthHint)
"""What somebody may say of how a mouth was photographed; ``auto`` finds out."""


class Avatar(Protocol):
    """Something that can act: a photo, later a drawing or a neural engine. It may have several faces."""

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of what it draws."""
        ...

    @property
    def rests_open(self) -> tuple[bool, ...]:
        """For each face: the mouth at rest stands open; it comes back in long pauses, and is closed in short ones."""
        ...

    def draw(self, *poses: Pose) -> NDArray[np.uint8]:
        """Return a pose of each face as a new RGBA image, uint8, shape (height, width, 4)."""
        ...

    def draw_frame(self, *poses: Pose) -> VideoFrame:
        """Draw a pose of each face in the encoder's layout, into a frame that the next call overwrites."""
        ...
