"""Where the files of a document are.

A document names files by their path from its own folder, or ``sha256:`` and the hash of one in ``assets/`` beside it.
It reaches nothing outside of that folder, whoever has written it; only files that the user has named as values of
variables may lie anywhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from phonoscope.core.errors import SceneError
from phonoscope.core.suggesting import did_you_mean
from phonoscope.media.fingerprints import sha256_of
from phonoscope.scene.document.faults import shown

ASSETS_FOLDER: Final = "assets"
"""Beside the document: holds files that are named by their hash."""

HASH_PREFIX: Final = "sha256:"

_HASH: Final = re.compile(r"sha256:[0-9a-fA-F]{64}")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_FETCHED: Final = re.compile(r"(?:https?|ftps?|file|data|blob|s3|rtmp|rtsp):|[A-Za-z][A-Za-z0-9+.-]+://", re.IGNORECASE)
_PREFIXES: Final = (HASH_PREFIX, "avatar:")
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_MARKS: Final = ".rig.json"
"""Ends the name of a photo's marks, which begins with the photo's hash, too."""
_MOST_LISTED: Final = 5000
"""Names of a folder that are compared with a name that is not there."""

_INSIDE: Final = "Put the file into the document's folder, and write its path from there."


class Assets(Protocol):
    """Finds the files that a document names; everything has been checked when a document has been read."""

    def path(self, asset: str) -> Path:
        """Return where the file of a name lies.

        Raises
        ------
        SceneError
            It is missing, or lies outside of the document's folder.
        """
        ...


@dataclass(frozen=True, slots=True)
class FolderAssets:
    """The files of one document.

    Attributes
    ----------
    folder
        The document's folder, absolute, with links followed.
    own
        Absolute paths that the user gave, wherever they lie.
    found
        By hash name: the file, whose content has been compared with its hash.
    """

    folder: Path
    own: frozenset[str] = frozenset()
    found: Mapping[str, Path] = field(default_factory=dict)

    def path(self, asset: str) -> Path:
        """Return where the file of a name lies; see `Assets`."""
        known = self.found.get(asset.lower())
        if known is not None:
            return known
        if asset in self.own:
            path = Path(asset)
        elif asset.startswith(HASH_PREFIX):
            path = self._by_hash(asset)
        else:
            path = self._inside(asset)
        _refuse_unreadable(path, asset)
        if asset.startswith(HASH_PREFIX) and asset not in self.own:
            _refuse_changed(path, asset)
        return path

    def _inside(self, asset: str) -> Path:
        """Return the file of a path from the document's folder."""
        refuse_strange_path(asset)
        try:
            place = (self.folder / asset).resolve()
        except (OSError, RuntimeError) as error:
            raise SceneError(f"the links of {shown(asset)} lead in a circle.", _INSIDE) from error
        if not place.is_relative_to(self.folder):
            raise SceneError(f"{shown(asset)} is a link that leaves the document's folder.", _INSIDE)
        return place

    def _by_hash(self, asset: str) -> Path:
        if not _HASH.fullmatch(asset):
            raise SceneError(f"{shown(asset)} is no hash.", "Write sha256: and 64 hexadecimal digits.")
        digest = asset.removeprefix(HASH_PREFIX).lower()
        folder = self.folder / ASSETS_FOLDER
        name = _hashed_in(folder, digest)
        if name is None:
            raise SceneError(
                f"there is no file {digest[:12]}… in {ASSETS_FOLDER}/.",
                f"Put it there: {ASSETS_FOLDER}/{digest[:12]}….jpg.",
            )
        return self._inside(f"{ASSETS_FOLDER}/{name}")


def refuse_strange_path(asset: str) -> None:
    """Refuse whatever is no plain path from a folder inwards.

    Raises
    ------
    SceneError
        It is absolute, leads upwards, or is no path at all.
    """
    if "\x00" in asset or not asset.isprintable():
        raise SceneError("the path has characters that no file name has.", _INSIDE)
    if _DRIVE.match(asset) and not _ADDRESS.match(asset):
        raise SceneError(f"{shown(asset)} begins with a drive.", _INSIDE)
    if asset.startswith("//") or _FETCHED.match(asset):
        raise SceneError(f"{shown(asset)} is an address; nothing is fetched from the net.", "Save it as a file first.")
    if found := _ADDRESS.match(asset):
        near = did_you_mean(found[0], _PREFIXES)
        raise SceneError(f"{shown(asset)} is no path of a file.{near}", _INSIDE)
    if "\\" in asset:
        raise SceneError(f"{shown(asset)} has a backslash.", "Write / between folders and files.")
    if asset.startswith(("/", "~")):
        raise SceneError(f"{shown(asset)} does not begin at the document's folder.", _INSIDE)
    if ".." in asset.split("/"):
        raise SceneError(f"{shown(asset)} leaves the document's folder.", _INSIDE)


def _refuse_unreadable(path: Path, asset: str) -> None:
    """Refuse what is no ordinary, readable file with something in it."""
    try:
        if not path.exists():
            raise SceneError(f"there is no file {shown(asset)}.{_near(path)}", "Check its name and its folder.")
        if path.is_dir():
            raise SceneError(f"{shown(asset)} is a folder.", "Name a file.")
        if not path.is_file():
            # A named pipe would let us wait for ever.
            raise SceneError(f"{shown(asset)} is not an ordinary file.", "Name a file.")
        if not os.access(path, os.R_OK):
            raise SceneError(f"{shown(asset)} may not be read.", "Check who may read it.")
        if not path.stat().st_size:
            raise SceneError(f"{shown(asset)} is empty.", "Perhaps it was not copied completely.")
    except SceneError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no file name"
        raise SceneError(f"{shown(asset)} cannot be read: {reason}.", "Check its name.") from error


def _refuse_changed(path: Path, asset: str) -> None:
    """Refuse a file whose content is not what its name says."""
    try:
        digest = sha256_of(path)
    except OSError as error:
        raise SceneError(f"{shown(path.name)} cannot be read: {error.strerror}.", "Check the disk.") from error
    if digest != asset.removeprefix(HASH_PREFIX).lower():
        raise SceneError(f"{ASSETS_FOLDER}/{path.name[:12]}… has another content than its hash.", "Copy it again.")


def _near(path: Path) -> str:
    """Return a sentence that names files that may have been meant."""
    names = _names_in(path.parent)
    if not names and not path.parent.is_dir():
        return " Its folder does not exist."
    return did_you_mean(path.name, names)


def _hashed_in(folder: Path, digest: str) -> str | None:
    """Return the name of the file in a folder that begins with a hash."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.partition(".")[0].lower() == digest]
    except OSError:
        return None
    return min((name for name in names if not name.endswith(_MARKS)), default=None)


def _names_in(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry, _ in zip(entries, range(_MOST_LISTED), strict=False))
    except OSError:
        return []
