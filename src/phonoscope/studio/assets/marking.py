"""Marks of a picture: where its faces are, set by hand; kept beside it, where the engine looks for them."""

from __future__ import annotations

from phonoscope.studio.accounts.room import lock_account
from phonoscope.studio.assets.keeping import ask_worker
from phonoscope.studio.assets.reading import find_asset
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.problems import Problem, not_found
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.keys import marks_key

MOST_BYTES = 1 << 20
"""Of a document of marks: as many as the engine reads."""


def put_marks(studio: Studio, asset: Asset, document: bytes) -> None:
    """Keep the marks of a picture, and let a worker look at its faces again.

    Raises
    ------
    InputError
        They are no marks, or those of another picture.
    Problem
        409: the picture is not ready.
    """
    # Not before: the engine takes a while to load, and few requests need it.
    from phonoscope.avatars.photo.marks.document import parse_rig, rig_text

    size_px = _size_px(asset)
    text = rig_text(parse_rig(document, size_px, "The document"), size_px)
    _write(studio, asset, text.encode())


def delete_marks(studio: Studio, asset: Asset) -> None:
    """Forget the marks of a picture: its faces are where they are found."""
    _size_px(asset)
    _write(studio, asset, None)


def read_marks(studio: Studio, asset: Asset) -> bytes:
    """Return the marks of a picture.

    Raises
    ------
    Problem
        404: it has none.
    """
    key = marks_key(asset.owner_id, asset.sha256)
    if studio.store.size(key) is None:
        raise not_found("document of marks")
    return studio.store.read(key)


def _write(studio: Studio, asset: Asset, content: bytes | None) -> None:
    key = marks_key(asset.owner_id, asset.sha256)
    with studio.database.transaction() as session:
        lock_account(session, asset.owner_id)
        current = find_asset(session, asset.owner_id, asset.id)
        if content is None:
            studio.store.delete(key)
        else:
            studio.store.put(key, content)
        ask_worker(session, current)
    studio.wake("quick")


def _size_px(asset: Asset) -> tuple[int, int]:
    if asset.kind != "picture" or asset.state != "ready" or asset.width is None or asset.height is None:
        raise Problem(409, "not-ready", "This is no picture that can be marked.", "Wait until it is ready.")
    return asset.width, asset.height
