"""A single frame of a video file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonoscope.core.frames import Picture


def frame_at(path: Path, at_s: float) -> Picture | None:
    """Return what a video shows at a time, or last; None where nothing is seen in it.

    Everything before is decoded for it.

    Raises
    ------
    MediaError
        It cannot be read.
    """
    from phonoscope.core.frames import Picture
    from phonoscope.media.reader import upright_alpha, upright_rgb
    from phonoscope.media.timed_frames import timed_frames

    shown = None
    with closing(timed_frames(path, alpha=True)) as frames:
        for moment_s, frame in frames:
            if shown is not None and moment_s > at_s:
                break
            shown = frame
        return None if shown is None else Picture(upright_rgb(shown), upright_alpha(shown))
