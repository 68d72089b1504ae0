"""Two hundred people read at once while twenty renders wait: how long does the page wait for its answers?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from bench.studio.serving import serving
from bench.table import Figure
from phonoscope.studio.running.alone import LOCK_NAME

READERS = 200
RENDERS = 20
PROJECTS = 10
LINE = "Two hundred people look on while I speak, and nobody has to wait for the page. " * 4


def load(quick: bool) -> list[Figure]:
    """Queue renders, let readers read and listen, and return how long their answers took."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        with serving(data_dir, Path(folder) / "log") as client:
            _fill(client)
            pid = json.loads((data_dir / LOCK_NAME).read_text("utf-8"))["pid"]
            used_s = _cpu_s(pid)
            seconds = 15 if quick else 60
            seen = _read(client, seconds)
            unfinished = sum(
                it["state"] in ("queued", "running") for it in client.get("/api/v1/renders").json()["items"]
            )
            return [*_judged(seen, unfinished), *_taken(pid, (_cpu_s(pid) - used_s) / seconds)]


def _fill(client: httpx.Client) -> None:
    scene = {"avatars": [{"picture": "avatar:anna"}], "script": LINE}
    document = {"schema": "scene.1", "captions": {"shown": True, "style": "block"}, "scenes": [scene]}
    for _ in range(PROJECTS):
        client.post("/api/v1/projects").raise_for_status()
    for _ in range(RENDERS):
        client.post("/api/v1/renders", json={"document": document, "format": "mp4"}).raise_for_status()


def _read(client: httpx.Client, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.studio.reading", str(client.base_url), str(READERS), str(seconds)]
    key = client.headers["Authorization"].partition(" ")[2]
    done = subprocess.run(command, input=key, stdout=subprocess.PIPE, text=True, check=True)
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def _judged(seen: dict[str, Any], unfinished: int) -> list[Figure]:
    for error, count in Counter(seen["errors"]).most_common(10):
        print(f"  {count} × {error}")
    for name, took_s in sorted(seen["took_s"].items()):
        median_ms, slow_ms = 1000 * np.percentile(took_s, [50, 95])
        print(f"  {name}: median {median_ms:.0f} ms, 95 % within {slow_ms:.0f} ms")
    all_ms = [1000 * one_s for took_s in seen["took_s"].values() for one_s in took_s]
    return [
        Figure("load: answers to 200 readers who listen, too", len(all_ms), ""),
        Figure("load: renders that wait or run meanwhile", unfinished, ""),
        Figure("load: errors", len(seen["errors"]), "", "<= 0"),
        Figure("load: median answer", float(np.median(all_ms)), "ms", "<= 50"),
        Figure("load: 95 of 100 answers within", float(np.percentile(all_ms, 95)), "ms"),
        Figure("load: events that arrived", seen["events"], ""),
    ]


def _taken(pid: int, cores: float) -> list[Figure]:
    """Return what the server needed for it."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    most_kb = int(status.partition("VmHWM:")[2].split()[0])
    return [
        Figure("load: cores that the server took", cores, ""),
        Figure("load: most memory of the server", most_kb / 1024, "MiB"),
    ]


def _cpu_s(pid: int) -> float:
    """Return the seconds that a process has worked."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
