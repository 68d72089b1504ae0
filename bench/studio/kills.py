"""Workers and servers are killed in the middle of renders: is every one done, once, and no half file served?"""

from __future__ import annotations

import hashlib
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import httpx
import numpy as np
from sqlalchemy import func, select

from bench.studio.restarting import Restarted
from bench.table import Figure
from phonoscope.media.reader import read_frames
from phonoscope.studio.events.tables import Event
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.renders.tables import Render

LINE = "Whatever happens to the machine, this video will be whole in the end. Pull the plug, and I go on talking. "

PATIENCE_S = 600.0

LONGEST_WAIT_S = 8.0
"""From a worker's taking a render to its end at most: so it meets speaking, drawing, joining and keeping."""

WAITING = 2
"""Renders that wait or run, so that the worker is always at one."""

LOOK_EVERY_S = 0.2
FPS = 30
UNFINISHED = ("queued", "running")

Found = TypeVar("Found")


def kills(quick: bool) -> list[Figure]:
    """Kill workers, then servers, while renders are made, and look at what becomes of the renders."""
    count = 3 if quick else 20
    chance = np.random.default_rng(1891)
    with tempfile.TemporaryDirectory() as folder:
        studio = Restarted(Path(folder))
        watch = Watch(studio.client)
        try:
            for each in ("worker", "server"):
                for number in range(count):
                    _kill_one(studio, watch, each, chance)
                    print(f"  {number + 1} of {count}: killed a {each}", flush=True)
            _await_all(studio, watch)
            watch.end()
            return [
                Figure("kills of workers and servers during renders", 2 * count, ""),
                *_judge(studio, watch, folder),
            ]
        finally:
            watch.end()
            studio.stop()


class Watch:
    """Asks for the files of renders all the time, as a page would, and remembers what was served whole."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._over = threading.Event()
        self.renders: list[str] = []
        self.served: dict[str, set[str]] = defaultdict(set)
        self.odd: list[str] = []
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def end(self) -> None:
        """Ask no more."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            for render_id in tuple(self.renders):
                try:
                    answer = self._client.get(f"/api/v1/renders/{render_id}/files/video.mp4")
                except httpx.TransportError:
                    continue  # the server was killed: whoever asks sees that the answer is not whole
                if answer.status_code == 200:
                    self.served[render_id].add(hashlib.sha256(answer.content).hexdigest())
                elif answer.status_code != 404:
                    self.odd.append(f"{answer.status_code}: {answer.text}")


def _kill_one(studio: Restarted, watch: Watch, which: str, chance: np.random.Generator) -> None:
    """Kill a worker that is at a render, or the server that keeps it, some time after it began."""
    while True:
        _keep_busy(studio, watch, chance)
        begun = _until(studio.running, "a worker takes a render")
        time.sleep(chance.uniform(0, LONGEST_WAIT_S))
        met = studio.running()
        if met is not None and _same(met, begun):
            break
    if which == "worker":
        studio.kill_worker(met)
    else:
        studio.kill_server()
    _until(lambda: (after := studio.running()) is None or not _same(after, met), "the killed worker's job is given on")


def _same(one: Job, other: Job) -> bool:
    return (one.id, one.attempt) == (other.id, other.attempt)


def _keep_busy(studio: Restarted, watch: Watch, chance: np.random.Generator) -> None:
    with studio.database.session() as session:
        unfinished = select(func.count()).where(Job.kind == "render", Job.state.in_(UNFINISHED))
        missing = WAITING - (session.scalar(unfinished) or 0)
    for _ in range(missing):
        scene = {"avatars": [{"picture": "avatar:anna"}], "script": LINE * int(chance.integers(1, 3))}
        document = {"schema": "scene.1", "captions": {"shown": True, "style": "block"}, "scenes": [scene]}
        answer = studio.client.post("/api/v1/renders", json={"document": document, "format": "mp4"})
        watch.renders.append(answer.raise_for_status().json()["id"])


def _await_all(studio: Restarted, watch: Watch) -> None:
    for render_id in watch.renders:
        _until(partial(_has_ended, studio.client, render_id), f"render {render_id} ends")
    time.sleep(2 * LOOK_EVERY_S * len(watch.renders))  # so that each is served once more


def _has_ended(client: httpx.Client, render_id: str) -> bool:
    return client.get(f"/api/v1/renders/{render_id}").json()["state"] not in UNFINISHED


def _until(found: Callable[[], Found | None], what: str) -> Found:
    end_s = time.monotonic() + PATIENCE_S
    while not (value := found()):
        if time.monotonic() > end_s:
            raise SystemExit(f"Not within {PATIENCE_S:.0f} s: {what}.")
        time.sleep(LOOK_EVERY_S)
    return value


def _judge(studio: Restarted, watch: Watch, folder: str) -> list[Figure]:
    not_done = not_once = half = 0
    attempts = []
    for render_id in watch.renders:
        told = studio.client.get(f"/api/v1/renders/{render_id}").json()
        with studio.database.session() as session:
            done = select(func.count()).where(Event.render_id == render_id, Event.type == "render.done")
            not_once += session.scalar(done) != 1
            attempts.append(session.get_one(Job, session.get_one(Render, render_id).job_id).attempt)
        if told["state"] != "done":
            not_done += 1
            print(f"  {render_id}: {told['state']} {told['error']}")
            continue
        content = studio.client.get(told["files"][0]["url"]).content
        half += watch.served[render_id] - {hashlib.sha256(content).hexdigest()} != set()
        half += not _is_whole(content, told["duration_s"], Path(folder) / "served.mp4")
    return [
        Figure("renders made meanwhile", len(watch.renders), ""),
        Figure("most tries of one render", max(attempts), ""),
        Figure("renders not done in the end", not_done, "", "<= 0"),
        Figure("renders done more or less than once", not_once, "", "<= 0"),
        Figure("renders of which half a file was served", half, "", "<= 0"),
        Figure("other answers than a whole file or none", len(watch.odd), "", "<= 0"),
    ]


def _is_whole(content: bytes, duration_s: float, file: Path) -> bool:
    """Tell whether all frames of a video can be seen."""
    file.write_bytes(content)
    return sum(1 for _ in read_frames(file)) == round(duration_s * FPS)
