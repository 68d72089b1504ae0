"""What a document's picture of somebody is: a file of its own, or a character of ours."""

from __future__ import annotations

from pathlib import Path

from phonoscope.scene.document.assets import Assets

DRAWN = "avatar:"
"""What names of our own characters begin with."""


def picture_source(picture: str, assets: Assets) -> Path | str:
    """Return what `casting.cast` takes for the picture of an avatar."""
    return picture if picture.startswith(DRAWN) else assets.path(picture)
