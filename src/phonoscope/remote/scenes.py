"""Scene documents for another computer: with what they name uploaded, and nothing left to be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from phonoscope.avatars.photo.marks.document import find_marks
from phonoscope.core.errors import SceneError
from phonoscope.remote.uploading import Uploads
from phonoscope.rendering.opening import known_names
from phonoscope.scene.document.faults import Steps, path_of
from phonoscope.scene.document.finding import is_file
from phonoscope.scene.document.naming import Named, all_named
from phonoscope.scene.document.reading import ReadScene
from phonoscope.scene.document.writing import to_data


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise than in the document; None for as it is there."""

    fps: str | None = None
    loudness_lufs: float | None = None


def uploaded(read: ReadScene, uploads: Uploads, changes: Changes) -> dict[str, Any]:
    """Return a document whose files the server has.

    Raises
    ------
    SceneError
        It names a file that no server takes.
    PhonoscopeError
        A file cannot be uploaded.
    """
    document = read.document.model_copy(update={"variables": {}})
    data = to_data(document)
    known = known_names()
    for it in all_named(document):
        if is_file(it, known):
            _set(data, it.steps, _reference(it, read, uploads))
    if changes.fps is not None:
        data["canvas"] = {**data.get("canvas", {}), "fps": changes.fps}
    if changes.loudness_lufs is not None:
        data["loudness_lufs"] = changes.loudness_lufs
    return data


def _reference(it: Named, read: ReadScene, uploads: Uploads) -> str:
    path = read.assets.path(it.name)
    if it.wanted in ("font", "lut") or path.suffix.lower() == ".json":
        raise SceneError(
            f"{read.label}, {path_of(it.steps)}: '{it.name}' cannot be sent to a server.",
            "Render it on this computer, without --server, or name something else.",
            path_of(it.steps),
        )
    found = uploads.upload(path)
    marks = find_marks(path) if found.kind == "picture" and it.wanted == "avatar" else None
    if marks is not None:
        uploads.mark(found, marks)
    return found.reference


def names_files(read: ReadScene) -> bool:
    """Tell whether a document names any file."""
    known = known_names()
    return any(is_file(it, known) for it in all_named(read.document))


def _set(data: Mapping[str, Any], steps: Steps, value: str) -> None:
    part: Any = data
    for step in steps[:-1]:
        part = part[step]
    part[steps[-1]] = value
