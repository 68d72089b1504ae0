"""What text looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rgb = tuple[int, int, int]
Align = Literal["start", "left", "centre", "right", "end"]


@dataclass(frozen=True, slots=True)
class Shadow:
    """A shadow that letters, outlines and emoji cast.

    Attributes
    ----------
    right_px, down_px
        How far away it falls.
    blur_px
        Standard deviation of its softness.
    rgb, opacity
        Its colour, and how dense it is: 1 is as dense as softness leaves it, up to 3 is denser.
    """

    right_px: float = 0.0
    down_px: float = 0.0
    blur_px: float = 0.0
    rgb: Rgb = (0, 0, 0)
    opacity: float = 0.6


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a whole text looks; runs of it may differ.

    Attributes
    ----------
    family
        A name from `families`, or the path of a .ttf or .otf file; empty for the usual one.
    size_px
        Of the letters: the em square.
    weight
        400 is regular, 700 bold; the nearest that the family has.
    italic
        Slanted.
    rgb, opacity
        Of the letters; the opacity, 0 to 1, is that of letters, outline and shadow together.
    outline_px, outline_rgb
        Width around the letters, outside them.
    shadow
        Behind letters and outline.
    line_height
        Distance of lines as a multiple of the size, for Latin letters; higher scripts get more in proportion.
    letter_spacing_px
        Between letters, more than usual; leave it at 0 for joined scripts.
    align
        "start" is where reading starts: the right side for Arabic and Hebrew.
    language
        BCP 47 tag. It chooses between the Chinese, Japanese and Korean forms of the same letter, and the direction of
        paragraphs that begin with a foreign word.
    """

    family: str = ""
    size_px: float = 40.0
    weight: int = 700
    italic: bool = False
    rgb: Rgb = (255, 255, 255)
    opacity: float = 1.0
    outline_px: float = 0.0
    outline_rgb: Rgb = (0, 0, 0)
    shadow: Shadow | None = None
    line_height: float = 1.2
    letter_spacing_px: float = 0.0
    align: Align = "start"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text, such as a word, with what differs from the text's style; None for what does not.

    Runs follow each other as they are: spaces are part of them. What changes the layout is here; what may change from
    frame to frame, a `RunLook`, can be told at painting as well.

    Attributes
    ----------
    scale
        Size of the letters, times that of the style.
    """

    text: str
    rgb: Rgb | None = None
    opacity: float | None = None
    weight: int | None = None
    italic: bool | None = None
    scale: float = 1.0
    family: str | None = None
    outline_rgb: Rgb | None = None


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run is painted this time; the layout stays.

    Attributes
    ----------
    rgb, outline_rgb
        None for the run's own.
    opacity
        0 to 1, times the run's own.
    scale
        About the middle of the run's box.
    right_px, down_px
        How far from its place.
    """

    rgb: Rgb | None = None
    outline_rgb: Rgb | None = None
    opacity: float = 1.0
    scale: float = 1.0
    right_px: float = 0.0
    down_px: float = 0.0
