"""The landmarks of a mean face: what a marked face is bent from."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray


@lru_cache(maxsize=1)
def canonical_face() -> NDArray[np.float64]:
    """Return the mean of eleven frontal faces with closed mouths, made symmetrical.

    Returns
    -------
    float64, shape (478, 3), read-only: landmarks (u, v, w) as of `FaceFrame.points`.
    """
    text = resources.files("phonoscope.avatars.photo.marks").joinpath("canonical_face.csv").read_text("utf-8")
    points = np.loadtxt(text.splitlines(), delimiter=",")
    points.setflags(write=False)
    return points
