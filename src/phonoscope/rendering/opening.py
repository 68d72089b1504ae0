"""Documents and templates are opened, with all that names in them may mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from phonoscope.avatars.drawn.source import drawn_source
from phonoscope.core.errors import PhonoscopeError, SceneError
from phonoscope.core.script import Script
from phonoscope.core.suggesting import did_you_mean
from phonoscope.rendering.job import AssetTable
from phonoscope.scene.document.finding import is_file
from phonoscope.scene.document.known import Known
from phonoscope.scene.document.naming import all_named
from phonoscope.scene.document.reading import NO_VALUES, ReadScene, read_document
from phonoscope.scene.document.variables import Value
from phonoscope.scene.text import find_family
from phonoscope.script import read_script
from phonoscope.sound.effects import EFFECTS
from phonoscope.sound.music.library import music_names
from phonoscope.sound.sfx.library import sfx_names
from phonoscope.templates import find_template, is_template, template_names

LONGEST_SHOWN = 80
"""Characters of a path that are told in an error."""


@cache
def known_names() -> Known:
    """Return what names in documents may mean on this machine."""
    return Known(
        avatar=_avatar_complaint,
        font=_font_complaint,
        music=frozenset(music_names()),
        effects=frozenset(sfx_names()),
        voice_effects=frozenset(EFFECTS),
        script=_read_script,
    )


def open_scene(
    document: str | Path | Mapping[str, Any],
    values: Mapping[str, Value] = NO_VALUES,
    own_files: bool = True,
    folder: Path | None = None,
) -> ReadScene:
    """Read a document, or a template by its name.

    >>> read = open_scene("greeting", {"name": "Anna"})  # doctest: +SKIP
    >>> read.document.canvas.size_px  # doctest: +SKIP
    (1280, 720)

    Parameters
    ----------
    document
        A file; the name of one of our templates; or the document itself, as JSON has it.
    values
        Of its variables, by name.
    own_files
        As `read_document`.
    folder
        Where the files of a document lie that is given itself; left out, the current folder.

    Raises
    ------
    SceneError
        It cannot be used, or there is neither a file nor a template of this name.
    """
    if isinstance(document, Mapping):
        return read_document(document, folder, values, own_files, known_names())
    if is_template(str(document)):
        # A file of the same name is reached by ./NAME.
        template = find_template(str(document))
        return read_document(template.text, template.folder, values, own_files, known_names())
    check_document_exists(document)
    return read_document(Path(document), None, values, own_files, known_names())


def check_document_exists(document: str | Path) -> None:
    """Refuse a name that is neither a file nor one of our templates, and tell what may have been meant.

    Raises
    ------
    SceneError
        It is neither.
    """
    path = Path(document)
    try:
        if path.exists() or path.is_symlink():
            return
        beside = [one.name for one in path.parent.glob("*.json")]
    except (OSError, ValueError):
        # Reading it tells what is wrong with its name.
        return
    shown = str(document)
    if len(shown) > LONGEST_SHOWN:
        # Its end tells which it is.
        shown = f"…{shown[-LONGEST_SHOWN:]}"
    if path.suffix or path.name != str(document):
        near = did_you_mean(path.name, beside)
        raise SceneError(f"There is no document '{shown}'.{near}", "Check its name and its folder.")
    near = did_you_mean(path.name, [*template_names(), *beside])
    raise SceneError(f"There is no document and no template '{shown}'.{near}", "See: phonoscope templates")


def asset_table(read: ReadScene) -> AssetTable:
    """Return all files of a document by the names that it gives them."""
    known = known_names()
    files = {
        named.name: str(read.assets.path(named.name)) for named in all_named(read.document) if is_file(named, known)
    }
    return AssetTable(files)


def _avatar_complaint(name: str) -> str | None:
    try:
        drawn_source(f"avatar:{name}")
    except PhonoscopeError as error:
        return str(error)
    return None


def _font_complaint(name: str) -> str | None:
    try:
        find_family(name)
    except PhonoscopeError as error:
        return str(error)
    return None


def _read_script(text: str, language: str, names: Collection[str]) -> Script:
    return read_script(text, language, tuple(names))
