"""From an SVG to pixels, by resvg."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.puppet import Sprite
from phonoscope.avatars.drawn.svg.tree import to_text
from phonoscope.core.errors import InputError, MissingPartError

SKETCH_PX = 160
"""Longer side of the small drawing that tells where a layer's marks lie before it is drawn in full."""

SOFTNESS = 4
"""How many times smaller is drawn what is blurred anyway."""

MARGIN = 2
"""Pixels of the small drawing by which that place is widened: thin lines may fall between its pixels."""


@dataclass(frozen=True, slots=True)
class View:
    """How an SVG's own coordinates lie on the canvas: pixel = `scale` * unit + (`x_px`, `y_px`)."""

    scale: float
    x_px: float
    y_px: float

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return where a point lies on the canvas."""
        return self.scale * point[0] + self.x_px, self.scale * point[1] + self.y_px


def rasterise(root: Element, view: View, window_px: tuple[int, int, int, int], is_soft: bool = False) -> Sprite | None:
    """Draw an SVG onto the canvas, as far as it lies in a window.

    Parameters
    ----------
    window_px
        x0, y0, x1, y1 on the canvas; may reach beyond it.
    is_soft
        Its filters blur what lies inside its outline and nothing else: then that is drawn small, in a tenth of the
        time, and only the outline in full.

    Returns
    -------
    The drawing, cut to its marks; None where there is nothing.
    """
    x0, y0, x1, y1 = window_px
    step = max(1.0, max(x1 - x0, y1 - y0) / SKETCH_PX)
    small = _draw(root, view, window_px, (max(1, round((x1 - x0) / step)), max(1, round((y1 - y0) / step))))
    found = _marks(small)
    if found is None:
        return None
    across, down = (x1 - x0) / small.shape[1], (y1 - y0) / small.shape[0]
    near = (
        max(x0, x0 + int((found[0] - MARGIN) * across)),
        max(y0, y0 + int((found[1] - MARGIN) * down)),
        min(x1, x0 + int((found[2] + MARGIN) * across) + 1),
        min(y1, y0 + int((found[3] + MARGIN) * down) + 1),
    )
    full = _draw_soft(root, view, near) if is_soft and _is_filtered(root) else draw_box(root, view, near)
    return cut_to_marks(full, near[0], near[1])


def draw_box(root: Element, view: View, box_px: tuple[int, int, int, int]) -> NDArray[np.uint8]:
    """Draw a box of the canvas, x0, y0, x1, y1; uint8 (height, width, 4), premultiplied."""
    return _draw(root, view, box_px, (box_px[2] - box_px[0], box_px[3] - box_px[1]))


def _is_filtered(root: Element) -> bool:
    return any(element.get("filter") for element in root.iter())


def _draw_soft(root: Element, view: View, box_px: tuple[int, int, int, int]) -> NDArray[np.uint8]:
    """Draw a box of the canvas whose inside is blurred; uint8 (height, width, 4), premultiplied."""
    size_px = box_px[2] - box_px[0], box_px[3] - box_px[1]
    small = _draw(root, view, box_px, (max(1, size_px[0] // SOFTNESS), max(1, size_px[1] // SOFTNESS)))
    smooth = cv2.resize(small, size_px, interpolation=cv2.INTER_LINEAR).astype(np.float32)
    sharp = copy.deepcopy(root)
    for element in sharp.iter():
        element.attrib.pop("filter", None)
    alpha = draw_box(sharp, view, box_px)[:, :, 3:]
    # The outline is the sharp drawing's; what has the colours there is the small one, wherever it has any.
    colours = smooth[:, :, :3] * (alpha / np.maximum(smooth[:, :, 3:], 1.0))
    return np.concatenate([np.minimum(np.rint(colours), alpha).astype(np.uint8), alpha], axis=2)


def cut_to_marks(rgba: NDArray[np.uint8], x: int, y: int) -> Sprite | None:
    """Return a premultiplied picture at (x, y) without its empty margins; None where all is empty."""
    found = _marks(rgba)
    if found is None:
        return None
    x0, y0, x1, y1 = found
    return Sprite(rgba[y0:y1, x0:x1].copy(), x + x0, y + y0)


def _marks(rgba: NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    """Return x0, y0, x1, y1 around all pixels that are not clear."""
    alpha = rgba[:, :, 3]
    columns, rows = np.flatnonzero(alpha.any(0)), np.flatnonzero(alpha.any(1))
    if not len(columns):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _draw(
    root: Element, view: View, window_px: tuple[int, int, int, int], size_px: tuple[int, int]
) -> NDArray[np.uint8]:
    """Draw a window of the canvas at a size of its own; uint8 (height, width, 4), premultiplied."""
    x0, y0, x1, y1 = window_px
    framed = copy.copy(root)
    framed.attrib = dict(root.attrib)
    box = ((x0 - view.x_px) / view.scale, (y0 - view.y_px) / view.scale, (x1 - x0) / view.scale, (y1 - y0) / view.scale)
    framed.set("viewBox", " ".join(f"{number:.6f}" for number in box))
    framed.set("preserveAspectRatio", "none")
    framed.set("width", str(size_px[0]))
    framed.set("height", str(size_px[1]))
    return _rendered(to_text(framed))


@lru_cache(maxsize=4)
def _rendered(text: str) -> NDArray[np.uint8]:
    """Draw an SVG; not to be changed. What shows several things is drawn once for each, one after the other."""
    try:
        import resvg_py
    except ImportError as error:
        raise MissingPartError(
            f"The SVG renderer cannot be loaded: {error}.", "Reinstall Phonoscope, or run: pip install resvg-py."
        ) from error
    try:
        png = bytes(resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True))
    except ValueError as error:
        raise InputError(
            f"The drawing cannot be rendered: {error}.", "Check it in a browser or an SVG editor."
        ) from None
    except BaseException as error:
        # A panic of the renderer is no Exception; it left nothing half done.
        if type(error).__name__ != "PanicException":
            raise
        raise InputError(
            f"The drawing breaks the renderer: {error}.", "Look for points and sizes far beyond the page."
        ) from None
    bgra = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    rgba = premultiplied(np.asarray(cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGBA), np.uint8))
    rgba.flags.writeable = False
    return rgba


def premultiplied(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return RGBA with its colours scaled by alpha, rounded."""
    alpha = rgba[:, :, 3]
    factors = cv2.merge([alpha, alpha, alpha, np.full_like(alpha, 255)])
    return np.asarray(cv2.multiply(rgba, factors, scale=1 / 255), np.uint8)
