"""Which part of the picture is hair that hangs or stands free, and lags behind the head."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import CHEEKS, CHIN, EYES, FOREHEAD
from phonoscope.avatars.photo.motion.lattice import Lattice, at_nodes, distance_outside_face

SEED_REACH = 0.03, 0.16
"""Hair is looked for this far outside the face above the eyes, in face heights."""

SKIN_LIKE = 10.0
"""Lab distance from the cheeks' colour within which a bald head is no hair."""

MOST_BALD = 0.6
"""Share of the skin's colour where hair should be, beyond which there is none."""

SPREAD_LIGHT, SPREAD_COLOUR = (2.4, 12.0), (2.6, 6.0)
"""Hair's lightness and its Lab a*, b* stray from their medians by so many deviations, and by so much more."""

ROOTS, TIPS = 0.05, 0.36
"""From the first distance outside face and skull to the second, in face heights, hair moves freely."""

SKULL = 0.43, 0.70
"""Half width and half height of the head's bone about the middle of the face, in face heights: hair and hats that lie
on it do not sway."""

THROAT_WIDTH, THROAT_ABOVE = 0.36, 0.05
"""Half the width of the throat, and where it begins above the chin, in face heights: shadows there look like hair."""

ENDS = 0.10, 0.50
"""Between these depths below the chin, in face heights, clothes of the same colour may begin, and nothing sways."""

SOFTNESS = 0.04
"""Blur of the whole, in face heights."""


def loose_hair(
    rgb: NDArray[np.uint8], frame: FaceFrame, lattice: Lattice, person: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return how freely each node's hair moves, 0 to 1, shape (rows, columns): 0 on the face and without hair.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3): the photo.
    person
        Shape (rows, columns): how surely each node shows the person, 0 to 1.
    """
    from scipy.ndimage import gaussian_filter

    outside = distance_outside_face(frame, lattice)
    lab = _lab_at_nodes(rgb, lattice)
    own = person > 0.5
    eyes = float(np.mean([frame.points[list(eye.upper_lid), 1].mean() for eye in EYES]))
    seeds = own & (outside > SEED_REACH[0]) & (outside < SEED_REACH[1]) & (lattice.v < eyes)
    x, y = frame.landmarks_px[list(CHEEKS), 0], frame.landmarks_px[list(CHEEKS), 1]
    skin = np.array([np.median(lattice.sample(lab[..., axis], x, y)) for axis in range(3)])
    differs = np.linalg.norm(lab - skin, axis=-1) > SKIN_LIKE
    if seeds.sum() < 8 or (seeds & differs).sum() < (1 - MOST_BALD) * seeds.sum():
        return np.zeros(lattice.shape)
    hair = lab[seeds & differs]
    middle, deviation = np.median(hair, 0), np.median(np.abs(hair - np.median(hair, 0)), 0) * 1.48
    light = np.abs(lab[..., 0] - middle[0]) / (SPREAD_LIGHT[0] * deviation[0] + SPREAD_LIGHT[1])
    colour = np.hypot(lab[..., 1] - middle[1], lab[..., 2] - middle[2]) / (
        SPREAD_COLOUR[0] * float(deviation[1:].mean()) + SPREAD_COLOUR[1]
    )
    likely = (1 - smoothstep(0.7, 1.2, np.maximum(light, colour))) * smoothstep(0.3, 0.7, person)
    throat = (np.abs(lattice.u) < THROAT_WIDTH) & (lattice.v > frame.points[CHIN, 1] - THROAT_ABOVE)
    likely = likely * (_away(lab, skin) > _away(lab, middle)) * (outside > 0) * ~throat
    likely = likely * _hangs_together(likely > 0.5, seeds & differs)
    middle_v = 0.5 * (frame.points[FOREHEAD, 1] + frame.points[CHIN, 1])
    off_skull = (np.hypot(lattice.u / SKULL[0], (lattice.v - middle_v) / SKULL[1]) - 1) * float(np.mean(SKULL))
    free = smoothstep(ROOTS, TIPS, np.minimum(outside, off_skull + ROOTS))
    free = free * (1 - smoothstep(*ENDS, lattice.v - frame.points[CHIN, 1]))
    swaying = gaussian_filter(likely * free, SOFTNESS * frame.height_px / lattice.step_px)
    # The blur must not reach the face.
    return np.asarray(swaying * smoothstep(0.0, ROOTS, outside), np.float64)


def _away(lab: NDArray[np.float64], colour: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distance from a colour; hues tell skin from hair better than light does."""
    return np.asarray(np.linalg.norm((lab - colour) * (0.6, 1.0, 1.0), axis=-1), np.float64)


def _hangs_together(likely: NDArray[np.bool_], seeds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the parts that grow from the head: clothes of hair's colour lie apart."""
    from scipy.ndimage import label

    parts, _ = label(likely)
    grown = np.unique(parts[seeds & likely])
    return np.isin(parts, grown[grown > 0])


def _lab_at_nodes(rgb: NDArray[np.uint8], lattice: Lattice) -> NDArray[np.float64]:
    colours = at_nodes(rgb, lattice)
    return np.asarray(cv2.cvtColor(colours.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB), np.float64)
