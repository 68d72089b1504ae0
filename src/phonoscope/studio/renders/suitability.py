"""Whether a document can be made into what is asked for: told at once, and not by a job that fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonoscope.media.export_presets import export_preset
from phonoscope.studio.accounts.consent import require_consent
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.assets.importing import our_pictures
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.documents.checking import uploaded_hashes
from phonoscope.studio.problems import Problem
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.renders.files import CONTAINERS, OPAQUE

OF_PEOPLE = ("picture", "sound", "video")
"""Kinds of asset that may show somebody, or let them be heard."""


def refuse_unfitting(document: Mapping[str, Any], format: str, preset: str | None) -> None:
    """Refuse a kind of file that cannot hold a document, or is none that the preset's place takes.

    Raises
    ------
    Problem
        422.
    """
    if format in OPAQUE and any(_is_transparent(each) for each in _backgrounds(document)):
        title = f"A video in {format.upper()} cannot be transparent."
        raise Problem(422, "format", title, "Choose WebM, MOV or single pictures, or another background.")
    if preset and export_preset(preset).container != CONTAINERS[format]:
        wanted = export_preset(preset).container
        raise Problem(422, "format", f"'{preset}' takes no {format.upper()}.", f"Choose {wanted.upper()}.")


def refuse_without_consent(
    session: Session, account: Account, document: Mapping[str, Any], project: Project | None
) -> None:
    """Refuse uploaded pictures and sounds of people, unless the user has stated that they may use them.

    Raises
    ------
    Problem
        403: they have not.
    """
    hashes = uploaded_hashes(document) - our_pictures()
    named = select(Asset.id).where(Asset.owner_id == account.id, Asset.sha256.in_(hashes), Asset.kind.in_(OF_PEOPLE))
    if hashes and session.scalar(named.limit(1)) is not None:
        require_consent(session, account, project)


def _backgrounds(document: Mapping[str, Any]) -> Iterator[Any]:
    yield document.get("background")
    scenes = document.get("scenes")
    for scene in scenes if isinstance(scenes, list) else ():
        yield scene.get("background") if isinstance(scene, Mapping) else None


def _is_transparent(background: Any) -> bool:
    return background == "transparent" or (isinstance(background, Mapping) and background.get("kind") == "transparent")
