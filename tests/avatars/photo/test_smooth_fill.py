from __future__ import annotations

import numpy as np

from phonoscope.avatars.photo.smooth_fill import fill_smoothly


def test_fill_is_the_smoothest_surface() -> None:
    x, y = np.meshgrid(np.arange(20.0), np.arange(16.0))
    plane = np.stack([x, y, 2 * x - y], -1)
    hole = np.zeros(x.shape, bool)
    hole[3:12, 4:15] = True
    broken = np.where(hole[..., None], 1e3, plane)
    np.testing.assert_allclose(fill_smoothly(broken, hole), plane[hole], atol=1e-6)
