"""Whole-character pictures: silent and talking, as PNGTubers have them, or one for each mouth shape.

What differs between them is the mouth, or the eyes in a blink; the rest stands still. Characters that are drawn anew
from head to foot change as a whole, and so do mouths that come without a face.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.own.names import Tag, read_name, words_of
from phonoscope.avatars.drawn.own.pieces import Piece, distance, within_alpha
from phonoscope.avatars.drawn.own.shapes import choose_pictures
from phonoscope.avatars.drawn.puppet import Role, Sprite
from phonoscope.avatars.drawn.svg.rasterising import cut_to_marks

SILENT = frozenset(
    {"idle", "silent", "quiet", "closed", "mouth-closed", "inactive", "not-talking", "neutral", "normal"}
)
TALKING = frozenset({"talking", "talk", "speaking", "speak", "open", "mouth-open", "active"})
BLINKING = frozenset({"blink", "blinking", "eyes-closed"})
"""Names of the pictures. A blink has its own, or stands behind another's: ``idle-blink``, ``talking_blink``."""

AT_REST = ("x", "neutral", "closed", "a", "m")
"""Mouth shapes that a face has at rest, the best first."""

DIFFERENCE = 10
"""Least difference of a channel, 0 to 255, between pictures that show something else."""

MARGIN = 0.004
"""How far a differing place is widened, as a share of the canvas's longer side: soft edges differ less."""

ALL_NEW = 0.45
"""Share of the character that differs from which on it is another drawing, and no mouth."""

AROUND_PX = 48
"""How far around the features skin is looked at."""

BARE = 26
"""Largest difference of a channel between bare skin and what is guessed to be there."""

RIM_PX = 2
"""How much of the skin around it a feature keeps: its soft edges are made of both."""

Placed = tuple[NDArray[np.uint8], int, int]


def state_of(stem: str) -> tuple[str, bool] | None:
    """Return which mouth a whole picture's name means, and whether its eyes are shut; None where it means none."""
    name, shut = "-".join(words_of(stem)), False
    for blink in BLINKING:
        if name == blink:
            return "closed", True
        if name.endswith("-" + blink):
            name, shut = name.removesuffix("-" + blink), True
        elif name.startswith(blink + "-"):
            name, shut = name.removeprefix(blink + "-"), True
    if name in TALKING:
        return "open", shut
    tag = read_name(name, in_mouth=True)
    if name in SILENT and name != "neutral":
        return "closed", shut
    return (tag.shape, shut) if tag is not None and tag.shape else None


def is_whole(stems: Iterable[str]) -> bool:
    """Tell whether a folder holds whole pictures: mouths, blinks, and nothing else."""
    states = [state_of(stem) for stem in stems]
    return None not in states and bool(choose_pictures(state[0] for state in states if state and not state[1]))


def whole_pieces(
    pictures: Mapping[str, Placed], size_px: tuple[int, int], note: Callable[[str], None]
) -> tuple[Piece, ...]:
    """Take whole-character pictures into head, eyes and mouth.

    Parameters
    ----------
    pictures
        By name: premultiplied pixels, and where their corner lies; all of one size.
    """
    states = {state_of(stem): placed for stem, placed in pictures.items()}
    mouths = {state[0]: placed[0] for state, placed in states.items() if state and not state[1]}
    blink = next((placed[0] for state, placed in states.items() if state and state[1]), None)
    _, x, y = next(iter(pictures.values()))
    silent = mouths[next((name for name in AT_REST if name in mouths), next(iter(mouths)))]
    reach = max(1, round(MARGIN * max(size_px)))
    moving = _different(silent, list(mouths.values()), reach)
    if not moving.any():
        note("All pictures of the mouth are the same: it will not be seen to move.")
    if moving.sum() > ALL_NEW * max(int((silent[:, :, 3] >= DIFFERENCE).sum()), 1):
        note("The pictures have little in common: the character changes as a whole, and does not blink.")
        return _mouths(mouths, x, y)
    shut = np.zeros_like(moving) if blink is None else _different(silent, [blink], reach) & ~moving
    others = [*mouths.values()] if blink is None else [*mouths.values(), blink]
    clean = _painted_over(silent, others, moving | shut)
    for picture in mouths.values():
        # What one of them leaves clear must not show through.
        clean[moving & (picture[:, :, 3] < clean[:, :, 3].astype(int) - DIFFERENCE)] = 0
    eyes = [] if blink is None else _eyes(_features(silent, clean, shut), _features(blink, clean, shut), shut, x, y)
    head = cut_to_marks(clean, x, y)
    mouth = _mouths({name: _features(picture, clean, moving) for name, picture in mouths.items()}, x, y)
    return (*((Piece("whole", Tag(Role.HEAD), head),) if head else ()), *eyes, *mouth)


def _different(one: NDArray[np.uint8], others: list[NDArray[np.uint8]], reach_px: int) -> NDArray[np.bool_]:
    """Return where some pictures differ from one: whole places, with what lies within and is the same in all."""
    far = np.zeros(one.shape[:2], np.uint8)
    for other in others:
        far |= (distance(one, other) >= DIFFERENCE).astype(np.uint8)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach_px + 1, 2 * reach_px + 1))
    outlines, _ = cv2.findContours(
        cv2.morphologyEx(far, cv2.MORPH_CLOSE, disc), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    whole = np.zeros_like(far)
    for outline in outlines:
        cv2.fillConvexPoly(whole, cv2.convexHull(outline), (1,))
    # The corners of a mouth are where all its pictures meet.
    return np.asarray(cv2.dilate(whole, disc, iterations=2), np.uint8).astype(bool)


def _painted_over(
    rgba: NDArray[np.uint8], others: list[NDArray[np.uint8]], inside: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Return the face without its features: in their place what goes on from around them, or bare skin of a picture."""
    painted = rgba.copy()
    columns, rows = np.flatnonzero(inside.any(0)), np.flatnonzero(inside.any(1))
    if not len(columns):
        return painted
    place = np.s_[
        max(rows[0] - AROUND_PX, 0) : rows[-1] + AROUND_PX, max(columns[0] - AROUND_PX, 0) : columns[-1] + AROUND_PX
    ]
    hole, here = inside[place], rgba[place]
    guess = np.rint(_filled(here.astype(np.float32), (~hole).astype(np.float32))).astype(np.uint8)
    face = np.where(hole[:, :, None], guess, here)
    for picture in (here, *(other[place] for other in others)):
        near = (distance(np.ascontiguousarray(picture), guess) < BARE) | ~hole
        # Soft edges of features come near to the skin's colour too.
        bare = hole & cv2.erode(near.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
        face[bare] = picture[bare]
        hole = hole & ~bare
    painted[place] = within_alpha(face)
    return painted


def _filled(colours: NDArray[np.float32], known: NDArray[np.float32]) -> NDArray[np.float32]:
    """Fill what is not known from coarser and coarser versions of the picture (pull, then push).

    S. J. Gortler et al., The Lumigraph, 1996, section 3.3.2.
    """
    if known.min() > 0 or min(known.shape) < 3:
        return colours
    half = ((colours.shape[1] + 1) // 2, (colours.shape[0] + 1) // 2)
    weight = cv2.resize(known, half, interpolation=cv2.INTER_AREA)
    summed = cv2.resize(colours * known[:, :, None], half, interpolation=cv2.INTER_AREA)
    coarse = _filled((summed / np.maximum(weight, 1e-6)[:, :, None]).astype(np.float32), weight.astype(np.float32))
    finer = cv2.resize(coarse, (colours.shape[1], colours.shape[0]), interpolation=cv2.INTER_LINEAR)
    share = np.minimum(known, 1.0)[:, :, None]
    return np.asarray(share * colours + (1 - share) * finer, np.float32)


def _features(rgba: NDArray[np.uint8], clean: NDArray[np.uint8], inside: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return what of a picture differs from the face without features, with a soft rim."""
    far = (distance(rgba, clean) >= DIFFERENCE) & inside
    near = cv2.dilate(far.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=RIM_PX).astype(bool) & inside
    return _only(rgba, near)


def _only(rgba: NDArray[np.uint8], inside: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.where(inside[:, :, None], rgba, 0).astype(np.uint8)


def _mouths(mouths: Mapping[str, NDArray[np.uint8]], x: int, y: int) -> tuple[Piece, ...]:
    return tuple(
        Piece(name, Tag(Role.MOUTH, shape=name), cut_to_marks(picture, x, y) or NOTHING)
        for name, picture in mouths.items()
    )


NOTHING = Sprite(np.zeros((1, 1, 4), np.uint8), 0, 0)
"""A picture of nothing."""


def _eyes(silent: NDArray[np.uint8], blink: NDArray[np.uint8], shut: NDArray[np.bool_], x: int, y: int) -> list[Piece]:
    """Return the open and the shut picture of each eye: two where the differing places lie apart."""
    columns = np.flatnonzero(shut.any(0))
    if not len(columns):
        return []
    gaps = np.diff(columns)
    masks = [("", shut)]
    if len(gaps) and gaps.max() > 1:
        cut = int(columns[int(gaps.argmax())]) + 1
        left = np.arange(shut.shape[1])[None] < cut
        masks = [("left", shut & left), ("right", shut & ~left)]
    pieces = []
    for side, mask in masks:
        for part, picture in (("", silent), ("shut", blink)):
            sprite = cut_to_marks(_only(picture, mask), x, y)
            if sprite is not None:
                tag = Tag(Role.EYE, part, side, "picture")  # type: ignore[arg-type]
                pieces.append(Piece(f"{part or 'open'} eye {side}".strip(), tag, sprite))
    return pieces
