"""What a transition is told: plain settings, checked as they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from phonoscope.core.errors import UsageError

Direction = Literal["left", "right", "up", "down"]
"""Where what moves goes to."""

DIRECTIONS: dict[Direction, tuple[int, int]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
"""Steps right and down."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The second scene at once, half-way."""

    kind: ClassVar[str] = "cut"


@dataclass(frozen=True, slots=True)
class Dissolve:
    """Both mixed, more and more of the second."""

    kind: ClassVar[str] = "dissolve"


@dataclass(frozen=True, slots=True)
class Fade:
    """The first fades to a colour, and from it the second comes; frames with holes fade to nothing instead.

    Attributes
    ----------
    colour
        Red, green, blue, 0 to 255.
    """

    colour: tuple[int, int, int] = (0, 0, 0)

    kind: ClassVar[str] = "fade"

    def __post_init__(self) -> None:
        if len(self.colour) != 3 or not all(0 <= channel <= 255 for channel in self.colour):
            raise UsageError(f"{self.colour} is no colour to fade through.", "Give red, green, blue, 0 to 255.")


@dataclass(frozen=True, slots=True)
class _Directed:
    """A transition that goes somewhere."""

    direction: Direction = "left"

    kind: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if self.direction not in DIRECTIONS:
            raise UsageError(
                f"{str(self.direction)[:40]!r} is no direction of a {self.kind}.", f"Use {', '.join(DIRECTIONS)}."
            )


@dataclass(frozen=True, slots=True)
class Slide(_Directed):
    """The second scene pushes the first out."""

    kind: ClassVar[str] = "slide"


@dataclass(frozen=True, slots=True)
class Cover(_Directed):
    """The second scene slides over the first."""

    kind: ClassVar[str] = "cover"


@dataclass(frozen=True, slots=True)
class Wipe(_Directed):
    """A soft edge passes over the picture, and behind it is the second scene."""

    kind: ClassVar[str] = "wipe"


@dataclass(frozen=True, slots=True)
class Zoom:
    """A dive into the first scene, and back out of the second."""

    kind: ClassVar[str] = "zoom"


@dataclass(frozen=True, slots=True)
class Circle:
    """A growing circle shows the second scene."""

    kind: ClassVar[str] = "circle"


@dataclass(frozen=True, slots=True)
class Defocus:
    """The first scene goes out of focus, and the second comes into it."""

    kind: ClassVar[str] = "blur"


TransitionSettings = Cut | Dissolve | Fade | Slide | Cover | Wipe | Zoom | Circle | Defocus

TRANSITIONS: dict[str, type[TransitionSettings]] = {
    settings.kind: settings for settings in (Cut, Dissolve, Fade, Slide, Cover, Wipe, Zoom, Circle, Defocus)
}
"""Every transition by its name in documents."""
