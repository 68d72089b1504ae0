"""What the photo's light, colours, sharpness and grain are, so that drawn parts match it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Photometry:
    """Measured looks of a face. Colours are sRGB, float64, shape (3,), 0 to 255.

    Attributes
    ----------
    skin, lip, sclera, tooth, cavity
        Colours of the cheeks, the lower lip, the white of the eyes, and (estimated) the teeth and the open mouth.
    chroma
        0 for a black-and-white picture, 1 for full colour.
    blur_px
        Standard deviation of the picture's own blur near the eyes, in pixels.
    grain
        Standard deviation of the fine noise on the cheeks, in grey levels.
    """

    skin: NDArray[np.float64]
    lip: NDArray[np.float64]
    sclera: NDArray[np.float64]
    tooth: NDArray[np.float64]
    cavity: NDArray[np.float64]
    chroma: float
    blur_px: float
    grain: float
