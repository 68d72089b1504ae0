"""Everything that can be chosen, told from where it is used: the page has no lists of its own."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, Field

from phonoscope.avatars.drawn.library import list_characters, styles_in_library
from phonoscope.avatars.drawn.library.vocabulary import TAGS
from phonoscope.core.script import EXPRESSIONS, GESTURES
from phonoscope.media.export_presets import EXPORT_PRESETS
from phonoscope.rendering.options import COMPANIONS
from phonoscope.scene.document.looks import SIGNED
from phonoscope.scene.document.video import FORMATS
from phonoscope.scene.filters.looks import LOOKS
from phonoscope.scene.named_sizes import NAMED_SIZES
from phonoscope.sound.effect_names import EFFECT_NAMES
from phonoscope.studio.catalogue.parts import PartTold, alternatives, options, parts
from phonoscope.studio.renders.files import OPAQUE, Format
from phonoscope.templates import FORMATS as TEMPLATE_FORMATS
from phonoscope.templates import templates


class CanvasFormat(BaseModel):
    """A shape that videos may have."""

    name: str
    width: int
    height: int


class FilterTold(BaseModel):
    """A filter, and how far it goes."""

    kind: str
    minimum: float
    maximum: float


class RenderFormat(BaseModel):
    """A kind of file that videos are rendered to."""

    name: str
    transparent: bool = Field(description="It keeps the holes of transparent backgrounds.")


class PresetTold(BaseModel):
    """What a place asks for."""

    name: str
    description: str


class Choices(BaseModel):
    """Everything that can be chosen."""

    formats: list[CanvasFormat]
    resolutions: list[int] = Field(description="Usual lengths of the shorter side, in pixels.")
    render_formats: list[RenderFormat]
    presets: list[PresetTold]
    companions: list[str]
    expressions: list[str]
    gestures: list[str] = Field(description="Marks of scripts, as [nod].")
    styles: list[str]
    crops: list[str]
    fits: list[str]
    voice_effects: list[str]
    caption_styles: list[str]
    caption_looks: list[str]
    backgrounds: dict[str, str] = Field(description="Kinds, each with the name of its part.")
    overlays: dict[str, str] = Field(description="Kinds, each with the name of its part.")
    places: list[str]
    motions: list[str]
    easings: list[str]
    transitions: list[str]
    filters: list[FilterTold]
    looks: list[str] = Field(description="Named chains of filters: filters of the kind look.")
    avatar_styles: list[str]
    avatar_tags: dict[str, list[str]] = Field(description="By what they tell.")
    template_formats: list[str]
    template_categories: list[str]
    parts: dict[str, PartTold] = Field(description="All parts of documents by name; the whole is SceneDocument.")


@cache
def choices() -> Choices:
    """Return everything that can be chosen."""
    return Choices(
        formats=[CanvasFormat(name=name, width=across, height=down) for name, (across, down) in FORMATS.items()],
        resolutions=[min(size) for size in NAMED_SIZES.values()],
        render_formats=[RenderFormat(name=name, transparent=name not in OPAQUE) for name in get_args(Format)],
        presets=[PresetTold(name=one.name, description=one.describes) for one in EXPORT_PRESETS.values()],
        companions=list(COMPANIONS),
        expressions=list(EXPRESSIONS),
        gestures=list(GESTURES),
        voice_effects=list(EFFECT_NAMES),
        filters=[_filter(str(kind)) for kind in options("Filter", "kind")],
        looks=list(LOOKS),
        backgrounds=alternatives("Scene", "background"),
        overlays=alternatives("Scene", "overlays"),
        avatar_styles=list(styles_in_library()),
        avatar_tags=_tags(),
        template_formats=list(TEMPLATE_FORMATS),
        template_categories=list(dict.fromkeys(one.category for one in templates())),
        parts=parts(),
        **_from_fields(),
    )


def _from_fields() -> dict[str, Any]:
    """Return the lists that are the options of one field each."""
    places = {
        "styles": ("Avatar", "style"),
        "crops": ("Avatar", "crop"),
        "fits": ("Avatar", "fit"),
        "caption_styles": ("Captions", "style"),
        "caption_looks": ("Captions", "look"),
        "places": ("Place", "at"),
        "motions": ("Animation", "kind"),
        "easings": ("Animation", "easing"),
        "transitions": ("Transition", "kind"),
    }
    return {name: options(part, field) for name, (part, field) in places.items()}


def _filter(kind: str) -> FilterTold:
    amount = next(field for field in parts()["Filter"].fields if field.name == "amount")
    least = amount.minimum if kind in SIGNED else 0.0
    return FilterTold(kind=kind, minimum=least or 0.0, maximum=amount.maximum or 1.0)


def _tags() -> dict[str, list[str]]:
    """Return the tags that somebody in the library has."""
    used = {tag for character in list_characters() for tag in character.tags}
    return {topic: [tag for tag in tags.split() if tag in used] for topic, tags in TAGS.items()}
