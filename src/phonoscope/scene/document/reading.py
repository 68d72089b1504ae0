"""The door at which a scene document comes in: read, filled in and checked as a whole, before anything is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from phonoscope.core.errors import SceneError
from phonoscope.scene.document.assets import FolderAssets
from phonoscope.scene.document.checking import check_document
from phonoscope.scene.document.explaining import explain
from phonoscope.scene.document.faults import Steps, gathered, raise_all
from phonoscope.scene.document.fields import find_spot
from phonoscope.scene.document.finding import find_all, is_file
from phonoscope.scene.document.json_text import data_faults, parse_json, read_json_file
from phonoscope.scene.document.known import Known
from phonoscope.scene.document.naming import Named, all_named
from phonoscope.scene.document.upgrading import upgraded
from phonoscope.scene.document.variables import Filled, Value, fill_in
from phonoscope.scene.document.video import SceneDocument

NO_VALUES: Final[Mapping[str, Value]] = {}
ASSUME_KNOWN: Final = Known()


@dataclass(frozen=True, slots=True)
class ReadScene:
    """A document that has been read: nothing in it is missing or contradicts itself.

    Attributes
    ----------
    document
        With its variables filled in.
    assets
        Where its files are.
    folder
        Its folder, absolute.
    label
        What to call it in messages.
    data
        As it was written, with its variables filled in: for messages that tell places in it.
    """

    document: SceneDocument
    assets: FolderAssets
    folder: Path
    label: str
    data: Mapping[str, Any] = field(default_factory=dict)


def read_document(
    source: Path | str | Mapping[str, Any],
    folder: Path | None = None,
    values: Mapping[str, Value] = NO_VALUES,
    own_files: bool = False,
    known: Known = ASSUME_KNOWN,
) -> ReadScene:
    """Read a document.

    Parameters
    ----------
    source
        Its file, its text, or what JSON made of that.
    folder
        Where its files are; left out, the folder of its file, or the current one.
    values
        Of its variables, by name.
    own_files
        Values come from who runs this, and may name any file, relative to the current folder; otherwise files must lie
        in the document's folder, whoever names them.
    known
        What names in it may mean.

    Raises
    ------
    SceneError
        It cannot be used; tells every fault with its place (``faults`` has them one by one).
    """
    label = f"'{source}'" if isinstance(source, Path) else "the scene"
    if folder is None:
        folder = source.parent if isinstance(source, Path) else Path()
    data = load_data(source, label)
    filled = fill_in(data, values)
    document = validated(filled, label)
    named = list(all_named(document))
    own: set[str] = set()
    if own_files and filled.given:
        own = _own_files(named, filled, known, label)
        if own:
            document = validated(filled, label)
            named = list(all_named(document))
    assets, faults = find_all(named, filled.data, FolderAssets(folder.resolve(), frozenset(own)), known)
    faults += check_document(document, filled.data, known)
    raise_all(faults, label)
    return ReadScene(document, assets, assets.folder, label, filled.data)


def load_data(source: Path | str | Mapping[str, Any], label: str = "the scene") -> dict[str, Any]:
    """Return the data of a document of today's schema, with its variables as they stand.

    Raises
    ------
    SceneError
        It cannot be read, is no JSON, or no scene document.
    """
    try:
        text = read_json_file(source) if isinstance(source, Path) else source
        data = parse_json(text) if isinstance(text, str) else text
        raise_all(data_faults(data), label)
        return upgraded(dict(data))
    except SceneError as error:
        raise (error if error.faults else gathered([error], label)) from error.__cause__


def validated(filled: Filled, label: str) -> SceneDocument:
    """Return the document, or raise all that is wrong with its variables and its fields.

    Raises
    ------
    SceneError
        Tells every fault.
    """
    faults = list(filled.faults)
    try:
        document = SceneDocument.model_validate(filled.data)
    except ValidationError as error:
        told = {fault.path for fault in faults}
        found = explain(error, filled.data, pass_over_variables=bool(faults))
        faults += [fault for fault in found if fault.path not in told]
    else:
        if not faults:
            return document
    raise gathered(faults, label)


def _own_files(named: list[Named], filled: Filled, known: Known, label: str) -> set[str]:
    """Make the files that the user gave absolute, in the document's data; return them."""
    own: set[str] = set()
    for it in named:
        steps = find_spot(it.steps, filled.data).steps
        if steps not in filled.given or not is_file(it, known) or it.name.startswith("sha256:"):
            continue
        path = str(Path(it.name).absolute())
        own.add(path)
        _set(filled.data, steps, path)
    return own


def _set(data: Any, steps: Steps, value: str) -> None:
    for step in steps[:-1]:
        data = data[step]
    data[steps[-1]] = value
