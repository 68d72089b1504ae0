"""What is counted, and for how long."""

from __future__ import annotations

import pytest

from phonoscope.studio.memory.counting import Counter


def test_a_clock_that_is_set_back_locks_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    clock_s = [1e9]
    monkeypatch.setattr("time.time", lambda: clock_s[0])
    counter = Counter()
    assert [counter.wait_s("2/minute", "anna") for _ in range(3)] == [0, 0, 60]
    clock_s[0] -= 1  # threads read it in any order
    assert counter.wait_s("2/minute", "anna") > 0
    clock_s[0] -= 3600
    assert [counter.wait_s("2/minute", "anna") for _ in range(3)] == [0, 0, 60]
