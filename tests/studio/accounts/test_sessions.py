from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from phonoscope.studio.accounts import limits, session_routes
from phonoscope.studio.accounts.people import create_account, make_link, set_password
from phonoscope.studio.accounts.tables import LoginSession, OneTimeToken
from phonoscope.studio.database.base import now
from phonoscope.studio.state import Studio

ADDRESS = "http://127.0.0.1:8470"
OWN_PAGE = {"Origin": ADDRESS}
PASSWORD = "correct horse battery"


@pytest.fixture
def clara(studio: Studio) -> str:
    return create_account(studio.database, "clara", PASSWORD).id


@pytest.fixture
def browser(clara: str, anonymous: TestClient) -> TestClient:
    answer = anonymous.post("/api/v1/session", json={"name": "clara", "password": PASSWORD}, headers=OWN_PAGE)
    assert answer.status_code == 200
    return anonymous


def token(studio: Studio, name: str = "clara") -> str:
    return make_link(studio.database, name, ADDRESS).partition("#token=")[2]


def test_a_token_opens_the_page_once(studio: Studio, clara: str, app: FastAPI) -> None:
    login = {"token": token(studio)}
    first, second = TestClient(app, base_url=ADDRESS), TestClient(app, base_url=ADDRESS)
    answer = first.post("/api/v1/session", json=login)
    assert answer.status_code == 200
    assert answer.json()["user"] == {"id": clara, "name": "clara"}
    assert first.get("/api/v1/session").status_code == 200
    again = second.post("/api/v1/session", json=login)
    assert again.status_code == 401
    assert again.json()["type"] == "/problems/link-used"
    assert "set-cookie" not in again.headers


def test_a_token_expires(studio: Studio, clara: str, anonymous: TestClient) -> None:
    login = {"token": token(studio)}
    with studio.database.transaction() as session:
        session.execute(update(OneTimeToken).values(expires_at=now() - timedelta(seconds=1)))
    assert anonymous.post("/api/v1/session", json=login).status_code == 401


def test_name_and_password_open_the_page(browser: TestClient, clara: str) -> None:
    told = browser.get("/api/v1/session").json()
    assert told["user"]["id"] == clara
    assert told["consent"] is None
    assert told["limits"]["upload_bytes"] > 0
    assert told["sharing"] is False


@pytest.mark.parametrize(
    "login",
    [
        {"name": "clara", "password": "wrong horse battery"},
        {"name": "nobody", "password": PASSWORD},
        {"name": "local", "password": "nobody"},  # has no password at all
        {"token": "x"},
    ],
)
def test_wrong_ones_are_told_apart_by_nothing(
    studio: Studio, clara: str, anonymous: TestClient, login: dict[str, str]
) -> None:
    create_account(studio.database, "local")
    answer = anonymous.post("/api/v1/session", json=login)
    assert answer.status_code == 401
    assert answer.json()["title"] == "This does not open the studio."


def test_unknown_names_cost_a_hash_too(
    studio: Studio, clara: str, anonymous: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    verify = PasswordHasher.verify

    def watched(self: PasswordHasher, kept: str, password: str) -> bool:
        seen.append(kept)
        return bool(verify(self, kept, password))

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    for name in ("clara", "nobody"):
        anonymous.post("/api/v1/session", json={"name": name, "password": "wrong"})
    assert len(seen) == 2
    assert {kept.rpartition("$")[0].rpartition("$")[0] for kept in seen} == {"$argon2id$v=19$m=65536,t=3,p=4"}


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    studio: Studio, clara: str, app: FastAPI, anonymous: TestClient
) -> None:
    plain = anonymous.post("/api/v1/session", json={"token": token(studio)}).headers["set-cookie"]
    assert plain.startswith("phonoscope_session=")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(plain.split("; "))
    assert "Secure" not in plain
    https = TestClient(app, base_url="https://127.0.0.1:8470")
    assert "Secure" in https.post("/api/v1/session", json={"token": token(studio)}).headers["set-cookie"].split("; ")


def test_logging_out_ends_the_session_on_the_server(browser: TestClient) -> None:
    cookie = browser.cookies["phonoscope_session"]
    assert browser.delete("/api/v1/session", headers=OWN_PAGE).status_code == 204
    assert "phonoscope_session" not in browser.cookies
    browser.cookies.set("phonoscope_session", cookie)
    assert browser.get("/api/v1/session").status_code == 401


def test_a_session_lasts_as_long_again_with_each_use_and_ends_without(studio: Studio, browser: TestClient) -> None:
    with studio.database.transaction() as session:
        session.execute(update(LoginSession).values(expires_at=now() + timedelta(days=1)))
    assert "Max-Age=2592000" in browser.get("/api/v1/session").headers["set-cookie"]
    with studio.database.transaction() as session:
        (kept,) = session.scalars(select(LoginSession))
        assert kept.expires_at > now() + timedelta(days=29)
        kept.expires_at = now() - timedelta(seconds=1)
    assert browser.get("/api/v1/session").status_code == 401


def test_a_new_password_logs_everybody_out(studio: Studio, browser: TestClient) -> None:
    set_password(studio.database, "clara", "another long one")
    assert browser.get("/api/v1/session").status_code == 401
    login = {"name": "clara", "password": PASSWORD}
    assert browser.post("/api/v1/session", json=login, headers=OWN_PAGE).status_code == 401
    assert browser.post("/api/v1/session", json=login | {"password": "another long one"}).status_code == 200


CONSENT = {"statement": "These are my own.", "language": "en"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": ADDRESS}, 200),
    ],
)
def test_only_our_own_page_changes_things_by_its_cookie(
    browser: TestClient, headers: dict[str, str], status: int
) -> None:
    answer = browser.put("/api/v1/consent", json=CONSENT, headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["type"] == "/problems/cross-site"
        assert browser.get("/api/v1/session").json()["consent"] is None


def test_behind_a_proxy_the_public_address_counts(studio: Studio, browser: TestClient) -> None:
    studio.settings.public_url = "https://studio.example/"
    for origin, status in (("https://studio.example", 200), ("https://studio.example.evil.example", 403)):
        answer = browser.put("/api/v1/consent", json=CONSENT, headers={"Origin": origin})
        assert answer.status_code == status


def test_another_site_cannot_log_a_browser_in(studio: Studio, clara: str, anonymous: TestClient) -> None:
    login = {"name": "clara", "password": PASSWORD}
    answer = anonymous.post("/api/v1/session", json=login, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


def test_log_ins_are_limited_by_address_and_by_name(studio: Studio, clara: str, anonymous: TestClient) -> None:
    studio.settings.login_limit = "3/minute"
    login = {"token": "wrong"}
    statuses = [anonymous.post("/api/v1/session", json=login).status_code for _ in range(4)]
    assert statuses == [401, 401, 401, 429]
    answer = anonymous.post("/api/v1/session", json=login)
    assert answer.json()["type"] == "/problems/too-many-requests"
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    studio.settings.login_limit, studio.settings.login_name_limit = "99/minute", "1/hour"
    wrong = {"name": "clara", "password": "wrong"}
    assert [anonymous.post("/api/v1/session", json=wrong).status_code for _ in range(2)] == [401, 429]
    assert anonymous.post("/api/v1/session", json=wrong | {"name": "dora"}).status_code == 401


def tried(app: FastAPI, host: str, password: str, cookies: dict[str, str] | None = None) -> int:
    """Return what a browser at an address is answered that tries a password of clara's."""
    browser = TestClient(app, base_url=ADDRESS, client=(host, 1), cookies=cookies)
    return browser.post("/api/v1/session", json={"name": "clara", "password": password}).status_code


def test_a_stranger_locks_out_nobody_else(studio: Studio, clara: str, app: FastAPI) -> None:
    studio.settings.login_name_limit = "2/hour"
    assert [tried(app, "192.0.2.1", "wrong") for _ in range(3)] == [401, 401, 429]
    assert tried(app, "192.0.2.1", PASSWORD) == 429  # nor is that the way to find it out
    assert tried(app, "192.0.2.2", PASSWORD) == 200


def test_many_strangers_lock_out_no_browser_that_logged_in_before(
    studio: Studio, clara: str, app: FastAPI, browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STRANGERS", 2)
    studio.settings.login_name_limit, studio.settings.login_limit = "2/hour", "3/hour"
    browser.delete("/api/v1/session", headers=OWN_PAGE)
    known = {cookie.name: cookie.value or "" for cookie in browser.cookies.jar}
    strangers = [tried(app, f"192.0.2.{number}", "wrong") for number in range(5)]
    assert strangers == [401, 401, 401, 401, 429]
    assert tried(app, "192.0.2.9", PASSWORD) == 429
    assert [tried(app, "testclient", PASSWORD, known) for _ in range(2)] == [200, 200]
    assert [tried(app, f"192.0.2.{number}", "wrong", known) for number in range(2)] == [429, 429]


@pytest.mark.parametrize("change", ["password", "account", "signature"])
def test_who_logged_in_before_cannot_be_pretended(
    studio: Studio, clara: str, app: FastAPI, browser: TestClient, change: str
) -> None:
    (kept,) = [cookie for cookie in browser.cookies.jar if cookie.name != "phonoscope_session"]
    assert kept.path == "/api/v1/session" and kept.has_nonstandard_attr("HttpOnly") and "testclient" not in str(kept)
    value = kept.value or ""
    if change == "password":
        set_password(studio.database, "clara", "another long one")
    if change == "account":
        create_account(studio.database, "dora", PASSWORD)
        dora = TestClient(app, base_url=ADDRESS)
        dora.post("/api/v1/session", json={"name": "dora", "password": PASSWORD})
        value = next(it.value or "" for it in dora.cookies.jar if it.path != "/")
    if change == "signature":
        value += "x"
    studio.settings.login_name_limit = "1/hour"
    cookies = {kept.name: value}
    assert [tried(app, "192.0.2.1", "wrong", cookies) for _ in range(2)] == [401, 429]
    assert tried(app, "192.0.2.1", "wrong", {kept.name: kept.value or ""}) == (429 if change == "password" else 401)


def test_a_network_of_many_addresses_counts_as_one(studio: Studio, clara: str, app: FastAPI) -> None:
    studio.settings.login_limit = "2/minute"
    statuses = [
        TestClient(app, base_url=ADDRESS, client=(host, 1)).post("/api/v1/session", json={"token": "x"}).status_code
        for host in ("2001:db8::1", "2001:db8::2", "2001:db8::ffff:3", "2001:db8:0:1::1", "::ffff:1.2.3.4")
    ]
    assert statuses == [401, 401, 429, 401, 401]


def test_many_who_try_passwords_leave_room_for_others(
    studio: Studio, clara: str, anonymous: TestClient, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_routes, "_TRYING", threading.BoundedSemaphore(1))
    login = {"name": "clara", "password": PASSWORD}
    with session_routes._TRYING:
        refused = anonymous.post("/api/v1/session", json=login)
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/busy")
        assert client.get("/api/v1/session").status_code == 200
    for _ in range(2):
        assert anonymous.post("/api/v1/session", json=login).status_code == 200


def test_requests_of_an_account_are_limited(studio: Studio, client: TestClient, other: TestClient) -> None:
    studio.settings.request_limit = "2/minute"
    assert [client.get("/api/v1/session").status_code for _ in range(3)] == [200, 200, 429]
    assert other.get("/api/v1/session").status_code == 200


def test_the_database_holds_no_secret_that_opens_anything(
    studio: Studio, browser: TestClient, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    unused = token(studio)
    consent = browser.put("/api/v1/consent", json=CONSENT, headers=OWN_PAGE)
    assert consent.json()["consent"]["statement"] == CONSENT["statement"]
    made = browser.post("/api/v1/keys", json={"name": "laptop"}, headers=OWN_PAGE | {"Idempotency-Key": "one"})
    secrets = [unused, browser.cookies["phonoscope_session"], made.json()["key"], PASSWORD]
    with studio.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
    files = [file.read_bytes() for file in Path(studio.settings.data_dir).glob("studio.db*")]
    assert any(b"clara" in content for content in files)
    for secret in secrets:
        assert not any(secret.encode() in content for content in files)
        assert secret not in caplog.text


def test_problems_do_not_repeat_what_was_sent(anonymous: TestClient) -> None:
    answer = anonymous.post("/api/v1/session", json={"name": "clara", "password": PASSWORD, "more": "s3cret"})
    assert answer.status_code == 422
    assert PASSWORD not in answer.text
    assert "s3cret" not in answer.text
