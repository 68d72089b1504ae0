"""Where on the canvas the things are that can be taken hold of: avatars, overlays and captions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from phonoscope.rendering.actors import boxes_of
from phonoscope.rendering.foreground import Foreground, LocatedOverlay, overlay_layers
from phonoscope.rendering.pictures import DRAWN
from phonoscope.rendering.production import Production
from phonoscope.scene.document.overlays import Overlay
from phonoscope.scene.document.speaking import Avatar
from phonoscope.scene.overlays.rect import Rect

LONGEST_LABEL: Final = 40
"""Characters of a label; what is longer is cut."""

PLACES: Final = 5
"""Decimal places of shares: a twentieth of a pixel in 4K."""

_TOLD_BY: Final = ("name", "title", "text", "emoji", "alt")
"""Fields of overlays that tell people best which one it is, the best first."""


@dataclass(frozen=True, slots=True)
class StageBox:
    """Something on the canvas.

    Attributes
    ----------
    path
        Where in the document it is: ``scenes[0].avatars[0]``, ``overlays[1]``, ``captions``.
    kind
        ``avatar``, ``captions``, or the kind of an overlay.
    label
        What is read on it, or whom it shows; empty where nothing tells.
    x, y, width, height
        Left and upper edge and size at rest and unturned, of the canvas's; it may reach over the canvas's edges.
    rotation_deg
        How far it is turned about its middle, clockwise.
    """

    path: str
    kind: str
    label: str
    x: float
    y: float
    width: float
    height: float
    rotation_deg: float = 0.0


def stage_boxes(production: Production, front: Callable[[int], Foreground], number: int) -> tuple[StageBox, ...]:
    """Return what is on the canvas in a frame, from the bottom to the top; of two scenes in a transition, the second.

    Parameters
    ----------
    front
        Returns what lies over the picture of a scene.

    Raises
    ------
    SceneError
        An overlay cannot be drawn.
    """
    scene, _ = production.timeline.at(number)
    index, local = scene.index, number - scene.first_frame
    over = front(index)
    span_s = 0.0, production.timeline.duration_s
    over_all = overlay_layers(production.document.overlays, "overlays", (), span_s, production)
    boxes = [*_avatars(production, index), *_overlays(over.overlays, local, production.size_px)]
    page = over.captions.standing(local) if over.captions is not None else None
    if page is not None:
        text = "".join(page[0].pieces)
        boxes.append(_box((over.captions_path, "captions", text), Rect(*page[1]), production.size_px))
    return (*boxes, *_overlays(over_all, number, production.size_px))


def _avatars(production: Production, index: int) -> Iterator[StageBox]:
    scene = production.document.scenes[index]
    for place, (avatar, box) in enumerate(zip(scene.avatars, boxes_of(scene, production.size_px), strict=True)):
        told = f"scenes[{index}].avatars[{place}]", "avatar", _shown_in(avatar)
        yield _box(told, Rect(box.x0, box.y0, box.x1, box.y1), production.size_px)


def _overlays(layers: Iterable[LocatedOverlay], number: int, size_px: tuple[int, int]) -> Iterator[StageBox]:
    for layer in layers:
        rect = layer.standing(number)
        if rect is not None:
            told = layer.path, layer.told.kind, _read_on(layer.told)
            yield _box(told, rect, size_px, layer.told.rotation_deg)


def _shown_in(avatar: Avatar) -> str:
    return avatar.name or (avatar.picture.removeprefix(DRAWN) if avatar.picture.startswith(DRAWN) else "")


def _read_on(overlay: Overlay) -> str:
    return next((told for field in _TOLD_BY if (told := getattr(overlay, field, ""))), "")


def _box(told: tuple[str, str, str], rect: Rect, size_px: tuple[int, int], rotation_deg: float = 0.0) -> StageBox:
    path, kind, label = told
    (width, height), label = size_px, " ".join(label.split())
    shown = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
    return StageBox(
        path,
        kind,
        shown,
        x=round(rect.left / width, PLACES),
        y=round(rect.top / height, PLACES),
        width=round(rect.width / width, PLACES),
        height=round(rect.height / height, PLACES),
        rotation_deg=rotation_deg,
    )
