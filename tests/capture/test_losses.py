from __future__ import annotations

import numpy as np
import pytest

from phonoscope.capture.losses import HOLD_S, LossBridge

STEP_S = 1 / 30


def shown(seen: list[float | None]) -> tuple[list[float], LossBridge]:
    bridge = LossBridge(1)
    values = [None if value is None else np.array([value]) for value in seen]
    return [float(bridge.show(number * STEP_S, value)[0]) for number, value in enumerate(values)], bridge


def test_what_is_seen_is_shown() -> None:
    assert shown([0.1, 0.5, 0.2])[0] == pytest.approx([0.1, 0.5, 0.2])


def test_a_short_loss_is_held_and_a_long_one_comes_to_rest() -> None:
    values, _ = shown([1.0] * 5 + [None] * 60)
    held = 5 + int(HOLD_S / STEP_S)
    assert values[5 : held - 1] == pytest.approx([1.0] * (held - 6))
    assert values[-1] == 0
    assert (np.diff(values[5:]) <= 1e-9).all()


def test_a_face_that_is_back_resumes_without_a_jump() -> None:
    values, _ = shown([1.0] * 5 + [None] * 60 + [0.8] * 30)
    assert values[-1] == pytest.approx(0.8)
    assert np.abs(np.diff(values)).max() < 0.25


def test_a_face_that_comes_late_is_eased_in() -> None:
    values, bridge = shown([None] * 30 + [1.0] * 20)
    assert max(values[:31]) == 0
    assert np.abs(np.diff(values)).max() < 0.3
    assert np.array(bridge.losses_s()) == pytest.approx(np.array([(0.0, 1.0)]))


def test_only_long_losses_are_told() -> None:
    _, bridge = shown([1.0] * 5 + [None] * 5 + [1.0] * 5 + [None] * 30)
    assert np.array(bridge.losses_s()) == pytest.approx(np.array([(0.5, 44 / 30)]))
    assert bridge.is_lost
