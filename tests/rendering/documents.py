"""Small scene documents for tests."""

from __future__ import annotations

import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from phonoscope.rendering.opening import known_names
from phonoscope.scene.document.reading import ReadScene, read_document

TINY = {"width": 192, "height": 108, "fps": 15}


def scene_document(*scenes: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a document with a tiny canvas."""
    return {"schema": "scene.1", "canvas": TINY, "scenes": list(scenes), **more}


def talking(script: str = "Hello there, my friend.", **more: Any) -> dict[str, Any]:
    """Return a scene in which a drawn avatar speaks."""
    return {"avatars": [{"picture": "avatar:anna", "crop": "left", "cut_out": True}], "script": script, **more}


def opened(document: Mapping[str, Any], folder: Path) -> ReadScene:
    """Return a document as it is rendered; its files lie in `folder`."""
    return read_document(document, folder, {}, False, known_names())


def write_picture(path: Path, colour: tuple[int, int, int] = (200, 30, 30)) -> None:
    """Write a small picture of one colour."""
    Image.fromarray(np.full((40, 60, 3), colour, np.uint8)).save(path)


def write_tone(path: Path, frequency_hz: float) -> None:
    """Write half a second of a tone."""
    times_s = np.arange(8000) / 16000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes((8000 * np.sin(2 * np.pi * frequency_hz * times_s)).astype("<i2").tobytes())
