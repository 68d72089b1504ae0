from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, select, update

from phonoscope.studio.accounts.consent import STATEMENT
from phonoscope.studio.accounts.secrets import digest
from phonoscope.studio.accounts.tables import ApiKey
from phonoscope.studio.database.base import now
from phonoscope.studio.state import Studio


@pytest.fixture
def key(client: TestClient) -> str:
    answer = client.post("/api/v1/keys", json={"name": "laptop", "consent": True})
    assert answer.status_code == 201
    return str(answer.json()["key"])


def test_a_key_is_told_once_and_kept_as_a_hash(client: TestClient, studio: Studio, key: str) -> None:
    assert key.startswith("psk_")
    with studio.database.session() as session:
        assert digest(key) in session.scalars(select(ApiKey.key_hash)).all()
    listed = client.get("/api/v1/keys")
    assert key not in listed.text
    assert [item["name"] for item in listed.json()["items"]] == ["laptop", "tests"]


def test_a_key_needs_consent_first(client: TestClient) -> None:
    refused = client.post("/api/v1/keys", json={"name": "laptop"})
    assert refused.status_code == 403
    assert refused.json()["type"] == "/problems/consent-needed"
    assert len(client.get("/api/v1/keys").json()["items"]) == 1
    client.post("/api/v1/keys", json={"name": "laptop", "consent": True})
    assert client.get("/api/v1/session").json()["consent"]["statement"] == STATEMENT
    assert client.post("/api/v1/keys", json={"name": "another"}).status_code == 201


def test_a_statement_that_was_given_is_not_replaced_by_the_standard_one(client: TestClient) -> None:
    client.put("/api/v1/consent", json={"statement": "Ich darf das.", "language": "de"})
    client.post("/api/v1/keys", json={"name": "laptop", "consent": True})
    assert client.get("/api/v1/session").json()["consent"]["statement"] == "Ich darf das."


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize("form", ["Bearer {}", "bearer  {}", "{}:", ":{}", "x:{}"])
def test_keys_are_taken_in_each_form(anonymous: TestClient, key: str, form: str) -> None:
    text = form.format(key)
    head = text if text.lower().startswith("bearer") else basic(text)
    assert anonymous.get("/api/v1/session", headers={"Authorization": head}).json()["user"]["name"] == "anna"


@pytest.mark.parametrize(
    "head",
    ["", "Bearer", "Bearer ", "Bearer psk_wrong", "Basic", "Basic %%%", "Basic 4pyT", basic(":"), basic("/"), "Digest"],
)
def test_what_is_no_key_opens_nothing(anonymous: TestClient, key: str, head: str) -> None:
    answer = anonymous.get("/api/v1/session", headers={"Authorization": head})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_key_that_was_taken_back_opens_nothing(client: TestClient, anonymous: TestClient, key: str) -> None:
    key_id = client.get("/api/v1/keys").json()["items"][0]["id"]
    assert client.delete(f"/api/v1/keys/{key_id}").status_code == 204
    assert anonymous.get("/api/v1/session", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert client.delete(f"/api/v1/keys/{key_id}").status_code == 404


def test_the_last_use_is_noted_at_most_once_a_minute(client: TestClient, studio: Studio) -> None:
    written: list[str] = []

    @event.listens_for(studio.database.engine, "before_cursor_execute")
    def watch(connection: object, cursor: object, statement: str, *more: object) -> None:
        if statement.startswith("UPDATE api_keys"):
            written.append(statement)

    for _ in range(3):
        client.get("/api/v1/session")
    assert len(written) == 1
    with studio.database.transaction() as session:
        session.execute(update(ApiKey).values(last_used_at=now() - timedelta(seconds=61)))
    client.get("/api/v1/session")
    used = client.get("/api/v1/keys").json()["items"][0]["last_used_at"]
    assert used > (now() - timedelta(seconds=30)).isoformat()


def test_sending_a_create_of_a_key_twice_makes_one_and_tells_it_once(client: TestClient) -> None:
    request = {"json": {"name": "laptop", "consent": True}, "headers": {"Idempotency-Key": "once"}}
    assert client.post("/api/v1/keys", **request).status_code == 201  # type: ignore[arg-type]
    again = client.post("/api/v1/keys", **request)  # type: ignore[arg-type]
    assert again.status_code == 409
    assert again.json()["type"] == "/problems/secret-told-once"
    assert len(client.get("/api/v1/keys").json()["items"]) == 2


def test_there_are_not_too_many_keys(client: TestClient, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phonoscope.studio.accounts.keys.MOST", len(client.get("/api/v1/keys").json()["items"]))
    refused = client.post("/api/v1/keys", json={"name": "one more"})
    assert refused.status_code == 422 and "keys already" in refused.json()["title"]
