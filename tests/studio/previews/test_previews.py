"""Stills, timelines and drafts: made once, shown to their owner only, and given up when the document changes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from sqlalchemy import select

from phonoscope.media.probe import probe
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.documents.digest import document_digest
from phonoscope.studio.events.tables import Event
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.keys import marks_key
from tests.studio.assets.samples import sound
from tests.studio.conftest import Work
from tests.studio.working import worker

PROJECTS = "/api/v1/projects"


def hello(script: str = "Hi there.") -> dict[str, Any]:
    return {
        "schema": "scene.1",
        "canvas": {"width": 256, "height": 144, "fps": 10},
        "scenes": [
            {
                "avatars": [{"picture": "avatar:anna"}],
                "script": script,
                "overlays": [{"kind": "text", "text": "Look", "place": {"at": "top"}}],
            }
        ],
    }


@pytest.fixture
def project(client: TestClient) -> dict[str, Any]:
    made: dict[str, Any] = client.post(PROJECTS, json={"document": hello()}).json()
    assert made["faults"] == []
    return made


@pytest.fixture
def quick(studio: Studio) -> Iterator[list[str]]:
    with worker(studio) as done:
        yield done


def test_a_still_shows_the_project_and_what_is_where(
    client: TestClient, project: dict[str, Any], quick: list[str]
) -> None:
    answer = client.get(f"{PROJECTS}/{project['id']}/still", params={"time_s": 0.4, "width": 128})
    assert answer.status_code == 200, answer.text
    still = answer.json()
    assert (still["time_s"], still["width"], still["height"]) == (0.4, 128, 72)
    assert [box["path"] for box in still["boxes"]] == ["scenes[0].avatars[0]", "scenes[0].overlays[0]"]
    assert still["boxes"][1]["label"] == "Look" and still["boxes"][1]["y"] < 0.3
    shown = client.get(still["image_url"])
    assert "immutable" in shown.headers["cache-control"] and shown.headers["content-type"] == "image/webp"
    with Image.open(io.BytesIO(shown.content)) as image:
        assert image.size == (128, 72) and len(image.convert("RGB").getcolors(1 << 20) or ()) > 20
    again = client.get(f"{PROJECTS}/{project['id']}/still", params={"time_s": 0.4, "width": 128})
    assert again.json() == still and quick == ["still"]
    listed = client.get(PROJECTS).json()["items"][0]
    with Image.open(io.BytesIO(client.get(listed["thumbnail_url"]).content)) as image:
        assert image.size == (128, 72)


def test_a_copy_has_the_same_card_and_keeps_it_when_the_first_one_changes(
    client: TestClient, project: dict[str, Any], quick: list[str]
) -> None:
    still = {"time_s": 0, "width": 64}
    client.get(f"{PROJECTS}/{project['id']}/still", params=still)
    copy = client.post(f"{PROJECTS}/{project['id']}/duplicate").json()
    assert client.get(copy["thumbnail_url"]).status_code == 200
    changed = hello() | {"canvas": {"width": 256, "height": 256, "fps": 10}}
    client.put(f"{PROJECTS}/{project['id']}/document", json=changed)
    assert client.get(f"{PROJECTS}/{project['id']}/still", params=still).status_code == 200
    assert client.get(copy["thumbnail_url"]).status_code == 200


def test_a_picture_that_two_projects_share_stays_until_neither_is_listed_with_it(
    client: TestClient, studio: Studio, project: dict[str, Any], quick: list[str]
) -> None:
    def shown(made: dict[str, Any]) -> None:
        assert client.get(f"{PROJECTS}/{made['id']}/still", params={"width": 64}).status_code == 200

    def cards() -> list[str]:
        return [key for key, _, _ in studio.store.files("users") if "/thumbnails/" in key]

    copy = client.post(f"{PROJECTS}/{project['id']}/duplicate").json()
    shown(project)
    client.put(f"{PROJECTS}/{copy['id']}/document", json=hello() | {"title": "Again"})
    shown(copy)
    client.put(f"{PROJECTS}/{copy['id']}/document", json=hello())
    client.get(f"{PROJECTS}/{copy['id']}/still", params={"width": 80})
    assert len(cards()) == 1
    client.put(f"{PROJECTS}/{copy['id']}/document", json=hello("Other words."))
    shown(copy)
    assert len(cards()) == 2
    for listed in client.get(PROJECTS).json()["items"]:
        assert client.get(listed["thumbnail_url"]).status_code == 200, listed["name"]
    client.put(f"{PROJECTS}/{project['id']}/document", json=hello("Other words."))
    client.get(f"{PROJECTS}/{project['id']}/still", params={"width": 80})
    assert len(cards()) == 1


def test_a_time_beyond_the_end_means_the_end(client: TestClient, project: dict[str, Any], quick: list[str]) -> None:
    still = client.get(f"{PROJECTS}/{project['id']}/still", params={"time_s": 999, "width": 64}).json()
    assert 0.5 < still["time_s"] < 5


def test_a_timeline_tells_words_and_sound(client: TestClient, project: dict[str, Any], quick: list[str]) -> None:
    answer = client.get(f"{PROJECTS}/{project['id']}/timeline")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert [word["text"] for word in told["words"]] == ["Hi", "there."]
    assert told["scenes"][0]["start_s"] == 0 and told["scenes"][0]["end_s"] == pytest.approx(told["duration_s"])
    assert len(told["peaks"]) == pytest.approx(25 * told["duration_s"], abs=2) and max(told["peaks"]) > 0.05
    part = client.get(told["sound_url"], headers={"range": "bytes=4-7"})
    assert part.status_code == 206 and part.content == b"ftyp"
    client.get(f"{PROJECTS}/{project['id']}/timeline")
    assert quick == ["timeline"]


def test_a_silent_document_has_a_timeline_without_sound(client: TestClient, quick: list[str]) -> None:
    document = {"schema": "scene.1", "scenes": [{"avatars": [{"picture": "avatar:anna"}], "duration_s": 1}]}
    project = client.post(PROJECTS, json={"document": document}).json()
    told = client.get(f"{PROJECTS}/{project['id']}/timeline").json()
    assert told["sound_url"] is None and told["peaks"] == [] and told["duration_s"] == pytest.approx(1)


def test_a_document_with_faults_is_refused_with_all_of_them(client: TestClient, studio: Studio) -> None:
    document = hello() | {"scenes": [{"avatars": [{"picture": "avatar:nobody"}], "script": "Hi", "gravity": 1}]}
    project = client.post(PROJECTS, json={"document": document}).json()
    for method, path in (("GET", "still"), ("GET", "timeline"), ("POST", "previews")):
        answer = client.request(method, f"{PROJECTS}/{project['id']}/{path}")
        problem = answer.json()
        assert answer.status_code == 422 and problem["type"] == "/problems/document-faults"
        assert problem["errors"] == project["faults"] and problem["errors"][0]["path"].startswith("scenes[0]")
    with studio.database.session() as session:
        assert session.scalars(select(Job)).all() == []


def test_a_draft_is_made_once_and_plays(
    client: TestClient, studio: Studio, project: dict[str, Any], work: Work, tmp_path: Path
) -> None:
    asked = client.post(f"{PROJECTS}/{project['id']}/previews")
    preview = asked.json()
    assert asked.status_code == 202 and (preview["state"], preview["revision"], preview["url"]) == ("queued", 1, None)
    assert client.get(f"/api/v1/previews/{preview['id']}/content").status_code == 404
    assert client.post(f"{PROJECTS}/{project['id']}/previews").json() == preview
    work("preview")
    done = client.get(f"/api/v1/previews/{preview['id']}").json()
    assert done["state"] == "done" and done["progress"] == 1 and done["duration_s"] > 0.5
    sent = client.get(done["url"])
    assert sent.headers["content-type"] == "video/mp4"
    (tmp_path / "a.mp4").write_bytes(sent.content)
    found = probe(tmp_path / "a.mp4")
    assert found.video is not None and found.sound is not None
    assert (found.video.width_px, found.video.height_px) == (256, 144)
    assert found.duration_s == pytest.approx(done["duration_s"], abs=0.1)
    assert client.post(f"{PROJECTS}/{project['id']}/previews").json() == done
    with studio.database.session() as session:
        told = [event.type for event in session.scalars(select(Event).order_by(Event.id))]
    kinds = dict.fromkeys(name for name in told if name.startswith("preview") and name != "preview.progress")
    assert list(kinds) == ["preview.queued", "preview.started", "preview.done"]


def test_what_was_asked_for_before_a_change_is_given_up(
    client: TestClient, project: dict[str, Any], work: Work
) -> None:
    first = client.post(f"{PROJECTS}/{project['id']}/previews").json()
    client.put(f"{PROJECTS}/{project['id']}/document", json=hello("Other words."))
    second = client.post(f"{PROJECTS}/{project['id']}/previews").json()
    assert second["id"] != first["id"] and second["revision"] == 2
    assert client.get(f"/api/v1/previews/{first['id']}").json()["state"] == "canceled"
    client.put(f"{PROJECTS}/{project['id']}/document", json=hello())
    assert client.post(f"{PROJECTS}/{project['id']}/previews").json()["id"] not in (first["id"], second["id"])


def test_a_draft_whose_file_was_swept_away_is_made_again(
    client: TestClient, studio: Studio, project: dict[str, Any], work: Work
) -> None:
    first = client.post(f"{PROJECTS}/{project['id']}/previews").json()
    work("preview")
    for key, _, _ in list(studio.store.files("users")):
        studio.store.delete(key)
    assert client.get(f"/api/v1/previews/{first['id']}/content").status_code == 404
    assert client.post(f"{PROJECTS}/{project['id']}/previews").json()["id"] != first["id"]


def test_nobody_sees_anothers(
    client: TestClient, other: TestClient, project: dict[str, Any], work: Work, quick: list[str]
) -> None:
    still = client.get(f"{PROJECTS}/{project['id']}/still", params={"width": 64}).json()
    sound_url = client.get(f"{PROJECTS}/{project['id']}/timeline").json()["sound_url"]
    preview = client.post(f"{PROJECTS}/{project['id']}/previews").json()
    paths = [f"{PROJECTS}/{project['id']}/{name}" for name in ("still", "timeline")]
    paths += [still["image_url"], sound_url, f"/api/v1/previews/{preview['id']}"]
    for path in (*paths, f"/api/v1/previews/{preview['id']}/content"):
        assert other.get(path).status_code == 404, path
    assert other.post(f"{PROJECTS}/{project['id']}/previews").status_code == 404
    own = other.post(PROJECTS).json()["id"]
    assert other.get(still["image_url"].replace(project["id"], own)).status_code == 404


@pytest.mark.parametrize("path", ["stills/..%2F..%2Fx.webp", "stills/x.webp", f"sounds/{'a' * 40}.webp"])
def test_names_of_files_lead_nowhere_else(client: TestClient, project: dict[str, Any], path: str) -> None:
    assert client.get(f"{PROJECTS}/{project['id']}/{path}").status_code in (404, 422)


def test_a_title_like_the_name_of_a_file_is_a_title(client: TestClient, quick: list[str]) -> None:
    document = hello() | {"title": "sha256:../../../studio.db"}
    made = client.post(PROJECTS, json={"document": document}).json()
    assert client.get(f"{PROJECTS}/{made['id']}/still", params={"width": 64}).status_code == 200


def test_a_long_script_does_not_hold_up_the_stage_of_others(
    client: TestClient, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phonoscope.studio.previews.routes.TIMELINE_WAIT_S", 0)
    variables = {"greeting": {"default": "Hi there. " * 50}}
    for document in (
        hello(),
        hello("Hi there. " * 600),
        hello("{{greeting}}") | {"variables": variables},
        hello("{{greeting}}" * 12) | {"variables": variables},
    ):
        made = client.post(PROJECTS, json={"document": document}).json()
        assert client.get(f"{PROJECTS}/{made['id']}/timeline").status_code == 503
    with studio.database.session() as session:
        assert list(session.scalars(select(Job.lane).order_by(Job.id))) == ["stage", "quick", "stage", "quick"]


def test_a_long_recording_does_not_hold_up_the_stage_of_others(
    client: TestClient, studio: Studio, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phonoscope.studio.previews.routes.TIMELINE_WAIT_S", 0)
    monkeypatch.setattr("phonoscope.studio.previews.asking.LONG_SOUND_S", 3)
    for length_s in (2, 4):
        voice = client.post("/api/v1/assets", params={"name": "v.wav"}, content=sound(length_s)).json()
        work("ingest")
        spoken = client.get(f"/api/v1/assets/{voice['id']}").json()["reference"]
        scene = {"avatars": [{"picture": "avatar:anna"}], "sound": spoken}
        made = client.post(PROJECTS, json={"document": {"schema": "scene.1", "scenes": [scene]}}).json()
        assert client.get(f"{PROJECTS}/{made['id']}/timeline").status_code == 503
    with studio.database.session() as session:
        timelines = select(Job.lane).where(Job.kind == "timeline").order_by(Job.id)
        assert list(session.scalars(timelines)) == ["stage", "quick"]


def test_nobody_lets_more_wait_than_anybody_needs(
    client: TestClient, other: TestClient, project: dict[str, Any], studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phonoscope.studio.previews.routes.STILL_WAIT_S", 0)
    monkeypatch.setattr("phonoscope.studio.jobs.queue.MOST_WAITING", 2)
    still = f"{PROJECTS}/{project['id']}/still?time_s="
    assert [client.get(f"{still}{time_s}").status_code for time_s in (0, 1, 1, 2)] == [503, 503, 503, 429]
    others = other.post(PROJECTS, json={"document": hello()}).json()
    assert other.get(f"{PROJECTS}/{others['id']}/still").status_code == 503


def test_marks_change_how_a_document_looks(client: TestClient, studio: Studio) -> None:
    with studio.database.session() as session:
        owner_id = session.scalars(select(Account.id)).one()
    document = hello() | {"scenes": [{"avatars": [{"picture": f"sha256:{'a' * 64}"}], "script": "Hi"}]}
    before = document_digest(studio.store, owner_id, document)
    assert before == document_digest(studio.store, owner_id, dict(reversed(document.items())))
    studio.store.put(marks_key(owner_id, "a" * 64), b"{}")
    marked = document_digest(studio.store, owner_id, document)
    studio.store.put(marks_key(owner_id, "a" * 64), b"{ }")
    assert len({before, marked, document_digest(studio.store, owner_id, document)}) == 3
