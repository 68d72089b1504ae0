"""What a document's picture of somebody is: a file of its own, or a character of ours."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from phonoscope.media.fingerprints import stamp_of
from phonoscope.scene.document.assets import Assets

DRAWN = "avatar:"
"""What names of our own characters begin with."""


def picture_source(picture: str, assets: Assets) -> Path | str:
    """Return what `casting.cast` takes for the picture of an avatar."""
    return picture if picture.startswith(DRAWN) else assets.path(picture)


def source_stamp(source: Path | str) -> Hashable:
    """Return what changes whenever the picture of an avatar, or another file, does."""
    try:
        return stamp_of(source) if isinstance(source, Path) else source
    except OSError:
        # Whoever opens it tells what is wrong.
        return str(source)
