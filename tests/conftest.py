"""What tests share: the media folder, and pictures that are free to use."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from numpy.typing import NDArray

from phonoscope.core.frames import Picture


@pytest.fixture(scope="session")
def media() -> Path:
    """Folder of portraits and recordings to try; tests that need it are skipped without it."""
    name = os.environ.get("PHONOSCOPE_MEDIA")
    if not name or not Path(name).is_dir():
        pytest.skip("PHONOSCOPE_MEDIA names no folder of portraits and recordings")
    return Path(name)


@pytest.fixture(scope="session")
def astronaut() -> Picture:
    """Eileen Collins, 512 x 512, smiling, one face."""
    return Picture(skimage.data.astronaut())


@pytest.fixture(scope="session")
def cat() -> Picture:
    """A cat: no human face."""
    return Picture(skimage.data.chelsea())


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20)


@pytest.fixture
def noise(rng: np.random.Generator) -> NDArray[np.uint8]:
    return rng.integers(0, 256, (48, 64, 3), np.uint8)
