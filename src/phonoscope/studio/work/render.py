"""A render: a video in the form that was asked for, kept when it is whole."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from phonoscope.core.errors import OutputError, PhonoscopeError
from phonoscope.studio.database.base import now
from phonoscope.studio.jobs.queue import Claim
from phonoscope.studio.renders.files import NAMES, file_key, media_type, thumbnail_key, work_folder
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.renders.telling import tell_render  # noqa: F401 - so that its events are told here, too
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.frames import frame_at
from phonoscope.studio.work.opening import open_document, without_paths
from phonoscope.studio.work.progress import SPANS, Progress
from phonoscope.studio.work.thumbnails import thumbnail

if TYPE_CHECKING:
    from phonoscope.core.events import Event
    from phonoscope.core.frames import Picture
    from phonoscope.rendering.options import RenderOptions

MADE = "made.json"
"""In the work folder: tells that the video is whole, and which files belong to it."""

THUMBNAIL_S = 3.0
"""When in a video its thumbnail is taken, or else in its middle: everybody is there."""


@dataclass(frozen=True, slots=True)
class Made:
    """A video that was rendered into its work folder: names of its files, the first one itself, and its length."""

    files: tuple[str, ...]
    duration_s: float


def render(bench: Bench, claim: Claim) -> Done:
    """Make the video that a job names; what an earlier try has finished is not done again."""
    render_id = str(claim.payload["render_id"])
    with bench.database.session() as session:
        asked = session.get(Render, render_id)
    if asked is None:
        return Done({})
    folder = work_folder(bench.settings, render_id)
    folder.mkdir(parents=True, exist_ok=True)
    progress = Progress(bench.report)
    made = _made_before(folder) or _make(bench, asked, folder, _Timed(bench, render_id, progress))
    progress.enter("save")
    files = [_kept(bench, asked, claim.job_id, folder / name) for name in made.files]
    card_key = thumbnail_key(asked.owner_id, render_id, claim.job_id)
    bench.store.put(card_key, thumbnail(_scene_of(folder, made)))

    def also(session: Session) -> None:
        row = session.get(Render, render_id, with_for_update=True)
        if row is not None:
            row.files, row.thumbnail_key, row.duration_s = files, card_key, made.duration_s
        shutil.rmtree(folder, ignore_errors=True)

    return Done({"render_id": render_id}, also)


class _Timed:
    """Passes events on, and writes down when drawing began, from which the time that is left is told.

    Whatever an earlier try has drawn is there at once, and says nothing about how quick this one is.
    """

    def __init__(self, bench: Bench, render_id: str, progress: Progress) -> None:
        self._bench, self._render_id, self._progress = bench, render_id, progress
        self._begun = False

    def __call__(self, event: Event) -> None:
        """Take an event."""
        self._progress(event)
        if not self._begun and self._progress.share > SPANS["render"][0]:
            self._begun = True
            with self._bench.database.transaction() as session:
                row = session.get(Render, self._render_id)
                if row is not None:
                    row.drawn_from, row.drawn_since = self._progress.share, now()


def _make(bench: Bench, asked: Render, folder: Path, events: _Timed) -> Made:
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
    made = Made((output.name, *(path.name for path in video.sidecars)), video.duration_s)
    text = json.dumps({"files": made.files, "duration_s": made.duration_s})
    part = folder / f".{MADE}"
    part.write_text(text, "utf-8")
    part.replace(folder / MADE)
    return made


def _made_before(folder: Path) -> Made | None:
    """Return what an earlier try has made whole, but could not keep."""
    try:
        told = json.loads((folder / MADE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Made(tuple(told["files"]), told["duration_s"])


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
            file.write(name, name.name)
    return path


def _kept(bench: Bench, asked: Render, job_id: str, path: Path) -> dict[str, Any]:
    """Put a file into the storage, whole, and return what is told of it."""
    key = file_key(asked.owner_id, asked.id, job_id, path.name)
    bench.store.put(key, path)
    return {"name": path.name, "media_type": media_type(path.name), "bytes": path.stat().st_size, "key": key}


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
        return load_picture(pictures[len(pictures) // 2])
    shown = frame_at(folder / made.files[0], min(THUMBNAIL_S, made.duration_s / 2))
    if shown is None:
        raise OutputError("The video shows nothing.", "Try it again.")
    return shown
