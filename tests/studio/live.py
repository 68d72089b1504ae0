"""The studio behind a real port, for what must not be tried without one."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import uvicorn
from fastapi import FastAPI


@contextmanager
def serving(app: FastAPI, lifespan: Literal["on", "off"] = "off") -> Iterator[str]:
    """Serve an application on this computer, usually without its lifespan; yields its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan=lifespan, log_config=None, ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end_s = time.monotonic() + 10
    while not server.started:
        assert time.monotonic() < end_s and thread.is_alive()
        time.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
