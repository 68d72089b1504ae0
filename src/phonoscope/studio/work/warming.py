"""What the first job of a worker would wait for is done before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonoscope.rendering.backstage import Backstage


def open_backstage() -> Backstage:
    """Return what keeps the engine's things between jobs, with the engine loaded; it takes a few seconds."""
    from importlib.resources import files

    from phonoscope.avatars.photo.check import check_photo
    from phonoscope.media.pictures import load_picture
    from phonoscope.rendering.backstage import Backstage
    from phonoscope.rendering.warming import PORTRAIT, warm_up

    backstage = Backstage()
    warm_up(backstage)
    check_photo(load_picture((files("phonoscope") / "assets" / PORTRAIT).read_bytes()))
    return backstage
