"""The connection to a studio: asks, tries again where that helps, and tells in our own errors what is wrong."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

import httpx

from phonoscope.core.errors import InputError, MachineError, PhonoscopeError, SceneError, UsageError
from phonoscope.version import __version__

PAUSES_S: Final = [0.5, 1.0, 2.0, 4.0, 8.0]
"""Before each further try, while the server does not answer or is busy."""

TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
"""Of one step; the server says something at least every 15 seconds."""

LONGEST_PAUSE_S: Final = 60.0
"""A server that wants to be left alone for longer is not waited for."""

_BUSY: Final = frozenset({429, 502, 503, 504})
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class ConnectionLostError(MachineError):
    """The server no longer answers."""


class Server:
    """A studio elsewhere.

    Parameters
    ----------
    url
        Its address, as the browser shows it.
    key
        An API key of the user.

    Raises
    ------
    UsageError
        This is no address, or the key is none.
    """

    def __init__(self, url: str, key: str) -> None:
        parts = _parts(url)
        self.name = parts.netloc
        if not key.isascii() or not key.isprintable() or any(c.isspace() for c in key):
            raise UsageError("The API key has characters that no key has.", "Copy it again.")
        headers = {"User-Agent": f"phonoscope/{__version__}"} | ({"Authorization": f"Bearer {key}"} if key else {})
        self._client = httpx.Client(
            base_url=f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}",
            headers=headers,
            timeout=TIMEOUT,
            # No proxy leads to this computer.
            trust_env=parts.hostname not in _LOOPBACK,
        )

    def __enter__(self) -> Self:
        """Keep the connection until the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self._client.close()

    def ask(self, method: str, path: str, *, again: bool = True, **more: Any) -> httpx.Response:
        """Return what the server answers.

        Parameters
        ----------
        again
            Try again where the server does not answer; not for what must not be done twice.
        more
            As `httpx.Client.request` takes it: ``json``, ``params``, ``content``, ``headers`` …

        Raises
        ------
        PhonoscopeError
            The server refuses, does not answer (`ConnectionLostError`), or is none of ours.
        """
        pauses = iter(PAUSES_S if again else ())
        while True:
            pause_s = next(pauses, None)
            try:
                response = self._client.request(method, path, **more)
            except httpx.TransportError as error:
                if pause_s is None:
                    raise self.lost(error) from error
            else:
                if response.status_code not in _BUSY or pause_s is None:
                    return self._checked(response)
                pause_s = max(pause_s, _wanted_pause_s(response))
                if pause_s > LONGEST_PAUSE_S:
                    return self._checked(response)
            time.sleep(pause_s)

    def told(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        """Return the object that the server answers with; see `ask`."""
        response = self.ask(method, path, **more)
        try:
            found = response.json()
        except ValueError as error:
            raise self._stranger() from error
        if not isinstance(found, dict):
            raise self._stranger()
        return found

    @contextmanager
    def stream(self, path: str, **more: Any) -> Iterator[httpx.Response]:
        """Lend an answer that is read bit by bit.

        Raises
        ------
        PhonoscopeError
            As `ask`; also while it is read.
        """
        try:
            with self._client.stream("GET", path, **more) as response:
                if response.status_code >= 300:
                    response.read()
                yield self._checked(response)
        except httpx.TransportError as error:
            raise self.lost(error) from error

    def lost(self, error: Exception) -> ConnectionLostError:
        """Return the error that tells that the server does not answer."""
        reason = str(error).strip().rstrip(".") or type(error).__name__
        return ConnectionLostError(
            f"The server {self.name} does not answer: {reason}.",
            "Check its address, and that it runs there: phonoscope studio.",
        )

    def _checked(self, response: httpx.Response) -> httpx.Response:
        if response.status_code < 300:
            return response
        if response.status_code == 401:
            raise UsageError(
                f"The server {self.name} does not know who you are.",
                "Make a key there (phonoscope studio key create NAME), and give it by --api-key or PHONOSCOPE_API_KEY.",
            )
        try:
            problem = response.json()
        except ValueError:
            problem = None
        if not isinstance(problem, dict) or "title" not in problem or "type" not in problem:
            raise self._stranger(response)
        raise error_of(problem)

    def _stranger(self, response: httpx.Response | None = None) -> PhonoscopeError:
        if response is not None and response.status_code >= 500:
            return MachineError(f"The server {self.name} answers {response.status_code}.", "Try again later.")
        return UsageError(f"What answers at {self.name} is no Phonoscope studio.", "Check the address.")


def _parts(url: str) -> Any:
    try:
        parts = urlsplit(url.strip())
        wrong = parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0 or "@" in parts.netloc
    except ValueError:
        wrong = True
    if wrong:
        raise UsageError(
            f"'{url[:80]}' is no address of a server.", "Write it as in --server https://studio.example.org"
        )
    return parts


def _wanted_pause_s(response: httpx.Response) -> float:
    told = response.headers.get("Retry-After", "")
    return float(told) if told.isascii() and told.isdigit() else 0.0


def error_of(problem: dict[str, Any]) -> PhonoscopeError:
    """Return what a server tells as a problem (RFC 9457) as our own error, by what can be done about it."""
    status, kind = problem.get("status"), str(problem.get("type")).rpartition("/")[2]
    title, remedy = str(problem.get("title")), str(problem.get("remedy") or "")
    if not isinstance(status, int) or status >= 500 or status == 429:
        return MachineError(title, remedy)
    if kind in ("consent-needed", "not-found", "forbidden"):
        return UsageError(title, remedy)
    faults = problem.get("errors")
    told = tuple(
        SceneError(str(one.get("message")), str(one.get("remedy") or ""), str(one.get("path") or ""))
        for one in (faults if isinstance(faults, list) else ())
        if isinstance(one, dict)
    )
    if not told:
        return InputError(title, remedy)
    lines = [title, *(f"  {one.path or 'the document'}: {one}" for one in told[:20])]
    return SceneError("\n".join(lines), "", told[0].path, told)
