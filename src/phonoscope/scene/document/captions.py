"""How captions look."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from phonoscope.scene.document.model import Colour, Model, Share


class Captions(Model):
    """Captions from the times of the words."""

    shown: bool = Field(True, description="False for none.")
    style: Literal["block", "karaoke", "word"] = Field(
        "block", description="Lines; lines in which the word that is said lights up; or one word at a time."
    )
    look: Literal["outline", "box", "plain", "shadow", "bold"] = Field(
        "outline",
        description="bold is what short upright videos have: large, heavy, with a thick outline. plain has nothing but"
        " a faint dark glow.",
    )
    font: str = Field(
        "", max_length=1024, description="A family that 'phonoscope fonts' lists, or a .ttf or .otf file, by its path."
    )
    size: float = Field(0.055, ge=0.02, le=0.25, description="Of the letters, of the canvas's shorter side.")
    weight: Literal[400, 700] = 700
    colour: Colour = "white"
    highlight: Colour = Field("#ffd54a", description="Of the word that is said, in karaoke and word styles.")
    outline: float = Field(0.09, ge=0, le=0.3, description="Width, of the letters' size.")
    outline_colour: Colour = "black"
    box_colour: Colour = "#000000b0"
    position: Literal["bottom", "middle", "top"] = "bottom"
    offset: float = Field(0.0, ge=-1, le=1, description="Lower (or, below 0, higher), of the canvas's height.")
    width: Share = Field(0.86, description="Widest line, of the canvas's width.")
    lines: int = Field(2, ge=1, le=4)
    safe_area: Literal["none", "title", "social"] = Field(
        "title",
        description="Where players and sites put their own buttons: title leaves 5 %, social what upright apps cover.",
    )
    capitals: bool = False
    speaker_colours: dict[str, Colour] = Field(default_factory=dict, description="By name, in dialogues.")
    show_speakers: bool = Field(False, description="Begin with the speaker's name, in dialogues.")


def _captions(given: Any) -> Any:
    if isinstance(given, bool):
        return {"shown": given}
    return {"style": given} if isinstance(given, str) else given


CaptionsChoice = Annotated[Captions, BeforeValidator(_captions)]
"""Captions; ``true``, ``false`` or a style alone is enough."""
