"""FFmpeg's filters over streams of sound: what goes in comes out filtered, none of it lost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import MachineError
from phonoscope.media.sound_graph import SoundFilter, chain_sound, filter_sound

RATE_HZ = 8000


def _noise(seed: int, length: int = 20_000) -> NDArray[np.float32]:
    return np.asarray(np.random.default_rng(seed).uniform(-0.5, 0.5, (2, length)), np.float32)


def _blocks(planes: NDArray[np.float32], size: int = 3001) -> Iterator[NDArray[np.float32]]:
    return (planes[:, start : start + size] for start in range(0, planes.shape[1], size))


def test_inputs_are_added() -> None:
    left, right = _noise(1), _noise(2)
    feeds = ({"a": a, "b": b} for a, b in zip(_blocks(left), _blocks(right), strict=True))
    graph = (
        SoundFilter("softer", "volume", "volume=0.5:precision=float", ("b",)),
        SoundFilter("sum", "amix", "inputs=2:normalize=0", ("a", "softer")),
    )
    heard = np.concatenate(list(filter_sound(feeds, graph, RATE_HZ)), axis=1)
    np.testing.assert_allclose(heard, left + right / 2, atol=1e-6)


def test_a_chain() -> None:
    sound = _noise(3)
    heard = np.concatenate(list(chain_sound(_blocks(sound), [("volume", "2"), ("volume", "0.25")], RATE_HZ)), axis=1)
    np.testing.assert_allclose(heard, sound / 2, atol=1e-4)


def test_no_filter_and_no_sound() -> None:
    sound = _noise(4)
    np.testing.assert_array_equal(np.concatenate(list(chain_sound(_blocks(sound), [], RATE_HZ)), axis=1), sound)
    assert list(chain_sound([], [("volume", "2")], RATE_HZ)) == []
    assert list(filter_sound([], [SoundFilter("x", "volume", "2", ("a",))], RATE_HZ)) == []


def test_it_is_streamed() -> None:
    taken = 0

    def endless() -> Iterator[NDArray[np.float32]]:
        nonlocal taken
        while True:
            taken += 1
            yield np.zeros((2, 800), np.float32)

    heard = chain_sound(endless(), [("volume", "2")], RATE_HZ)
    for _ in range(5):
        next(heard)
    assert taken < 10


@pytest.mark.parametrize(("name", "options"), [("no_such_filter", ""), ("volume", "nonsense=1")])
def test_what_ffmpeg_refuses(name: str, options: str) -> None:
    with pytest.raises(MachineError, match="cannot run"):
        list(chain_sound([_noise(5)], [(name, options)], RATE_HZ))
