"""Which fields of a document name files, and what kind of file each wants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from phonoscope.scene.document.backgrounds import BlurBackground, ImageBackground, VideoBackground
from phonoscope.scene.document.captions import Captions
from phonoscope.scene.document.faults import Steps
from phonoscope.scene.document.looks import Filter
from phonoscope.scene.document.model import Model
from phonoscope.scene.document.overlays import ImageOverlay, Logo, LowerThird, TextLook, TitleCard, Watermark
from phonoscope.scene.document.sounds import Effect, Music
from phonoscope.scene.document.speaking import Avatar, Recording

Wanted = Literal["picture", "video", "sound", "lut", "avatar", "music", "effect", "font"]

WANTED: Final[dict[tuple[type[Model], str], Wanted]] = {
    (Avatar, "picture"): "avatar",
    (Recording, "file"): "sound",
    (BlurBackground, "image"): "picture",
    (ImageBackground, "image"): "picture",
    (VideoBackground, "video"): "video",
    (ImageOverlay, "image"): "picture",
    (Logo, "image"): "picture",
    (Watermark, "image"): "picture",
    (Filter, "file"): "lut",
    (Music, "source"): "music",
    (Effect, "source"): "effect",
    (TextLook, "font"): "font",
    (LowerThird, "font"): "font",
    (TitleCard, "font"): "font",
    (Captions, "font"): "font",
}
"""By part and field: what is named there."""

AVATAR_PREFIX: Final = "avatar:"
"""Begins the name of a drawn avatar of the library."""

FONT_ENDINGS: Final = (".ttf", ".otf", ".ttc", ".otc")
"""End the names of font files; other names of fonts are families."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something outside of the document that it names.

    Attributes
    ----------
    steps
        Where.
    wanted
        What it has to be.
    name
        As written there.
    """

    steps: Steps
    wanted: Wanted
    name: str


def all_named(part: Model, steps: Steps = ()) -> Iterator[Named]:
    """Yield everything that a document names, in its order."""
    for name, field in type(part).model_fields.items():
        value, place = getattr(part, name), (*steps, field.alias or name)
        wanted = WANTED.get((type(part), name))
        if wanted is not None:
            if value:
                yield Named(place, wanted, value)
            continue
        yield from _within(value, place)


def _within(value: Any, steps: Steps) -> Iterator[Named]:
    if isinstance(value, Model):
        yield from all_named(value, steps)
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _within(entry, (*steps, index))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _within(entry, (*steps, key))
