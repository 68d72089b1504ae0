"""Casts the shadow of text, blurred while it is small: soft edges need few pixels."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final

from phonoscope.scene.text.style import Shadow

if TYPE_CHECKING:
    import skia

_GRAIN_PX: Final = 2.0
"""Standard deviation at which shadows are blurred; softer ones are drawn smaller, and enlarged."""

_REACH: Final = 3
"""Standard deviations until nothing is left of an edge."""

_DENSEST: Final = 3.0
"""Most opacity: more is a border, and no shadow."""

_KEPT: Final = 8
"""Shadows of one text, whose words come and go."""


class CastShadow:
    """The shadow of one text; kept as long as its outline stays.

    Parameters
    ----------
    bounds_px
        Left, top, right and bottom of what casts it.
    """

    def __init__(self, bounds_px: tuple[float, float, float, float]) -> None:
        self._bounds = bounds_px
        self._images: OrderedDict[Hashable, Any] = OrderedDict()

    def paint(self, canvas: skia.Canvas, shadow: Shadow, key: Hashable, painter: Callable[[skia.Canvas], None]) -> None:
        """Paint the shadow of what a painter paints.

        Parameters
        ----------
        key
            The same key means the same outline.
        """
        import skia

        reach = _REACH * shadow.blur_px + 1
        left, top = math.floor(self._bounds[0] - reach), math.floor(self._bounds[1] - reach)
        if key not in self._images:
            size = math.ceil(self._bounds[2] + reach) - left, math.ceil(self._bounds[3] + reach) - top
            self._images[key] = _blurred(size, (left, top), shadow, painter)
            if len(self._images) > _KEPT:
                self._images.popitem(last=False)
        self._images.move_to_end(key)
        # Pixel by pixel where it can be: interpolating takes ten times as long, and softness hides half a pixel.
        exact = canvas.getTotalMatrix().isTranslate()
        sampling = skia.SamplingOptions(skia.FilterMode.kNearest if exact else skia.FilterMode.kLinear)
        rest = min(_DENSEST, shadow.opacity)
        while rest > 0:
            # Above 1 it is cast again: thin letters lose most of their shadow to its softness.
            paint = skia.Paint(Alphaf=min(1.0, rest))
            canvas.drawImage(self._images[key], left + shadow.right_px, top + shadow.down_px, sampling, paint)
            rest -= 1


def _blurred(
    size_px: tuple[int, int], corner_px: tuple[int, int], shadow: Shadow, painter: Callable[[skia.Canvas], None]
) -> Any:
    """Return a picture of what is painted, blurred, in one colour."""
    import skia

    grain = max(1.0, shadow.blur_px / _GRAIN_PX)
    small = skia.Surface(math.ceil(size_px[0] / grain), math.ceil(size_px[1] / grain))
    # Filters are scaled with what they filter.
    blur = skia.ImageFilters.Blur(shadow.blur_px, shadow.blur_px, skia.TileMode.kDecal)
    tint = skia.ColorFilters.Blend(skia.ColorSetRGB(*shadow.rgb), skia.BlendMode.kSrcIn)
    with small as canvas:
        canvas.scale(1 / grain, 1 / grain)
        canvas.translate(-corner_px[0], -corner_px[1])
        canvas.saveLayer(None, skia.Paint(ImageFilter=blur, ColorFilter=tint))
        painter(canvas)
        canvas.restore()
    whole = skia.Surface(*size_px)
    with whole as canvas:
        canvas.scale(grain, grain)
        canvas.drawImage(small.makeImageSnapshot(), 0, 0, skia.SamplingOptions(skia.FilterMode.kLinear))
    return whole.makeImageSnapshot()
