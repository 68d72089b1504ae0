"""What lies over the picture of a scene."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from phonoscope.scene.document.anchors import Anchor
from phonoscope.scene.document.model import Asset, Colour, Model, Name, Share, Words
from phonoscope.scene.document.places import Place, Position

Easing = Literal["linear", "ease-in", "ease-out", "ease-in-out", "back", "bounce", "elastic"]
Motion = Literal[
    "none", "fade", "slide-left", "slide-right", "slide-up", "slide-down", "zoom", "pop", "wipe", "rise", "typewriter",
    "words",
]  # fmt: skip
"""slide-left comes in towards the left, and leaves towards the left. typewriter and words only for text."""


class Animation(Model):
    """How something comes in, or goes."""

    kind: Motion = "fade"
    duration_s: float = Field(0.4, ge=0, le=10)
    easing: Easing = "ease-out"


class OverlayBase(Model):
    """What all overlays have."""

    id: Name | None = None
    start: Anchor = "0"
    end: Anchor = "end"
    opacity: Share = 1.0
    rotation_deg: float = Field(0.0, ge=-360, le=360, description="Clockwise.")
    enter: Animation = Animation(kind="fade", duration_s=0.3)
    exit: Animation = Animation(kind="fade", duration_s=0.3)
    alt: Words = Field("", description="What it shows, for those who do not see it.")


class TextLook(Model):
    """How text looks."""

    font: str = Field(
        "", max_length=1024, description="A family that 'phonoscope fonts' lists, or a .ttf or .otf file, by its path."
    )
    size: float = Field(0.07, ge=0.01, le=0.6, description="Of the letters, of the canvas's shorter side.")
    weight: Literal[400, 700] = 700
    italic: bool = False
    colour: Colour = "white"
    align: Literal["left", "centre", "right"] = "centre"
    line_height: float = Field(1.2, ge=0.7, le=3)
    outline: float = Field(0.0, ge=0, le=0.3, description="Width, of the letters' size.")
    outline_colour: Colour = "black"
    shadow: Share = Field(0.5, description="How strong a soft shadow is; left out, text on a box has none.")
    box: Colour | None = Field(None, description="Colour of a box behind the text.")
    box_radius: Share = Field(0.25, description="Of the box's corners, of the letters' size.")
    padding: float = Field(0.35, ge=0, le=3, description="Of the box, of the letters' size.")


class TextOverlay(OverlayBase):
    """Text."""

    kind: Literal["text"] = "text"
    text: Words
    place: Position = Place(at="centre")
    width: float = Field(0.84, gt=0, le=2, description="Widest line, of the canvas's width.")
    height: float | None = Field(
        None, gt=0, le=2, description="Most, of the canvas's height; longer text becomes smaller."
    )
    look: TextLook = TextLook()


class LowerThird(OverlayBase):
    """A name and what its bearer is, low on the left."""

    kind: Literal["lower-third"] = "lower-third"
    name: Words
    role: Words = ""
    design: Literal["bar", "box", "line", "ribbon", "minimal"] = "bar"
    accent: Colour = "#2f6fed"
    colour: Colour = Field("white", description="Of the text.")
    box: Colour = "#10131ae0"
    font: str = Field("", max_length=1024)
    size: float = Field(0.05, ge=0.01, le=0.3, description="Of the name's letters, of the canvas's shorter side.")
    place: Position = Field(Place(at="bottom-left"), description="In a bottom corner it rises above captions.")
    enter: Animation = Animation(kind="slide-right", duration_s=0.5)
    exit: Animation = Animation(kind="slide-left", duration_s=0.4)


class TitleCard(OverlayBase):
    """A title, with a line below it, over the whole canvas."""

    kind: Literal["title"] = "title"
    title: Words
    subtitle: Words = ""
    design: Literal["centre", "left", "underline", "framed", "big"] = "centre"
    colour: Colour = "white"
    accent: Colour = "#ffb703"
    backdrop: Colour | None = Field(None, description="What covers the picture meanwhile, such as #000000a0.")
    font: str = Field("", max_length=1024)
    size: float = Field(0.11, ge=0.02, le=0.5, description="Of the title's letters, of the canvas's shorter side.")


class Shape(OverlayBase):
    """A rectangle, an ellipse, a line, an arrow, a star or a speech bubble."""

    kind: Literal["shape"] = "shape"
    shape: Literal["rectangle", "ellipse", "line", "arrow", "star", "heart", "bubble"] = "rectangle"
    place: Position = Place(at="centre")
    width: float = Field(0.3, gt=0, le=3, description="Of the canvas's width.")
    height: float = Field(0.2, gt=0, le=3, description="Of the canvas's height.")
    fill: Colour | None = "#2f6fed"
    stroke: Colour | None = None
    stroke_width: float = Field(0.006, ge=0, le=0.2, description="Of the canvas's shorter side.")
    radius: Share = Field(0.0, description="Of a rectangle's corners, of its shorter side.")


class ProgressBar(OverlayBase):
    """How much of the scene, or of the whole video, has passed."""

    kind: Literal["progress"] = "progress"
    of: Literal["video", "scene", "span"] = Field("video", description="span is from its own start to its own end.")
    design: Literal["bar", "line", "ring"] = "line"
    colour: Colour = "#ff3b30"
    track: Colour = "#ffffff50"
    edge: Literal["bottom", "top"] = "bottom"
    thickness: float = Field(0.012, gt=0, le=0.1, description="Of the canvas's shorter side.")
    place: Position = Field(Place(at="top-right"), description="Of a ring.")
    size: float = Field(0.1, gt=0, le=1, description="Of a ring, of the canvas's shorter side.")
    enter: Animation = Animation(kind="none")
    exit: Animation = Animation(kind="none")


class ImageOverlay(OverlayBase):
    """A picture, or an animated GIF or WebP."""

    kind: Literal["image"] = "image"
    image: Asset
    place: Position = Place(at="centre")
    width: float = Field(0.4, gt=0, le=3, description="Of the canvas's width; the height follows.")
    height: float | None = Field(None, gt=0, le=3, description="Most, of the canvas's height.")
    radius: Share = Field(0.0, description="Of rounded corners, of its shorter side; 0.5 makes a circle of a square.")
    border: Share = Field(0.0, description="Of the canvas's shorter side.")
    border_colour: Colour = "white"
    shadow: Share = 0.0
    pan_zoom: float = Field(1.0, ge=1, le=3, description="How much nearer it comes while it is shown.")
    loop: bool = True


class Logo(OverlayBase):
    """A small picture in a corner."""

    kind: Literal["logo"] = "logo"
    image: Asset
    place: Position = Place(at="top-right")
    size: float = Field(0.1, gt=0, le=1, description="Height, of the canvas's shorter side.")


class Watermark(OverlayBase):
    """Text or a picture that marks the whole as somebody's."""

    kind: Literal["watermark"] = "watermark"
    text: Words = ""
    image: Asset | None = None
    tiled: bool = Field(False, description="All over, slanted, instead of at its place.")
    place: Position = Place(at="bottom-right")
    size: float = Field(0.035, gt=0, le=1, description="Height, of the canvas's shorter side.")
    colour: Colour = "white"
    opacity: Share = 0.35


class Emoji(OverlayBase):
    """An emoji as a sticker."""

    kind: Literal["emoji"] = "emoji"
    emoji: str = Field(min_length=1, max_length=32, description="Itself, such as 🎉, not its name.")
    place: Position = Place(at="top-right")
    size: float = Field(0.18, gt=0, le=2, description="Height, of the canvas's shorter side.")
    wiggle: Literal["none", "float", "pulse", "shake", "spin"] = "none"
    enter: Animation = Animation(kind="pop", duration_s=0.4, easing="back")

    @field_validator("emoji")
    @classmethod
    def _is_one(cls, given: str) -> str:
        # Digits and # become emoji by a mark behind them; plain ASCII never is one.
        if given.isascii():
            raise ValueError(f"'{given}' is no emoji; write the emoji itself, such as 🎉, or use a text overlay")
        return given


class QrCode(OverlayBase):
    """A QR code."""

    kind: Literal["qr"] = "qr"
    text: str = Field(min_length=1, max_length=1000, description="An address, or any other text.")
    label: Words = ""
    place: Position = Place(at="bottom-right")
    size: float = Field(0.25, gt=0, le=1, description="Side, of the canvas's shorter side.")
    colour: Colour = "black"
    box: Colour = "white"


Overlay = Annotated[
    TextOverlay | LowerThird | TitleCard | Shape | ProgressBar | ImageOverlay | Logo | Watermark | Emoji | QrCode,
    Field(discriminator="kind"),
]
