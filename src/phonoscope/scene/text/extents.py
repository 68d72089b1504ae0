"""How far the letters of each script reach above and below the baseline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from phonoscope.scene.text.spans import Span

_LATIN: Final = (0.95, 0.25)
"""Above and below, of the size: the middle of the capitals lies half-way, so that a box around a line looks even."""

_BY_FAMILY: Final = {
    "Noto Sans Arabic": (0.95, 0.45),
    "Noto Sans Devanagari": (0.95, 0.35),
    "Noto Sans Bengali": (0.95, 0.35),
    "Noto Sans Gurmukhi": (0.95, 0.35),
    "Noto Sans Gujarati": (0.95, 0.35),
    "Noto Sans Oriya": (0.95, 0.42),
    "Noto Sans Tamil": (0.95, 0.36),
    "Noto Sans Telugu": (0.95, 0.5),
    "Noto Sans Kannada": (0.95, 0.52),
    "Noto Sans Malayalam": (0.95, 0.38),
    "Noto Sans Sinhala": (1.0, 0.36),
    "Noto Sans Thai": (1.1, 0.34),
    "Noto Sans Lao": (1.18, 0.36),
    "Noto Sans Khmer": (1.04, 0.5),
    "Noto Sans Myanmar": (1.06, 0.58),
    "Noto Sans Thaana": (0.95, 0.38),
    "Noto Color Emoji": (0.97, 0.27),
    "Oswald": (1.0, 0.25),
    "Anton": (1.08, 0.24),
    "Bangers": (0.98, 0.24),
    "Pacifico": (1.1, 0.45),
    "Caveat": (0.9, 0.34),
}
"""Above and below, of the size: measured at sentences, marks and stacked letters included, and rounded up."""

_SPARE: Final = 0.5
"""What rare stacks of marks, and accents on tall capitals, reach further, of the size: there is room for it."""


def extents_px(spans: Iterable[Span]) -> tuple[float, float]:
    """Return how far the letters of spans reach above and below the baseline, in pixels."""
    above, below = 0.0, 0.0
    for span in spans:
        for font in span.fonts:
            reach = _BY_FAMILY.get(font.family, _LATIN)
            above, below = max(above, reach[0] * span.size_px), max(below, reach[1] * span.size_px)
    return above, below


def spare_px(spans: Iterable[Span]) -> float:
    """Return how much further, at most, any of the letters may reach."""
    return _SPARE * max((span.size_px for span in spans), default=0.0)
