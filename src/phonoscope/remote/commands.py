"""The commands, done by a server: ``say``, ``lip`` and ``render``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from phonoscope.choices import VideoChoices
from phonoscope.core.errors import UsageError
from phonoscope.core.events import EventSink
from phonoscope.remote import scenes, talking
from phonoscope.remote.rendering import Made, Wanted, render_there
from phonoscope.remote.server import Server
from phonoscope.remote.talking import Spoken
from phonoscope.remote.uploading import Uploads
from phonoscope.scene.document.reading import ReadScene


@dataclass(frozen=True, slots=True)
class Login:
    """Where a server is, and who asks."""

    url: str
    key: str


def talk_there(
    login: Login, picture: Path, spoken: Spoken, target: Path, choices: VideoChoices, events: EventSink
) -> Made:
    """Let a server make a picture talk.

    Raises
    ------
    PhonoscopeError
        It cannot, or something stands in the way.
    """
    wanted = talking.wanted(target, choices)
    wanted.check()
    talking.refuse_what_does_not_travel(picture, spoken, choices)
    with Server(login.url, login.key) as server:
        _greet(server, brings_files=not str(picture).startswith("avatar:") or spoken.recording is not None)
        uploads = Uploads(server, events)
        document = talking.document(picture, spoken, choices, uploads, wanted.format)
        return render_there(server, document, wanted, events)


def render_scene_there(
    login: Login, read: ReadScene, wanted: Wanted, changes: scenes.Changes, events: EventSink
) -> Made:
    """Let a server render a document.

    Raises
    ------
    PhonoscopeError
        It cannot, or something stands in the way.
    """
    wanted.check()
    with Server(login.url, login.key) as server:
        _greet(server, brings_files=scenes.names_files(read))
        document = scenes.uploaded(read, Uploads(server, events), changes)
        return render_there(server, document, wanted, events)


def _greet(server: Server, brings_files: bool) -> None:
    """Find out before anything is uploaded whether the server knows us, and may take files of people."""
    session = server.told("GET", "/api/v1/session")
    if brings_files and not session.get("consent"):
        raise UsageError(
            "You have not stated yet that you may use the faces and voices that you bring.",
            f"Do so once in the studio's page at {server.name}, or when you make the key: --consent.",
        )
