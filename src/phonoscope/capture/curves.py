"""From how a face differs from its rest to ARKit's curves."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.capture.features import COLUMN
from phonoscope.core.performance import CHANNEL, CHANNELS

Values = NDArray[np.float64]

SHUT_BELOW, OPEN_FROM = 0.003, 0.015
"""Gaps, in face heights, up to which lips are shut, and from which they are as far apart as measured: what the mesh
shows of shut lips scatters by 0.001."""

WIDEST_GAP: Final = 0.30
"""Widest opening that is believed, in face heights."""

JAW_DROP: Final = 0.105
"""Drop of the chin at ``jawOpen`` 1, in face heights: 18 mm on an average face."""

JAW_GAP: Final = 0.094
"""Opening of the lips that ``jawOpen`` 1 makes by itself, in face heights."""

JAW_OF_GAP, JAW_BESIDE = (0.35, 1.3), 0.12
"""Least and most of the jaw that a gap takes, as shares of the opening it makes, and most beside it: the mesh's chin
follows the skin, not the bone."""

UPPER_OF_GAP: Final = 0.38
"""The upper lip's share of what lips open beyond the jaw."""

UPPER_UP, LOWER_DOWN = 0.0143, 0.0114
"""Ways of the lips at ``mouthUpperUp`` and ``mouthLowerDown`` 1, in face heights: 2.5 and 2 mm."""

CORNER_UP_OF_GAP, CORNER_OUT_OF_GAP = -0.18, -0.06
"""How far an opening mouth takes its corners along (slopes over four speakers)."""

SMILE_UP, SMILE_OUT, FROWN_DOWN = 0.030, 0.024, 0.026
"""Ways of a corner of the mouth at 1, in face heights: 5, 4 and 4.5 mm."""

STRETCH_OUT, PUCKER_IN = 0.030, 0.036
"""Ways of a corner outwards and inwards at 1, beyond what a smile does."""

CORNER_SLACK: Final = 0.004
"""Corners that move by less, in face heights, count as still: the mesh's own unrest, and speech."""

ASIDE, CHIN_ASIDE, ASIDE_SLACK = 0.026, 0.030, 0.006
"""Ways of mouth and chin to a side at 1, and what counts as still."""

PRESSED_RED: Final = (0.15, 0.5)
"""Share of their height that lips lose, from light to full ``mouthPress``."""

ROLLED_RED: Final = (0.25, 0.6)
"""The same of the lower lip alone, under the upper teeth, for ``mouthRollLower``."""

SHRUG_UP: Final = 0.020
"""Way of the shut lower lip up at ``mouthShrugLower`` 1."""

LIDS_OPEN: Final = 0.86
"""Opening of the lids, of the usual, above which they do not blink."""

WIDE_FROM, WIDE_TO = 1.08, 1.40
"""Opening of the lids, of the usual, from which on and at which ``eyeWide`` grows to 1."""

WINK: Final = (0.25, 0.55)
"""Difference of both lids from which on they act each for itself; below, they blink alike, as eyes do."""

SQUINT_UP, SQUINT_SLACK = 0.016, 0.004
"""Rise of the lower lid at ``eyeSquint`` 1, and what counts as still."""

EYE_OVER_BALL: Final = 2.5
"""Width between the mesh's corners of an eye over the radius on which the iris turns: 30 over 12 mm."""

CROSSED_SLACK: Final = 0.08
"""Eyes that look apart by less, over their width, look at the same thing: from aside, the mesh misplaces an iris."""

FULL_LOOK_DEG: Final = 30.0
"""Turn of the eye at ``eyeLook…`` 1, as ARKit has it, about."""

BROW_INNER_UP, BROW_OUTER_UP, BROW_DOWN, BROW_SLACK = 0.024, 0.021, 0.016, 0.003
"""Ways of the brows' landmarks at 1, which give three quarters of what is seen, and what counts as still."""

CHEEK_UP, CHEEK_SLACK = 0.010, 0.002
"""Rise of the cheek's landmarks at ``cheekSquint`` 1: the mesh gives a third of what is seen."""

OTHER: Final = {"left": "Right", "right": "Left"}
"""The picture's left is the person's right, and ARKit's names are the person's."""


def face_curves(moved: Values, neutral: Values, lid_shut: float) -> Values:
    """Return the curves of a face, without ``mouthRest``.

    Parameters
    ----------
    moved
        float64, shape (frames, len(FEATURES)): features less those at rest; the gap less that of shut lips.
    neutral
        float64, shape (len(FEATURES),): features at rest.
    lid_shut
        Opening of shut lids, as a share of open ones.

    Returns
    -------
    float64, shape (frames, len(CHANNELS)), in range.
    """
    curves = np.zeros((len(moved), len(CHANNELS)))
    _move_lips(curves, moved, neutral)
    _move_corners(curves, moved)
    _move_eyes(curves, moved, neutral, lid_shut)
    _move_brows(curves, moved)
    curves[:, CHANNEL["lipGap"]] = np.clip(curves[:, CHANNEL["lipGap"]], 0, WIDEST_GAP)
    return np.clip(curves, 0, 1)


def lip_gap(measured: Values) -> Values:
    """Return how far lips are apart for a measured gap: nothing near zero, so that shut lips are shut."""
    return np.asarray(np.clip(measured, 0, WIDEST_GAP) * _smoothstep(measured, SHUT_BELOW, OPEN_FROM))


def _move_lips(curves: Values, moved: Values, neutral: Values) -> None:
    gap = lip_gap(_of(moved, "gap"))
    own = gap / JAW_GAP
    jaw = np.clip(_of(moved, "chin") / JAW_DROP, JAW_OF_GAP[0] * own, JAW_BESIDE + JAW_OF_GAP[1] * own)
    jaw = np.clip(jaw, 0, 1)
    shut = 1 - _smoothstep(gap, 0.0, 0.02)
    raised = _of(moved, "upper") - UPPER_OF_GAP * (gap - JAW_DROP * jaw)
    lowered = _of(moved, "lower") - (1 - UPPER_OF_GAP) * gap - UPPER_OF_GAP * JAW_DROP * jaw
    upper_red, lower_red = (neutral[COLUMN[name]] for name in ("upper_red", "lower_red"))
    lost = -(_of(moved, "upper_red") + _of(moved, "lower_red")) / max(upper_red + lower_red, 1e-3)
    rolled = -_of(moved, "lower_red") / max(lower_red, 1e-3)
    _set(curves, "lipGap", gap)
    _set(curves, "jawOpen", jaw)
    for side in ("Left", "Right"):
        _set(curves, f"mouthUpperUp{side}", (1 - shut) * raised / UPPER_UP)
        _set(curves, f"mouthLowerDown{side}", (1 - shut) * lowered / LOWER_DOWN)
        _set(curves, f"mouthPress{side}", shut * _smoothstep(lost, *PRESSED_RED))
    _set(curves, "mouthRollLower", (1 - shut) * _smoothstep(rolled, *ROLLED_RED))
    _set(curves, "mouthShrugLower", shut * _slack(-_of(moved, "lower"), CORNER_SLACK) / SHRUG_UP)
    for name, way, full in (("jaw", "chin_side", CHIN_ASIDE), ("mouth", "mouth_side", ASIDE)):
        aside = _slack(_of(moved, way), ASIDE_SLACK) / full
        _set(curves, f"{name}Left", aside)
        _set(curves, f"{name}Right", -aside)


def _move_corners(curves: Values, moved: Values) -> None:
    gap = np.clip(_of(moved, "gap"), 0, WIDEST_GAP)
    outs = []
    for side, own in OTHER.items():
        up = _slack(_of(moved, f"corner_up_{side}") - CORNER_UP_OF_GAP * gap, CORNER_SLACK)
        out = _of(moved, f"corner_out_{side}") - CORNER_OUT_OF_GAP * gap
        smile = np.clip(up / SMILE_UP, 0, 1)
        _set(curves, f"mouthSmile{own}", smile)
        _set(curves, f"mouthFrown{own}", -up / FROWN_DOWN)
        left = _slack(out - SMILE_OUT * smile, CORNER_SLACK)
        _set(curves, f"mouthStretch{own}", left / STRETCH_OUT)
        outs.append(left)
    narrow = np.clip(-np.mean(outs, axis=0) / PUCKER_IN, 0, 1)
    _set(curves, "mouthPucker", narrow)
    _set(curves, "mouthFunnel", narrow * _smoothstep(gap, 0.0, 0.03))


def _move_eyes(curves: Values, moved: Values, neutral: Values, lid_shut: float) -> None:
    shares = {side: 1 + _of(moved, f"open_{side}") / max(neutral[COLUMN[f"open_{side}"]], 1e-3) for side in OTHER}
    blinks = {side: np.clip((LIDS_OPEN - share) / (LIDS_OPEN - lid_shut), 0, 1) for side, share in shares.items()}
    both = 0.5 * (blinks["left"] + blinks["right"])
    alike = 1 - _smoothstep(np.abs(blinks["left"] - blinks["right"]), *WINK)
    for side, own in OTHER.items():
        blink = alike * both + (1 - alike) * blinks[side]
        _set(curves, f"eyeBlink{own}", blink)
        _set(curves, f"eyeWide{own}", (1 - blink) * (shares[side] - WIDE_FROM) / (WIDE_TO - WIDE_FROM))
        squint = _slack(_of(moved, f"lower_lid_{side}"), SQUINT_SLACK) / SQUINT_UP
        _set(curves, f"eyeSquint{own}", (1 - blink) * squint)
    _move_irises(curves, moved)


def _move_irises(curves: Values, moved: Values) -> None:
    across, down = (0.5 * (_of(moved, f"look_{way}_left") + _of(moved, f"look_{way}_right")) for way in "xy")
    apart = 0.5 * (_of(moved, "look_x_left") - _of(moved, "look_x_right"))
    crossed = _slack(apart, CROSSED_SLACK)
    for side, own in OTHER.items():
        right = _turned(across + crossed if side == "left" else across - crossed)
        # The person's left eye is at the picture's right, and looks out when it looks there.
        out = right if own == "Left" else -right
        below = _turned(down)
        _set(curves, f"eyeLookOut{own}", out)
        _set(curves, f"eyeLookIn{own}", -out)
        _set(curves, f"eyeLookDown{own}", below)
        _set(curves, f"eyeLookUp{own}", -below)


def _move_brows(curves: Values, moved: Values) -> None:
    inner = {side: _slack(_of(moved, f"brow_inner_{side}"), BROW_SLACK) for side in OTHER}
    outer = {side: _slack(_of(moved, f"brow_outer_{side}"), BROW_SLACK) for side in OTHER}
    _set(curves, "browInnerUp", 0.5 * (inner["left"] + inner["right"]) / BROW_INNER_UP)
    for side, own in OTHER.items():
        _set(curves, f"browOuterUp{own}", outer[side] / BROW_OUTER_UP)
        _set(curves, f"browDown{own}", -0.5 * (inner[side] + outer[side]) / BROW_DOWN)
        _set(curves, f"cheekSquint{own}", _slack(_of(moved, f"cheek_{side}"), CHEEK_SLACK) / CHEEK_UP)


def _of(moved: Values, name: str) -> Values:
    return moved[:, COLUMN[name]]


def _set(curves: Values, name: str, values: Values) -> None:
    curves[:, CHANNEL[name]] = values


def _turned(offset: Values) -> Values:
    """Return the turn of an eye, in full looks, for its iris's way from the middle over the width of the eye."""
    return np.asarray(np.degrees(np.arcsin(np.clip(offset * EYE_OVER_BALL, -1, 1))) / FULL_LOOK_DEG)


def _slack(way: Values, slack: float) -> Values:
    """Return ways without what counts as still, and whole from two and a half times as far on."""
    return np.asarray(way * _smoothstep(np.abs(way), 0.5 * slack, 2.5 * slack))


def _smoothstep(values: Values, low: float, high: float) -> Values:
    share = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))
