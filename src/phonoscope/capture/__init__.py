"""A filmed face becomes a Performance: tracked, calibrated to the person, smoothed, carried over."""

from phonoscope.capture.acting import ActOptions, FaceActor
from phonoscope.capture.calibration import Calibration, Neutral, calibrate, held_straight
from phonoscope.capture.facing import facing_alike
from phonoscope.capture.retarget import Retarget, parse_retarget, retarget
from phonoscope.capture.tracking import FaceTracker, Sighting, Subject, follow_face

__all__ = [
    "ActOptions",
    "Calibration",
    "FaceActor",
    "FaceTracker",
    "Neutral",
    "Retarget",
    "Sighting",
    "Subject",
    "calibrate",
    "facing_alike",
    "follow_face",
    "held_straight",
    "parse_retarget",
    "retarget",
]
