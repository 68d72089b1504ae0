"""A server that only keeps workers: ``python -m tests.studio.jobs.fake_server DATA_DIR``; it ends when it is killed."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from phonoscope.studio.jobs.supervisor import Supervisor
from phonoscope.studio.settings import Settings
from phonoscope.studio.state import open_studio

COMMAND = (sys.executable, "-m", "tests.studio.jobs.fake_worker")

if __name__ == "__main__":
    Supervisor(open_studio(Settings(data_dir=Path(sys.argv[1]), workers=1)), COMMAND).start()
    threading.Event().wait()
