from __future__ import annotations

import sys
from importlib.resources import files

import numpy as np
import pytest

from phonoscope.core.errors import MissingPartError
from phonoscope.speech.hearing import model
from phonoscope.speech.hearing.features import BANDS
from phonoscope.speech.hearing.model import PhoneModel
from phonoscope.speech.hearing.phoneset import CLASSES


def test_outputs_are_log_probabilities(rng: np.random.Generator) -> None:
    outputs = PhoneModel().push(rng.normal(-1, 1, (100, BANDS)).astype(np.float32))
    assert outputs.shape == (100, len(CLASSES))
    np.testing.assert_allclose(np.exp(outputs).sum(axis=1), 1, atol=1e-3)


def test_frames_in_parts_give_the_same(rng: np.random.Generator) -> None:
    frames = rng.normal(-1, 1, (200, BANDS)).astype(np.float32)
    parts = PhoneModel()
    pieces = [parts.push(frames[at : at + 2]) for at in range(0, 200, 2)]
    np.testing.assert_allclose(np.concatenate(pieces), PhoneModel().push(frames), atol=1e-3)


def test_two_recordings_do_not_disturb_each_other(rng: np.random.Generator) -> None:
    frames = rng.normal(-1, 1, (40, BANDS)).astype(np.float32)
    first, second = PhoneModel(), PhoneModel()
    second.push(frames[::-1].copy())
    np.testing.assert_array_equal(first.push(frames), PhoneModel().push(frames))


def test_nothing_gives_nothing() -> None:
    assert PhoneModel().push(np.zeros((0, BANDS), np.float32)).shape == (0, len(CLASSES))


def test_the_network_fits_into_the_package() -> None:
    assert len(files("phonoscope.speech.hearing").joinpath("phones.onnx").read_bytes()) <= 6 * 2**20


def test_a_missing_runtime_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    model._session.cache_clear()
    try:
        with pytest.raises(MissingPartError, match="onnxruntime"):
            PhoneModel()
    finally:
        model._session.cache_clear()
