from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest

from phonoscope.scene.document.overlays import Easing
from phonoscope.scene.overlays.easing import ease

EASINGS: tuple[Easing, ...] = get_args(Easing)


@pytest.mark.parametrize("easing", EASINGS)
def test_starts_at_nothing_and_ends_at_all(easing: Easing) -> None:
    assert ease(easing, -1) == ease(easing, 0) == 0
    assert ease(easing, 1) == ease(easing, 7) == 1


@pytest.mark.parametrize("easing", EASINGS)
def test_leaps_nowhere(easing: Easing) -> None:
    ways = [ease(easing, step / 1000) for step in range(1001)]
    assert max(abs(after - before) for before, after in pairwise(ways)) < 0.02


@pytest.mark.parametrize("easing", ["linear", "ease-in", "ease-out", "ease-in-out"])
def test_plain_easings_only_go_on(easing: Easing) -> None:
    ways = [ease(easing, step / 100) for step in range(101)]
    assert ways == sorted(ways)


def test_back_and_elastic_go_too_far_and_bounce_does_not() -> None:
    def farthest(easing: Easing) -> float:
        return max(ease(easing, step / 100) for step in range(101))

    assert farthest("back") == pytest.approx(1.1, abs=0.01)
    assert farthest("elastic") > 1.2
    assert farthest("bounce") == 1


def test_ease_in_is_ease_out_backwards() -> None:
    assert ease("ease-in", 0.3) == pytest.approx(1 - ease("ease-out", 0.7))
    assert ease("ease-in", 0.3) < 0.3 < ease("ease-out", 0.3)
