from __future__ import annotations

import pytest

from phonoscope.speech.hearing.breaths import without_breaths
from phonoscope.speech.hearing.decoding import Stretch
from phonoscope.speech.hearing.phoneset import CLASS


def stretches(names: str) -> list[Stretch]:
    return [Stretch(CLASS[name], 10 * i, 10 * i + 10) for i, name in enumerate(names.split())]


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("a sil f sil a", "a sil sil sil a"),
        ("f h sil m a", "sil sil sil m a"),
        ("sil f i", "sil f i"),
        ("sil i f sil", "sil i f sil"),
        ("sil m sil sh sil", "sil m sil sh sil"),
        ("sil h f", "sil h f"),
        ("sil f f a f sil x sil", "sil f f a f sil sil sil"),
        ("", ""),
    ],
)
def test_breaths_are_silence(heard: str, meant: str) -> None:
    assert list(without_breaths(stretches(heard))) == stretches(meant)
