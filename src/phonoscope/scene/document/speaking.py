"""Who is seen and heard in a scene."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from phonoscope.core.script import EXPRESSIONS
from phonoscope.scene.document.model import Asset, Colour, Model, Name, Seconds, Share
from phonoscope.scene.document.places import Area

Expression = Literal["neutral", "happy", "sad", "angry", "surprised", "calm", "excited"]
Crop = Literal["full", "box", "circle", "rounded", "corner", "left", "right", "top", "bottom"]

CROP_AREAS: dict[Crop, tuple[float, float, float, float]] = {
    "full": (0.0, 0.0, 1.0, 1.0),
    "left": (0.0, 0.0, 0.5, 1.0),
    "right": (0.5, 0.0, 0.5, 1.0),
    "top": (0.0, 0.0, 1.0, 0.5),
    "bottom": (0.0, 0.5, 1.0, 0.5),
}
"""Areas of the crops that have one of their own: x, y, width, height. The other crops are boxes of `size`."""


class Avatar(Model):
    """Somebody who is seen."""

    picture: str = Field(
        min_length=1,
        max_length=1024,
        description="A photo (a path from the document's folder), or a drawn avatar: avatar:anna, NAME.avatar.json,"
        " an SVG.",
        json_schema_extra={"format": "avatar"},
    )
    name: str = Field(
        "", max_length=30, description="Whose lines are spoken, in a script with names; empty for everybody's."
    )
    crop: Crop = Field(
        "full",
        description="full fills the canvas; left, right, top and bottom are halves of a split screen; circle, rounded"
        " and box are cut out at x, y; corner is a circle low on the right.",
    )
    x: float | None = Field(None, ge=-1, le=2, description="Middle of a box, of the canvas's width.")
    y: float | None = Field(None, ge=-1, le=2, description="Middle of a box, of the canvas's height.")
    size: float | None = Field(
        None, gt=0, le=2, description="Height of a box, of the canvas's shorter side; where full, of the canvas."
    )
    aspect: float = Field(1.0, ge=0.2, le=5, description="Width over height of a box (not of a circle).")
    radius: Share = Field(0.12, description="Of rounded corners, of the box's shorter side.")
    cut_out: bool | None = Field(
        None,
        description="Take the picture's own background away, so that the scene's is seen; left out: where it fills the"
        " canvas of a scene that has a background.",
    )
    fit: Literal["crop", "pad", "blur"] | None = Field(
        None, description="Where box and photo differ in shape; left out: photos are cropped, drawings stay whole."
    )
    close_up: bool | None = Field(
        None, description="Show head and shoulders only; left out: in circles, corners and small boxes."
    )
    face: int | None = Field(None, ge=1, le=99, description="Who speaks in a group photo, counted from the left.")
    faces: dict[str, int | Literal["left", "middle", "right", "off"]] = Field(
        default_factory=dict, description="Who in a group photo speaks whose lines, as {name: number}."
    )
    listeners: bool = Field(False, description="The other faces of a group photo listen.")
    expression: Expression = "neutral"
    expression_strength: float = Field(1.0, ge=0, le=1.5)
    style: Literal["still", "calm", "presenter", "lively"] = "presenter"
    gaze: str = Field(
        "viewer",
        pattern=r"^(viewer|left|right|up|down|-?\d{1,2}(\.\d{1,3})?, ?-?\d{1,2}(\.\d{1,3})?)$",
        description="viewer, left, right, up, down, or degrees to the right and up, such as 10,-5.",
    )
    border: Share = Field(0.0, description="Width of a border around the box, of the canvas's shorter side.")
    border_colour: Colour = "white"
    shadow: bool = Field(False, description="The box, or who is cut out, throws a soft shadow.")
    mirror: bool = Field(False, description="Left and right change places.")

    def area(self) -> Area | None:
        """Return the part of the canvas that a crop with an area of its own covers; None for boxes."""
        if self.crop not in CROP_AREAS:
            return None
        x, y, width, height = CROP_AREAS[self.crop]
        return Area(x=x, y=y, width=width, height=height)


class Voice(Model):
    """How a script is spoken."""

    name: str = Field("", max_length=200, description="As 'phonoscope voices' lists them; empty for a fitting one.")
    language: str = Field("", max_length=40)
    rate: float = Field(1.0, ge=0.5, le=3)
    pitch: float = Field(1.0, ge=0.5, le=2)
    pauses: float = Field(1.0, ge=0, le=4)
    effect: str = Field("", max_length=40, description="robot, telephone, hall …: see 'phonoscope say --help'.")
    speakers: dict[str, str] = Field(default_factory=dict, description="Voices of a dialogue, as {name: voice}.")


class Recording(Model):
    """A recorded voice, instead of a script."""

    file: Asset
    transcript: str = Field("", max_length=1_000_000, description="What is said: captions and word times need it.")
    language: str = Field("", max_length=40)
    start_s: Seconds = 0.0
    end_s: Seconds | None = None
    speed: float = Field(1.0, ge=0.5, le=2)
    pitch: float = Field(1.0, ge=0.5, le=2)
    enhance: bool = Field(False, description="Take noise away and even out the loudness.")
    effect: str = Field("", max_length=40)

    @model_validator(mode="after")
    def _ends_after_start(self) -> Recording:
        if self.end_s is not None and self.end_s <= self.start_s:
            raise ValueError(f"it ends at {self.end_s:g} s, before it starts at {self.start_s:g} s")
        return self


def _voice(given: Any) -> Any:
    return {"name": given} if isinstance(given, str) else given


def _recording(given: Any) -> Any:
    return {"file": given} if isinstance(given, str) else given


VoiceChoice = Annotated[Voice, BeforeValidator(_voice)]
RecordedVoice = Annotated[Recording, BeforeValidator(_recording)]

__all__ = ["CROP_AREAS", "EXPRESSIONS", "Avatar", "Crop", "Name", "RecordedVoice", "Recording", "Voice", "VoiceChoice"]
