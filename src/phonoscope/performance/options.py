"""What can be chosen about a performance."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from phonoscope.core.errors import UsageError
from phonoscope.core.script import EXPRESSIONS
from phonoscope.performance.styles import STYLE

STYLES = tuple(STYLE)
"""Pose styles: how much the head and the eyes do."""

MIN_FPS, MAX_FPS = 5, 240
"""Below 5 frames a second nothing reads as speech; above 240 no display follows."""


FARTHEST_LOOK_DEG = 45.0
"""Farthest that eyes can look; a photographed face gets to about 30."""


@dataclass(frozen=True, slots=True)
class PerformOptions:
    """How a face acts.

    Attributes
    ----------
    fps
        Frames a second, exactly.
    seed
        Same seed, same performance; it decides blinks, glances and the head's drift.
    expressiveness
        0 keeps the face to what the words need, 1 is natural, 1.5 is lively.
    return_in_pauses
        True lets the photographed mouth come back in every pause of 0.3 s and more; False keeps the lips closed from
        the first word on (for a photographed mouth that stands open) and lets it come back at the very end only.
    head_motion
        False keeps the head and shoulders still.
    blinks
        False keeps the eyes open.
    expression, expression_strength
        What the face expresses until a stage direction says otherwise, one of `core.script.EXPRESSIONS`, and how
        strongly, 0 to 1.5.
    style
        One of `STYLES`.
    gaze
        Where the eyes look, in degrees to the picture's right and up; None for the viewer, with natural breaks.
    speaker
        Whose lines this face speaks; it listens to all others. Empty for the only speaker.
    partners
        Where this face sees each other speaker, by name: degrees to the picture's right, and up.
    lead_s
        How far the lips run ahead of the sound. 0.01 s agrees best with real speakers' lips, 0.045 s looks early.
    """

    fps: Fraction = Fraction(30)
    seed: int = 0
    expressiveness: float = 1.0
    return_in_pauses: bool = True
    head_motion: bool = True
    blinks: bool = True
    expression: str = "neutral"
    expression_strength: float = 1.0
    style: str = "presenter"
    gaze: tuple[float, float] | None = None
    speaker: str = ""
    partners: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    lead_s: float = 0.01

    def __post_init__(self) -> None:
        object.__setattr__(self, "fps", Fraction(self.fps))
        if not MIN_FPS <= self.fps <= MAX_FPS:
            raise UsageError(
                f"A performance cannot have {float(self.fps):g} frames a second.",
                f"Choose between {MIN_FPS} and {MAX_FPS}.",
            )
        if not (math.isfinite(self.expressiveness) and 0 <= self.expressiveness <= 1.5):
            raise UsageError(f"Expressiveness {self.expressiveness} is out of range.", "Choose between 0 and 1.5.")
        if self.expression not in EXPRESSIONS:
            raise UsageError(f"There is no expression '{self.expression}'.", f"Use one of: {', '.join(EXPRESSIONS)}.")
        if self.style not in STYLES:
            raise UsageError(f"There is no style '{self.style}'.", f"Use one of: {', '.join(STYLES)}.")
        if not (math.isfinite(self.expression_strength) and 0 <= self.expression_strength <= 1.5):
            raise UsageError(
                f"A strength of {self.expression_strength} is out of range.", "Choose between 0 and 1.5; 1 is natural."
            )
        for angle in self.gaze or ():
            if not (math.isfinite(angle) and abs(angle) <= FARTHEST_LOOK_DEG):
                raise UsageError(
                    f"A look of {angle:g} degrees is out of range.",
                    f"Choose between -{FARTHEST_LOOK_DEG:g} and {FARTHEST_LOOK_DEG:g}; 0 is the viewer.",
                )
        if not (math.isfinite(self.lead_s) and 0 <= self.lead_s <= 0.1):
            raise UsageError(f"A lead of {self.lead_s} s is out of range.", "Choose between 0 and 0.1 s.")
