"""Filters on a scene's picture, and the way from one scene to the next."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from phonoscope.scene.document.model import Asset, Colour, Model

FilterKind = Literal[
    "brightness", "contrast", "saturation", "temperature", "vignette", "grain", "blur", "sepia", "black-and-white",
    "comic", "lut", "glow", "look",
]  # fmt: skip
SIGNED: frozenset[FilterKind] = frozenset({"brightness", "contrast", "saturation", "temperature"})
"""Filters that work both ways: their amounts go from -1 to 1, the others' from 0."""


class Filter(Model):
    """A filter; several work one after the other, on background and avatars, not on what lies over them."""

    kind: FilterKind
    amount: float = Field(
        0.5,
        ge=-1,
        le=1,
        description="0 changes nothing. Below 0: darker, flatter, greyer, cooler. Looks and luts are whole (1) unless"
        " told otherwise.",
    )
    file: Asset | None = Field(None, description="The .cube file of a lut.")
    name: str = Field("", max_length=40, description="Of a look: vivid, warm, cool, vintage, noir, cinema, pastel …")

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("kind") in ("look", "lut"):
            return {"amount": 1.0, **given}
        return given

    @model_validator(mode="after")
    def _fits(self) -> Filter:
        if self.amount < 0 and self.kind not in SIGNED:
            raise ValueError(f"the amount of {self.kind} is {self.amount:g}; give 0 to 1")
        if (self.kind == "lut") != (self.file is not None):
            raise ValueError("a lut, and nothing else, has a file")
        if (self.kind == "look") != bool(self.name):
            raise ValueError("a look, and nothing else, has a name")
        return self


class Transition(Model):
    """How a scene follows the one before it: both are seen meanwhile."""

    kind: Literal["cut", "fade", "dissolve", "slide", "cover", "wipe", "zoom", "circle", "blur"] = "cut"
    duration_s: float = Field(0.6, ge=0, le=5)
    direction: Literal["left", "right", "up", "down"] = "left"
    colour: Colour = Field("black", description="That a fade goes through.")

    @property
    def overlap_s(self) -> float:
        """How long both scenes are seen."""
        return 0.0 if self.kind == "cut" else self.duration_s


def _kind(given: Any) -> Any:
    return {"kind": given} if isinstance(given, str) else given


FilterChoice = Annotated[Filter, BeforeValidator(_kind)]
TransitionChoice = Annotated[Transition, BeforeValidator(_kind)]
