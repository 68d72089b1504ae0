"""What hostile uploads must not do: leave files elsewhere, or make the studio ask strangers."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EXPECTED = re.compile(
    r"studio\.db(-wal|-shm|-journal)?|.*\.lock"
    r"|work/uploads/[0-9a-z]{26}\.part"
    r"|files/users/[0-9a-z]{26}/assets/[0-9a-f]{64}\.[0-9a-z.]{2,11}"
    r"|files/users/[0-9a-z]{26}/thumbnails/[0-9a-f]{40,64}\.webp"
    r"|files/(users/[0-9a-z]{26}|shared)/cache/[0-9a-f]{40}\.[0-9a-z]{2,5}"
)
"""Where the studio keeps files, from its data folder."""


def misplaced(data_dir: Path, before: frozenset[str] = frozenset()) -> list[str]:
    """Return what lies about in and beside the data folder of a studio and was not there before."""
    found = tree(data_dir) - before
    return sorted(name for name in found if not EXPECTED.fullmatch(name))


def tree(data_dir: Path) -> frozenset[str]:
    """Return the files in a data folder and beside it, as paths from it; links are files here."""
    inside = [it.relative_to(data_dir).as_posix() for it in data_dir.rglob("*") if it.is_symlink() or not it.is_dir()]
    beside = [f"../{it.name}" for it in data_dir.parent.iterdir() if it != data_dir]
    return frozenset(inside + beside)


class Visitors(list[str]):
    """Who came to an address that only hostile files name."""

    address = ""


@contextmanager
def expecting_nobody() -> Iterator[Visitors]:
    """Listen at an address of this computer, and note what anybody asks there."""
    visitors = Visitors()
    with socket.create_server(("127.0.0.1", 0)) as server:
        visitors.address = f"http://127.0.0.1:{server.getsockname()[1]}"

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(1)
                    visitors.append(connection.recv(200).decode("latin-1"))

        threading.Thread(target=listen, daemon=True).start()
        yield visitors
        server.shutdown(socket.SHUT_RDWR)
