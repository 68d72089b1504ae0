"""A picture whose head is held much as the actor's: the avatar then faces the same way as the actor."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.capture.calibration import Neutral
from phonoscope.capture.curves import EYE_OVER_BALL
from phonoscope.capture.features import COLUMN
from phonoscope.capture.head_fit import fit_head, turn_angles_deg

ALIKE_DEG: Final = (6.0, 10.0)
"""Largest angle between the two up to which they are held alike, and from which on they are not: a webcam that looks
up from a desk must not tip the avatar."""

MIRROR: Final = np.diag([-1.0, 1.0, 1.0])


def facing_alike(
    neutral: Neutral, pictured_px: NDArray[np.float64], canonical: NDArray[np.float64], is_mirrored: bool = False
) -> Neutral:
    """Return a person's rest with the head as it is held in a picture, where the person holds it much the same way.

    Parameters
    ----------
    pictured_px
        float64, shape (478, 3): landmarks of the face that will act, in its picture, in pixels.
    canonical
        As for `calibrate`: the picture may show somebody else.
    is_mirrored
        What is acted will be mirrored.
    """
    pictured = fit_head(canonical, pictured_px).rotation
    if is_mirrored:
        pictured = MIRROR @ pictured @ MIRROR
    aside = pictured.T @ neutral.head.rotation
    low, high = ALIKE_DEG
    alike = np.clip((high - np.abs(turn_angles_deg(aside)).max()) / (high - low), 0, 1)
    aside, _ = cv2.Rodrigues(alike * cv2.Rodrigues(aside)[0])
    yaw, pitch, _ = np.sin(np.radians(turn_angles_deg(aside))) / EYE_OVER_BALL
    features = neutral.features.copy()
    # Turned aside, eyes keep looking where they do in the picture.
    features[[COLUMN["look_x_left"], COLUMN["look_x_right"]]] += yaw
    features[[COLUMN["look_y_left"], COLUMN["look_y_right"]]] -= pitch
    head = replace(neutral.head, rotation=neutral.head.rotation @ aside.T)
    return replace(neutral, head=head, features=features)
