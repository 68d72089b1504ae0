"""An interactive document becomes a page, or a folder with a page and its videos."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from phonoscope.core.errors import SceneError, UsageError
from phonoscope.core.events import EventSink, FileWritten, Note, Progress, StageStarted, ignore_events
from phonoscope.credits import write_credits
from phonoscope.interactive.page import PlayedScene, write_page
from phonoscope.media.output import check_output, output_error, text_file
from phonoscope.media.subtitles import spoken_cues
from phonoscope.rendering.hearing import SceneVoice
from phonoscope.rendering.job import AssetTable
from phonoscope.rendering.opening import asset_table
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.rehearsal import hear_words
from phonoscope.rendering.render import render_scene
from phonoscope.scene.document.looks import Transition
from phonoscope.scene.document.reading import ReadScene
from phonoscope.scene.document.sounds import Music
from phonoscope.scene.document.video import SceneDocument

PAGE_SUFFIXES = (".html", ".htm")
PAGE, VIDEOS = "index.html", "videos"
"""What lies in a folder."""

GENERATOR = '<meta name="generator" content="Phonoscope">'
"""Stands in the head of every page of ours."""

_HEAD_LETTERS = 16_000
"""Of a page that are looked through for that; titles and descriptions are shorter."""

LARGE_BYTES = 150_000_000
"""A page that is larger opens slowly: a folder is better."""


def is_page(output: Path) -> bool:
    """Tell whether a single page is asked for, by its name."""
    return output.suffix.lower() in PAGE_SUFFIXES


def export_interactive(
    read: ReadScene, output: Path | str, options: RenderOptions | None = None, events: EventSink = ignore_events
) -> Path:
    """Render every scene of a document, and write the page that plays them.

    Parameters
    ----------
    output
        A name that ends in .html, for one file with everything inside; or else a folder, which gets ``index.html`` and
        the videos.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    UsageError, SceneError, OutputError
        As `rendering.render.render_scene`; nothing is left behind.
    """
    options, output = options or RenderOptions(), Path(output)
    options = replace(options, companions=frozenset())
    target = output if is_page(output) else output / PAGE
    _check(output, target, options.overwrite)
    with _work_folder(output) as work:
        played, credit = _render_all(read, work, options, events)
        if is_page(output):
            size = sum(scene.file.stat().st_size for scene in played)
            if size > LARGE_BYTES:
                events(Note(f"The page will have {size * 4 / 3e6:.0f} MB; a folder (-o NAME) opens faster."))
            with text_file(target, options.overwrite) as file:
                write_page(file, read.document, played, None)
        else:
            _write_folder(read, work, played, output)
    events(FileWritten(str(target)))
    if credit:
        events(FileWritten(str(write_credits(target, credit, overwrite=True))))
    return target


@contextmanager
def _work_folder(output: Path) -> Iterator[Path]:
    """Lend a hidden folder beside the output, which is gone afterwards."""
    try:
        folder = tempfile.TemporaryDirectory(dir=output.absolute().parent, prefix=".phonoscope-")
    except OSError as error:
        raise output_error(output, error) from error
    with folder as name:
        yield Path(name)


def _check(output: Path, target: Path, overwrite: bool) -> None:
    """Refuse at once what cannot be written."""
    if is_page(output):
        check_output(target, overwrite)
    elif output.exists() and not (output.is_dir() and not any(output.iterdir())):
        if not _is_ours(target):
            raise UsageError(f"'{output}' is there already, and is no page of ours.", "Choose another folder.")
        if not overwrite:
            raise UsageError(f"'{output}' exists already.", "Choose another name, or replace it with --overwrite.")


def _is_ours(page: Path) -> bool:
    """Tell whether a page was written by us."""
    try:
        with page.open(encoding="utf-8", errors="replace") as file:
            return GENERATOR in file.read(_HEAD_LETTERS)
    except OSError:
        return False


def _render_all(
    read: ReadScene, work: Path, options: RenderOptions, events: EventSink
) -> tuple[list[PlayedScene], str]:
    """Render each scene as a video of its own."""
    document, assets = read.document, AssetTable(asset_table(read).paths)
    played, credits = [], []
    for index in range(len(document.scenes)):
        events(StageStarted("scene", f"Scene {index + 1} of {len(document.scenes)}"))
        alone = scene_alone(document, index)
        file = work / f"{document.scene_id(index)}.mp4"
        try:
            made = render_scene(
                replace(read, document=alone, data=_data_alone(read, index)), file, options, _only_notes(events)
            )
        except SceneError as error:
            # Alone it was the first scene.
            path = error.path.replace("scenes[0]", f"scenes[{index}]")
            message = error.message.replace("scenes[0]", f"scenes[{index}]")
            raise SceneError(message, error.remedy, path) from error
        credits += [path.read_text("utf-8").split("\n\nPublish")[0] for path in made.sidecars]
        words = [(w.word, w.speaker) for w in hear_words(SceneVoice(alone, 0, assets)).words]
        played.append(PlayedScene(document.scene_id(index), file, tuple(spoken_cues(words))))
        events(Progress("scene", index + 1, len(document.scenes), "scenes"))
    return played, "\n".join(dict.fromkeys(credits))


def scene_alone(document: SceneDocument, index: int) -> SceneDocument:
    """Return a document with one scene of another, and the music that is heard in it."""
    scene = document.scenes[index].model_copy(
        update={"id": document.scene_id(index), "transition": Transition(), "interaction": None, "next": None}
    )
    music = [
        told.model_copy(update={"from_scene": "", "to_scene": ""})
        for told in document.music
        if _is_heard(told, document.scene_ids, index)
    ]
    return document.model_copy(
        update={"scenes": (scene,), "music": tuple(music), "seed": document.seed + index, "variables": {}}
    )


def _data_alone(read: ReadScene, index: int) -> dict[str, Any]:
    """Return what was written of one scene, for the places in messages."""
    scenes = read.data.get("scenes", [])
    return {**read.data, "scenes": scenes[index : index + 1]}


def _is_heard(music: Music, ids: Sequence[str], index: int) -> bool:
    first = ids.index(music.from_scene) if music.from_scene else 0
    last = ids.index(music.to_scene) if music.to_scene else len(ids) - 1
    return first <= index <= last


def _only_notes(events: EventSink) -> EventSink:
    """Pass notes on: the progress of one scene is not that of the whole."""
    return lambda event: events(event) if isinstance(event, Note) else None


def _write_folder(read: ReadScene, work: Path, played: Sequence[PlayedScene], output: Path) -> None:
    """Fill the folder, when all is there: the videos first, then the page that names them."""
    with text_file(work / PAGE) as file:
        write_page(file, read.document, played, VIDEOS)
    try:
        (output / VIDEOS).mkdir(parents=True, exist_ok=True)
        for scene in played:
            shutil.move(scene.file, output / VIDEOS / scene.file.name)
        shutil.move(work / PAGE, output / PAGE)
    except OSError as error:
        raise output_error(output, error) from error
