from __future__ import annotations

import numpy as np

from phonoscope.avatars.photo.motion.lattice import interpolate_at_nodes


def test_scattered_values_are_interpolated_linearly(rng: np.random.Generator) -> None:
    places = rng.uniform(-3, 23, (60, 2))
    values = np.asarray(2 * places[:, 0] - places[:, 1] + 5, np.float64)
    found = interpolate_at_nodes(places, values, (10, 20))
    y, x = np.mgrid[:10, :20]
    assert np.isfinite(found).mean() > 0.9
    assert np.nanmax(np.abs(found - (2 * x - y + 5))) < 1e-9


def test_nodes_outside_all_triangles_have_no_value() -> None:
    found = interpolate_at_nodes(np.array([[2, 2], [4, 2], [2, 4]], np.float64), np.ones(3), (6, 6))
    y, x = np.mgrid[:6, :6]
    inside = (x >= 2) & (y >= 2) & (x + y <= 6)
    assert (np.isfinite(found) == inside).all()
