"""The page that plays an interactive video: one HTML file, with its script, its style, and, if wanted, its videos."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, TextIO

from phonoscope.interactive.labels import direction_of, labels_for
from phonoscope.media.subtitles import Cue
from phonoscope.scene.document.video import Scene, SceneDocument

MIME = "video/mp4"

BLOCK_BYTES = 3 * 1 << 18
"""Of a video that is turned into text; a multiple of three, so that the pieces join without padding."""

_FIELD = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class PlayedScene:
    """A scene that has been rendered.

    Attributes
    ----------
    id
        What it is called.
    file
        Its video.
    cues
        What is said in it.
    """

    id: str
    file: Path
    cues: Sequence[Cue]


def write_page(file: TextIO, document: SceneDocument, played: Sequence[PlayedScene], folder: str | None) -> None:
    """Write the page.

    Parameters
    ----------
    played
        All scenes, in the document's order.
    folder
        Where the videos lie, from the page; None to put them into the page itself.
    """
    script, style = _asset("player.js"), _asset("player.css")
    width, height = document.canvas.size_px
    labels = labels_for(document.language)
    fields = {
        "language": html.escape(document.language or "en"),
        "direction": direction_of(document.language),
        "title": html.escape(document.title or "Video"),
        "description": html.escape(document.description),
        "script_hash": "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "style": style,
        "script": script,
        "width": str(width),
        "height": str(height),
        "noscript": html.escape(labels["noscript"]),
        "story": _inert(story_of(document, played, folder)),
    }
    place = 0
    page = _asset("player.html")
    for found in _FIELD.finditer(page):
        file.write(page[place : found.start()])
        place = found.end()
        if found[1] != "videos":
            file.write(fields[found[1]])
        elif folder is None:
            for scene in played:
                file.writelines(_embedded(scene))
    file.write(page[place:])


def story_of(document: SceneDocument, played: Sequence[PlayedScene], folder: str | None) -> dict[str, Any]:
    """Return what the player is told: the scenes, where they lead, and what is said in them."""
    ids = document.scene_ids
    return {
        "title": document.title,
        "language": document.language,
        "start": ids[0],
        "labels": labels_for(document.language),
        "scenes": [
            {
                "id": each.id,
                "video": None if folder is None else f"{folder}/{each.file.name}",
                "type": MIME,
                "description": scene.description,
                "cues": [[cue.start_s, cue.end_s, cue.text, cue.speaker] for cue in each.cues],
                "next": next_scene(document, index),
                "interaction": None if scene.interaction is None else scene.interaction.model_dump(mode="json"),
            }
            for index, (scene, each) in enumerate(zip(document.scenes, played, strict=True))
        ],
    }


def next_scene(document: SceneDocument, index: int) -> str | None:
    """Return the scene that follows one without a question; None at the end."""
    scene: Scene = document.scenes[index]
    if scene.next is not None:
        return None if scene.next == "end" else scene.next
    ids = document.scene_ids
    return ids[index + 1] if index + 1 < len(ids) else None


def _embedded(scene: PlayedScene) -> Iterator[str]:
    """Yield a video as text, piece by piece."""
    yield f'<script type="text/plain" id="video-{html.escape(scene.id)}">'
    with scene.file.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            yield base64.b64encode(block).decode("ascii")
    yield "</script>\n"


def _inert(data: Any) -> str:
    """Return JSON that ends no script, whatever its strings hold."""
    text = json.dumps(data, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _asset(name: str) -> str:
    return resources.files("phonoscope").joinpath("assets/player", name).read_text("utf-8")
