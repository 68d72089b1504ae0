"""Pictures of templates become assets of whoever uses the template: looked at by us already, so ready at once."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonoscope.scene.document.assets import HASH_PREFIX
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.storage.store import Store
from phonoscope.templates import Template, templates

PHOTO: Final = "astronaut"
"""Eileen Collins, NASA: in the public domain."""


def photo_path() -> Path:
    """Return where the photo lies that a video may begin with."""
    return Path(str(resources.files("phonoscope"))) / "assets" / f"{PHOTO}.jpg"


def photo_thumbnail_path() -> Path:
    """Return where a small picture of it lies, of the face alone."""
    return photo_path().with_suffix(".webp")


@cache
def our_pictures() -> frozenset[str]:
    """Return the hashes of the pictures that come with the package: nobody has to state that they may use them."""
    paths = {template.folder / name for template in templates() for name in template.pictures}
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in (*paths, photo_path()))


def import_pictures(session: Session, store: Store, owner_id: str, template: Template) -> dict[str, str]:
    """Make the pictures of a template assets of a user, and return their references by name."""
    return {name: _import(session, store, owner_id, template.folder / name) for name in template.pictures}


def _import(session: Session, store: Store, owner_id: str, path: Path) -> str:
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    known = select(Asset.id).where(Asset.owner_id == owner_id, Asset.sha256 == sha256, Asset.state == "ready")
    if session.scalar(known.limit(1)) is None:
        from PIL import Image

        key = f"users/{owner_id}/assets/{sha256}{path.suffix}"
        store.put(key, content)
        with Image.open(path) as picture:
            width, height = picture.size
        session.add(
            Asset(
                owner_id=owner_id,
                name=path.name,
                kind="picture",
                state="ready",
                file_key=key,
                sha256=sha256,
                media_type=f"image/{path.suffix[1:]}",
                bytes=len(content),
                width=width,
                height=height,
                # Small enough to be its own.
                thumbnail_key=key,
            )
        )
        session.flush()
    return f"{HASH_PREFIX}{sha256}"
