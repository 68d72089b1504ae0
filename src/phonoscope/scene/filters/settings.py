"""What a filter is told: plain settings, checked as they are made."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from phonoscope.core.errors import UsageError

Rgb = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

LARGEST_SEED = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Strength:
    """How much of a filter: 0 is nothing at all, 1 as much as is still of use.

    Attributes
    ----------
    amount
        `lowest` to 1.
    """

    amount: float = 0.5

    kind: ClassVar[str] = ""
    lowest: ClassVar[float] = 0.0

    def __post_init__(self) -> None:
        _check(self.kind, self.amount, self.lowest)


@dataclass(frozen=True, slots=True)
class Brightness(Strength):
    """Lift the middle tones, or lower them (below 0); black and white stay."""

    kind: ClassVar[str] = "brightness"
    lowest: ClassVar[float] = -1.0


@dataclass(frozen=True, slots=True)
class Contrast(Strength):
    """Part light from dark, or (below 0) bring both closer to grey."""

    kind: ClassVar[str] = "contrast"
    lowest: ClassVar[float] = -1.0


@dataclass(frozen=True, slots=True)
class Saturation(Strength):
    """Strengthen colours, pale ones most, or weaken them (below 0); at -1 none is left."""

    kind: ClassVar[str] = "saturation"
    lowest: ClassVar[float] = -1.0


@dataclass(frozen=True, slots=True)
class Temperature(Strength):
    """Light of the evening, or (below 0) of an overcast noon."""

    kind: ClassVar[str] = "temperature"
    lowest: ClassVar[float] = -1.0


@dataclass(frozen=True, slots=True)
class Matte(Strength):
    """Lift black to grey and lower white a little, as a print fades."""

    kind: ClassVar[str] = "matte"


@dataclass(frozen=True, slots=True)
class Sepia(Strength):
    """Tone as an old photograph on paper."""

    kind: ClassVar[str] = "sepia"


@dataclass(frozen=True, slots=True)
class BlackAndWhite(Strength):
    """Take colour away, as panchromatic film behind a yellow filter does: skin stays light."""

    kind: ClassVar[str] = "black-and-white"


@dataclass(frozen=True, slots=True)
class Toning(Strength):
    """Give shadows one colour and lights another (split toning); brightness stays.

    Attributes
    ----------
    shadows, highlights
        Colours, of which only hue and saturation count.
    """

    shadows: Rgb = (20, 90, 110)
    highlights: Rgb = (255, 190, 120)

    kind: ClassVar[str] = "toning"


@dataclass(frozen=True, slots=True)
class Lut:
    """Look colours up in a table, as colourists hand them on.

    Attributes
    ----------
    path
        A .cube file.
    amount
        0 to 1: how much of it.
    """

    path: Path
    amount: float = 1.0

    kind: ClassVar[str] = "lut"

    def __post_init__(self) -> None:
        _check(self.kind, self.amount, 0)


@dataclass(frozen=True, slots=True)
class Vignette(Strength):
    """Darken the corners."""

    kind: ClassVar[str] = "vignette"


@dataclass(frozen=True, slots=True)
class Grain(Strength):
    """The grain of film, new in every frame.

    Attributes
    ----------
    seed
        Another seed, other grain; 0 to 2**32 - 1.
    """

    seed: int = 0

    kind: ClassVar[str] = "grain"

    def __post_init__(self) -> None:
        _check(self.kind, self.amount, self.lowest)
        if not 0 <= self.seed <= LARGEST_SEED:
            raise UsageError(f"The seed of grain is {self.seed}.", f"Give a whole number from 0 to {LARGEST_SEED}.")


@dataclass(frozen=True, slots=True)
class Blur(Strength):
    """Out of focus."""

    kind: ClassVar[str] = "blur"


@dataclass(frozen=True, slots=True)
class Glow(Strength):
    """Light that spreads from what is bright, as through a soft-focus lens."""

    kind: ClassVar[str] = "glow"


@dataclass(frozen=True, slots=True)
class Comic(Strength):
    """Even areas of strong colour, and ink along the edges."""

    kind: ClassVar[str] = "comic"


ColourSettings = Brightness | Contrast | Saturation | Temperature | Matte | Sepia | BlackAndWhite | Toning | Lut
"""Filters that look at each colour by itself; a run of them costs no more than one."""

FilterSettings = ColourSettings | Vignette | Grain | Blur | Glow | Comic

FILTERS: dict[str, type[FilterSettings]] = {
    settings.kind: settings
    for settings in (
        Brightness,
        Contrast,
        Saturation,
        Temperature,
        Vignette,
        Grain,
        Blur,
        Sepia,
        BlackAndWhite,
        Comic,
        Lut,
        Glow,
        Matte,
        Toning,
    )
}
"""Every filter by its name in documents."""


def _check(kind: str, amount: float, lowest: float) -> None:
    """Raise UsageError unless `amount` lies from `lowest` to 1."""
    if not (math.isfinite(amount) and lowest <= amount <= 1):
        raise UsageError(f"The amount of {kind} is {amount}.", f"Give a number from {lowest:g} to 1.")
