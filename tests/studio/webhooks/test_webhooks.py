from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from phonoscope.studio.database.base import now
from phonoscope.studio.events.tables import Event, record
from phonoscope.studio.state import Studio
from phonoscope.studio.webhooks import deliveries, posting, sending
from phonoscope.studio.webhooks.deliveries import WAITS_S
from phonoscope.studio.webhooks.tables import Delivery, Webhook
from tests.studio.webhooks.receiving import Receiver, receiving, until


@pytest.fixture(autouse=True)
def quickly(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    studio.settings.private_addresses = True
    monkeypatch.setattr(sending, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(deliveries, "SETTLED_AFTER", timedelta(0))


def create(client: TestClient, url: str, *events: str) -> dict[str, Any]:
    answer = client.post("/api/v1/webhooks", json={"url": url, "events": events or ["render.done"]})
    assert answer.status_code == 201, answer.text
    created: dict[str, Any] = answer.json()
    return created


def tell(studio: Studio, name: str, type: str = "render.done", **data: Any) -> None:
    from phonoscope.studio.accounts.tables import Account

    with studio.database.transaction() as session:
        owner_id = session.scalar(select(Account.id).where(Account.name == name))
        assert owner_id
        record(session, owner_id, type, data)


def told(client: TestClient, webhook: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(f"/api/v1/webhooks/{webhook['id']}/deliveries").json()["items"]
    return items


def make_due(studio: Studio) -> None:
    with studio.database.transaction() as session:
        session.execute(update(Delivery).values(next_try_at=now()))


def test_events_arrive_signed_and_only_those_that_were_asked_for(
    studio: Studio, client: TestClient, other: TestClient
) -> None:
    async def go() -> None:
        tell(studio, "anna", id="before")
        async with receiving() as receiver, receiving() as bens:
            webhook = create(client, receiver.url, "render.done", "asset.ready")
            create(other, bens.url)
            for type, number in (("render.done", 1), ("render.started", 2), ("asset.ready", 3)):
                tell(studio, "anna", type, id=number, title="Grüße 🎬")
            async with sending.sending(studio):
                await receiver.wait_for(2)
                await until(lambda: {it["state"] for it in told(client, webhook)} == {"done"})
            assert [(body["type"], body["data"]["id"]) for body in receiver.bodies] == [
                ("render.done", 1),
                ("asset.ready", 3),
            ]
            assert bens.arrived == []
            for headers, body in receiver.arrived:
                assert Verifier(webhook["secret"]).verify(body, headers)["data"]["title"] == "Grüße 🎬"
                with pytest.raises(WebhookVerificationError):
                    Verifier(webhook["secret"]).verify(body + " ", headers)
                assert headers["content-type"] == "application/json"
            assert receiver.arrived[0][0]["webhook-id"] == told(client, webhook)[-1]["id"]

    asyncio.run(go())


def test_a_restart_sends_what_waited_and_nothing_twice(studio: Studio, client: TestClient) -> None:
    async def go() -> None:
        async with receiving() as receiver:
            webhook = create(client, receiver.url)
            for number in (1, 2):
                tell(studio, "anna", id=number)
                async with sending.sending(studio):
                    await receiver.wait_for(number)
                    await until(lambda: all(it["state"] == "done" for it in told(client, webhook)))
            with studio.database.session() as session:
                assert not deliveries.behind(session)
                assert not deliveries.due_messages(session, [], 9)
            assert [body["data"]["id"] for body in receiver.bodies] == [1, 2]

    asyncio.run(go())


def test_what_does_not_arrive_is_sent_again_with_growing_waits(studio: Studio, client: TestClient) -> None:
    async def go() -> None:
        async with receiving(500, 302, 429) as receiver:
            webhook = create(client, receiver.url)
            tell(studio, "anna", id=1)
            async with sending.sending(studio):
                for count in (1, 2, 3):
                    await receiver.wait_for(count)
                    await until(lambda count=count: told(client, webhook)[0]["tries"] == count)  # type: ignore[misc]
                    with studio.database.session() as session:
                        (waiting,) = session.scalars(select(Delivery))
                        wait_s = (waiting.next_try_at - now()).total_seconds()
                    assert WAITS_S[count - 1] - 5 < wait_s <= WAITS_S[count - 1]
                    make_due(studio)
                await receiver.wait_for(4)
                await until(lambda: told(client, webhook)[0]["state"] == "done")
            (last,) = told(client, webhook)
            assert (last["tries"], last["last_status"], last["next_try_at"]) == (4, 204, None)
            assert len({headers["webhook-id"] for headers, _ in receiver.arrived}) == 1

    asyncio.run(go())


def test_in_the_end_it_gives_up(studio: Studio, client: TestClient) -> None:
    async def go() -> None:
        async with receiving(*[500] * 9) as receiver:
            webhook = create(client, receiver.url)
            tell(studio, "anna", id=1)
            async with sending.sending(studio):
                for count in range(1, 9):
                    await receiver.wait_for(count)
                    await until(lambda count=count: told(client, webhook)[0]["tries"] == count)  # type: ignore[misc]
                    make_due(studio)
            (last,) = told(client, webhook)
            assert (last["state"], last["tries"], last["last_error"]) == ("failed", 8, "It answered 500.")
            assert len(receiver.arrived) == 8

    asyncio.run(go())


def test_410_stops_a_webhook_until_it_is_started_again(studio: Studio, client: TestClient) -> None:
    async def go() -> None:
        async with receiving(410) as receiver:
            webhook = create(client, receiver.url)
            path = f"/api/v1/webhooks/{webhook['id']}"
            tell(studio, "anna", id=1)
            tell(studio, "anna", id=2)
            async with sending.sending(studio):
                await receiver.wait_for(1)
                await until(lambda: client.get(path).json()["stopped_because"] is not None)
                tell(studio, "anna", id=3)
                assert client.post(f"{path}/test").status_code == 409
                assert client.patch(path, json={"active": True}).json()["stopped_because"] is None
                tell(studio, "anna", id=4)
                await receiver.wait_for(2)
            assert [body["data"]["id"] for body in receiver.bodies] == [1, 4]
            assert [it["state"] for it in told(client, webhook)][1:] == ["failed", "failed"]

    asyncio.run(go())


def test_private_addresses_are_not_told_anything(studio: Studio, client: TestClient) -> None:
    async def go() -> None:
        async with receiving() as receiver:
            webhook = create(client, receiver.url)
            named = create(client, receiver.url.replace("127.0.0.1", "localhost"))
            studio.settings.private_addresses = False
            tell(studio, "anna", id=1)
            async with sending.sending(studio):
                for one in (webhook, named):
                    await until(lambda one=one: any(it["tries"] for it in told(client, one)))  # type: ignore[misc]
            assert receiver.arrived == []
            assert "private network" in told(client, webhook)[0]["last_error"]
            refused = client.post("/api/v1/webhooks", json={"url": receiver.url, "events": ["render.done"]})
            assert refused.status_code == 422
            assert refused.json()["type"] == "/problems/address"

    asyncio.run(go())


def test_who_never_answers_holds_nobody_else_up(
    studio: Studio, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "LONGEST_ANSWER_S", 0.5)

    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async def go() -> None:
        silent = await asyncio.start_server(silence, "127.0.0.1", 0)
        async with silent, receiving() as receiver:
            slow = create(client, f"http://127.0.0.1:{silent.sockets[0].getsockname()[1]}/")
            create(client, receiver.url)
            tell(studio, "anna", id=1)
            tell(studio, "anna", id=2)
            async with sending.sending(studio):
                await receiver.wait_for(2)
                await until(lambda: any(it["tries"] for it in told(client, slow)))
            assert "no answer within" in next(it["last_error"] for it in told(client, slow) if it["tries"])

    asyncio.run(go())


def test_a_test_message_arrives(studio: Studio, client: TestClient) -> None:
    async def go() -> None:
        async with receiving() as receiver:
            webhook = create(client, receiver.url)
            sent = client.post(f"/api/v1/webhooks/{webhook['id']}/test")
            assert (sent.status_code, sent.json()["state"]) == (202, "waiting")
            async with sending.sending(studio):
                await receiver.wait_for(1)
            assert receiver.bodies[0]["type"] == "webhook.test"

    asyncio.run(go())


def test_the_secret_is_told_once(client: TestClient) -> None:
    webhook = create(client, Receiver(port=9).url)
    assert webhook["secret"].startswith("whsec_")
    path = f"/api/v1/webhooks/{webhook['id']}"
    for answer in (
        client.get(path),
        client.get("/api/v1/webhooks"),
        client.patch(path, json={"events": ["asset.ready"]}),
    ):
        assert webhook["secret"] not in answer.text
        assert webhook["id"] in answer.text
    assert client.get(path).json()["events"] == ["asset.ready"]
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": "https://example.com"},
        {"url": "https://example.com", "events": []},
        {"url": "https://example.com", "events": ["render.progress"]},
        {"url": "https://example.com/" + "x" * 2000, "events": ["render.done"]},
        {"url": "nowhere", "events": ["render.done"]},
        {"url": "https://a:b@example.com", "events": ["render.done"]},
        {"url": "https://example.com/\x00", "events": ["render.done"]},
    ],
)
def test_what_is_no_webhook_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post("/api/v1/webhooks", json=body).status_code == 422


def test_there_are_not_too_many(client: TestClient) -> None:
    for _ in range(20):
        create(client, "https://example.com")
    refused = client.post("/api/v1/webhooks", json={"url": "https://example.com", "events": ["render.done"]})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/too-many-webhooks")


def test_there_are_not_more_where_there_are_too_many_already(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        create(client, "https://example.com")
    monkeypatch.setattr("phonoscope.studio.webhooks.routes.MOST", 2)
    refused = client.post("/api/v1/webhooks", json={"url": "https://example.com", "events": ["render.done"]})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/too-many-webhooks")


def test_who_is_too_far_behind_is_not_told_any_more(
    studio: Studio, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOST_WAITING", 2)
    monkeypatch.setattr(deliveries, "SETTLED_AFTER", timedelta(0))
    webhook = create(client, "https://example.com")
    for _ in range(4):
        tell(studio, "anna")
        with studio.database.transaction() as session:
            deliveries.add_deliveries(session)
    told = client.get(f"/api/v1/webhooks/{webhook['id']}").json()
    assert told["stopped_because"] == "2 messages waited for it."
    sent = client.get(f"/api/v1/webhooks/{webhook['id']}/deliveries").json()["items"]
    assert [each["state"] for each in sent] == ["failed", "failed"]


def test_old_deliveries_are_forgotten(studio: Studio, client: TestClient) -> None:
    webhook = create(client, "https://example.com")
    long_ago = now() - timedelta(days=31)
    with studio.database.transaction() as session:
        kept = session.get_one(Webhook, webhook["id"])
        for state, at in (("done", long_ago), ("waiting", long_ago), ("done", now())):
            delivery = deliveries.add_test(session, kept)
            delivery.state, delivery.created_at = state, at
        deliveries.forget_old(session)
    assert sorted(it["state"] for it in told(client, webhook)) == ["done", "waiting"]


def test_more_events_than_fit_are_told_in_the_next_round(
    studio: Studio, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "EVENTS_AT_ONCE", 2)
    webhook = create(client, "https://example.com")
    for number in range(5):
        tell(studio, "anna", id=number)
    for _ in range(3):
        with studio.database.transaction() as session:
            deliveries.add_deliveries(session)
    assert len(told(client, webhook)) == 5
    with studio.database.session() as session:
        assert deliveries.behind(session) == []
        assert session.scalar(select(Event.id).limit(1))
