"""A studio of its own for a benchmark: a real server with its workers, in a folder that is thrown away."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from phonoscope.studio.accounts.people import create_account, create_key
from phonoscope.studio.database.engine import Database
from phonoscope.studio.database.upgrade import upgrade
from phonoscope.studio.settings import Settings

UNLIMITED = "9999999/second"
START_S = 60


@contextmanager
def serving(data_dir: Path, log: Path) -> Iterator[httpx.Client]:
    """Start a studio, and lend a client that is logged in with an API key.

    Parameters
    ----------
    log
        What the server and its workers say is written there.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = {"DATA_DIR": str(data_dir), "REQUEST_LIMIT": UNLIMITED, "UPLOAD_LIMIT": UNLIMITED}
    environment = os.environ | {f"PHONOSCOPE_{name}": value for name, value in told.items()}
    key = make_account(data_dir)
    command = [sys.executable, "-m", "phonoscope", "studio", "--no-browser", "--port", str(port)]
    with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said, env=environment) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=60) as client:
                await_start(client, server, log)
                yield client
        finally:
            server.terminate()
            server.wait(60)


def make_account(data_dir: Path) -> str:
    """Return the API key of a new account, in a studio that does not run yet."""
    data_dir.mkdir(parents=True)
    database = Database(Settings(data_dir=data_dir).database)
    try:
        upgrade(database)
        create_account(database, "bench")
        return create_key(database, "bench", "bench", consent=True)
    finally:
        database.close()


def await_start(client: httpx.Client, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a studio answers and its workers are ready."""
    end_s = time.monotonic() + START_S
    while True:
        try:
            if client.get("/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        if server.poll() is not None or time.monotonic() > end_s:
            raise SystemExit(f"The studio does not start; see {log}")
        time.sleep(0.1)
