"""What the first still of a process would wait for is done before: libraries are loaded, code is compiled."""

from __future__ import annotations

import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from phonoscope.core.events import ignore_events
from phonoscope.rendering.backstage import Backstage
from phonoscope.rendering.opening import open_scene
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.render import render_scene
from phonoscope.rendering.rundown import rundown
from phonoscope.rendering.still import Stills

PORTRAIT: Final = "astronaut.jpg"
"""Comes with the package."""

_DOCUMENT: Final[dict[str, Any]] = {
    "schema": "scene.1",
    "canvas": {"width": 320, "height": 180, "fps": 10},
    "captions": {"shown": True, "style": "karaoke"},
    "scenes": [
        {
            "avatars": [
                {"picture": PORTRAIT},
                {"picture": "avatar:anna", "crop": "corner"},
            ],
            "script": "Mama, wow.",
            "background": {"kind": "gradient", "colours": ["#14213d", "#8a5cf6"]},
            "overlays": [{"kind": "text", "text": "Hello", "place": {"at": "top"}}, {"kind": "emoji", "emoji": "🎉"}],
        }
    ],
}
"""A little of everything that is common: a photo in front of a background, a drawn avatar, words, a picture."""


def warm_up(backstage: Backstage) -> None:
    """Draw a still and a preview of somebody who comes with the package; it takes a few seconds."""
    with (
        as_file(files("phonoscope") / "assets" / PORTRAIT) as portrait,
        tempfile.TemporaryDirectory(prefix="phonoscope-") as folder,
    ):
        read = open_scene(_DOCUMENT, own_files=False, folder=portrait.parent)
        stills = Stills(read, backstage=backstage)
        stills.picture(1.0)
        stills.boxes(1.0)
        rundown(read, Path(folder) / "warm.flac", backstage=backstage)
        render_scene(read, Path(folder) / "warm.mp4", RenderOptions(), ignore_events, backstage)
