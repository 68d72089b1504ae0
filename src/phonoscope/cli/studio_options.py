"""Options that all commands of the studio share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from phonoscope.studio.database.engine import Database
    from phonoscope.studio.settings import Settings
    from phonoscope.studio.settings_file import Found

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir", metavar="FOLDER", help="Where everything is kept.", show_default="~/.local/share/phonoscope"
    ),
]
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="File of settings.", show_default="studio.toml in the data folder"),
]


def found_settings(data_dir: Path | None, config: Path | None, **options: Any) -> Found:
    """Return the settings by options, environment and file."""
    from phonoscope.studio.settings_file import find_settings

    return find_settings(config, data_dir=data_dir, **options)


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Lend the database of a studio, with the tables of this version."""
    from phonoscope.studio.database.engine import Database, told_as_ours
    from phonoscope.studio.database.upgrade import upgrade
    from phonoscope.studio.running.alone import told_about_folder

    with told_about_folder(settings):
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database)
    try:
        with told_as_ours():
            upgrade(database)
            yield database
    finally:
        database.close()
