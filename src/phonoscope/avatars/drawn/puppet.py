"""A puppet: a drawn character taken apart into layers that can move, at the size of the video.

Everything that draws avatars (a DiceBear style, somebody's own SVG, a folder of PNG layers) ends in a `Puppet`; the
renderer knows nothing else. All positions are pixels of the video, x right, y down; "left" and "right" are the
picture's, never the character's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from phonoscope.core import mouth_shapes

Colour = tuple[int, int, int]
"""sRGB, 0 to 255."""

Side = Literal["", "left", "right"]


class Role(StrEnum):
    """What a layer shows, and thereby how it moves."""

    BACKDROP = "backdrop"
    BODY = "body"
    REAR_HAIR = "rear-hair"
    HEAD = "head"
    EARS = "ears"
    EARRINGS = "earrings"
    FACE = "face"
    NOSE = "nose"
    EYE = "eye"
    BROW = "brow"
    MOUTH = "mouth"
    FACIAL_HAIR = "facial-hair"
    HAIR = "hair"
    GLASSES = "glasses"
    HAT = "hat"


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """A picture and where its left top corner lies.

    Attributes
    ----------
    rgba
        uint8, shape (height, width, 4), premultiplied; read-only.
    x, y
        Where it lies on the canvas, in whole pixels; may be negative.
    """

    rgba: NDArray[np.uint8]
    x: int
    y: int

    def __post_init__(self) -> None:
        self.rgba.setflags(write=False)

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        return self.rgba.shape[1], self.rgba.shape[0]


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer, in the order of painting.

    The layers `EYE` (one for each side) and `MOUTH` are places in that order: what is drawn there is told by the
    puppet's `eyes` and `mouth`, and their `sprite` is None.
    """

    role: Role
    sprite: Sprite | None
    side: Side = ""


MouthKind = Literal["line", "lips", "shape"]
"""How a mouth is drawn.

line
    Shut it is a stroke of `line_px`; open, a filled shape outlined by that stroke.
lips
    Two lips in `lip` colour, outlined where `line` is given; open, they part.
shape
    No outline: shut it is a stroke in the colour `line` (`inside` where there is none), open a filled shape.
"""


@dataclass(frozen=True, slots=True)
class MouthLook:
    """A mouth that is drawn anew in each frame.

    Attributes
    ----------
    centre_px
        Middle of the shut mouth's line, halfway between its corners.
    half_width_px
        From there to a corner, at rest.
    tilt_deg
        Turn of the mouth's line clockwise, as in a head that is drawn tilted.
    skew
        How far a three-quarter view shifts the middle of the lips to the right, as a share of `half_width_px`.
    smile
        How far the corners stand above the middle at rest, as a share of `half_width_px`; negative for a frown.
    reach_px
        Largest opening between the lips, so that the mouth stays on the face.
    line_px
        Width of the stroke.
    line, inside, teeth, tongue, lip
        Colours; None for teeth, tongue or lips that the style does not draw, or for a mouth without an outline.
    round_ends
        The shut mouth's stroke ends in round caps.
    lip_height
        Height of both lips together when shut, as a share of `half_width_px`; for ``lips`` only.
    square
        How far the opening is a rectangle, as robots have it, and not round: 0 to 1.
    rest_opening
        How far an open smile stands open at rest, as a share of `reach_px`; 0 rests shut.
    rest_teeth
        Share of that opening that the upper teeth take; 1 is a smile that is all teeth.
    """

    centre_px: tuple[float, float]
    half_width_px: float
    line_px: float
    reach_px: float
    kind: MouthKind = "line"
    tilt_deg: float = 0.0
    skew: float = 0.0
    smile: float = 0.2
    line: Colour | None = (0, 0, 0)
    inside: Colour = (60, 20, 20)
    teeth: Colour | None = (255, 255, 255)
    tongue: Colour | None = (230, 110, 110)
    lip: Colour | None = None
    round_ends: bool = True
    lip_height: float = 0.55
    square: float = 0.0
    rest_opening: float = 0.0
    rest_teeth: float = 0.4


MOUTH_SHAPES = mouth_shapes.MOUTH_SHAPES
"""The nine shapes of a mouth that is pictures, told in `core.mouth_shapes`."""


@dataclass(frozen=True, slots=True, eq=False)
class MouthPictures:
    """A mouth that changes between pictures: the style's own, or an animator's.

    Attributes
    ----------
    shapes
        A picture for each of `MOUTH_SHAPES`; several may share one.
    """

    shapes: Mapping[str, Sprite]


BlinkKind = Literal["lid", "squash", "swap", "none"]
"""How an eye shuts.

lid
    An edge comes down over the eye and shows the skin behind it; a line is drawn along it.
squash
    The eye grows flat, down to a line of its own: dots and simple shapes.
swap
    The picture `shut` takes the eye's place, with a flat eye between them.
none
    It does not: eyes that are drawn shut, hearts, screens.
"""


@dataclass(frozen=True, slots=True, eq=False)
class EyeLook:
    """One eye.

    Attributes
    ----------
    side
        Which one; empty for the only one.
    white
        The eye without its pupil.
    pupil
        Pupil (and iris, and glint), which is shifted to look; None where it cannot be told from the rest.
    shut
        The eye as the style draws it shut, for ``swap``.
    box_px
        x0, y0, x1, y1 of the open eye, without lashes and shadow.
    reach_px
        How far the pupil may go, across and down, and still be in the eye.
    line, line_px
        Colour and width of the lid's edge, or of the line that a squashed eye becomes.
    """

    side: Side
    white: Sprite
    pupil: Sprite | None
    shut: Sprite | None
    box_px: tuple[float, float, float, float]
    reach_px: tuple[float, float] = (0.0, 0.0)
    blink: BlinkKind = "squash"
    line: Colour = (0, 0, 0)
    line_px: float = 2.0


@dataclass(frozen=True, slots=True)
class Build:
    """The measures that head movements go by.

    Attributes
    ----------
    centre_px
        Middle of the head, halfway between crown and chin.
    face_height_px
        Crown to chin; one "face height" of a `Performance`.
    face_width_px
        Across, at the cheeks.
    neck_px
        Where the head turns on the body. A head without a body turns about its chin.
    floats
        There is no body: the whole character moves with the head.
    """

    centre_px: tuple[float, float]
    face_height_px: float
    face_width_px: float
    neck_px: tuple[float, float]
    floats: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Puppet:
    """A character, taken apart.

    Attributes
    ----------
    size_px
        (width, height) of the canvas, both even.
    layers
        In the order of painting.
    mouth
        None for a character without one.
    eyes
        From the left; none, one or two.
    build
        Where the head is.
    background
        Colour behind everything where nobody asks for another.
    credit
        Whom to name, and under which licence; empty where nobody has to be.
    """

    size_px: tuple[int, int]
    layers: tuple[Layer, ...]
    mouth: MouthLook | MouthPictures | None
    eyes: tuple[EyeLook, ...]
    build: Build
    background: Colour = (236, 238, 242)
    credit: str = field(default="")
