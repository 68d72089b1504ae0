"""A studio for a benchmark that is killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
from sqlalchemy import select

from bench.studio.serving import UNLIMITED, await_start, make_account
from phonoscope.studio.database.engine import Database
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.settings import Settings


class Restarted:
    """A studio in a folder that is thrown away.

    Attributes
    ----------
    client
        Logged in with an API key.
    database
        What lies beneath.
    """

    def __init__(self, folder: Path) -> None:
        self._data_dir, self._log = folder / "data", folder / "log"
        key = make_account(self._data_dir)
        self.database = Database(Settings(data_dir=self._data_dir).database)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        head = {"Authorization": f"Bearer {key}"}
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self._port}", headers=head, timeout=30)
        self._server = self._start()

    def running(self) -> Job | None:
        """Return the render that a worker is at."""
        with self.database.session() as session:
            return session.scalar(select(Job).where(Job.kind == "render", Job.state == "running"))

    def kill_worker(self, job: Job) -> None:
        """Kill whoever is at a job."""
        os.kill(int((job.worker or "").split(":")[1]), signal.SIGKILL)

    def kill_server(self) -> None:
        """Kill the server, and start another one at once."""
        self._server.kill()
        self._server.wait()
        self._server = self._start()

    def stop(self) -> None:
        """Stop for good."""
        self._server.terminate()
        self._server.wait(60)
        self.client.close()
        self.database.close()

    def _start(self) -> subprocess.Popen[bytes]:
        told = {"DATA_DIR": str(self._data_dir), "REQUEST_LIMIT": UNLIMITED}
        environment = os.environ | {f"PHONOSCOPE_{name}": value for name, value in told.items()}
        command = [sys.executable, "-m", "phonoscope", "studio", "--no-browser", "--port", str(self._port)]
        with self._log.open("ab") as said:
            server = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
        await_start(self.client, server, self._log)
        return server
