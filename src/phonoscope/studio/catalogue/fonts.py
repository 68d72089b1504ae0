"""The fonts that come along."""

from __future__ import annotations

from pydantic import BaseModel, Field

from phonoscope.scene.text.specimens import font_families


class FontTold(BaseModel):
    """A family of fonts."""

    name: str = Field(description="As documents name it.")
    weights: list[int]
    scripts: list[str] = Field(description="What it can write by itself; other letters are taken from other families.")
    description: str
    stand_in: bool = Field(description="It is there for the letters that others lack.")


def fonts() -> list[FontTold]:
    """Return all families, the usual one first."""
    return [
        FontTold(
            name=one.name,
            weights=list(one.weights),
            scripts=list(one.scripts),
            description=one.about,
            stand_in=one.is_stand_in,
        )
        for one in font_families()
    ]
