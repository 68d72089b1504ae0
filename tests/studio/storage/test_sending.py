"""Files as browsers get them: whole, in parts, not again, and never as something that runs."""

from __future__ import annotations

import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.testclient import TestClient

from phonoscope.studio.state import CurrentStudio, Studio
from phonoscope.studio.storage.sending import SentFile, file_route, safe_name, send_file

CONTENT = bytes(range(256)) * 5000
KEY = "users/x/assets/abc.mp4"

router = APIRouter()


@file_route(router, "/file", operation_id="get_file")
def file(
    request: Request, studio: CurrentStudio, type: str = "video/mp4", name: str = "My film.mp4", download: bool = False
) -> Response:
    return send_file(request, studio.store, SentFile(KEY, type, name, download))


@pytest.fixture
def files(app: FastAPI, studio: Studio, anonymous: TestClient) -> TestClient:
    # Before the page, which answers all that nobody else does.
    app.router.routes[:0] = router.routes
    studio.store.put(KEY, CONTENT)
    return anonymous


def test_a_file_is_sent_whole(files: TestClient) -> None:
    answer = files.get("/file")
    assert answer.status_code == 200 and answer.content == CONTENT
    assert answer.headers["content-length"] == str(len(CONTENT))
    assert answer.headers["accept-ranges"] == "bytes" and "content-encoding" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-99", 10, 100),
        ("bytes=1279990-", 1_279_990, 1_280_000),
        ("bytes=-5", 1_279_995, 1_280_000),
        ("bytes=100-99999999999999999999999999", 100, 1_280_000),
        ("bytes=-99999999", 0, 1_280_000),
        ("BYTES=5-6", 5, 7),
    ],
)
def test_a_part_is_sent_that_was_asked_for(files: TestClient, asked: str, start: int, end: int) -> None:
    answer = files.get("/file", headers={"range": asked})
    assert answer.status_code == 206 and answer.content == CONTENT[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=-", "-5"])
def test_what_is_no_part_is_answered_with_the_whole(files: TestClient, asked: str) -> None:
    answer = files.get("/file", headers={"range": asked})
    assert answer.status_code == 200 and answer.content == CONTENT


@pytest.mark.parametrize("asked", ["bytes=1280000-", "bytes=-0", "bytes=9999999-99999999"])
def test_a_part_beyond_the_end_is_refused(files: TestClient, asked: str) -> None:
    answer = files.get("/file", headers={"range": asked})
    assert answer.status_code == 416 and answer.headers["content-range"] == "bytes */1280000"
    assert answer.json()["title"]


def test_a_file_that_is_known_is_not_sent_again(files: TestClient, studio: Studio) -> None:
    tag = files.get("/file").headers["etag"]
    assert files.get("/file", headers={"if-none-match": f'"other", W/{tag}'}).status_code == 304
    assert files.get("/file", headers={"range": "bytes=0-9", "if-range": tag}).status_code == 206
    assert files.get("/file", headers={"range": "bytes=0-9", "if-range": '"other"'}).content == CONTENT
    studio.store.put(KEY, CONTENT[1:])
    assert files.get("/file", headers={"if-none-match": tag}).status_code == 200


def test_heads_tell_the_size_alone(files: TestClient) -> None:
    answer = files.head("/file", headers={"range": "bytes=0-9"})
    assert answer.status_code == 206 and answer.content == b"" and answer.headers["content-length"] == "10"
    assert files.head("/file").headers["content-length"] == str(len(CONTENT))


def test_only_pictures_and_films_are_shown(files: TestClient) -> None:
    def disposition(**query: str) -> str:
        return files.get("/file", params=query).headers["content-disposition"]

    assert disposition() == 'inline; filename="My film.mp4"'
    assert disposition(download="1").startswith("attachment")
    assert disposition(type="text/html", name="x.html").startswith("attachment")


def test_names_are_made_safe(files: TestClient) -> None:
    told = files.get("/file", params={"name": 'Größe\r\nX: 1"; 日本/../..\\a.mp4'}).headers
    assert told["content-disposition"].startswith('inline; filename="Gr__e_X_ 1_; __') and "x" not in told
    assert "filename*=UTF-8''Gr%C3%B6%C3%9Fe_X_%201_%3B%20%E6%97%A5%E6%9C%AC" in told["content-disposition"]
    assert safe_name("...") == "file" and len(safe_name("a" * 999)) == 150


def test_text_is_sent_as_it_is_and_in_parts(files: TestClient) -> None:
    answer = files.get("/file", params={"type": "text/vtt"}, headers={"range": "bytes=0-999"})
    assert answer.status_code == 206 and answer.content == CONTENT[:1000]
    assert "content-encoding" not in answer.headers


def test_a_missing_file_is_not_found(files: TestClient, studio: Studio) -> None:
    studio.store.delete(KEY)
    assert files.get("/file").status_code == 404
