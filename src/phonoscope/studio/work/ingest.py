"""An upload is looked into: what it is, whether it can be used, and who is seen in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonoscope.core.errors import MediaError, PhonoscopeError, PhotoError
from phonoscope.studio.assets.content import as_sound
from phonoscope.studio.assets.keeping import discard_file
from phonoscope.studio.assets.models import Reason
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.assets.telling import tell_asset
from phonoscope.studio.jobs.queue import Claim
from phonoscope.studio.plain_words import in_plain_words
from phonoscope.studio.storage.keys import marks_key
from phonoscope.studio.storage.store import Store
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.looking import Found, look_into
from phonoscope.studio.work.opening import without_paths

if TYPE_CHECKING:
    from phonoscope.core.frames import Picture

REJECTED = "The file cannot be used."


def ingest(bench: Bench, claim: Claim) -> Done:
    """Look into the asset that a job names; a picture is there before its faces are."""
    asset = find_asset_of(bench, claim)
    if asset is None:
        return Done({})
    path = bench.store.local(asset.file_key)
    try:
        found = look_into(asset.kind, path, bench.settings)
    except PhonoscopeError as error:
        return rejected(bench, asset.id, without_paths(error, {str(path): asset.name}))
    changes = as_found(bench.store, asset.owner_id, asset.sha256, found)
    if found.kind == "sound":
        changes["media_type"] = as_sound(asset.media_type)
    if found.picture is not None:
        with bench.database.transaction() as session:
            if changed := change(session, asset.id, changes):
                tell_asset(session, changed)
        bench.report(0.3, "Looking for faces")
        changes["faces"] = find_faces(bench.store, asset.owner_id, asset.sha256, found.picture)
    return ready(asset.id, changes)


def find_asset_of(bench: Bench, claim: Claim) -> Asset | None:
    """Return the asset that a job is about, unless it was deleted meanwhile."""
    with bench.database.session() as session:
        return session.get(Asset, str(claim.payload["asset_id"]))


def as_found(store: Store, owner_id: str, sha256: str, found: Found) -> dict[str, Any]:
    """Return the fields of an asset whose file was looked into, and keep its thumbnail."""
    changes: dict[str, Any] = {
        "state": "ready",
        "reason": None,
        "kind": found.kind,
        "width": found.width,
        "height": found.height,
        "duration_s": found.duration_s,
    }
    if found.thumbnail is not None:
        changes["thumbnail_key"] = f"users/{owner_id}/thumbnails/{sha256}.webp"
        store.put(changes["thumbnail_key"], found.thumbnail)
    return changes


def find_faces(store: Store, owner_id: str, sha256: str, picture: Picture) -> dict[str, Any]:
    """Return what is to be told of the faces in a picture."""
    from phonoscope.scene.layout import flatten
    from phonoscope.studio.work.face_reports import face_report

    marked = store.size(marks_key(owner_id, sha256)) is not None
    return face_report(flatten(picture), marked).model_dump(mode="json")


def ready(asset_id: str, changes: Mapping[str, Any]) -> Done:
    """Return the end of a job that found out all about an asset."""

    def also(session: Session) -> None:
        asset = change(session, asset_id, changes)
        if asset is not None and "faces" in changes:
            _tell_twins(session, asset)

    return Done({"state": "ready"}, also)


def rejected(bench: Bench, asset_id: str, error: PhonoscopeError) -> Done:
    """Return the end of a job that found an asset to be of no use."""
    kind = error.kind if isinstance(error, PhotoError | MediaError) else "rejected"
    reason = Reason(
        type=f"/problems/{kind}",
        title=REJECTED,
        detail=in_plain_words(error.message),
        remedy=in_plain_words(error.remedy),
    ).model_dump()

    def also(session: Session) -> None:
        asset = change(session, asset_id, {"state": "rejected", "reason": reason})
        if asset is not None:
            # Its hash is no secret: whoever knows it could name it in a document.
            discard_file(session, bench.store, asset)

    return Done({"state": "rejected"}, also)


def _tell_twins(session: Session, asset: Asset) -> None:
    """Write what was found out about the faces of a picture to other assets of the same file.

    One that came while they were looked for has been told to be ready without them; and marks hold for all.
    """
    same = Asset.owner_id == asset.owner_id, Asset.sha256 == asset.sha256, Asset.state == "ready"
    for twin in session.scalars(select(Asset).where(*same, Asset.id != asset.id)):
        twin.faces = asset.faces


def change(session: Session, asset_id: str, changes: Mapping[str, Any]) -> Asset | None:
    """Write down what was found out about an asset, and return it; None if it was deleted meanwhile."""
    asset = session.scalar(select(Asset).where(Asset.id == asset_id).with_for_update())
    if asset is not None:
        for field, value in changes.items():
            setattr(asset, field, value)
        session.flush()
    return asset
