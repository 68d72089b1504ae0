"""The document of which there is one video a row, and what of a row goes into it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from phonoscope.batch.rows import Row, Table
from phonoscope.core.errors import UsageError
from phonoscope.core.suggesting import did_you_mean
from phonoscope.scene.document.assets import Assets
from phonoscope.scene.document.faults import one_of
from phonoscope.scene.document.finding import is_file
from phonoscope.scene.document.known import Known
from phonoscope.scene.document.naming import all_named
from phonoscope.scene.document.reading import ASSUME_KNOWN, ReadScene, load_data, read_document
from phonoscope.scene.document.variables import FILE_KINDS, declared_variables, variable_names
from phonoscope.version import __version__


@dataclass(frozen=True, slots=True)
class Template:
    """A document with variables.

    Attributes
    ----------
    data
        As it is written.
    folder
        Where its files are.
    fixed
        Values that are the same in all videos.
    known
        What names in it may mean.
    """

    data: Mapping[str, Any]
    folder: Path
    fixed: Mapping[str, str] = field(default_factory=dict)
    known: Known = ASSUME_KNOWN

    @property
    def names(self) -> tuple[str, ...]:
        """Its variables."""
        return variable_names(self.data)

    def read(self, values: Mapping[str, str]) -> ReadScene:
        """Fill it in.

        Raises
        ------
        SceneError
            The values do not fit it.
        """
        return read_document(self.data, self.folder, {**self.fixed, **values}, True, self.known)


def load_template(
    source: Path | str, folder: Path | None = None, fixed: Mapping[str, str] | None = None, known: Known = ASSUME_KNOWN
) -> Template:
    """Read a document of which many videos are made.

    Parameters
    ----------
    source
        Its file, or its text.
    folder
        Where its files are; left out, the folder of its file, or the current one.

    Raises
    ------
    SceneError
        It is no scene document.
    """
    label = f"'{source}'" if isinstance(source, Path) else "the template"
    folder = folder or (source.parent if isinstance(source, Path) else Path())
    return Template(load_data(source, label), folder, fixed or {}, known)


def columns_for(template: Template, table: Table) -> tuple[dict[str, str], list[str]]:
    """Tell which columns are variables.

    Returns
    -------
    dict
        Columns to variables: by the same name, capitals, spaces and hyphens aside.
    list
        Columns that are none.

    Raises
    ------
    UsageError
        A variable that has to be given has no column, or a value is given for none.
    """
    for name in template.fixed:
        if name not in template.names:
            near = did_you_mean(name, template.names)
            raise UsageError(
                f"The document has no variable '{name[:40]}'.{near}", f"It has: {one_of(template.names) or 'none'}."
            )
    plain = {_plain(name): name for name in template.names}
    used = {column: plain[_plain(column)] for column in table.columns if _plain(column) in plain}
    declared = declared_variables(template.data)
    lacking = [
        name
        for name in template.names
        if name not in {*used.values(), *template.fixed} and (name not in declared or declared[name].default is None)
    ]
    if lacking:
        raise UsageError(
            f"The table has no column for {one_of(lacking)}.",
            f"Its columns are {one_of(table.columns)}; add one, or give the value for all rows with --set.",
        )
    return used, [column for column in table.columns if column not in used]


def values_of(row: Row, used: Mapping[str, str], template: Template, folder: Path) -> dict[str, str]:
    """Return the values of a row by variable; files are looked for beside the table, too.

    Parameters
    ----------
    folder
        Of the table.
    """
    declared = declared_variables(template.data)
    values = {used[column]: cell for column, cell in row.values.items() if column in used}
    for name, value in values.items():
        if name in declared and declared[name].kind in FILE_KINDS:
            values[name] = _beside(value, folder)
    return values


def _beside(value: str, folder: Path) -> str:
    try:
        place = (folder / value).absolute()
        return str(place) if place.is_file() else value
    except (OSError, ValueError):
        return value


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip()).casefold()


class Fingerprints:
    """Tells whether a video would be the same as an earlier one."""

    def __init__(self) -> None:
        self._files: dict[tuple[Path, int, int], str] = {}

    def of(self, read: ReadScene, known: Known, options: Sequence[str]) -> str:
        """Return a hash of all that a video is made from: the document with its values, its files, and how.

        Parameters
        ----------
        options
            How it is written, as text.
        """
        document = read.document.model_dump(mode="json", by_alias=True, exclude={"variables"})
        digest = hashlib.sha256(json.dumps([__version__, document, *options], sort_keys=True).encode())
        for name in sorted({it.name for it in all_named(read.document) if is_file(it, known)}):
            digest.update(f"\n{name}\n{self._of_file(read.assets, name)}".encode())
        return digest.hexdigest()

    def _of_file(self, assets: Assets, name: str) -> str:
        path = assets.path(name)
        state = path.stat()
        key = (path, state.st_size, state.st_mtime_ns)
        if key not in self._files:
            with path.open("rb") as file:
                self._files[key] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._files[key]
