"""How much memory processes hold, and how much there is: read where Linux tells, and nothing elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

PROCESSES: Final = Path("/proc")

CONTAINER_LIMITS: Final = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
"""Where a container's own limit stands, by the version of cgroups."""

_TOTAL: Final = re.compile(r"^MemTotal:\s+(\d+) kB", re.MULTILINE)


def machine_bytes() -> int | None:
    """Return how much memory the machine has, or the container; None where the system does not tell."""
    found = []
    with suppress(OSError):
        found += [1024 * int(told) for told in _TOTAL.findall((PROCESSES / "meminfo").read_text())]
    for path in CONTAINER_LIMITS:
        with suppress(OSError, ValueError):  # "max": there is no limit
            found.append(int(path.read_text()))
    return min(found, default=None)


def held_bytes(process_id: int) -> int:
    """Return what a process and those that it has started hold for themselves; 0 where the system does not tell."""
    return sum(_own_bytes(member) for member in family(process_id))


def family(process_id: int) -> Iterator[int]:
    """Yield a process and those that it has started, and those that they have."""
    yield process_id
    for listed in (PROCESSES / str(process_id)).glob("task/*/children"):
        with suppress(OSError):
            for child in listed.read_text().split():
                yield from family(int(child))


def _own_bytes(process_id: int) -> int:
    try:
        resident, shared = (PROCESSES / str(process_id) / "statm").read_text().split()[1:3]
    except (OSError, ValueError):  # it has just ended
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")
