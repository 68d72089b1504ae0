"""What is wrong with a document, told while it is being made: everything but what only shows when it is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonoscope.core.errors import SceneError
from phonoscope.scene.document.assets import HASH_PREFIX
from phonoscope.scene.document.checking import check_document
from phonoscope.scene.document.faults import path_of, shown
from phonoscope.scene.document.fields import find_spot
from phonoscope.scene.document.finding import NOUNS, is_file, refuse_unknown
from phonoscope.scene.document.naming import AVATAR_PREFIX, Named, Wanted, all_named
from phonoscope.scene.document.reading import NO_VALUES, load_data, validated
from phonoscope.scene.document.variables import FILE_KINDS, fill_in
from phonoscope.scene.document.video import SceneDocument
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.documents.names import known_names
from phonoscope.studio.plain_words import in_plain_words
from phonoscope.studio.problems import Fault, Problem
from phonoscope.studio.settings import Settings

MOST_FAULTS: Final = 200
"""Told of one document; whoever mends these sees the others."""

KINDS: Final[dict[Wanted, frozenset[str]]] = {
    "avatar": frozenset({"picture", "drawing"}),
    "picture": frozenset({"picture", "drawing"}),
    "video": frozenset({"video", "picture"}),
    "sound": frozenset({"sound", "video"}),
    "music": frozenset({"sound", "video"}),
    "effect": frozenset({"sound", "video"}),
}
"""By what a document wants: the kinds of asset that can be it. Animated pictures are videos, too."""

_NAMED: Final = re.compile(rf"{HASH_PREFIX}([0-9A-Fa-f]{{64}})")

_UPLOAD: Final = "Upload it, and name it by its reference: sha256:…"
_SPLIT: Final = "Make several videos of it."


def find_faults(session: Session, owner_id: str, document: Mapping[str, Any], longest_script: int) -> list[Fault]:
    """Return what is wrong with a document of a user.

    Parameters
    ----------
    longest_script
        Most characters that all scripts of it may have together.
    """
    faults = [*_faults(session, owner_id, document, longest_script)]
    return [
        Fault(path=it.path, message=in_plain_words(it.message), remedy=in_plain_words(it.remedy))
        for it in faults[:MOST_FAULTS]
    ]


def refuse_faults(session: Session, settings: Settings, owner_id: str, document: Mapping[str, Any]) -> None:
    """Refuse a document that cannot be rendered.

    Raises
    ------
    Problem
        422, with each fault and its place.
    """
    faults = find_faults(session, owner_id, document, settings.max_script_characters)
    if faults:
        first = faults[0]
        where = f"{first.path}: " if first.path else ""
        more = f" There are {len(faults) - 1} more faults." if len(faults) > 1 else ""
        title = f"The document has faults: {where}{first.message}{more}"
        told = [fault.model_dump() for fault in faults]
        raise Problem(422, "document-faults", title, first.remedy or "Correct what is listed.", errors=told)


def uploaded_hashes(document: Mapping[str, Any]) -> frozenset[str]:
    """Return the hashes of all assets that a document names, whether it is whole or not."""
    return frozenset(_hashes_in(document))


def _faults(session: Session, owner_id: str, document: Mapping[str, Any], longest_script: int) -> list[SceneError]:
    faults = list(_variable_faults(document))
    try:
        data = load_data(document)
        filled = fill_in(data, NO_VALUES)
        read = validated(filled, "the document")
    except SceneError as error:
        return faults + list(error.faults or (error,))
    known = known_names()
    named = list(all_named(read))
    assets = _assets(session, owner_id, (it.name for it in named))
    for it in named:
        if len(faults) >= MOST_FAULTS:
            return faults
        try:
            if is_file(it, known):
                _check_file(it, assets)
            else:
                refuse_unknown(it, known)
        except SceneError as error:
            faults.append(SceneError(error.message, error.remedy, path_of(find_spot(it.steps, filled.data).steps)))
    if (length := _script_characters(read)) > longest_script:
        faults.append(SceneError(f"its scripts have {length:,} characters; {longest_script:,} are possible.", _SPLIT))
        return faults
    return faults + check_document(read, filled.data, known)


def _variable_faults(document: Mapping[str, Any]) -> Iterator[SceneError]:
    """Find variables that stand for files that are none of the user's: where they are used may change."""
    declared = document.get("variables")
    for name, variable in declared.items() if isinstance(declared, dict) else ():
        if not isinstance(variable, dict) or variable.get("kind") not in FILE_KINDS:
            continue
        default = variable.get("default")
        if isinstance(default, str) and not default.strip().startswith((HASH_PREFIX, AVATAR_PREFIX)):
            place = path_of(("variables", str(name), "default"))
            yield SceneError(f"{shown(default)} is no file of yours.", _UPLOAD, place)


def _assets(session: Session, owner_id: str, names: Iterable[str]) -> dict[str, Asset]:
    """Return the assets of a user that are named, by their hash; those that are ready before others."""
    hashes = {_hash_of(name) for name in names if name.startswith(HASH_PREFIX)}
    found: dict[str, Asset] = {}
    for asset in session.scalars(select(Asset).where(Asset.owner_id == owner_id, Asset.sha256.in_(hashes))):
        if asset.sha256 not in found or asset.state == "ready":
            found[asset.sha256] = asset
    return found


def _check_file(it: Named, assets: Mapping[str, Asset]) -> None:
    """Refuse what is no asset of the user, or of another kind than it has to be.

    Raises
    ------
    SceneError
        Tells why.
    """
    if not it.name.startswith(HASH_PREFIX):
        raise SceneError(f"{shown(it.name)} is no file of yours.", _UPLOAD)
    asset = assets.get(_hash_of(it.name))
    if asset is None:
        raise SceneError("this file is not among your files.", "Upload it again, or choose another one.")
    if asset.state != "ready":
        why = "is still being looked at" if asset.state == "checking" else "cannot be used"
        raise SceneError(f"{shown(asset.name)} {why}.", "Wait a moment, or choose another one.")
    if asset.kind not in KINDS.get(it.wanted, ()):
        raise SceneError(
            f"{shown(asset.name)} is a {asset.kind}, but {NOUNS.get(it.wanted, 'another file')} is needed.",
            "Choose another one.",
        )


def _hash_of(name: str) -> str:
    return name.removeprefix(HASH_PREFIX).lower()


def _script_characters(document: SceneDocument) -> int:
    return sum(len(scene.script) for scene in document.scenes)


def _hashes_in(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
        # Any text may begin like the name of a file; what is no hash must never become part of a path.
        elif isinstance(value, str) and (named := _NAMED.fullmatch(value.strip())):
            yield named[1].lower()
