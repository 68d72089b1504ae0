"""Databases are brought to the tables of this version, step by step (Alembic)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from phonoscope.core.errors import MachineError
from phonoscope.studio.database.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(database: Database) -> None:
    """Bring a database to the newest tables; an empty one gets all of them.

    Raises
    ------
    MachineError
        It does not answer, or a newer Phonoscope has been at it.
    """
    database.check()
    steps = (path.stem.partition("_")[0] for path in MIGRATIONS.glob("versions/[0-9]*.py"))
    if _step(database) == max(steps, default=""):
        return
    # To load this takes longer than to start.
    from alembic import command
    from alembic.script.revision import ResolutionError
    from alembic.util import CommandError

    with database.writing.begin() as connection:
        config = migrations()
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except (CommandError, ResolutionError) as error:
            raise MachineError(
                "The database was made by another version of Phonoscope, which has tables unknown to this one.",
                "Install the newest version, or restore a backup of this one: phonoscope studio restore FILE",
            ) from error


def migrations() -> Config:
    """Return where Alembic finds the steps; there is no file of settings for it."""
    from alembic.config import Config

    config = Config()
    # Percent signs in folders' names would be taken for variables.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _step(database: Database) -> str | None:
    """Return the last step that a database has taken."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        step: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return step
