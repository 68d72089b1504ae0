"""What every request passes: headers, numbers, sizes, the log, packing."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.testclient import TestClient
from starlette.middleware import Middleware
from starlette.routing import Route
from structlog.testing import capture_logs

from phonoscope.studio import problems
from phonoscope.studio.running.logs import set_up_logs
from phonoscope.studio.serving.headers import CONTENT_POLICY
from phonoscope.studio.serving.sizes import ENVELOPE_BYTES, JSON_BYTES, LOGIN_BYTES, BodyLimit


@pytest.mark.parametrize("address", ["/health", "/nothing", "/api/v1/projects", "/"])
def test_all_answers_have_the_headers(anonymous: TestClient, address: str) -> None:
    headers = anonymous.get(address).headers
    assert headers["content-security-policy"] == CONTENT_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=(self)" in headers["permissions-policy"]
    assert "server" not in headers


def test_the_policy_allows_nothing_inline() -> None:
    assert "unsafe" not in CONTENT_POLICY
    assert "default-src 'none'" in CONTENT_POLICY
    assert "frame-ancestors 'none'" in CONTENT_POLICY


def test_endpoints_may_be_stricter(app: FastAPI, anonymous: TestClient) -> None:
    @app.get("/own")
    def own() -> Response:
        return Response(headers={"Content-Security-Policy": "sandbox"})

    assert anonymous.get("/own").headers["content-security-policy"] == "sandbox"


def test_what_is_somebodys_own_is_not_kept_by_others(anonymous: TestClient) -> None:
    assert "no-store" in anonymous.get("/api/v1/projects").headers["cache-control"]


def test_requests_have_different_numbers(anonymous: TestClient) -> None:
    numbers = {anonymous.get("/health", headers={"X-Request-Id": "mine"}).headers["x-request-id"] for _ in range(3)}
    assert len(numbers) == 3
    assert "mine" not in numbers


@pytest.mark.parametrize("address", ["/s/{}/video.mp4", "/results/01/1234/{}/video.mp4", "/video.mp4"])
def test_a_request_is_logged_without_its_secrets(anonymous: TestClient, address: str) -> None:
    with capture_logs() as lines:
        anonymous.get(f"{address.format('hunter2')}?key=hunter2")
    told = next(line for line in lines if line["event"] == "request")
    assert (told["method"], told["path"]) == ("GET", address.format("***"))
    assert told["ms"] >= 0
    assert "hunter2" not in str(lines)


def test_paths_cannot_write_lines_into_the_log(anonymous: TestClient) -> None:
    with capture_logs() as lines:
        anonymous.get("/a%0Ainfo%20all%20is%20well")
    assert lines[0]["path"] == "/a%0Ainfo%20all%20is%20well"


def test_health_checks_are_not_logged(anonymous: TestClient) -> None:
    with capture_logs() as lines:
        anonymous.get("/health")
    assert not lines


@pytest.fixture
def logging_restored() -> Iterator[None]:
    root, before = logging.getLogger(), list(logging.getLogger().handlers)
    yield
    root.handlers[:] = before
    structlog.reset_defaults()


@pytest.mark.usefixtures("logging_restored")
def test_the_log_can_be_json(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        structlog.get_logger("phonoscope.test").info("request", status=200)
        logging.getLogger("phonoscope.jobs").warning("Worker %s died", 7)
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["event"], first["status"], first["request_id"], first["level"]) == ("request", 200, "abc", "info")
    assert (second["event"], second["level"]) == ("Worker 7 died", "warning")


@pytest.mark.usefixtures("logging_restored")
def test_the_log_can_be_text(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("text")
    structlog.get_logger("phonoscope.test").info("request", status=200)
    assert "status=200" in capsys.readouterr().err


@pytest.fixture
def taking() -> TestClient:
    """A client of a server that takes bodies, and counts what it got."""

    async def take(request: Request) -> Response:
        return JSONResponse(len(await request.body()))

    app = FastAPI(middleware=[Middleware(BodyLimit, max_upload_bytes=2 * JSON_BYTES)])
    problems.install(app)
    for address in ("/told", "/images", "/api/v1/session"):
        app.router.routes.append(Route(address, take, methods=["POST"]))
    return TestClient(app)


def test_a_large_body_is_refused_by_its_length(taking: TestClient) -> None:
    assert taking.post("/told", content=b"x" * JSON_BYTES).json() == JSON_BYTES
    answer = taking.post("/told", content=b"x" * (JSON_BYTES + 1))
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_a_large_body_is_refused_without_its_length(taking: TestClient) -> None:
    pieces = (b"x" * 1_000_000 for _ in range(JSON_BYTES // 1_000_000 + 1))
    assert taking.post("/told", content=pieces).status_code == 413


def test_files_may_be_larger(taking: TestClient) -> None:
    assert taking.post("/images", content=b"x" * (JSON_BYTES + 1)).json() == JSON_BYTES + 1
    too_large = b"x" * (2 * JSON_BYTES + ENVELOPE_BYTES + 1)
    assert taking.post("/images", content=too_large).status_code == 413


def test_who_logs_in_sends_little(taking: TestClient) -> None:
    assert taking.post("/api/v1/session", content=b"x" * LOGIN_BYTES).json() == LOGIN_BYTES
    answer = taking.post("/api/v1/session", content=b"x" * (LOGIN_BYTES + 1))
    assert (answer.status_code, answer.json()["title"]) == (413, "More than 20 kB cannot be sent here.")


def test_a_length_that_is_none_is_refused(taking: TestClient) -> None:
    assert taking.post("/told", content=b"", headers={"Content-Length": "-1"}).status_code == 413


def test_json_is_packed_and_pictures_and_streams_are_not(app: FastAPI, anonymous: TestClient) -> None:
    @app.get("/json")
    def words() -> list[str]:
        return ["word"] * 1000

    @app.get("/picture")
    def picture() -> Response:
        return Response(b"0" * 10_000, media_type="image/webp")

    @app.get("/stream")
    def stream() -> StreamingResponse:
        return StreamingResponse(iter(["data: 0\n\n"] * 1000), media_type="text/event-stream")

    packed = [anonymous.get(address).headers.get("content-encoding") for address in ("/json", "/picture", "/stream")]
    assert packed == ["gzip", None, None]
