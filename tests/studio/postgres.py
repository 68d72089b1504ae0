"""A PostgreSQL server of the tests' own, which only this computer's files lead to."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

TOOLS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
NOBODY = 65534


@contextmanager
def postgres_server() -> Iterator[str]:
    """Yield the address of a new server; skips the test where there is none on this machine."""
    tools = TOOLS[-1] if TOOLS else Path(shutil.which("initdb") or "/none/initdb").parent
    if not (tools / "initdb").exists():
        pytest.skip("there is no PostgreSQL on this machine")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # sockets' names must be short
    user = NOBODY if os.getuid() == 0 else None  # it refuses to run for the superuser
    if user is not None:
        os.chown(folder, user, user)

    def call(tool: str, *arguments: str | Path) -> None:
        command = [tools / tool, "-D", folder / "data", *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=folder, user=user, group=user)

    try:
        call("initdb", "-A", "trust", "-U", "studio", "-N", "-E", "UTF8", "--locale=C")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        call("pg_ctl", "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://studio@/postgres?host={folder}"
        finally:
            call("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
