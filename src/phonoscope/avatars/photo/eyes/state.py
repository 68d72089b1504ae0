"""What the eyes of a face do at a moment."""

from __future__ import annotations

from dataclasses import dataclass

from phonoscope.avatars.photo.motion.controls import Controls

_LEAST = 0.005
"""Less is not visible."""


@dataclass(frozen=True, slots=True)
class EyeState:
    """What an eye does, 0 to 1 unless told.

    Attributes
    ----------
    blink
        0 as photographed, 1 shut.
    squint, wide
        Lower lid pushed up, and upper lid lifted.
    gaze_x, gaze_y
        Look to the picture's right, and down, in [-1, 1]; 0 as photographed.
    """

    blink: float = 0.0
    squint: float = 0.0
    wide: float = 0.0
    gaze_x: float = 0.0
    gaze_y: float = 0.0

    @property
    def is_at_rest(self) -> bool:
        """True when an eye would be painted exactly as it was photographed."""
        return max(self.blink, self.squint, self.wide, abs(self.gaze_x), abs(self.gaze_y)) < _LEAST


def read_eye_states(controls: Controls) -> tuple[EyeState, EyeState]:
    """Return what the picture's left and right eye do."""
    return (
        EyeState(
            controls.blink_left,
            controls.squint_left,
            controls.lids_wide_left,
            controls.gaze_x_left,
            controls.gaze_y_left,
        ),
        EyeState(
            controls.blink_right,
            controls.squint_right,
            controls.lids_wide_right,
            controls.gaze_x_right,
            controls.gaze_y_right,
        ),
    )
