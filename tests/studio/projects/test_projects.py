"""Projects: made, listed, found, changed, copied, deleted; nobody sees another's."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.events.tables import Event
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.previews.tables import Preview
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import Studio

PROJECTS = "/api/v1/projects"


def hello(script: str = "Hello!") -> dict[str, Any]:
    return {"schema": "scene.1", "scenes": [{"avatars": [{"picture": "avatar:anna"}], "script": script}]}


def made(client: TestClient, **body: Any) -> dict[str, Any]:
    response = client.post(PROJECTS, json=body)
    assert response.status_code == 201, response.text
    project: dict[str, Any] = response.json()
    return project


def test_a_new_project_is_an_example_that_works(client: TestClient) -> None:
    response = client.post(PROJECTS)
    project = response.json()
    assert response.status_code == 201 and response.headers["etag"] == '"1"'
    assert project["faults"] == [] and project["revision"] == 1 and project["name"]
    scene = project["document"]["scenes"][0]
    assert scene["avatars"][0]["picture"].startswith("avatar:") and scene["script"]
    assert project["document"]["captions"]["shown"] and project["document"]["canvas"]["format"] == "16:9"


def test_a_project_keeps_the_document_as_it_was_given(client: TestClient) -> None:
    document = hello("“Grüße” – 你好 \n 1.50") | {"loudness_lufs": -14.5, "seed": 3}
    project = made(client, name="  Mine  ", document=document)
    assert project["name"] == "Mine" and project["document"] == document
    assert client.get(f"{PROJECTS}/{project['id']}").json() == project


def test_projects_are_listed_in_pages_the_newest_first_without_documents(client: TestClient) -> None:
    for number in range(5):
        made(client, name=f"Number {number}")
    first = client.get(PROJECTS, params={"limit": 3}).json()
    rest = client.get(PROJECTS, params={"limit": 3, "cursor": first["next_cursor"]}).json()
    assert [one["name"] for one in first["items"] + rest["items"]] == [f"Number {number}" for number in (4, 3, 2, 1, 0)]
    assert rest["next_cursor"] is None
    assert "document" not in first["items"][0]


def test_projects_are_found_by_words_of_their_names(client: TestClient) -> None:
    for name in ("Summer sale 100%", "Winter sale", "Lesson"):
        made(client, name=name)

    def found(search: str) -> list[str]:
        return [one["name"] for one in client.get(PROJECTS, params={"search": search}).json()["items"]]

    assert found("sale") == ["Winter sale", "Summer sale 100%"]
    assert found("SALE winter") == ["Winter sale"]
    assert found("%") == ["Summer sale 100%"] and found("_") == []


def test_a_project_is_renamed(client: TestClient) -> None:
    project = made(client)
    renamed = client.patch(f"{PROJECTS}/{project['id']}", json={"name": "Better"}).json()
    assert renamed["name"] == "Better" and renamed["revision"] == 1
    assert client.patch(f"{PROJECTS}/{project['id']}", json={"name": "  "}).status_code == 422
    assert client.patch(f"{PROJECTS}/{project['id']}", json={"name": "x" * 201}).status_code == 422


def test_a_document_is_saved_and_counts_its_revisions(client: TestClient) -> None:
    address = f"{PROJECTS}/{made(client)['id']}/document"
    saved = client.put(address, json=hello("Two"), headers={"If-Match": '"1"'})
    assert saved.status_code == 200 and saved.headers["etag"] == '"2"' and saved.json()["revision"] == 2
    assert client.put(address, json=hello("Three")).json()["revision"] == 3
    assert client.put(address, json=hello("Four"), headers={"If-Match": "*"}).json()["revision"] == 4


def test_who_has_not_seen_the_latest_change_does_not_undo_it(client: TestClient) -> None:
    project = made(client)
    address = f"{PROJECTS}/{project['id']}/document"
    client.put(address, json=hello("Two"), headers={"If-Match": '"1"'})
    late = client.put(address, json=hello("Late"), headers={"If-Match": '"1"'})
    assert late.status_code == 409 and late.json()["type"] == "/problems/revision-conflict"
    assert late.json()["revision"] == 2 and late.json()["remedy"]
    assert client.get(f"{PROJECTS}/{project['id']}").json()["document"] == hello("Two")
    assert client.put(address, json=hello("Odd"), headers={"If-Match": "yesterday"}).status_code == 400


def test_a_copy_has_the_same_document_and_its_own_life(client: TestClient) -> None:
    project = made(client, name="x" * 200, document=hello())
    copy = client.post(f"{PROJECTS}/{project['id']}/duplicate").json()
    assert copy["id"] != project["id"] and copy["document"] == project["document"]
    assert copy["name"].endswith("(copy)") and len(copy["name"]) == 200
    client.put(f"{PROJECTS}/{copy['id']}/document", json=hello("Other"))
    assert client.get(f"{PROJECTS}/{project['id']}").json()["document"] == hello()


def test_the_same_create_sent_twice_makes_one_project(client: TestClient) -> None:
    headers = {"Idempotency-Key": "once"}
    first, second = (client.post(PROJECTS, json={"name": "One"}, headers=headers).json() for _ in range(2))
    assert first["id"] == second["id"]
    assert len(client.get(PROJECTS).json()["items"]) == 1


def test_a_project_goes_with_its_videos_drafts_and_files(client: TestClient, studio: Studio) -> None:
    project_id, kept = made(client)["id"], made(client)["id"]
    with studio.database.transaction() as session:
        owner = session.scalars(select(Account.id)).one()
        keys = [f"users/{owner}/{name}" for name in ("renders/r1/j/video.mp4", "draft.mp4", "still.webp")]
        jobs = [
            Job(owner_id=owner, kind="render", lane="render", payload={"render_id": "r1"}, state="running"),
            Job(owner_id=owner, kind="preview", lane="quick", payload={"preview_id": "p1"}),
            Job(owner_id=owner, kind="render", lane="render", payload={"render_id": "r2"}),
        ]
        session.add_all(jobs)
        session.flush()
        shared: dict[str, Any] = {"owner_id": owner, "project_id": project_id, "document": {}}
        files = [{"name": "video.mp4", "media_type": "video/mp4", "bytes": 1, "key": keys[0]}]
        session.add(Render(**shared, id="r1", job_id=jobs[0].id, name="r", options={}, files=files))
        session.add(Render(**shared, id="r2", job_id=jobs[2].id, name="r", options={}))
        session.add(Preview(**shared, id="p1", job_id=jobs[1].id, revision=1, digest="d", file_key=keys[1]))
        session.get_one(Project, project_id).thumbnail_key = keys[2]
        session.get_one(Project, kept).thumbnail_key = keys[2]
    for key in keys:
        studio.store.put(key, b"x")
    assert client.delete(f"{PROJECTS}/{project_id}").status_code == 204
    assert client.get(f"{PROJECTS}/{project_id}").status_code == 404
    # A picture that another project has, too, stays.
    assert [studio.store.size(key) for key in keys] == [None, None, 1]
    with studio.database.session() as session:
        assert not session.scalars(select(Render)).all() and not session.scalars(select(Preview)).all()
        left = {job.kind: job for job in session.scalars(select(Job))}
    assert left["render"].cancel_asked and left["preview"].state == "canceled"
    assert client.delete(f"{PROJECTS}/{kept}").status_code == 204
    assert studio.store.size(keys[2]) is None


def test_a_thumbnail_is_sent_once_it_has_been_drawn(client: TestClient, studio: Studio) -> None:
    project = made(client)
    assert project["thumbnail_url"] is None
    assert client.get(f"{PROJECTS}/{project['id']}/thumbnail").status_code == 404
    studio.store.put("users/x/stills/abc.webp", b"RIFF")
    with studio.database.transaction() as session:
        session.get_one(Project, project["id"]).thumbnail_key = "users/x/stills/abc.webp"
    address = client.get(PROJECTS).json()["items"][0]["thumbnail_url"]
    sent = client.get(address)
    assert sent.content == b"RIFF" and sent.headers["content-type"] == "image/webp"
    assert "immutable" in sent.headers["cache-control"]


def test_whoever_listens_is_told(client: TestClient, studio: Studio) -> None:
    project = made(client)
    client.put(f"{PROJECTS}/{project['id']}/document", json=hello())
    client.delete(f"{PROJECTS}/{project['id']}")
    with studio.database.session() as session:
        events = list(session.scalars(select(Event).order_by(Event.id)))
    assert [event.type for event in events] == ["project.updated", "project.updated", "project.deleted"]
    assert events[1].data["revision"] == 2 and events[1].project_id == project["id"]


def test_nobody_sees_what_is_somebody_elses(client: TestClient, other: TestClient, anonymous: TestClient) -> None:
    address = f"{PROJECTS}/{made(client)['id']}"
    asked: list[tuple[str, str, Any]] = [
        ("GET", address, None),
        ("PATCH", address, {"name": "Mine"}),
        ("DELETE", address, None),
        ("PUT", f"{address}/document", hello()),
        ("POST", f"{address}/duplicate", None),
        ("GET", f"{address}/thumbnail", None),
    ]
    for method, place, body in asked:
        told = other.request(method, place, json=body)
        assert told.status_code == 404 and told.json()["type"] == "/problems/not-found", (method, place)
        assert anonymous.request(method, place, json=body).status_code == 401, (method, place)
    assert other.get(PROJECTS).json()["items"] == []
    assert anonymous.get(PROJECTS).status_code == anonymous.post(PROJECTS).status_code == 401
    assert client.get(address).json()["revision"] == 1


def test_there_are_not_too_many(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phonoscope.studio.projects.keeping.MOST", 2)
    made = [client.post("/api/v1/projects") for _ in range(3)]
    assert [answer.status_code for answer in made] == [201, 201, 409]
    assert client.post(f"/api/v1/projects/{made[0].json()['id']}/duplicate").status_code == 409
