"""Assets are found, and told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from phonoscope.studio.accounts.owning import find_own
from phonoscope.studio.assets import models
from phonoscope.studio.assets.content import Kind
from phonoscope.studio.assets.tables import Asset


def find_asset(session: Session, owner_id: str, asset_id: str) -> Asset:
    """Return somebody's asset.

    Raises
    ------
    Problem
        404: they have none of that name.
    """
    return find_own(session, Asset, owner_id, asset_id)


def assets_of(owner_id: str, kind: Kind | None, search: str) -> Select[Any]:
    """Return the question for somebody's assets, of a kind, with some words in their names."""
    query = select(Asset).where(Asset.owner_id == owner_id)
    if kind is not None:
        query = query.where(Asset.kind == kind)
    for word in search.split():
        query = query.where(Asset.name.icontains(word, autoescape=True))
    return query


def told(asset: Asset) -> models.Asset:
    """Return how an asset is told."""
    ready = asset.state == "ready"
    address = f"/api/v1/assets/{asset.id}"
    return models.Asset(
        id=asset.id,
        name=asset.name,
        kind=asset.kind,
        state=asset.state,
        reason=asset.reason,
        reference=f"sha256:{asset.sha256}" if ready else None,
        media_type=asset.media_type,
        bytes=asset.bytes,
        width=asset.width,
        height=asset.height,
        duration_s=asset.duration_s,
        created_at=asset.created_at,
        content_url=f"{address}/content",
        thumbnail_url=f"{address}/thumbnail" if asset.thumbnail_key else None,
        faces=asset.faces,
    )
