"""Whether everything that a document names is there, and is what it has to be; all that is not, at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from phonoscope.core.errors import InputError, SceneError
from phonoscope.core.suggesting import did_you_mean
from phonoscope.media.signatures import HEAD_BYTES, PICTURE_FORMATS, identify
from phonoscope.scene.document.assets import HASH_PREFIX, FolderAssets
from phonoscope.scene.document.faults import one_of, path_of, shown
from phonoscope.scene.document.fields import find_spot
from phonoscope.scene.document.known import Complaint, Known
from phonoscope.scene.document.naming import AVATAR_PREFIX, FONT_ENDINGS, Named, Wanted

UNKNOWN: Final = "nothing that is known"
SVG: Final = "an SVG drawing"
SOUND, VIDEO = "a sound file", "a video"

ACCEPTED: Final[dict[Wanted, frozenset[str]]] = {
    "picture": frozenset({*PICTURE_FORMATS, SVG}),
    "avatar": frozenset({*PICTURE_FORMATS, SVG}),
    "video": frozenset({VIDEO, "GIF", "WEBP", UNKNOWN}),
    "sound": frozenset({SOUND, VIDEO, UNKNOWN}),
    "music": frozenset({SOUND, VIDEO, UNKNOWN}),
    "effect": frozenset({SOUND, VIDEO, UNKNOWN}),
}
"""By what is wanted: what a file may be, as `identify` tells it. Sounds and videos have kinds that only show when they
are opened."""

NOUNS: Final[dict[Wanted, str]] = {
    "picture": "a picture", "avatar": "a photo or a drawn avatar", "video": "a video", "sound": "a sound file",
    "music": "a sound file", "effect": "a sound file",
}  # fmt: skip

_FONT_HEADS: Final = (b"\x00\x01\x00\x00", b"OTTO", b"ttcf", b"true")
_BY_NAME: Final = {"avatar": (".avatar.json", ".svgz")}
"""Kinds of file that are told by the ends of their names, besides those told by content."""


def find_all(
    named: Sequence[Named], data: object, assets: FolderAssets, known: Known
) -> tuple[FolderAssets, list[SceneError]]:
    """Look at everything that a document names.

    Returns
    -------
    FolderAssets
        With the files that were found by their hash.
    list of SceneError
        What is missing, refused, or of another kind than it has to be.
    """
    found: dict[str, Path] = {}
    faults: list[SceneError] = []
    for it in named:
        try:
            path = _find(it, replace(assets, found=found), known)
        except SceneError as error:
            steps = find_spot(it.steps, data).steps
            faults.append(SceneError(error.message, error.remedy, path_of(steps)))
        else:
            if path is not None and it.name.startswith(HASH_PREFIX):
                found[it.name.lower()] = path
    return replace(assets, found=found), faults


def is_file(it: Named, known: Known) -> bool:
    """Tell whether a file is named, and not an avatar, a piece of ours or a family of fonts."""
    match it.wanted:
        case "avatar":
            return not it.name.startswith(AVATAR_PREFIX)
        case "music":
            return not _is_piece(it.name, known.music)
        case "effect":
            return not _is_piece(it.name, known.effects)
        case "font":
            return it.name.lower().endswith(FONT_ENDINGS)
        case _:
            return True


def _is_piece(name: str, pieces: Collection[str] | None) -> bool:
    if pieces is not None and name in pieces:
        return True
    return not any(mark in name for mark in "./\\:")


def _find(it: Named, assets: FolderAssets, known: Known) -> Path | None:
    """Return the file that is meant; None for what is no file.

    Raises
    ------
    SceneError
        It is not there, or not what it has to be.
    """
    if not is_file(it, known):
        refuse_unknown(it, known)
        return None
    path = assets.path(it.name)
    _refuse_other_kind(path, it)
    return path


def refuse_unknown(it: Named, known: Known) -> None:
    """Refuse the name of an avatar, a piece of ours or a family of fonts that there is not.

    Raises
    ------
    SceneError
        Tells what may have been meant.
    """
    if it.wanted == "avatar":
        _ask(known.avatar, it.name.removeprefix(AVATAR_PREFIX), "List them: phonoscope avatars.")
    elif it.wanted == "font":
        _ask(known.font, it.name, "List them: phonoscope fonts.")
    else:
        pieces = known.music if it.wanted == "music" else known.effects
        if pieces is not None and it.name not in pieces:
            what = "music" if it.wanted == "music" else "sound effect"
            near = did_you_mean(it.name, pieces)
            raise SceneError(
                f"there is no {what} {shown(it.name)}.{near}",
                f"Choose one of {one_of(sorted(pieces))}, or a file by its path.",
            )


def _ask(complaint: Complaint | None, name: str, remedy: str) -> None:
    wrong = complaint(name) if complaint else None
    if wrong:
        raise SceneError(wrong, "" if wrong.count(". ") else remedy)


def _refuse_other_kind(path: Path, it: Named) -> None:
    """Refuse a file that is not of the kind that is wanted, by its first bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise SceneError(f"{shown(it.name)} cannot be read: {error.strerror}.", "Check who may read it.") from error
    if it.wanted == "font":
        if not head.startswith(_FONT_HEADS):
            raise SceneError(f"{shown(it.name)} is no font.", "Give a .ttf or .otf file.")
        return
    if it.wanted == "lut":
        _refuse_broken_lut(path)
        return
    if path.name.lower().endswith(_BY_NAME.get(it.wanted, ())):
        return
    kind = identify(head)
    if kind not in ACCEPTED[it.wanted]:
        raise SceneError(f"{shown(it.name)} is {_told(kind)}, but {NOUNS[it.wanted]} is needed.", "Name another file.")


def _refuse_broken_lut(path: Path) -> None:
    from phonoscope.scene.filters.cube import read_cube

    try:
        read_cube(path)
    except InputError as error:
        raise SceneError(error.message, error.remedy) from error


def _told(kind: str) -> str:
    return f"a picture ({kind})" if kind in PICTURE_FORMATS else kind
