"""Renders: asked for, made, sent, stopped, tried again, deleted; nobody sees another's, and nothing half is sent."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from phonoscope.core.errors import MachineError, OutputError
from phonoscope.media.joining import join_segments
from phonoscope.media.probe import Probe, probe
from phonoscope.studio.events.tables import Event
from phonoscope.studio.jobs.queue import claim
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.renders.files import work_folder
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import Studio
from phonoscope.studio.storage import disk
from tests.studio.assets.test_routes import RIG
from tests.studio.conftest import Work
from tests.studio.work.test_ingest import ASSETS, astronaut

CANVAS = {"width": 256, "height": 144, "fps": 10}
PROJECTS, RENDERS = "/api/v1/projects", "/api/v1/renders"


def hello(script: str = "Hi.", **more: Any) -> dict[str, Any]:
    scene = {"avatars": [{"picture": "avatar:anna"}], "script": script, "background": "#336699"}
    return {
        "schema": "scene.1",
        "title": "Hi",
        "canvas": {"width": 256, "height": 144, "fps": 10},
        "scenes": [scene],
    } | more


def blank(**more: Any) -> dict[str, Any]:
    """Return a document that is drawn in no time."""
    scene = {"background": "#336699", "duration_s": 0.5}
    return {
        "schema": "scene.1",
        "title": "Hi",
        "canvas": {"width": 256, "height": 144, "fps": 10},
        "scenes": [scene],
    } | more


def asked(client: TestClient, **body: Any) -> dict[str, Any]:
    answer = client.post(RENDERS, json={"document": blank()} | body)
    assert answer.status_code == 202, answer.text
    render: dict[str, Any] = answer.json()
    return render


def told(client: TestClient, render: dict[str, Any]) -> dict[str, Any]:
    answer = client.get(f"{RENDERS}/{render['id']}")
    assert answer.status_code == 200
    now: dict[str, Any] = answer.json()
    return now


def probed(client: TestClient, file: dict[str, Any], folder: Path) -> Probe:
    sent = client.get(file["url"])
    assert sent.status_code == 200 and len(sent.content) == file["bytes"]
    assert sent.headers["content-type"].split(";")[0] == file["media_type"].split(";")[0]
    (folder / file["name"]).write_bytes(sent.content)
    return probe(folder / file["name"])


def test_a_project_becomes_a_video(client: TestClient, studio: Studio, work: Work, tmp_path: Path) -> None:
    project = client.post(PROJECTS, json={"name": "Größe/1", "document": hello()}).json()
    render = client.post(RENDERS, json={"project_id": project["id"], "companions": ["srt", "vtt"]}).json()
    assert (render["state"], render["progress"], render["files"]) == ("queued", 0, [])
    assert render["name"] == "Größe/1" and render["thumbnail_url"] is None and render["seconds_left"] is None
    assert client.get(f"{RENDERS}/{render['id']}/files/video.mp4").status_code == 404
    work("render")
    done = told(client, render)
    assert (done["state"], done["progress"], done["error"]) == ("done", 1, None)
    assert [file["name"] for file in done["files"]] == ["video.mp4", "video.srt", "video.vtt", "video.credits.txt"]
    found = probed(client, done["files"][0], tmp_path)
    assert found.video is not None and found.sound is not None
    assert (found.video.width_px, found.video.height_px, found.video.codec) == (256, 144, "h264")
    assert found.duration_s == pytest.approx(done["duration_s"], abs=0.1)
    assert "Hi." in client.get(done["files"][1]["url"]).text
    assert "video.mp4" in client.get(done["files"][3]["url"]).text
    part = client.get(done["files"][0]["url"], headers={"range": "bytes=4-7"})
    assert part.status_code == 206 and part.content == b"ftyp"
    saved = client.get(done["files"][0]["url"], params={"download": 1}).headers["content-disposition"]
    assert saved.startswith("attachment") and "Gr%C3%B6%C3%9Fe_1.mp4" in saved
    assert client.get(done["thumbnail_url"]).headers["content-type"] == "image/webp"
    assert not work_folder(studio.settings, render["id"]).exists()
    with studio.database.session() as session:
        events = list(session.scalars(select(Event).where(Event.render_id == render["id"]).order_by(Event.id)))
    kinds = list(dict.fromkeys(event.type for event in events))
    assert [kinds[0], kinds[1], kinds[-1]] == ["render.queued", "render.started", "render.done"]
    assert events[-1].data == done and {event.project_id for event in events} == {project["id"]}


@pytest.mark.parametrize(
    ("format", "name", "codec"),
    [("webm", "video.webm", "vp9"), ("gif", "video.gif", "gif"), ("mov", "video.mov", "prores")],
)
def test_every_format_is_made(
    client: TestClient, work: Work, tmp_path: Path, format: str, name: str, codec: str
) -> None:
    document = blank()
    document["scenes"][0]["background"] = "#102030" if format == "gif" else "transparent"
    render = asked(client, document=document, format=format)
    work("render")
    done = told(client, render)
    assert done["state"] == "done", done["error"]
    assert done["files"][0]["name"] == name
    found = probed(client, done["files"][0], tmp_path)
    assert found.video is not None and found.video.codec == codec


def test_single_pictures_are_packed_with_their_sound(client: TestClient, work: Work) -> None:
    render = asked(client, document=hello(), format="png-sequence", resolution=144)
    work("render")
    done = told(client, render)
    assert done["state"] == "done", done["error"]
    file = done["files"][0]
    assert (file["name"], file["media_type"]) == ("video.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(client.get(file["url"]).content)) as packed:
        names = packed.namelist()
        assert packed.testzip() is None
    assert names[0] == "video.wav" and names[1] == "video_00001.png"
    assert len(names) - 1 == pytest.approx(10 * done["duration_s"], abs=1)


def test_a_document_with_faults_is_refused(client: TestClient, studio: Studio) -> None:
    answer = client.post(RENDERS, json={"document": hello(captions={"style": "shouting"})})
    problem = answer.json()
    assert answer.status_code == 422 and problem["type"] == "/problems/document-faults"
    assert problem["errors"][0]["path"] == "captions.style" and "shouting" in problem["title"] and problem["remedy"]
    with studio.database.session() as session:
        assert list(session.scalars(select(Render))) == [] and list(session.scalars(select(Job))) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"format": "avi"}, "format"),
        ({"resolution": 100}, "resolution"),
        ({"preset": "vhs"}, "preset"),
        ({"preset": "master"}, "MOV"),
        ({"companions": ["lrc"]}, "companions"),
        ({"document": None}, "project_id or document"),
        ({"project_id": "x" * 26}, "project_id or document"),
        ({"colour": "red"}, "colour"),
        ({"name": "a\x00b"}, "name"),
        ({"document": hello(background="transparent")}, "cannot be transparent"),
    ],
)
def test_what_cannot_be_made_is_refused_at_once(client: TestClient, body: dict[str, Any], told: str) -> None:
    answer = client.post(RENDERS, json={"document": hello()} | body)
    assert answer.status_code == 422 and told in answer.text


def test_a_render_that_goes_wrong_tells_why_and_can_be_tried_again(
    client: TestClient, studio: Studio, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = asked(client)
    put = studio.store.put

    def full(key: str, source: Path | bytes) -> None:
        raise OutputError("The disk is full.", "Make room.")

    monkeypatch.setattr(type(studio.store), "put", lambda self, key, source: full(key, source))
    work("render")
    failed = told(client, render)
    assert failed["state"] == "error" and failed["files"] == []
    assert failed["error"]["title"] == "The disk is full." and failed["error"]["remedy"] == "Make room."
    assert (failed["error"]["type"], failed["error"]["status"]) == ("/problems/output", 500)
    assert client.get(f"{RENDERS}/{render['id']}/files/video.mp4").status_code == 404
    monkeypatch.setattr(type(studio.store), "put", lambda self, key, source: put(key, source))
    finished = (work_folder(studio.settings, render["id"]) / "video.mp4").stat()
    again = client.post(f"{RENDERS}/{render['id']}/retry")
    assert again.status_code == 202 and (again.json()["state"], again.json()["error"]) == ("queued", None)
    assert client.post(f"{RENDERS}/{render['id']}/retry").status_code == 409
    work("render")
    done = told(client, render)
    assert done["state"] == "done" and done["files"][0]["bytes"] == finished.st_size
    assert client.post(f"{RENDERS}/{render['id']}/retry").json()["type"] == "/problems/render-not-over"


def test_faults_that_show_only_in_rendering_have_their_places(client: TestClient, work: Work) -> None:
    photo = client.post(ASSETS, params={"name": "Eileen.jpg"}, content=astronaut()).json()
    work("ingest")
    reference = client.get(f"{ASSETS}/{photo['id']}").json()["reference"]
    client.put("/api/v1/consent", json={"statement": "I may.", "language": "en"})
    document = blank()
    document["scenes"][0] = {"avatars": [{"picture": reference}], "duration_s": 0.3}
    render = asked(client, document=document)
    client.delete(f"{ASSETS}/{photo['id']}")
    work("render")
    failed = told(client, render)
    assert failed["state"] == "error" and failed["error"]["type"] == "/problems/scene"
    assert [fault["path"] for fault in failed["error"]["errors"]] == ["scenes[0].avatars[0].picture"]


def test_a_render_goes_on_where_a_killed_worker_left_it(
    client: TestClient, studio: Studio, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    from phonoscope.rendering.worker import Worker

    def killed(self: Worker, *arguments: Any) -> None:
        raise KeyboardInterrupt

    render = asked(client)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("phonoscope.rendering.render.join_segments", killed)
        work("render")
    with studio.database.transaction() as session:
        job = session.scalars(select(Job)).one()
        assert job.state == "running"
        job.state = "queued"
    drawn: list[int] = []
    monkeypatch.setattr(Worker, "draw", lambda self, segment, count: drawn.append(segment.number))
    work("render")
    assert told(client, render)["state"] == "done" and drawn == []


def test_a_render_that_is_tried_again_does_not_begin_at_nothing(
    client: TestClient, studio: Studio, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: Any) -> None:
        raise MachineError("The power is gone.", "Wait.")

    render = asked(client)
    with monkeypatch.context() as patched:
        patched.setattr("phonoscope.rendering.render.join_segments", broken)
        work("render")
    assert told(client, render)["state"] == "error"
    with studio.database.transaction() as session:
        session.scalars(select(Job)).one().progress = 0.9  # whether that was written by then is a matter of luck
        last_id = session.scalars(select(Event.id).order_by(Event.id.desc())).first() or 0
    assert client.post(f"{RENDERS}/{render['id']}/retry").json()["progress"] == 0.9
    monkeypatch.setattr("phonoscope.studio.work.holding.LOOK_EVERY_S", 0.001)
    work("render")
    assert told(client, render)["state"] == "done"
    with studio.database.session() as session:
        events = session.scalars(select(Event).where(Event.id > last_id)).all()
    assert [event.type for event in events][:2] == ["render.queued", "render.started"]
    assert min(event.data["progress"] for event in events) >= 0.9


def test_a_video_that_was_made_but_not_kept_is_not_taken_for_one_with_other_marks(
    client: TestClient, studio: Studio, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = client.post(ASSETS, params={"name": "Eileen.jpg"}, content=astronaut()).json()
    work("ingest")
    photo = client.get(f"{ASSETS}/{photo['id']}").json()
    client.put("/api/v1/consent", json={"statement": "I may.", "language": "en"})
    document = blank()
    document["scenes"][0] = {"avatars": [{"picture": photo["reference"]}], "duration_s": 0.3}
    render = asked(client, document=document)

    def full(self: Any, key: str, source: Path | bytes) -> None:
        raise OutputError("The disk is full.", "Make room.")

    with monkeypatch.context() as patched:
        patched.setattr(type(studio.store), "put", full)
        work("render")
    joined: list[Path] = []

    def joining(*given: Any) -> None:
        joined.append(given[2])
        join_segments(*given)

    monkeypatch.setattr("phonoscope.rendering.render.join_segments", joining)
    assert client.put(f"{ASSETS}/{photo['id']}/marks", json=RIG, params={"wait_s": 0}).status_code == 200
    assert client.post(f"{RENDERS}/{render['id']}/retry").status_code == 202
    work("render")
    assert told(client, render)["state"] == "done" and [path.name for path in joined] == ["video.mp4"]


def test_a_render_that_fills_the_disk_leaves_room_for_others(
    client: TestClient, studio: Studio, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    from phonoscope.rendering.worker import Worker

    free = [10 * disk.RESERVE_BYTES]
    draw = Worker.draw

    def fill(self: Worker, *arguments: Any) -> None:
        draw(self, *arguments)
        free[0] = disk.RESERVE_BYTES - 1

    render = asked(client)
    folder = work_folder(studio.settings, render["id"])
    with monkeypatch.context() as patched:
        patched.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=free[0]))
        patched.setattr("phonoscope.rendering.pulse.BEAT_S", 0.0)
        patched.setattr(Worker, "draw", fill)
        work("render")
        failed = told(client, render)
        assert failed["state"] == "error" and failed["error"]["title"] == "The server's disk is full."
        assert failed["files"] == [] and not folder.exists()
        again = asked(client)
        work("render")
        assert told(client, again)["error"]["title"] == "The server's disk is full."
    assert [key for key, _, _ in studio.store.files("users")] == []
    client.post(f"{RENDERS}/{render['id']}/retry")
    work("render")
    assert told(client, render)["state"] == "done"


def test_a_video_that_was_deleted_while_it_was_kept_leaves_nothing(
    client: TestClient, studio: Studio, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = asked(client)
    put = type(studio.store).put

    def deleted(self: Any, key: str, source: Path | bytes) -> None:
        if key.endswith(".mp4"):
            assert client.delete(f"{RENDERS}/{render['id']}").status_code == 204
        put(self, key, source)

    monkeypatch.setattr(type(studio.store), "put", deleted)
    work("render")
    assert [key for key, _, _ in studio.store.files("users")] == []
    assert not work_folder(studio.settings, render["id"]).exists()


def test_a_render_that_waits_is_stopped_at_once(client: TestClient, studio: Studio, work: Work) -> None:
    render = asked(client)
    assert client.post(f"{RENDERS}/{render['id']}/cancel").json()["state"] == "canceled"
    assert client.post(f"{RENDERS}/{render['id']}/cancel").json()["state"] == "canceled"
    assert work("render") == []
    with studio.database.session() as session:
        assert session.scalars(select(Event.type).order_by(Event.id)).all()[-1] == "render.canceled"
    assert client.post(f"{RENDERS}/{render['id']}/retry").json()["state"] == "queued"
    work("render")
    assert told(client, render)["state"] == "done"
    assert client.post(f"{RENDERS}/{render['id']}/cancel").status_code == 409


def test_a_render_that_runs_is_stopped_and_nothing_is_sent(
    client: TestClient, studio: Studio, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    from phonoscope.studio.work.holding import Hold

    render = asked(client)
    report = Hold.report

    def stop_at_first(self: Hold, progress: float, stage: str) -> None:
        if stage == "render" and not self.is_stopped:
            answer = client.post(f"{RENDERS}/{render['id']}/cancel").json()
            assert answer["state"] == "running"
            self.stop()
        report(self, progress, stage)

    monkeypatch.setattr(Hold, "report", stop_at_first)
    work("render")
    stopped = told(client, render)
    assert stopped["state"] == "canceled" and stopped["files"] == [] and stopped["error"] is None
    assert client.get(f"{RENDERS}/{render['id']}/files/video.mp4").status_code == 404


def test_renders_are_listed_renamed_and_deleted(client: TestClient, studio: Studio, work: Work) -> None:
    project = client.post(PROJECTS, json={"document": blank()}).json()
    first, second = asked(client), asked(client, document=None, project_id=project["id"], name="Mine")
    assert [each["name"] for each in client.get(RENDERS).json()["items"]] == ["Mine", "Hi"]
    page = client.get(RENDERS, params={"limit": 1}).json()
    assert [each["id"] for each in page["items"]] == [second["id"]]
    following = client.get(RENDERS, params={"cursor": page["next_cursor"]}).json()
    assert [each["id"] for each in following["items"]] == [first["id"]] and following["next_cursor"] is None
    only = client.get(RENDERS, params={"project_id": project["id"]}).json()["items"]
    assert only == [told(client, second)]
    assert client.patch(f"{RENDERS}/{first['id']}", json={"name": " New "}).json()["name"] == "New"
    work("render")
    assert [key for key, _, _ in studio.store.files("users") if first["id"] in key]
    assert client.delete(f"{RENDERS}/{first['id']}").status_code == 204
    assert client.get(f"{RENDERS}/{first['id']}").status_code == 404
    assert not [key for key, _, _ in studio.store.files("users") if first["id"] in key]
    assert client.get(told(client, second)["files"][0]["url"]).status_code == 200


def test_a_render_that_runs_can_be_deleted(client: TestClient, studio: Studio) -> None:
    render = asked(client)
    claimed = claim(studio.database, "render", "tests")
    assert claimed is not None
    assert client.delete(f"{RENDERS}/{render['id']}").status_code == 204
    with studio.database.session() as session:
        assert session.get_one(Job, claimed.job_id).cancel_asked
    from phonoscope.studio.work.bench import Bench
    from phonoscope.studio.work.render import render as handle

    done = handle(Bench(studio.settings, studio.database, studio.store), claimed)
    assert done.result == {} and list(studio.store.files("users")) == []


def test_nobody_sees_anothers(client: TestClient, other: TestClient, work: Work) -> None:
    render = asked(client)
    work("render")
    done = told(client, render)
    own = f"{RENDERS}/{render['id']}"
    for path in (own, done["files"][0]["url"], done["thumbnail_url"]):
        assert other.get(path).status_code == 404, path
    assert other.post(f"{own}/cancel").status_code == other.post(f"{own}/retry").status_code == 404
    assert other.patch(own, json={"name": "x"}).status_code == other.delete(own).status_code == 404
    assert other.get(RENDERS).json()["items"] == []
    project = client.post(PROJECTS).json()
    assert other.post(RENDERS, json={"project_id": project["id"]}).status_code == 404
    assert client.get(f"{own}/files/..%2Fvideo.mp4").status_code == 404


def test_pictures_of_people_need_consent(client: TestClient, work: Work) -> None:
    photo = client.post(ASSETS, params={"name": "Eileen.jpg"}, content=astronaut()).json()
    work("ingest")
    reference = client.get(f"{ASSETS}/{photo['id']}").json()["reference"]
    document = blank()
    document["scenes"][0] = {"avatars": [{"picture": reference}], "duration_s": 0.3}
    project = client.post(PROJECTS, json={"document": document}).json()
    refused = client.post(RENDERS, json={"project_id": project["id"]})
    assert refused.status_code == 403 and refused.json()["type"] == "/problems/consent-needed"
    client.put("/api/v1/consent", json={"statement": "I may.", "language": "en"})
    render = client.post(RENDERS, json={"project_id": project["id"]}).json()
    assert client.get(f"{PROJECTS}/{project['id']}").json()["consent"] == "I may."
    work("render")
    assert told(client, render)["state"] == "done"


def test_the_same_request_twice_makes_one_render(client: TestClient) -> None:
    headers = {"Idempotency-Key": "abc"}
    first = client.post(RENDERS, json={"document": hello()}, headers=headers)
    assert client.post(RENDERS, json={"document": hello()}, headers=headers).json() == first.json()
    assert len(client.get(RENDERS).json()["items"]) == 1


def test_videos_take_room_too(client: TestClient, studio: Studio) -> None:
    object.__setattr__(studio.settings, "account_bytes", 10)
    first = asked(client)
    with studio.database.transaction() as session:
        session.get_one(Render, first["id"]).files = [{"name": "a", "media_type": "video/mp4", "bytes": 11, "key": "a"}]
    refused = client.post(RENDERS, json={"document": blank()})
    assert (refused.status_code, refused.json()["type"]) == (413, "/problems/no-room")
    assert client.delete(f"{RENDERS}/{first['id']}").status_code == 204
    asked(client)


def test_a_video_for_which_there_is_no_room_any_more_is_not_kept(
    client: TestClient, studio: Studio, work: Work
) -> None:
    first, second = asked(client), asked(client)
    object.__setattr__(studio.settings, "account_bytes", 100)
    work("render")
    for render in (first, second):
        failed = told(client, render)
        assert (failed["state"], failed["error"]["type"]) == ("error", "/problems/no-room"), failed
        assert failed["files"] == [] and not work_folder(studio.settings, render["id"]).exists()
    assert [key for key, _, _ in studio.store.files("users")] == []


def test_there_are_not_too_many(client: TestClient, other: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phonoscope.studio.renders.asking.MOST", 1)
    first = asked(client)
    client.post(f"{RENDERS}/{first['id']}/cancel")
    refused = client.post(RENDERS, json={"document": blank()})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/too-many-renders")
    asked(other)
    assert client.delete(f"{RENDERS}/{first['id']}").status_code == 204
    asked(client)


def test_only_so_many_wait(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phonoscope.studio.jobs.queue.MOST_WAITING", 1)
    first = asked(client)
    refused = client.post(RENDERS, json={"document": blank()})
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-waiting")
    assert client.post(f"{RENDERS}/{first['id']}/cancel").status_code == 200
    asked(client)
