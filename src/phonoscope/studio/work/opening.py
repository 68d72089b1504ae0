"""Documents of users are opened for the engine, with their files on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from phonoscope.core.errors import PhonoscopeError
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.documents.checking import uploaded_hashes
from phonoscope.studio.storage.keys import marks_key
from phonoscope.studio.work.bench import Bench

if TYPE_CHECKING:
    from phonoscope.scene.document.reading import ReadScene


def open_document(bench: Bench, owner_id: str, document: Mapping[str, Any]) -> ReadScene:
    """Read a document of a user, whose files are assets of theirs.

    Raises
    ------
    SceneError
        It cannot be rendered.
    """
    from phonoscope.rendering.opening import open_scene

    fetch_files(bench, owner_id, document)
    return open_scene(document, own_files=False, folder=bench.store.local_folder(owner_id))


def fetch_files(bench: Bench, owner_id: str, document: Mapping[str, Any]) -> None:
    """Let the files that a document names be on this machine, with the marks of its photos."""
    hashes = uploaded_hashes(document)
    if not hashes:
        return
    with bench.database.session() as session:
        named = select(Asset.file_key).where(Asset.owner_id == owner_id, Asset.sha256.in_(hashes))
        keys = set(session.scalars(named.where(Asset.state == "ready")))
    for key in keys:
        bench.store.local(key)
    for sha256 in hashes:
        bench.store.mirror(marks_key(owner_id, sha256))


def without_paths(error: PhonoscopeError, names: Mapping[str, str]) -> PhonoscopeError:
    """Return an error that says names instead of paths on this machine, which are nobody's business."""
    for path, name in names.items():
        error.message = error.message.replace(path, name)
        error.remedy = error.remedy.replace(path, name)
    error.args = (error.message,)
    return error
