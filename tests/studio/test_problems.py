from __future__ import annotations

from collections.abc import Callable

import pytest
import structlog
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field
from sqlalchemy.exc import DataError, OperationalError

from phonoscope.core.errors import MissingPartError, OutputError, PhotoError, SceneError, ScriptError, UsageError
from phonoscope.studio.problems import Problem, not_found

Ask = Callable[[Exception], dict[str, object]]


class Body(BaseModel):
    names: list[str] = Field(max_length=2)
    password: str = Field(min_length=50)


@pytest.fixture
def ask(app: FastAPI, anonymous: TestClient) -> Ask:
    """Return what is told of an error that an endpoint raises."""

    def ask(error: Exception) -> dict[str, object]:
        def endpoint() -> None:
            raise error

        app.get("/raised")(endpoint)
        answer = anonymous.get("/raised")
        assert answer.headers["content-type"] == "application/problem+json"
        told: dict[str, object] = answer.json()
        assert told["status"] == answer.status_code
        assert told["instance"] == answer.headers["x-request-id"]
        return told

    return ask


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (UsageError("No."), 422, "usage"),
        (PhotoError("No face."), 422, "photo"),
        (ScriptError("Unbalanced."), 422, "script"),
        (OutputError("The disk is full."), 507, "output"),
        (MissingPartError("No voice."), 503, "missing"),
        (not_found("render"), 404, "not-found"),
        (HTTPException(418), 418, "i'm-a-teapot"),
        (OperationalError("SELECT secret", {}, Exception()), 503, "database"),
        (OperationalError("SELECT secret", {}, Exception("database or disk is full")), 507, "disk-full"),
        (DataError("SELECT secret", {}, Exception()), 422, "invalid"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogate"), 422, "invalid"),
    ],
)
def test_errors_are_told_as_problems(ask: Ask, error: Exception, status: int, kind: str) -> None:
    told = ask(error)
    assert (told["status"], told["type"]) == (status, f"/problems/{kind}")
    assert told["title"]
    assert "secret" not in str(told)


def test_messages_and_remedies_are_told(ask: Ask) -> None:
    told = ask(PhotoError("The picture has no face.", "Take another one."))
    assert (told["title"], told["remedy"]) == ("The picture has no face.", "Take another one.")


def test_the_faults_of_a_document_are_told_one_by_one(ask: Ask) -> None:
    faults = SceneError("One.", "Do this.", "scenes[0]"), SceneError("Two.", "", "scenes[1].overlays[0]")
    told = ask(SceneError("Two faults.", faults=faults))
    assert told["errors"] == [
        {"path": "scenes[0]", "message": "One.", "remedy": "Do this."},
        {"path": "scenes[1].overlays[0]", "message": "Two.", "remedy": ""},
    ]


def test_a_document_with_one_fault_tells_its_place(ask: Ask) -> None:
    assert ask(SceneError("One.", "Do this.", "canvas"))["errors"] == [
        {"path": "canvas", "message": "One.", "remedy": "Do this."}
    ]


def test_a_script_tells_line_and_column(ask: Ask) -> None:
    told = ask(ScriptError("Unbalanced.", line=3, column=7))
    assert (told["line"], told["column"]) == (3, 7)


def test_problems_may_tell_more(ask: Ask) -> None:
    assert ask(Problem(409, "revision-conflict", "It has changed.", revision=7))["revision"] == 7


def test_what_nobody_expected_is_told_without_details(
    ask: Ask, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    told = ask(ZeroDivisionError("a secret of the code"))
    assert (told["status"], told["type"]) == (500, "/problems/internal")
    assert "secret" not in str(told)
    logged = capsys.readouterr().out + caplog.text
    assert "a secret of the code" in logged
    assert str(told["instance"]) in logged


def test_wrong_bodies_are_told_by_place_and_without_what_was_sent(app: FastAPI, anonymous: TestClient) -> None:
    def endpoint(body: Body, limit: int = 1) -> None: ...

    app.post("/sent")(endpoint)
    endpoint.__annotations__.update(body=Body, limit=int)
    answer = anonymous.post("/sent?limit=many", json={"names": ["a", 2], "password": "hunter2"})
    told = answer.json()
    assert (answer.status_code, told["type"]) == (422, "/problems/invalid")
    assert {fault["path"] for fault in told["errors"]} == {"names[1]", "password", "query.limit"}
    assert all(fault["message"].endswith(".") for fault in told["errors"])
    assert "hunter2" not in answer.text


def test_what_is_no_json_is_told(app: FastAPI, anonymous: TestClient) -> None:
    def endpoint(body: Body) -> None: ...

    endpoint.__annotations__.update(body=Body)
    app.post("/sent")(endpoint)
    told = anonymous.post("/sent", content=b"{", headers={"Content-Type": "application/json"}).json()
    assert (told["status"], told["errors"][0]["remedy"]) == (422, "Send JSON.")


@pytest.mark.parametrize(("method", "address", "status"), [("GET", "/nothing", 404), ("POST", "/health", 405)])
def test_what_the_framework_refuses_is_a_problem_too(
    anonymous: TestClient, method: str, address: str, status: int
) -> None:
    answer = anonymous.request(method, address)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["remedy"]


def test_the_log_tells_why_the_database_does_not_answer(ask: Ask) -> None:
    with structlog.testing.capture_logs() as logs:
        ask(OperationalError("SELECT secret", {}, Exception("unable to open database file")))
    assert "unable to open database file" in str(logs) and "secret" not in str(logs)
