"""``phonoscope mark``: the guess, the page, and who may reach it."""

from __future__ import annotations

import http.client
import io
import json
import re
import threading
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from phonoscope.avatars.photo.marks import read_rig, rig_text
from phonoscope.cli.mark_server import MarkServer
from phonoscope.core.errors import OutputError, PhotoError
from tests.avatars.photo.drawings import toaster
from tests.cli.conftest import Run

JSON = {"Content-Type": "application/json"}
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MarkServer]:
    picture, marks = toaster()
    with MarkServer(picture, rig_text([marks], picture.size_px), tmp_path / "toaster.rig.json") as running:
        yield running


def ask(server: MarkServer, name: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
    """Ask for a part of the page, or send to it."""
    return ask_path(server, f"/{server.token}/{name}", body, headers)


def ask_path(server: MarkServer, path: str, body: bytes | None, headers: dict[str, str] | None = None) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET" if body is None else "POST", path, body, (JSON if body else {}) | (headers or {}))
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def test_the_page_needs_nothing_from_elsewhere(server: MarkServer) -> None:
    for name in ("", "page.js", "points.js", "view.js", "page.css", "icon.svg"):
        status, headers, body = ask(server, name)
        assert status == 200
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        text = body.decode().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|//[a-z]+\.|eval\(|innerHTML|<script>| on\w+=\"| style=\"", text), name


def test_every_element_that_the_page_looks_up_is_there() -> None:
    page = resources.files("phonoscope.cli").joinpath("mark_page")
    html = page.joinpath("index.html").read_text("utf-8")
    used = set(re.findall(r'find\("(\w+)"\)', page.joinpath("page.js").read_text("utf-8")))
    assert used and used <= set(re.findall(r'id="(\w+)"', html))


def test_picture_and_marks_are_served(server: MarkServer) -> None:
    _, _, body = ask(server, "picture.jpg")
    assert Image.open(io.BytesIO(body)).size == (640, 480)
    _, _, body = ask(server, "marks.json")
    assert json.loads(body)["faces"][0]["name"] == "Toaster"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/wrong/", {}),
        ("/{token}", {}),
        ("/{token}/../../etc/passwd", {}),
        ("/{token}/%2e%2e/page.js", {}),
        ("/{token}/", {"Host": "example.org"}),
    ],
)
def test_strangers_learn_nothing(server: MarkServer, path: str, headers: dict[str, str]) -> None:
    status, _, body = ask_path(server, path.format(token=server.token), None, headers)
    assert (status, body) == (404, b"Not found.")


def test_a_preview_shows_the_mouth_moving(server: MarkServer) -> None:
    status, headers, body = ask(server, "preview", server.marks.encode())
    assert (status, headers["Content-Type"]) == (200, "image/png")
    strip = np.array(Image.open(io.BytesIO(body)))
    assert strip.shape == (560, 840, 3)
    shut, wide = strip[:280, 280:560].astype(int), strip[:280, 560:]
    assert (np.abs(shut - wide).max(-1) > 60).mean() > 0.01


def test_saving_writes_the_marks_and_ends_the_command(server: MarkServer) -> None:
    document: dict[str, Any] = json.loads(server.marks)
    document["faces"][0]["chin"] = [321, 373]
    ended: list[bool] = []
    waiting = threading.Thread(target=lambda: ended.append(server.wait()))
    waiting.start()
    status, _, _ = ask(server, "save", json.dumps(document).encode())
    waiting.join(10)
    assert (status, ended) == (200, [True])
    assert read_rig(server.target, (640, 480))[0].chin == (321, 373)


def test_leaving_writes_nothing(server: MarkServer) -> None:
    assert ask(server, "leave", b"{}")[0] == 200
    assert server.wait() is False
    assert not server.target.exists()


def test_unsound_marks_are_told_and_not_written(server: MarkServer) -> None:
    document: dict[str, Any] = json.loads(server.marks)
    document["faces"][0]["chin"] = [320, 100]
    for name in ("save", "preview"):
        status, _, body = ask(server, name, json.dumps(document).encode())
        assert status == 422
        assert "the chin does not lie below" in json.loads(body)["message"]
    assert not server.target.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Length": "2000000"}, 413),
        ({"Content-Length": "many"}, 411),
        ({"Content-Length": "-1"}, 411),
    ],
)
def test_what_is_sent_must_be_json_of_a_sane_length(server: MarkServer, headers: dict[str, str], status: int) -> None:
    assert ask(server, "save", b"{}", headers)[0] == status
    assert not server.target.exists()


def test_a_taken_port_is_told(server: MarkServer, tmp_path: Path) -> None:
    picture, marks = toaster()
    with pytest.raises(OutputError, match="Choose another --port"):
        MarkServer(picture, rig_text([marks], picture.size_px), tmp_path / "x.rig.json", server.port)


def test_no_file_is_replaced_by_a_guess(run: Run, photo: Path) -> None:
    before = photo.read_bytes()
    assert run("mark", photo, "--guess-only", "-o", photo).code == 2
    assert photo.read_bytes() == before
    marks = photo.with_suffix(".rig.json")
    marks.write_text("mine")
    assert run("mark", photo, "--guess-only").code == 2
    assert marks.read_text() == "mine"
    assert run("mark", photo, "--guess-only", "--overwrite").code == 0
    assert marks.read_text() != "mine"


def test_guess_only_writes_a_rig_beside_the_photo(run: Run, photo: Path) -> None:
    ran = run("mark", photo, "--guess-only")
    assert ran.code == 0, ran.err
    (face,) = read_rig(photo.with_suffix(".rig.json"), (256, 256))
    assert face.kind == "person" and len(face.eyes) == 2


def test_a_photo_that_cannot_be_read_opens_no_page(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes.jpg"
    path.write_text("no picture")
    ran = run("mark", path, "--no-browser")
    assert ran.code == PhotoError.exit_code
    assert list(tmp_path.iterdir()) == [path]
