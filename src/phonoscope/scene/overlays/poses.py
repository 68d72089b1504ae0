"""Where a motion puts an overlay, or each of its parts: offsets, sizes, turns, and how much is uncovered. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from phonoscope.scene.document.overlays import Easing, Motion
from phonoscope.scene.overlays.animation import Passage
from phonoscope.scene.overlays.artwork import WHOLE, Content, Cue, Part
from phonoscope.scene.overlays.rect import Rect

Side = Literal["left", "right", "top", "bottom", "middle"]

_OWN_EASING: Final[dict[Motion, Easing]] = {"pop": "back", "typewriter": "linear"}
"""What suits a motion better than the document's ``ease-out``, which nobody asked for: a pop overshoots, and a
typewriter keeps its pace."""

_ZOOM_FROM: Final = 0.55
"""Size at which ``zoom`` begins: nearer to 1 is a mere fade, farther is a jump."""

_POP_FROM: Final = 0.2
"""Size at which ``pop`` begins."""

_ZOOM_FADE, _POP_FADE = 0.6, 0.35
"""Share of the time in which ``zoom`` and ``pop`` become opaque: before their largest steps are seen."""

_WORD_SHARE: Final = 0.45
"""Share of the time that each word of ``words`` takes; the rest spreads their beginnings."""

_WORD_RISE: Final = 0.5
"""How far words rise, of their letters' size."""

_TOWARDS: Final[dict[Motion, tuple[int, int]]] = {
    "slide-left": (-1, 0), "slide-right": (1, 0), "slide-up": (0, -1), "slide-down": (0, 1), "rise": (0, -1),
}  # fmt: skip

_SIDES: Final[dict[str, Side]] = {"rise": "bottom", "spread": "middle"}

_PLAIN: Final = 256
"""Steps of opacity and of turns a degree, so that poses which look the same are the same."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How something is shown.

    Attributes
    ----------
    opacity
        0 to 1.
    dx_px, dy_px
        Where it is, from its resting place.
    scale, turn_deg
        Its size and its turn, clockwise, about the overlay's middle.
    uncovered
        How much of it is seen, 0 to 1, counted from `side`.
    """

    opacity: float = 1.0
    dx_px: float = 0.0
    dy_px: float = 0.0
    scale: float = 1.0
    turn_deg: float = 0.0
    uncovered: float = 1.0
    side: Side = "left"

    def after(self, first: Pose) -> Pose:
        """Return both: `first`, then this one."""
        return replace(
            self,
            opacity=self.opacity * first.opacity,
            dx_px=self.dx_px + first.dx_px,
            dy_px=self.dy_px + first.dy_px,
            scale=self.scale * first.scale,
            turn_deg=self.turn_deg + first.turn_deg,
        )

    def rounded(self) -> Pose:
        """Return it in steps that are too fine to be seen, so that it can be compared."""
        return Pose(
            opacity=round(min(max(self.opacity, 0.0), 1.0) * _PLAIN) / _PLAIN,
            dx_px=round(self.dx_px * 8) / 8,
            dy_px=round(self.dy_px * 8) / 8,
            scale=round(max(self.scale, 0.0) * 4096) / 4096,
            turn_deg=round(self.turn_deg % 360 * _PLAIN) / _PLAIN,
            uncovered=round(min(max(self.uncovered, 0.0), 1.0) * 8192) / 8192,
            side=self.side,
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A part in a pose.

    Attributes
    ----------
    part
        Its place in the content's parts.
    cells
        What of it is seen, of the part's own pixels; empty for all of it. The first and the last of its words or
        letters tell which: (kind, first, after the last).
    """

    part: int
    pose: Pose = Pose()
    cells: tuple[Literal["words", "letters"], int, int] | None = None


@dataclass(frozen=True, slots=True)
class Travel:
    """How far an overlay moves.

    Attributes
    ----------
    left_px, right_px, up_px, down_px
        From its resting place to just outside of the canvas.
    rise_px
        How far ``rise`` goes.
    mirrored
        It is read from right to left: it is uncovered from the right.
    """

    left_px: float
    right_px: float
    up_px: float
    down_px: float
    rise_px: float
    mirrored: bool = False


def travel_of(bounds: Rect, canvas_px: tuple[int, int], mirrored: bool) -> Travel:
    """Return how far something moves that covers `bounds` at rest."""
    # A rise is a fifth of the thing's height, between a thirtieth and a tenth of the canvas.
    short_px = min(canvas_px)
    return Travel(
        left_px=max(0.0, bounds.right),
        right_px=max(0.0, canvas_px[0] - bounds.left),
        up_px=max(0.0, bounds.bottom),
        down_px=max(0.0, canvas_px[1] - bounds.top),
        rise_px=min(max(0.2 * bounds.height, short_px / 30), short_px / 10),
        mirrored=mirrored,
    )


def whole_pose(passage: Passage, travel: Travel, cue: Cue = WHOLE) -> Pose:
    """Return where a motion puts something that moves as one."""
    passage = with_own_easing(passage)
    moment = _Moment(
        way=passage.way(cue.begin, cue.end),
        shown=min(max((passage.shown - cue.begin) / max(cue.end - cue.begin, 1e-6), 0.0), 1.0),
        leaving=passage.leaving,
        towards=_TOWARDS.get(passage.motion, (0, 0)),
    )
    return _POSES[passage.motion](moment, travel)


def staged_pieces(content: Content, passage: Passage, travel: Travel) -> tuple[Piece, ...]:
    """Return where a motion puts parts that move one after the other."""
    return tuple(Piece(index, _cued_pose(part, passage, travel).rounded()) for index, part in enumerate(content.parts))


def text_pieces(content: Content, passage: Passage) -> tuple[Piece, ...]:
    """Return where ``words`` and ``typewriter`` put the cells of text; what is no text fades in ahead of it."""
    passage = with_own_easing(passage)
    pieces: list[Piece] = []
    for index, part in enumerate(content.parts):
        if part.cells is None:
            pieces.append(Piece(index, Pose(opacity=passage.way(0.0, 0.3)).rounded()))
        elif passage.motion == "typewriter":
            # The last letter stands a moment before the motion ends.
            letters = len(part.cells.of("letters"))
            count = min(letters, math.floor(max(passage.way(), 0.0) * (letters + 1)))
            if count:
                pieces.append(Piece(index, Pose(), ("letters", 0, count)))
        else:
            pieces.extend(_word_pieces(index, part, len(part.cells.of("words")), passage))
    return tuple(pieces)


def with_own_easing(passage: Passage) -> Passage:
    """Return the passage with the easing that suits its motion, where the document asks for no other."""
    if passage.easing == "ease-out" and passage.motion in _OWN_EASING:
        return replace(passage, easing=_OWN_EASING[passage.motion])
    return passage


def _word_pieces(index: int, part: Part, count: int, passage: Passage) -> list[Piece]:
    """Return the words: those that stand as one piece, each of the others by itself."""
    pieces: list[Piece] = []
    standing = 0
    for number in range(count):
        begin = (1 - _WORD_SHARE) * number / max(count - 1, 1)
        way = passage.way(begin, begin + _WORD_SHARE)
        if way == 1 and standing == number:
            standing += 1
            continue
        dy_px = _WORD_RISE * part.letters_px * (1 - way)
        pose = Pose(opacity=way, dy_px=-dy_px if passage.leaving else dy_px).rounded()
        if pose.opacity > 0:
            pieces.append(Piece(index, pose, ("words", number, number + 1)))
    return [Piece(index, Pose(), ("words", 0, standing)), *pieces] if standing else pieces


def _cued_pose(part: Part, passage: Passage, travel: Travel) -> Pose:
    cue = part.cue
    way = with_own_easing(passage).way(cue.begin, cue.end)
    if cue.manner == "fade":
        return Pose(opacity=way)
    if cue.manner == "grow":
        return Pose(uncovered=way, side=_grown_from(passage, travel.mirrored))
    if cue.manner in _SIDES:
        return Pose(uncovered=way, side=_SIDES[cue.manner])
    if cue.manner == "drift":
        right, down = _TOWARDS.get(passage.motion, (0, -1))
        back_px = cue.drift_px * (1 - way) * (1 if passage.leaving else -1)
        return Pose(opacity=way, dx_px=right * back_px, dy_px=down * back_px)
    return whole_pose(passage, travel, cue)


@dataclass(frozen=True, slots=True)
class _Moment:
    """How far a motion has got: share of the way and of the time, whether it leaves, and (right, down) it moves to."""

    way: float
    shown: float
    leaving: bool
    towards: tuple[int, int]


def _slid(moment: _Moment, travel: Travel) -> Pose:
    """Return where a slide is: it comes from the side that it moves away from, and goes on in the same direction."""
    right, down = moment.towards if moment.leaving else (-moment.towards[0], -moment.towards[1])
    # (right, down) points to where it is when it is hidden.
    across_px = travel.right_px if right > 0 else travel.left_px
    along_px = travel.down_px if down > 0 else travel.up_px
    return Pose(dx_px=right * across_px * (1 - moment.way), dy_px=down * along_px * (1 - moment.way))


def _risen(moment: _Moment, travel: Travel) -> Pose:
    below_px = travel.rise_px * (1 - moment.way)
    return Pose(opacity=moment.way, dy_px=-below_px if moment.leaving else below_px)


def _zoomed(moment: _Moment, travel: Travel) -> Pose:
    return Pose(opacity=moment.shown / _ZOOM_FADE, scale=_ZOOM_FROM + (1 - _ZOOM_FROM) * moment.way)


def _popped(moment: _Moment, travel: Travel) -> Pose:
    return Pose(opacity=moment.shown / _POP_FADE, scale=_POP_FROM + (1 - _POP_FROM) * moment.way)


def _wiped(moment: _Moment, travel: Travel) -> Pose:
    return Pose(uncovered=moment.way, side=_first_side(moment.leaving, travel.mirrored))


def _faded(moment: _Moment, travel: Travel) -> Pose:
    return Pose(opacity=moment.way)


_POSES: Final[dict[Motion, Callable[[_Moment, Travel], Pose]]] = {
    "none": lambda moment, travel: Pose(), "fade": _faded, "rise": _risen, "zoom": _zoomed, "pop": _popped,
    "slide-left": _slid, "slide-right": _slid, "slide-up": _slid, "slide-down": _slid, "wipe": _wiped,
    # Of text only; of other things they make what comes nearest.
    "typewriter": _wiped, "words": _faded,
}  # fmt: skip


def _first_side(leaving: bool, mirrored: bool) -> Side:
    """Return the side from which a wipe counts: it runs in reading direction when it covers, too."""
    return "right" if leaving != mirrored else "left"


def _grown_from(passage: Passage, mirrored: bool) -> Side:
    """Return the side that something grows from: the one that the motion comes from, or goes to."""
    right, down = _TOWARDS.get(passage.motion, (-1 if mirrored else 1, 0))
    if passage.leaving:
        right, down = -right, -down
    if right:
        return "left" if right > 0 else "right"
    return "top" if down > 0 else "bottom"
