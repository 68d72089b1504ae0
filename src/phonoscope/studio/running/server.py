"""The server: starts, tells that it is ready, and ends in good order when it is asked to."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from fastapi import FastAPI

from phonoscope.core.errors import MachineError
from phonoscope.studio.running.protocol import CarefulProtocol
from phonoscope.studio.settings import Settings
from phonoscope.studio.state import Studio

PATIENCE_S = 12
"""How long answers that are on their way may take once the server is to end; then they are broken off."""

STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl-C, a request to terminate, a closed terminal; not all exist everywhere."""


def serve(app: FastAPI, bound: socket.socket, ready: Callable[[], None]) -> None:
    """Answer requests until a signal asks to stop.

    Parameters
    ----------
    ready
        Called when requests are answered; it must not take long.

    Raises
    ------
    MachineError
        The server did not start; the log tells why.
    """
    studio: Studio = app.state.studio
    server = _Server(config_of(app, studio.settings), studio, ready)
    try:
        server.run([bound])
    except SystemExit as error:  # what the library does when the application did not start
        raise MachineError("The studio did not start.", "See above for the reason.") from error


def config_of(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """Return how the server answers: whose word on who asks it takes, and how long it waits."""
    return uvicorn.Config(
        app,
        http=CarefulProtocol,
        log_config=None,
        access_log=False,  # ours tells more, and less of what is secret
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=PATIENCE_S,
        timeout_keep_alive=30,
        ws="none",
    )


class _Server(uvicorn.Server):
    """Ends with exit code 0 where the library would end by the signal that it was sent."""

    def __init__(self, config: uvicorn.Config, studio: Studio, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._studio, self._ready = studio, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for close in self._studio.closers:
            close()
        await super().shutdown(sockets)
        if self.force_exit:  # the library leaves it out, and workers would lose what they are at
            await self.lifespan.shutdown()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        kinds = [getattr(signal, name) for name in STOP_SIGNALS if hasattr(signal, name)]
        before = {kind: signal.signal(kind, self._stop) for kind in kinds}
        try:
            yield
        finally:
            for kind, handler in before.items():
                signal.signal(kind, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        # Who presses Ctrl-C a second time does not want to wait for answers.
        self.force_exit = self.should_exit and number == signal.SIGINT
        self.should_exit = True
