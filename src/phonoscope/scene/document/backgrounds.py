"""What stands behind everything else of a scene."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from phonoscope.scene.document.model import Asset, Colour, Model, Seconds, Share

Direction = Literal["down", "up", "right", "left", "diagonal"]


class ColourBackground(Model):
    """One colour."""

    kind: Literal["colour"] = "colour"
    colour: Colour = "#202124"


class GradientBackground(Model):
    """From one colour to another."""

    kind: Literal["gradient"] = "gradient"
    colours: tuple[Colour, Colour] = ("#4568dc", "#b06ab3")
    direction: Direction = "down"


class BlurBackground(Model):
    """The picture of the scene's first avatar, out of focus; or another picture."""

    kind: Literal["blur"] = "blur"
    strength: Share = 0.5
    image: Asset | None = Field(None, description="Another picture than the first avatar's.")


class PanZoom(Model):
    """A slow move over a picture ("Ken Burns effect")."""

    zoom_from: float = Field(1.0, ge=1, le=4, description="1 shows as much as fits.")
    zoom_to: float = Field(1.15, ge=1, le=4)
    x_from: Share = Field(0.5, description="Where the view is, of the way that it can move: 0 left, 1 right.")
    x_to: Share = 0.5
    y_from: Share = 0.5
    y_to: Share = 0.5


class ImageBackground(Model):
    """A picture."""

    kind: Literal["image"] = "image"
    image: Asset
    fit: Literal["cover", "contain", "blur", "stretch"] = Field(
        "cover", description="Where the shapes differ: cut it, leave bars, fill the bars with its blur, or distort it."
    )
    x: Share = Field(0.5, description="Which part a cut leaves: 0 the left, 1 the right.")
    y: Share = 0.5
    bars: Colour = Field("black", description="Colour of the bars.")
    pan_zoom: PanZoom | None = None
    darken: Share = Field(0.0, description="How much darker it becomes, so that text before it can be read.")
    blur: Share = 0.0


class VideoBackground(Model):
    """A video, without its sound."""

    kind: Literal["video"] = "video"
    video: Asset
    start_s: Seconds = Field(0.0, description="Where in the video it begins.")
    end_s: Seconds | None = Field(None, description="Where in the video it ends; its own end where left out.")
    loop: bool = Field(True, description="Begin again at the end; otherwise the last picture stays.")
    darken: Share = 0.0

    @model_validator(mode="after")
    def _ends_after_start(self) -> VideoBackground:
        if self.end_s is not None and self.end_s <= self.start_s:
            raise ValueError(f"it ends at {self.end_s:g} s, before it starts at {self.start_s:g} s")
        return self


class TransparentBackground(Model):
    """Nothing: WebM, ProRes and PNG keep the hole."""

    kind: Literal["transparent"] = "transparent"


def _short(given: Any) -> Any:
    """Let a word stand for a background: a colour, or ``transparent`` or ``blur``."""
    if not isinstance(given, str):
        return given
    if given in ("transparent", "blur"):
        return {"kind": given}
    return {"kind": "colour", "colour": given}


Background = Annotated[
    Annotated[
        ColourBackground
        | GradientBackground
        | BlurBackground
        | ImageBackground
        | VideoBackground
        | TransparentBackground,
        Field(discriminator="kind"),
    ],
    BeforeValidator(_short),
]
"""A background; a colour's name, ``"transparent"`` or ``"blur"`` alone is enough."""
