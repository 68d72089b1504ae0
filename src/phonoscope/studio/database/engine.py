"""The connection to the database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import OperationalError as DriverError
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from phonoscope.core.errors import MachineError, MissingPartError, UsageError

BUSY_MS = 15_000
"""How long a writer waits for another one in SQLite, before it gives up."""

PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}")


class Database:
    """The database of a studio.

    Parameters
    ----------
    url
        As SQLAlchemy writes it: ``sqlite:////folder/studio.db`` or ``postgresql+psycopg://…``.

    Raises
    ------
    UsageError
        That is no address of a database.
    MissingPartError
        What talks to such databases is not installed.
    """

    def __init__(self, url: str) -> None:
        try:
            self.engine = _engine(url)
        except ArgumentError as error:
            raise UsageError(
                "The setting database_url is no address of a database.",
                "Write it as postgresql+psycopg://user:password@host/name, or leave it empty.",
            ) from error
        except ModuleNotFoundError as error:
            raise MissingPartError(
                f"The library {error.name} is not installed, which this database needs.",
                "For PostgreSQL: pip install 'phonoscope[postgres]'",
            ) from error
        # A transaction that writes takes SQLite's lock when it begins, where it can wait for it: one that begins
        # by reading and writes later is refused at once when somebody else has written in between.
        self.writing = self.engine.execution_options(writes=True)
        self._writing = sessionmaker(self.writing, expire_on_commit=False)
        # What one answer tells is read at one moment: SQLite does so by itself.
        at_one_moment = {} if self.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        self._reading = sessionmaker(self.engine.execution_options(**at_one_moment), expire_on_commit=False)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Lend a session for reading."""
        with self.reading() as session:
            yield session

    def reading(self) -> Session:
        """Return a session for reading, which is to be closed."""
        return self._reading()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Lend a session whose changes are kept at the end of the block, all or none."""
        with self._writing.begin() as session:
            yield session

    def check(self) -> None:
        """Ask the database something.

        Raises
        ------
        MachineError
            It does not answer.
        """
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            is_file = self.engine.dialect.name == "sqlite"
            raise MachineError(
                f"The database does not answer: {reason_of(error)}.",
                f"Check the disk, and whose the file is: {self.engine.url.database}"
                if is_file
                else "Check that it runs, and the setting database_url (PHONOSCOPE_DATABASE_URL).",
            ) from error

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


@contextmanager
def told_as_ours() -> Iterator[None]:
    """Tell what a database says where nobody else understands it.

    Raises
    ------
    MachineError
        It refused something within the block: its disk is full, it is gone, others hold it.
    """
    try:
        yield
    except (OperationalError, DriverError) as error:
        raise MachineError(f"The database refused: {reason_of(error)}.", "Check its disk, and try again.") from error


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=20, max_overflow=30)
    _keep_private(make_url(url).database)
    # One for each of the 40 threads that answer is kept open: readers never wait for each other, or for a file to open.
    engine = create_engine(
        url, hide_parameters=True, pool_size=40, max_overflow=40, connect_args={"timeout": BUSY_MS / 1000}
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, and not by the driver
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


def _keep_private(path: str | None) -> None:
    """Make the file of a database, which holds secrets, for this user alone; SQLite's files beside it follow it."""
    if path and path != ":memory:" and Path(path).parent.is_dir():
        with suppress(OSError):  # told where it is opened
            Path(path).touch(mode=0o600)


def reason_of(error: Exception) -> str:
    """Return what the driver says, on one line, without the statement."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return said[0].rstrip(".") if said else type(error).__name__
