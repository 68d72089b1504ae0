"""Music under the voice, and sound effects."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from phonoscope.scene.document.anchors import Anchor
from phonoscope.scene.document.model import Model, Seconds

Volume = Annotated[float, Field(ge=-60, le=24, description="In dB.")]


class Music(Model):
    """Music for the whole video, or from one scene to another."""

    source: str = Field(
        min_length=1,
        max_length=1024,
        description="One of our own pieces, such as calm or upbeat; or a sound file, by its path.",
        json_schema_extra={"format": "music"},
    )
    volume_db: Volume = Field(-10.0, description="Beside the voice, in dB, where nobody speaks.")
    ducking_db: float = Field(8.0, ge=0, le=40, description="How much softer it is while somebody speaks, in dB.")
    loop: bool = True
    offset_s: Seconds = Field(0.0, description="Where in the piece it begins.")
    fade_in_s: float = Field(0.5, ge=0, le=60)
    fade_out_s: float = Field(2.0, ge=0, le=60)
    from_scene: str = Field("", max_length=64, description="Scene where it begins; empty for the first.")
    to_scene: str = Field("", max_length=64, description="Scene at whose end it ends; empty for the last.")


class Effect(Model):
    """A sound effect."""

    source: str = Field(
        min_length=1,
        max_length=1024,
        description="One of our own, such as whoosh, pop or applause; or a sound file, by its path.",
        json_schema_extra={"format": "effect"},
    )
    at: Anchor = "0"
    volume_db: Volume = -6.0
    start_s: Seconds = Field(0.0, description="Where in the file it begins.")
    end_s: Seconds | None = Field(None, description="Where in the file it ends.")
    fade_in_s: float = Field(0.0, ge=0, le=60)
    fade_out_s: float = Field(0.0, ge=0, le=60)

    @model_validator(mode="after")
    def _ends_after_start(self) -> Effect:
        if self.end_s is not None and self.end_s <= self.start_s:
            raise ValueError(f"it ends at {self.end_s:g} s, before it starts at {self.start_s:g} s")
        return self


def _source(given: Any) -> Any:
    return {"source": given} if isinstance(given, str) else given


MusicChoice = Annotated[Music, BeforeValidator(_source)]
EffectChoice = Annotated[Effect, BeforeValidator(_source)]
