"""A render: a video in the form that was asked for, kept when it is whole."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from phonoscope.core.errors import OutputError, PhonoscopeError
from phonoscope.studio.accounts.room import lock_account, refuse_beyond_room
from phonoscope.studio.database.base import now
from phonoscope.studio.documents.digest import document_digest
from phonoscope.studio.jobs.queue import Claim
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.problems import Problem
from phonoscope.studio.renders.files import NAMES, file_key, media_type, render_folder, thumbnail_key, work_folder
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.renders.telling import tell_render  # noqa: F401 - so that its events are told here, too
from phonoscope.studio.storage.disk import full_disk, is_full, refuse_full
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.frames import frame_at
from phonoscope.studio.work.opening import open_document, without_paths
from phonoscope.studio.work.progress import SPANS, Progress
from phonoscope.studio.work.thumbnails import chequered, thumbnail

if TYPE_CHECKING:
    from phonoscope.core.events import Event
    from phonoscope.core.frames import Picture
    from phonoscope.rendering.options import RenderOptions

MADE = "made.json"
"""In the work folder: tells that the video is whole, of which document it is, and which files belong to it."""


@dataclass(frozen=True, slots=True)
class Made:
    """A video that was rendered into its work folder: its files, the first one itself, its length, and its poster."""

    files: tuple[str, ...]
    duration_s: float
    poster_s: float


def render(bench: Bench, claim: Claim) -> Done:
    """Make the video that a job names; what an earlier try has finished is not done again."""
    render_id = str(claim.payload["render_id"])
    with bench.database.session() as session:
        asked, job = session.get(Render, render_id), session.get(Job, claim.job_id)
    if asked is None or job is None:
        return Done({})
    folder = work_folder(bench.settings, render_id)
    progress = Progress(bench.report, job.progress)
    try:
        refuse_full(bench.settings.work_dir)
        folder.mkdir(parents=True, exist_ok=True)
        made = _made(bench, asked, folder, _Watched(bench, render_id, folder, progress))
        files = []
        for name in made.files:
            progress.enter("save")  # whoever stops it is heard
            files.append(_kept(bench, asked, claim.job_id, folder / name))
        card_key = thumbnail_key(asked.owner_id, render_id, claim.job_id)
        bench.store.put(card_key, thumbnail(chequered(_scene_of(folder, made))))
    except OSError as error:
        if not is_full(bench.settings.work_dir):
            raise
        # That others can work now counts for more than going on from here some time.
        shutil.rmtree(folder, ignore_errors=True)
        raise full_disk() from error

    def also(session: Session) -> None:
        row = session.get(Render, render_id, with_for_update=True)
        if row is None:  # deleted while its files were being kept
            bench.store.delete_folder(render_folder(asked.owner_id, render_id))
        else:
            row.files, row.thumbnail_key, row.duration_s = files, card_key, made.duration_s
            _refuse_beyond_room(bench, session, row)
        shutil.rmtree(folder, ignore_errors=True)

    return Done({"render_id": render_id}, also)


def _refuse_beyond_room(bench: Bench, session: Session, render: Render) -> None:
    """Let go of a video that its account has no room for: several may have been asked for while there was some.

    Raises
    ------
    Problem
        413.
    """
    lock_account(session, render.owner_id)
    session.flush()
    try:
        refuse_beyond_room(session, render.owner_id, bench.settings)
    except Problem:
        bench.store.delete_folder(render_folder(render.owner_id, render.id))
        shutil.rmtree(work_folder(bench.settings, render.id), ignore_errors=True)
        raise


class _Watched:
    """Passes events on, stops before the disk is full, and writes down when drawing began, for the time that is left.

    Whatever an earlier try has drawn is there at once, and says nothing about how quick this one is.
    """

    def __init__(self, bench: Bench, render_id: str, folder: Path, progress: Progress) -> None:
        from phonoscope.rendering.pulse import Pulse

        self._bench, self._render_id, self._progress = bench, render_id, progress
        self._watch = Pulse(lambda: refuse_full(folder))
        self._begun = False
        self._write_down(None, None)

    def __call__(self, event: Event) -> None:
        """Take an event."""
        self._watch()
        self._progress(event)
        if not self._begun and self._progress.share > SPANS["render"][0]:
            self._begun = True
            self._write_down(self._progress.share, now())

    def _write_down(self, drawn_from: float | None, drawn_since: datetime | None) -> None:
        with self._bench.database.transaction() as session:
            row = session.get(Render, self._render_id)
            if row is not None:
                row.drawn_from, row.drawn_since = drawn_from, drawn_since


def _made(bench: Bench, asked: Render, folder: Path, events: _Watched) -> Made:
    """Return the video that an earlier try has made whole, but could not keep, or render it into its work folder."""
    digest = document_digest(bench.store, asked.owner_id, asked.document)
    made = _made_before(folder, digest)
    if made is None:
        made = _make(bench, asked, folder, events)
        text = json.dumps({"digest": digest, **asdict(made)})
        part = folder / f".{MADE}"
        part.write_text(text, "utf-8")
        part.replace(folder / MADE)
    return made


def _make(bench: Bench, asked: Render, folder: Path, events: _Watched) -> Made:
    """Render a video into its work folder."""
    from phonoscope.rendering.render import render_scene

    output = folder / NAMES[asked.options["format"]]
    try:
        read = open_document(bench, asked.owner_id, asked.document)
        video = render_scene(read, output, _options(bench, asked.options), events)
    except PhonoscopeError as error:
        without_paths(error, {f"{folder}/": "", str(folder): "the folder"})
        raise
    if output.suffix == ".png":
        output = _zipped(folder, output)
    return Made((output.name, *(path.name for path in video.sidecars)), video.duration_s, video.poster_s or 0.0)


def _made_before(folder: Path, digest: str) -> Made | None:
    """Return what an earlier try has made of the same document, with the same marks in its photos."""
    try:
        told = json.loads((folder / MADE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    if told.pop("digest", None) != digest or "poster_s" not in told:
        return None
    return Made(**told | {"files": tuple(told["files"])})


def _options(bench: Bench, told: dict[str, Any]) -> RenderOptions:
    from phonoscope.rendering.options import RenderOptions, available_cores

    workers = bench.settings.workers
    return RenderOptions(
        resolution=told.get("resolution"),
        preset=told.get("preset") or "",
        companions=frozenset(told.get("companions") or ()),
        # Renders that run at once share the cores; one alone takes as many as are worth their start.
        jobs=None if workers == 1 else max(1, available_cores() // workers),
        overwrite=True,
    )


def _zipped(folder: Path, pattern: Path) -> Path:
    """Put single pictures and their sound into one file; they are packed already."""
    path = folder / "video.zip"
    names = sorted(entry for entry in folder.iterdir() if entry.suffix in (".png", ".wav"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        for name in names:
            refuse_full(folder, name.stat().st_size)
            file.write(name, name.name)
    return path


def _kept(bench: Bench, asked: Render, job_id: str, path: Path) -> dict[str, Any]:
    """Put a file into the storage, whole, and return what is told of it."""
    key, size = file_key(asked.owner_id, asked.id, job_id, path.name), path.stat().st_size
    refuse_full(bench.settings.work_dir, size)
    bench.store.put(key, path)
    return {"name": path.name, "media_type": media_type(path.name), "bytes": size, "key": key}


def _scene_of(folder: Path, made: Made) -> Picture:
    """Return a frame of a video that was made.

    Raises
    ------
    OutputError
        There is none, which cannot be.
    """
    from phonoscope.media.pictures import load_picture

    pictures = sorted(folder.glob("*.png"))
    if pictures:
        return load_picture(pictures[int(len(pictures) * made.poster_s / made.duration_s)])
    shown = frame_at(folder / made.files[0], made.poster_s)
    if shown is None:
        raise OutputError("The video shows nothing.", "Try it again.")
    return shown
