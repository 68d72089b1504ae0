"""QR codes on a card, with a quiet zone and a label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import SceneError
from phonoscope.scene.document.overlays import QrCode
from phonoscope.scene.overlays.artwork import Part, StillArtwork
from phonoscope.scene.overlays.lettering import LetterLook, Room, fit_text, text_part
from phonoscope.scene.overlays.painting import fill, rounded
from phonoscope.scene.overlays.placing import placed
from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.overlays.stage import OverlayStage

if TYPE_CHECKING:
    import skia

_QUIET_MODULES: Final = 4
"""Empty modules around a code: ISO/IEC 18004 asks for four."""

_LEAST_QUIET: Final = 2.4
"""Empty modules around a code that readers do with, where modules could not be whole pixels otherwise."""

_CORNERS: Final = 0.05
"""Radius of the card's corners, of its width: within the quiet zone."""

_LABEL_SIZE: Final = 0.095
"""Size of the label's letters, of the card's width."""


_LABEL_GAP: Final = 0.065
"""Least space above and below the label, of the card's width."""


def qr_artwork(code: QrCode, stage: OverlayStage) -> StillArtwork:
    """Return how a QR code looks: its modules are whole pixels, wherever there are enough of them."""
    modules = modules_of(code.text)
    side_px = max(len(modules), round(code.size * stage.short_px))
    module_px = _module_px(side_px, len(modules))
    quiet_px = (side_px - module_px * len(modules)) / 2
    quiet_px = round(quiet_px) if module_px >= 1 else quiet_px
    label = None
    height_px = label_top_px = float(side_px)
    if code.label.strip():
        look = LetterLook(max(2.0, _LABEL_SIZE * side_px), code.colour, line_height=1.25, align="centre")
        label = fit_text(code.label, look, Room(0.88 * side_px, 0.6 * side_px, 3), stage.language)
        label_top_px = side_px - quiet_px + max(quiet_px, _LABEL_GAP * side_px)
        height_px = label_top_px + label.height_px + max(0.8 * quiet_px, _LABEL_GAP * side_px)
    box = placed(code.place, (side_px, height_px), stage.size_px)
    card, paper = rounded(box, _CORNERS * side_px), fill(code.box)
    path = _path(modules, (box.left + quiet_px, box.top + quiet_px), module_px)
    ink = fill(code.colour)
    ink.setAntiAlias(module_px < 1)

    def paint(canvas: skia.Canvas) -> None:
        canvas.drawRRect(card, paper)
        canvas.save()
        canvas.drawPath(path, ink)
        canvas.restore()

    parts = [Part(paint, box.grown(1))]
    if label is not None:
        parts.append(text_part(label, box.left + (side_px - label.width_px) / 2, box.top + label_top_px))
    return StillArtwork(box, tuple(parts))


def modules_of(text: str) -> NDArray[np.bool_]:
    """Return the modules of a code without its quiet zone: bool, shape (n, n), True for dark ones.

    Raises
    ------
    SceneError
        The text is too long for any code.
    """
    import segno

    # Middle error correction, raised where it costs no larger code: a video's compression takes its share.
    for level in ("m", "l"):
        try:
            code = segno.make(text, error=level, boost_error=True, micro=False)
        except segno.DataOverflowError:
            continue
        return np.array([list(row) for row in code.matrix], np.uint8).astype(bool)
    raise SceneError(f"'{text[:40]}…' is too long for a QR code.", "Shorten it to some hundred letters.")


def _module_px(side_px: int, count: int) -> float:
    """Return the size of a module on a card: whole pixels, if there are enough."""
    exact = side_px / (count + 2 * _QUIET_MODULES)
    for module_px in (round(exact), int(exact)):
        if module_px >= 1 and side_px >= module_px * (count + 2 * _LEAST_QUIET):
            return module_px
    return exact


def _path(modules: NDArray[np.bool_], corner: tuple[float, float], module_px: float) -> skia.Path:
    """Return the dark modules: neighbours in a row as one rectangle."""
    import skia

    path = skia.PathBuilder()
    for row, dark in enumerate(modules):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], dark, [False]]).astype(np.int8)))
        for first, end in edges.reshape(-1, 2):
            box = Rect.of_size(
                corner[0] + first * module_px, corner[1] + row * module_px, (end - first) * module_px, module_px
            )
            path.addRect(skia.Rect.MakeLTRB(box.left, box.top, box.right, box.bottom))
    return path.detach()
