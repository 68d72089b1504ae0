"""Documents for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from phonoscope.core.errors import SceneError
from phonoscope.scene.document.known import Known
from phonoscope.scene.document.reading import ASSUME_KNOWN, ReadScene, read_document
from phonoscope.scene.document.variables import Value
from phonoscope.script import read_script

KNOWN = Known(
    avatar=lambda name: None if name == "anna" else f"There is no avatar '{name}'.",
    font=lambda name: None if name == "Noto Sans" else f"There is no font '{name}'.",
    music={"calm", "upbeat"},
    effects={"pop", "whoosh"},
    voice_effects={"robot", "hall"},
    script=lambda text, language, names: read_script(text, language, tuple(names)),
)


def scene(**fields: Any) -> dict[str, Any]:
    """Return a scene in which nothing is said, unless told otherwise."""
    return fields if {"script", "sound", "duration_s"} & fields.keys() else {"duration_s": 4, **fields}


def document(*scenes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"schema": "scene.1", **fields, "scenes": list(scenes) or [scene()]}


def read(
    data: dict[str, Any] | str | Path,
    folder: Path | None = None,
    values: dict[str, Value] | None = None,
    own_files: bool = False,
    known: Known = ASSUME_KNOWN,
) -> ReadScene:
    return read_document(data, folder, values or {}, own_files, known)


def faults(
    data: dict[str, Any] | str | Path,
    folder: Path | None = None,
    values: dict[str, Value] | None = None,
    own_files: bool = False,
    known: Known = KNOWN,
) -> dict[str, str]:
    """Return what is wrong with a document, by place."""
    with pytest.raises(SceneError) as caught:
        read(data, folder, values, own_files, known)
    for fault in caught.value.faults:
        told = str(fault)
        assert "pydantic" not in told
        assert fault.message.endswith((".", "?")), fault.message
        assert fault.path in str(caught.value)
    return {fault.path: str(fault) for fault in caught.value.faults}


def picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (4, 4)).save(path)
    return path
