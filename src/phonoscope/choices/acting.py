"""How the face acts, as far as the user chooses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from phonoscope.core.errors import UsageError
from phonoscope.performance import PerformOptions

GAZES: dict[str, tuple[float, float] | None] = {
    "viewer": None,
    "left": (-14.0, 0.0),
    "right": (14.0, 0.0),
    "up": (0.0, 10.0),
    "down": (0.0, -10.0),
}
"""Named looks, in degrees to the picture's right and up; None looks at the viewer, with natural breaks."""

_DEGREES = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,2}(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class ActingChoices:
    """How the face acts.

    Attributes
    ----------
    expression
        ``neutral``, ``happy``, ``sad``, ``angry``, ``surprised``, ``calm`` or ``excited``, until the script says
        otherwise.
    strength
        Of the expression, 0 to 1.5.
    style
        How lively the head and the eyes are: ``still``, ``calm``, ``presenter`` or ``lively``.
    gaze
        ``viewer``, ``left``, ``right``, ``up``, ``down``, or degrees ``ACROSS,UP`` to the picture's right and up.
    listeners
        The other faces of a photo listen to the one that speaks. In a dialogue they always do.
    """

    expression: str = "neutral"
    strength: float = 1.0
    style: str = "presenter"
    gaze: str = "viewer"
    listeners: bool = False

    def __post_init__(self) -> None:
        PerformOptions(
            expression=self.expression,
            expression_strength=self.strength,
            style=self.style,
            gaze=parse_gaze(self.gaze),
        )


def parse_gaze(text: str) -> tuple[float, float] | None:
    """Read a look by name or in degrees; None is the viewer.

    Raises
    ------
    UsageError
        It is neither.
    """
    name = text.strip().lower()
    if name in GAZES:
        return GAZES[name]
    found = _DEGREES.fullmatch(name)
    if not found:
        raise UsageError(
            f"'{text[:40]}' is no way to look.", f"Use {', '.join(GAZES)}, or degrees right and up, as in --gaze=10,-5."
        )
    return float(found[1]), float(found[2])
