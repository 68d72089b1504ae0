"""The drawn tongue, and the colour of the mouth's moist skin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.mouth.plane import MouthGrid, develop
from phonoscope.avatars.photo.photometry import Photometry, with_chroma

TIP_MM = 1.8
"""The tongue's upper outline in its plane, below the lip line."""
_HALF_WIDTH_MM, _HEIGHT_MM = 18.5, 9.0
_GROOVE_MM = 1.5
_MOST_YELLOW, _LEAST_ROSY = 0.46, 0.80
"""Most green of moist skin, as a share of its red, and least blue, as a share of its green."""
_MOST_PALE = 0.60
"""Most green and blue of a tongue, as a share of its red."""


def mucosa_colour(photometry: Photometry) -> NDArray[np.float64]:
    """Return the colour of the lips' moist inside: redder and a little darker than the lip, between it and the skin."""
    base = 0.75 * photometry.lip + 0.25 * photometry.skin
    colour = base * np.array([0.80, 0.50, 0.52])
    # Yellow light makes yellow lips, but what is moist and full of blood stays rosy.
    colour[1] = min(colour[1], _MOST_YELLOW * colour[0])
    colour[2] = max(colour[2], _LEAST_ROSY * colour[1])
    return with_chroma(colour, photometry.chroma)


def draw_tongue(grid: MouthGrid, photometry: Photometry) -> NDArray[np.float32]:
    """Return the tongue as it lies behind the lower teeth, float32 RGBA, premultiplied.

    A broad dome with a soft groove along its middle: dark where it goes back into the mouth (above), lit on its front,
    with a broken moist highlight on both sides of the groove.
    """
    x, y = grid.x, grid.y
    flesh = mucosa_colour(photometry) * np.array([1.15, 1.52, 1.48])
    # Pale lips do not make a pale tongue.
    flesh[1:] = np.minimum(flesh[1:], _MOST_PALE * flesh[0])
    flesh = with_chroma(flesh, photometry.chroma)
    # Height over the tongue's outline, 0 at its upper rim: the dome is lower towards its sides.
    across = x / _HALF_WIDTH_MM
    rim = TIP_MM + 4.5 * across**2 + 0.9 * np.exp(-((x / (2 * _GROOVE_MM)) ** 2))
    alpha = smoothstep(-0.5, 0.9, y - rim) * smoothstep(0.0, 0.35, 1 - across**2)
    if photometry.flat:
        return develop(np.broadcast_to(flesh, (*x.shape, 3)), alpha, grid, photometry, seed=3)
    depth = np.clip((y - rim) / _HEIGHT_MM, 0, 1)
    form = 0.62 + 0.38 * smoothstep(0.0, 0.5, depth)
    form *= 1 - 0.35 * across**2 + 0.25 * photometry.light[0] * across
    groove = np.exp(-((x / _GROOVE_MM) ** 2)) * smoothstep(0.05, 0.3, depth)
    form *= 1 - 0.13 * groove
    rough = np.random.default_rng(5).normal(0, 1, x.shape)
    wet = np.exp(-(((np.abs(x) - 4.2) / 2.6) ** 2) - ((depth - 0.34) / 0.11) ** 2)
    wet += 0.5 * np.exp(-(((np.abs(x) - 8.5) / 2.2) ** 2) - ((depth - 0.46) / 0.08) ** 2)
    colour = flesh * (form * (1 + 0.02 * rough))[..., None]
    colour = colour + (0.20 * photometry.skin.mean()) * (wet * (1 + 0.25 * rough))[..., None]
    return develop(colour, alpha, grid, photometry, seed=3)
