from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update

from phonoscope.studio.accounts import idempotency
from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.idempotency import HASHED_BODY_BYTES, IdempotentRoute
from phonoscope.studio.accounts.tables import GivenAnswer
from phonoscope.studio.database.base import now
from phonoscope.studio.problems import Problem
from phonoscope.studio.state import Studio

made: list[str] = []
gate = threading.Event()
entered = threading.Event()

router = APIRouter(route_class=IdempotentRoute)


@router.post("/things", status_code=201)
def make(user: User, body: dict[str, Any], response: Response) -> dict[str, str]:
    made.append(user.name)
    response.headers["Location"] = f"/things/{len(made)}"
    response.set_cookie("secret", "x")
    return {"id": str(len(made)), "name": body["name"]}


@router.post("/slow")
def slow(user: User) -> dict[str, str]:
    entered.set()
    assert gate.wait(10)
    made.append(user.name)
    return {"id": str(len(made))}


@router.post("/fails")
def fail(user: User) -> dict[str, str]:
    made.append(user.name)
    if len(made) == 1:
        raise Problem(503, "busy", "Busy.", "Wait.")
    return {"id": str(len(made))}


@router.post("/refused")
def refuse(user: User) -> Response:
    made.append(user.name)
    return JSONResponse({}, 422 if len(made) == 1 else 201)


@router.post("/raw", status_code=201)
async def raw(request: Request, user: User) -> dict[str, int]:
    made.append(user.name)
    return {"bytes": sum([len(piece) async for piece in request.stream()]), "pieces": len(made)}


@router.post("/stream")
def stream(user: User) -> StreamingResponse:
    made.append(user.name)
    return StreamingResponse(iter([b"x"]))


@router.get("/things")
def things(user: User) -> dict[str, int]:
    made.append(user.name)
    return {"count": len(made)}


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    made.clear()
    gate.clear()
    entered.clear()
    app.include_router(router)
    return app


def once(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


def test_a_create_sent_twice_is_done_once_and_answered_alike(client: TestClient) -> None:
    first = client.post("/things", json={"name": "a"}, headers=once("k"))
    second = client.post("/things", json={"name": "a"}, headers=once("k"))
    assert made == ["anna"]
    assert (second.status_code, second.json()) == (201, {"id": "1", "name": "a"})
    assert second.headers["location"] == first.headers["location"] == "/things/1"
    assert second.headers["content-type"] == "application/json"
    assert second.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert "set-cookie" not in second.headers


def test_without_a_key_each_is_done(client: TestClient) -> None:
    for _ in range(2):
        assert client.post("/things", json={"name": "a"}).status_code == 201
    assert len(made) == 2
    for _ in range(2):
        client.get("/things", headers=once("k"))
    assert len(made) == 4


@pytest.mark.parametrize("other_request", [("/things", {"name": "b"}), ("/things?x=1", {"name": "a"}), ("/slow", None)])
def test_a_key_used_for_something_else_is_refused(client: TestClient, other_request: tuple[str, Any]) -> None:
    client.post("/things", json={"name": "a"}, headers=once("k"))
    path, body = other_request
    answer = client.post(path, json=body, headers=once("k"))
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/idempotency-key-reused"
    assert len(made) == 1


def test_users_do_not_share_keys(client: TestClient, other: TestClient) -> None:
    for browser, number in ((client, "1"), (other, "2")):
        assert browser.post("/things", json={"name": "a"}, headers=once("k")).json()["id"] == number


def test_nobody_gets_an_answer_without_credentials(client: TestClient, anonymous: TestClient) -> None:
    client.post("/things", json={"name": "a"}, headers=once("k"))
    assert anonymous.post("/things", json={"name": "a"}, headers=once("k")).status_code == 401


def test_while_the_first_is_at_work_the_second_is_told_so(client: TestClient) -> None:
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.post, "/slow", headers=once("k"))
        assert entered.wait(10)
        busy = client.post("/slow", headers=once("k"))
        gate.set()
        assert first.result().status_code == 200
    assert busy.status_code == 409
    assert busy.json()["type"] == "/problems/idempotency-key-busy"
    assert client.post("/slow", headers=once("k")).json() == {"id": "1"}
    assert len(made) == 1


def test_of_many_at_once_one_is_done(client: TestClient) -> None:
    with ThreadPoolExecutor(8) as pool:
        send = lambda _: client.post("/things", json={"name": "a"}, headers=once("k"))  # noqa: E731
        statuses = {answer.status_code for answer in pool.map(send, range(8))}
    assert len(made) == 1
    assert statuses <= {201, 409}
    assert 201 in statuses


@pytest.mark.parametrize(("path", "first"), [("/fails", 503), ("/refused", 422)])
def test_after_an_error_the_key_may_be_tried_again(client: TestClient, path: str, first: int) -> None:
    assert client.post(path, headers=once("k")).status_code == first
    assert client.post(path, headers=once("k")).is_success
    assert client.post(path, headers=once("k")).is_success
    assert len(made) == 2


def test_after_a_day_the_key_is_new(client: TestClient, studio: Studio) -> None:
    client.post("/things", json={"name": "a"}, headers=once("k"))
    with studio.database.transaction() as session:
        session.execute(update(GivenAnswer).values(expires_at=now() - timedelta(seconds=1)))
    assert client.post("/things", json={"name": "b"}, headers=once("k")).json()["id"] == "2"


@pytest.mark.parametrize("limit", [{"MOST_KEPT": 4}, {"MOST_KEPT_BYTES": 4 * 21}], ids=["count", "bytes"])
def test_of_too_many_answers_the_oldest_are_forgotten(
    client: TestClient, other: TestClient, studio: Studio, monkeypatch: pytest.MonkeyPatch, limit: dict[str, int]
) -> None:
    for name, value in limit.items():
        monkeypatch.setattr(idempotency, name, value)
    other.post("/things", json={"name": "b"}, headers=once("0"))
    for key in "12345":
        assert len(client.post("/things", json={"name": "a"}, headers=once(key)).content) == 21
    with studio.database.session() as session:
        kept = session.scalars(select(GivenAnswer.key).order_by(GivenAnswer.expires_at)).all()
    assert kept == ["0", "4", "5"]


def test_what_a_server_left_undone_when_it_ended_may_be_tried_again(client: TestClient, studio: Studio) -> None:
    client.post("/things", json={"name": "a"}, headers=once("k"))
    with studio.database.transaction() as session:
        session.execute(update(GivenAnswer).values(status=None, server="another"))
    assert client.post("/things", json={"name": "a"}, headers=once("k")).json()["id"] == "2"


def test_small_bodies_are_compared_and_large_ones_are_never_held(client: TestClient) -> None:
    small, large = b"x" * 100, b"x" * (HASHED_BODY_BYTES + 1)
    assert client.post("/raw?name=a", content=small, headers=once("s")).json() == {"bytes": 100, "pieces": 1}
    assert client.post("/raw?name=a", content=b"y" * 100, headers=once("s")).status_code == 422
    assert client.post("/raw?name=a", content=large, headers=once("l")).json()["bytes"] == len(large)
    assert client.post("/raw?name=a", content=large, headers=once("l")).json()["pieces"] == 2
    assert client.post("/raw?name=b", content=large, headers=once("l")).status_code == 422
    assert client.post("/raw?name=a", content=large + b"x", headers=once("l")).status_code == 422


def test_bodies_of_unknown_length_pass_through(client: TestClient) -> None:
    for _ in range(2):
        sent = client.post("/raw", content=iter([b"abc"] * 3), headers=once("k"))
        assert "content-length" not in sent.request.headers
        assert sent.json() == {"bytes": 9, "pieces": 1}


def test_forms_may_have_another_boundary_the_second_time(client: TestClient) -> None:
    answers = [client.post("/raw", files={"file": ("a.jpg", b"picture")}, headers=once("k")) for _ in range(2)]
    assert answers[0].request.content != answers[1].request.content
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len(made) == 1
    assert client.post("/raw", files={"file": ("a.jpg", b"another")}, headers=once("k")).status_code == 422


def test_streams_are_not_kept(client: TestClient) -> None:
    for _ in range(2):
        assert client.post("/stream", headers=once("k")).text == "x"
    assert len(made) == 2


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "a\tb", "\x80"])
def test_odd_keys_are_refused(client: TestClient, studio: Studio, key: str) -> None:
    answer = client.post("/things", json={"name": "a"}, headers=[(b"Idempotency-Key", key.encode("latin-1"))])
    assert answer.status_code == 400
    assert made == []
    with studio.database.session() as session:
        assert session.scalar(select(func.count()).select_from(GivenAnswer)) == 0


def test_the_documentation_tells_of_it(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    assert "Idempotency-Key" in [it["name"] for it in paths["/things"]["post"]["parameters"]]
    assert "parameters" not in paths["/things"]["get"]
