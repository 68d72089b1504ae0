"""One rigged portrait for all tests that only look at it."""

from __future__ import annotations

import pytest
from tests.avatars.photo.faces import enlarged

from phonoscope.avatars.photo import PhotoAvatar, rig_photo
from phonoscope.core.frames import Picture


@pytest.fixture(scope="session")
def portrait(astronaut: Picture) -> Picture:
    """Head and shoulders, 512 x 512, a face of about 220 pixels."""
    return enlarged(astronaut, (96, 0, 352, 256), 512)


@pytest.fixture(scope="session")
def avatar(portrait: Picture) -> PhotoAvatar:
    return rig_photo(portrait)
