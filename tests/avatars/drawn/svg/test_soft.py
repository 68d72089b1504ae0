"""What is blurred inside a sharp outline may be drawn small."""

from __future__ import annotations

import numpy as np

from phonoscope.avatars.drawn.svg.rasterising import View, rasterise
from phonoscope.avatars.drawn.svg.reading import parse_svg

BALL = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<defs><clipPath id="disc"><circle cx="50" cy="50" r="40"/></clipPath>
<filter id="soft" x="-60" y="-60" width="220" height="220" filterUnits="userSpaceOnUse">
<feGaussianBlur stdDeviation="12"/></filter></defs>
<g clip-path="url(#disc)"><circle cx="50" cy="50" r="40" fill="#e05020"/>
<g filter="url(#soft)">
<circle cx="30" cy="30" r="25" fill="#2040e0"/></g></g></svg>"""
VIEW, WINDOW_PX = View(4.0, 0.0, 0.0), (0, 0, 400, 400)


def test_a_soft_drawing_looks_like_the_whole_one() -> None:
    root = parse_svg(BALL)
    whole, soft = rasterise(root, VIEW, WINDOW_PX), rasterise(root, VIEW, WINDOW_PX, is_soft=True)
    assert whole is not None
    assert soft is not None
    assert (soft.x, soft.y, soft.size_px) == (whole.x, whole.y, whole.size_px)
    difference = np.abs(soft.rgba.astype(int) - whole.rgba)
    # Where the blur ends at the outline, its edge pixels are as clear as the outline's own.
    assert difference[..., 3].max() <= 48
    assert (difference[..., 3] > 1).mean() < 0.01
    assert difference[70:-70, 70:-70].max() <= 10
    assert difference.mean() < 0.5
    # It has been drawn in another way, and both show the blur.
    assert difference.max() > 0
    assert np.ptp(soft.rgba[160, 20:-20, 2].astype(int)) > 60


def test_without_a_filter_nothing_changes() -> None:
    root = parse_svg(BALL.replace(' filter="url(#soft)"', ""))
    whole, soft = rasterise(root, VIEW, WINDOW_PX), rasterise(root, VIEW, WINDOW_PX, is_soft=True)
    assert whole is not None
    assert soft is not None
    assert np.array_equal(whole.rgba, soft.rgba)
