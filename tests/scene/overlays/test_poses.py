from __future__ import annotations

from typing import get_args

import pytest

from phonoscope.scene.document.overlays import Motion
from phonoscope.scene.overlays.animation import Passage
from phonoscope.scene.overlays.artwork import Content, Cue, Part
from phonoscope.scene.overlays.poses import Pose, staged_pieces, text_pieces, travel_of, whole_pose
from phonoscope.scene.overlays.rect import Rect

MOTIONS: tuple[Motion, ...] = get_args(Motion)
TRAVEL = travel_of(Rect(100, 40, 140, 60), (320, 180), mirrored=False)


def passage(motion: Motion, shown: float, leaving: bool = False) -> Passage:
    return Passage(motion, shown, "linear", leaving)


@pytest.mark.parametrize("leaving", [False, True])
@pytest.mark.parametrize("motion", MOTIONS)
def test_every_motion_ends_at_rest(motion: Motion, leaving: bool) -> None:
    pose = whole_pose(passage(motion, 1.0, leaving), TRAVEL).rounded()
    assert (pose.opacity, pose.dx_px, pose.dy_px, pose.scale, pose.uncovered) == (1, 0, 0, 1, 1)


@pytest.mark.parametrize("leaving", [False, True])
@pytest.mark.parametrize("motion", [motion for motion in MOTIONS if motion != "none"])
def test_every_motion_begins_unseen(motion: Motion, leaving: bool) -> None:
    pose = whole_pose(passage(motion, 0.0, leaving), TRAVEL)
    box = Rect(100, 40, 140, 60).moved(pose.dx_px, pose.dy_px).clipped(Rect(0, 0, 320, 180))
    assert pose.opacity == 0 or pose.uncovered == 0 or box.width * box.height == 0


@pytest.mark.parametrize(
    ("motion", "direction"),
    [
        ("slide-left", (-1, 0)),
        ("slide-right", (1, 0)),
        ("slide-up", (0, -1)),
        ("slide-down", (0, 1)),
        ("rise", (0, -1)),
    ],
)
def test_slides_go_on_in_one_direction(motion: Motion, direction: tuple[int, int]) -> None:
    coming = whole_pose(passage(motion, 0.5), TRAVEL)
    going = whole_pose(passage(motion, 0.5, leaving=True), TRAVEL)
    along = [pose.dx_px * direction[0] + pose.dy_px * direction[1] for pose in (coming, going)]
    assert along[0] < 0 < along[1]


def test_wipes_run_in_reading_direction() -> None:
    mirrored = travel_of(Rect(100, 40, 140, 60), (320, 180), mirrored=True)
    assert whole_pose(passage("wipe", 0.3), TRAVEL).side == "left"
    assert whole_pose(passage("wipe", 0.3, leaving=True), TRAVEL).side == "right"
    assert whole_pose(passage("wipe", 0.3), mirrored).side == "right"


def test_pops_overshoot_unless_told_otherwise() -> None:
    def largest(easing: str) -> float:
        return max(
            whole_pose(Passage("pop", step / 50, easing), TRAVEL).scale  # type: ignore[arg-type]
            for step in range(51)
        )

    assert largest("ease-out") > 1.05
    assert largest("linear") == 1


class Row:
    def __init__(self, cells: tuple[Rect, ...]) -> None:
        self._cells = cells

    def of(self, kind: str) -> tuple[Rect, ...]:
        return self._cells


def words_of(count: int) -> Content:
    cells = tuple(Rect(10.0 * number, 0, 10.0 * (number + 1), 10) for number in range(count))
    whole = Rect(0, 0, 10.0 * count, 10)
    return Content("k", (Part(lambda canvas: None, whole, cells=Row(cells), letters_px=10),))


def test_a_typewriter_types_all_letters_in_order() -> None:
    counts = []
    for step in range(41):
        pieces = text_pieces(words_of(7), passage("typewriter", step / 40))
        counts.append(0 if not pieces or pieces[0].cells is None else pieces[0].cells[2])
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, 7)
    assert set(counts) == set(range(8))


def test_words_come_one_after_the_other() -> None:
    pieces = text_pieces(words_of(4), passage("words", 0.5))
    opacities = [piece.pose.opacity for piece in pieces]
    assert opacities == sorted(opacities, reverse=True)
    assert opacities[0] > opacities[-1]
    whole = text_pieces(words_of(4), passage("words", 1.0))
    assert [(piece.pose, piece.cells) for piece in whole] == [(Pose(), ("words", 0, 4))]


def test_parts_follow_their_cues() -> None:
    whole = Rect(0, 0, 40, 10)
    parts = tuple(
        Part(lambda canvas: None, whole, cue)
        for cue in (Cue(0, 0.5, "grow"), Cue(0.5, 1, "drift", 8), Cue(0, 1, "fade"), Cue(0, 1, "spread"))
    )
    pieces = staged_pieces(Content("k", parts), passage("slide-right", 0.5), TRAVEL)
    grown, drifting, fading, spread = (piece.pose for piece in pieces)
    assert (grown.uncovered, grown.side) == (1, "left")
    assert (drifting.opacity, drifting.dx_px) == (0, -8)
    assert (fading.opacity, fading.dx_px) == (0.5, 0)
    assert (spread.uncovered, spread.side) == (0.5, "middle")


def test_rounded_poses_differ_by_less_than_is_seen() -> None:
    pose = Pose(0.3337, 1.23456, -7.654, 1.23456, 371.2345, 0.45678).rounded()
    assert pose.opacity == pytest.approx(0.3337, abs=1 / 400)
    assert (pose.dx_px, pose.dy_px) == pytest.approx((1.23456, -7.654), abs=0.07)
    assert pose.turn_deg == pytest.approx(11.2345, abs=0.01)
