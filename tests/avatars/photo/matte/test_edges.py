"""Alpha is found in the picture, and the colours behind do not stay in those in front."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo.matte.deciding import decide, find_subject
from phonoscope.avatars.photo.matte.edges import find_edges
from phonoscope.avatars.photo.matte.foreground import estimate_foreground
from phonoscope.avatars.photo.matte.person_mask import Head
from phonoscope.core.pull_push import fill_in

SIDE, FACE_PX = 240, 120.0
HAIR, WALL = np.array((60, 40, 30)), np.array((150, 170, 200))


def head_of_hair() -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return a dark disc with thin strands around it, before a light wall; and its true alpha."""
    large = np.zeros((4 * SIDE, 4 * SIDE), np.float32)
    middle = 2 * SIDE
    cv2.circle(large, (middle, middle), 280, (1.0,), -1)
    for turn in np.linspace(0, 2 * np.pi, 60, endpoint=False):
        tip = (int(middle + 300 * np.cos(turn)), int(middle + 300 * np.sin(turn)))
        cv2.line(large, (middle, middle), tip, (1.0,), 6)
    alpha = np.asarray(cv2.resize(large, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.float32)
    noise = np.random.default_rng(3).normal(0, 2, (SIDE, SIDE, 3))
    rgb = HAIR * alpha[..., None] + WALL * (1 - alpha[..., None]) + noise
    return np.clip(np.rint(rgb), 0, 255).astype(np.uint8), alpha


def soft_mask(alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what a segmenter would see of it: a blob."""
    return np.asarray(cv2.GaussianBlur(alpha, (0, 0), 5), np.float32)


def test_strands_are_found_that_the_mask_does_not_show() -> None:
    rgb, alpha = head_of_hair()
    mask = soft_mask(alpha)
    found = find_edges(rgb, mask, FACE_PX)
    near = (alpha > 0.05) & (alpha < 0.95)
    assert np.abs(found - alpha)[near].mean() < 0.12
    assert np.abs(found - alpha)[near].mean() < 0.5 * np.abs(mask - alpha)[near].mean()


def test_far_from_the_edge_all_is_in_front_or_behind() -> None:
    rgb, alpha = head_of_hair()
    found = find_edges(rgb, soft_mask(alpha), FACE_PX)
    assert found[110:130, 110:130].min() == 1
    assert found[:20].max() == 0


def test_where_both_sides_look_alike_the_mask_decides() -> None:
    _, alpha = head_of_hair()
    grey = np.full((SIDE, SIDE, 3), 128, np.uint8)
    found = find_edges(grey, soft_mask(alpha), FACE_PX)
    assert np.abs(found - soft_mask(alpha)).max() < 0.35


@pytest.mark.parametrize("value", [0, 1])
def test_a_mask_without_an_edge(value: int) -> None:
    rgb, _ = head_of_hair()
    assert (find_edges(rgb, np.full((SIDE, SIDE), value, np.float32), FACE_PX) == value).all()


@pytest.mark.parametrize("behind", [(255, 0, 255), (255, 255, 255), (0, 0, 0)])
def test_before_another_background_no_fringe_of_the_old_one_is_left(behind: tuple[int, int, int]) -> None:
    rgb, alpha = head_of_hair()
    front = estimate_foreground(rgb, alpha, FACE_PX).astype(float)
    share = alpha[..., None]
    edge = (alpha > 0.05) & (alpha < 0.95)
    error = np.abs((front - HAIR) * share)[edge]
    kept = np.abs((rgb - HAIR) * share)[edge]
    assert error.mean() < 0.2 * kept.mean()
    wanted = HAIR * share + np.array(behind) * (1 - share)
    assert np.abs(front * share + np.array(behind) * (1 - share) - wanted)[edge].mean() < 4


def test_colours_go_on_beyond_the_edge_and_stay_where_opaque() -> None:
    rgb, alpha = head_of_hair()
    front = estimate_foreground(rgb, alpha, FACE_PX)
    np.testing.assert_array_equal(front[alpha == 1], rgb[alpha == 1])
    assert np.abs(front[alpha == 0].astype(int) - HAIR).max() < 12


def test_what_is_known_stays_and_holes_are_filled_from_around() -> None:
    colour = np.zeros((64, 64, 3), np.float32)
    colour[:, :32], colour[:, 32:] = 10, 90
    weight = np.ones((64, 64), np.float32)
    weight[20:44, 20:44] = 0
    spoilt = colour.copy()
    spoilt[weight == 0] = 1e6
    filled = fill_in(spoilt, weight)
    np.testing.assert_array_equal(filled[weight == 1], colour[weight == 1])
    hole = filled[20:44, 20:44]
    assert hole.min() >= 9
    assert hole.max() <= 91
    assert hole[:, 0].mean() < 40
    assert hole[:, -1].mean() > 60


def test_large_doubts_are_settled_by_colour() -> None:
    rgb = np.full((200, 200, 3), (200, 60, 50), np.uint8)
    rgb[60:200, 70:130] = (40, 70, 160)
    rgb = np.clip(rgb + np.random.default_rng(1).normal(0, 6, rgb.shape), 0, 255).astype(np.uint8)
    mask = np.zeros((200, 200), np.float32)
    mask[60:140, 70:130] = 1  # half of the coat is seen,
    mask[140:, 70:130] = 0.45  # half is doubted,
    mask[100:160, 140:190] = 0.6  # and so is a piece of the wall
    settled = decide(rgb, mask)
    assert settled[150:190, 80:120].min() > 0.8
    assert settled[110:150, 150:180].max() < 0.2
    assert settled[80:120, 80:120].min() > 0.9


def test_a_mask_that_knows_is_left_as_it_is() -> None:
    rgb, alpha = head_of_hair()
    assert decide(rgb, alpha) is alpha


def test_the_subject_of_a_marked_face_is_what_has_its_colours() -> None:
    rgb = np.full((240, 200, 3), (90, 140, 80), np.uint8)
    cv2.ellipse(rgb, (100, 90), (50, 60), 0, 0, 360, (200, 170, 120), -1)
    rgb[140:, 60:140] = (200, 170, 120)
    rgb = np.clip(rgb + np.random.default_rng(1).normal(0, 6, rgb.shape), 0, 255).astype(np.uint8)
    found = find_subject(rgb, [Head(100, 90, 80)])
    assert found[90, 100] > 0.9
    assert found[200, 100] > 0.9
    assert found[30:60, 5:30].max() < 0.1
    assert found[90, 60] > 0.9


def test_a_thing_is_what_stands_before_a_plain_background() -> None:
    rgb = np.full((200, 240, 3), (90, 110, 130), np.uint8)
    rgb[150:] = (60, 60, 66)
    rgb[60:160, 80:160] = (180, 60, 50)
    found = find_subject(rgb, [Head(120, 100, 150)], bodies=False)
    assert found[65:155, 85:155].min() > 0.9
    assert found[:50].max() < 0.1 and found[170:].max() < 0.1 and found[:, :70].max() < 0.1
