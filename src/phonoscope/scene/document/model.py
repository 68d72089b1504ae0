"""What all parts of a scene document share: strictness, and the types of their fields."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from phonoscope.core.suggesting import did_you_mean
from phonoscope.scene.background import colour_names, find_colour

_HEX_WITH_ALPHA = re.compile(r"#[0-9a-f]{8}", re.IGNORECASE)


class Model(BaseModel):
    """A part of a document: frozen, and without room for fields that it does not know."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True, validate_default=True
    )


def rgba_of(colour: str) -> tuple[int, int, int, int]:
    """Return a checked colour as red, green, blue and alpha, each 0 to 255."""
    if _HEX_WITH_ALPHA.fullmatch(colour):
        return tuple(bytes.fromhex(colour[1:]))  # type: ignore[return-value]
    rgb = find_colour(colour)
    if rgb is None:
        near = did_you_mean(colour.replace(" ", ""), colour_names())
        raise ValueError(f"'{colour[:40]}' is no colour.{near}; use a CSS name, #rgb, #rrggbb or #rrggbbaa")
    return (*rgb, 255)


def _checked_colour(colour: str) -> str:
    rgba_of(colour)
    return colour


Colour = Annotated[
    str,
    Field(
        max_length=40,
        description="A colour: CSS name, #rgb, #rrggbb, or #rrggbbaa with transparency.",
        json_schema_extra={"format": "color"},
    ),
    AfterValidator(_checked_colour),
]
Share = Annotated[float, Field(ge=0, le=1)]
"""A share of something, 0 to 1."""

Seconds = Annotated[float, Field(ge=0, le=86_400)]
"""A length of time, or a moment counted from a beginning."""

Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
"""What a part is called by others: letters, digits, - and _."""

Asset = Annotated[
    str,
    Field(
        min_length=1,
        max_length=1024,
        description="A file: its path from the document's folder, or sha256: and its hash for one in assets/.",
        json_schema_extra={"format": "asset"},
    ),
]
Words = Annotated[str, Field(max_length=2000)]
"""Text that is shown."""
