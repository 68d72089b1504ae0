from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.events.tables import Event
from phonoscope.studio.jobs.queue import claim, fail
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.disk import RESERVE_BYTES
from tests.studio.assets.samples import AVATAR, SVG, picture, sound

Work = Callable[..., list[str]]


def upload(client: TestClient, content: bytes = b"", name: str = "me.png", **query: Any) -> dict[str, Any]:
    response = client.post("/api/v1/assets", params={"name": name, **query}, content=content or picture())
    assert response.status_code == 201, response.text
    told: dict[str, Any] = response.json()
    return told


def files(studio: Studio) -> list[str]:
    folder = studio.settings.data_dir
    return sorted(
        str(it.relative_to(folder)) for it in folder.rglob("*") if it.is_file() and "studio.db" not in it.name
    )


def test_an_upload_is_kept_under_its_hash_and_looked_into(client: TestClient, studio: Studio, work: Work) -> None:
    asset = upload(client, name="../Grandma \u202e1912.png")
    assert (asset["state"], asset["reference"], asset["kind"]) == ("checking", None, "picture")
    assert asset["name"] == "Grandma 1912.png"
    assert len(work("ingest")) == 1
    ready = client.get(f"/api/v1/assets/{asset['id']}").json()
    digest = hashlib.sha256(picture()).hexdigest()
    assert (ready["state"], ready["reference"]) == ("ready", f"sha256:{digest}")
    assert (ready["width"], ready["height"], ready["bytes"]) == (32, 24, len(picture()))
    assert any(name.endswith(f"/assets/{digest}.png") for name in files(studio))
    assert not any(name.startswith("work/uploads") for name in files(studio))
    sent = client.get(ready["content_url"])
    assert (sent.content, sent.headers["content-type"]) == (picture(), "image/png")
    assert client.get(ready["content_url"], headers={"Range": "bytes=1-3"}).content == b"PNG"
    assert client.get(ready["thumbnail_url"]).headers["content-type"] == "image/webp"


def test_the_type_that_a_client_tells_does_not_count(client: TestClient) -> None:
    response = client.post(
        "/api/v1/assets?name=x.html", content=sound(), headers={"Content-Type": "text/html; charset=utf-8"}
    )
    assert (response.json()["kind"], response.json()["media_type"]) == ("sound", "audio/wav")


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        (b"<html><script>alert(1)</script></html>", 415, "unsupported-file"),
        (b"", 422, "empty"),
        (b"GIF89a" + bytes(5000), 413, "too-large"),
    ],
)
def test_what_is_not_taken_leaves_nothing_behind(
    client: TestClient, studio: Studio, content: bytes, status: int, kind: str
) -> None:
    object.__setattr__(studio.settings, "max_upload_bytes", 4500)
    response = client.post("/api/v1/assets", content=content)
    assert (response.status_code, response.json()["type"]) == (status, f"/problems/{kind}")
    assert response.json()["remedy"]
    assert files(studio) == []


def test_the_length_that_is_announced_is_not_believed(client: TestClient, studio: Studio) -> None:
    object.__setattr__(studio.settings, "max_upload_bytes", 100_000)

    def endless() -> Iterator[bytes]:
        yield picture()
        for _ in range(200):
            yield bytes(10_000)

    response = client.post("/api/v1/assets", content=endless(), headers={"Content-Length": "10"})
    assert response.status_code == 413
    assert files(studio) == []


def test_a_drawing_may_be_small_only(client: TestClient, studio: Studio) -> None:
    big = SVG[:-6] + b"<!--" + b"x" * (4 << 20) + b"--></svg>"
    assert client.post("/api/v1/assets", content=big).status_code == 413
    assert files(studio) == []


def test_an_account_has_room_for_so_much(client: TestClient, other: TestClient, studio: Studio) -> None:
    object.__setattr__(studio.settings, "account_bytes", len(picture()) + 10)
    asset = upload(client)
    response = client.post("/api/v1/assets", content=picture(colour="blue"))
    assert (response.status_code, response.json()["type"]) == (413, "/problems/no-room")
    upload(other, picture(colour="blue"))
    client.delete(f"/api/v1/assets/{asset['id']}")
    upload(client, picture(colour="blue"))


def test_a_full_disk_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    full_disk = Path("/dev/full")
    if not full_disk.exists():
        pytest.skip("this system has no full disk to try")
    opened = Path.open

    def open_full(self: Path, *options: Any, **more: Any) -> Any:
        return opened(full_disk, "wb") if self.suffix == ".part" else opened(self, *options, **more)

    monkeypatch.setattr(Path, "open", open_full)
    response = client.post("/api/v1/assets", content=picture() + bytes(100_000))
    assert (response.status_code, response.json()["type"]) == (507, "/problems/disk-full")


def test_some_of_the_disk_stays_free(client: TestClient, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    content = picture() + bytes(100_000)
    enough = RESERVE_BYTES + len(content)
    for free in (enough - 1, enough):
        monkeypatch.setattr("shutil.disk_usage", lambda path, free=free: SimpleNamespace(free=free))
        announced = client.post("/api/v1/assets", content=content)
        streamed = client.post("/api/v1/assets", content=iter([content]))
        length = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content))}
        begun = client.post("/api/v1/uploads", headers=length)
        statuses = [announced.status_code, streamed.status_code, begun.status_code]
        if free == enough:
            assert statuses == [201, 201, 201]
        else:
            assert statuses == [507, 507, 507] and announced.json()["type"] == "/problems/disk-full"
            assert files(studio) == []


def test_a_resumable_upload_leaves_some_of_the_disk_free(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tus, content = {"Tus-Resumable": "1.0.0"}, picture() + bytes(100_000)
    path = client.post("/api/v1/uploads", headers=tus | {"Upload-Length": str(len(content))}).headers["location"]
    part = tus | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=RESERVE_BYTES))
        assert client.patch(path, content=content, headers=part).status_code == 507
    assert client.patch(path, content=content, headers=part).status_code == 204


def test_the_same_file_again_is_ready_at_once_and_lies_there_once(
    client: TestClient, studio: Studio, work: Work
) -> None:
    first = upload(client)
    work("ingest")
    second = upload(client, name="again.png")
    assert second["id"] != first["id"]
    assert (second["state"], second["name"], second["width"]) == ("ready", "again.png", 32)
    assert work("ingest") == []
    client.delete(f"/api/v1/assets/{first['id']}")
    assert client.get(second["content_url"]).content == picture()
    client.delete(f"/api/v1/assets/{second['id']}")
    assert files(studio) == []


def test_damaged_files_are_rejected_with_a_reason(client: TestClient, studio: Studio, work: Work) -> None:
    asset = upload(client, picture(size_px=(300, 300))[:100])
    work("ingest")
    told = client.get(f"/api/v1/assets/{asset['id']}").json()
    assert (told["state"], told["reference"]) == ("rejected", None)
    assert told["reason"]["title"] and told["reason"]["remedy"]
    assert told["reason"]["type"] == "/problems/photo"
    assert str(studio.settings.data_dir) not in str(told)
    assert client.get(told["content_url"]).status_code == 404
    assert files(studio) == []


def test_a_file_over_which_workers_break_down_is_rejected(client: TestClient, studio: Studio) -> None:
    asset = upload(client)
    claimed = claim(studio.database, "quick", "tests")
    assert claimed is not None
    fail(studio.database, claimed, {"kind": "crashed", "title": "It crashed.", "remedy": "", "path": ""})
    assert client.get(f"/api/v1/assets/{asset['id']}").json()["state"] == "rejected"
    with studio.database.session() as session:
        assert list(session.scalars(select(Event.type))) == ["asset.rejected"]


def test_lists_are_by_kind_by_words_and_in_pages(client: TestClient, other: TestClient) -> None:
    for number in range(5):
        upload(client, picture(colour=f"#00000{number}"), f"holiday {number}.png")
    upload(client, sound(), "100%_voice.wav")
    upload(other, sound(), "ben.wav")
    page = client.get("/api/v1/assets", params={"kind": "picture", "limit": 2}).json()
    assert [it["name"] for it in page["items"]] == ["holiday 4.png", "holiday 3.png"]
    page = client.get("/api/v1/assets", params={"kind": "picture", "limit": 3, "cursor": page["next_cursor"]}).json()
    assert [it["name"] for it in page["items"]] == ["holiday 2.png", "holiday 1.png", "holiday 0.png"]
    assert page["next_cursor"] is None
    found = client.get("/api/v1/assets", params={"search": "3 HOLI"}).json()["items"]
    assert [it["name"] for it in found] == ["holiday 3.png"]
    assert len(client.get("/api/v1/assets", params={"search": "%_"}).json()["items"]) == 1
    assert len(client.get("/api/v1/assets").json()["items"]) == 6


def test_assets_are_renamed(client: TestClient) -> None:
    asset = upload(client)
    path = f"/api/v1/assets/{asset['id']}"
    assert client.patch(path, json={"name": "a/b\u202e.png"}).json()["name"] == "b.png"
    assert client.get(path).json()["name"] == "b.png"
    assert client.patch(path, json={"name": ""}).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("GET", "/content"),
        ("HEAD", "/content"),
        ("GET", "/thumbnail"),
        ("POST", "/edits"),
        ("PUT", "/marks"),
        ("GET", "/marks"),
        ("DELETE", "/marks"),
    ],
)
def test_other_people_s_assets_are_not_there(
    client: TestClient, other: TestClient, anonymous: TestClient, method: str, path: str
) -> None:
    asset = upload(client)
    body: dict[str, Any] = {"name": "mine"} if method == "PATCH" else {}
    for who, status in ((other, 404), (anonymous, 401)):
        response = who.request(method, f"/api/v1/assets/{asset['id']}{path}", json=body)
        assert response.status_code == status
    assert client.get(f"/api/v1/assets/{asset['id']}").json()["name"] == "me.png"


def test_drawings_never_run(client: TestClient, work: Work) -> None:
    script = SVG.replace(b"<g ", b"<script>alert(1)</script><g ", 1)
    for content in (script, AVATAR):
        sent = client.get(upload(client, content, "x.svg")["content_url"])
        assert "sandbox" in sent.headers["content-security-policy"]
        assert "allow" not in sent.headers["content-security-policy"]
        assert sent.headers["x-content-type-options"] == "nosniff"


def test_a_broken_off_edit_of_something_that_is_no_picture(client: TestClient) -> None:
    asset = upload(client, sound(), "voice.wav")
    response = client.post(f"/api/v1/assets/{asset['id']}/edits", json={"turn_deg": 90})
    assert (response.status_code, response.json()["type"]) == (409, "/problems/not-ready")
    assert client.post(f"/api/v1/assets/{asset['id']}/edits", json={"turn_deg": 999}).status_code == 422


def test_pictures_are_turned_and_cropped_into_new_ones(client: TestClient, work: Work) -> None:
    asset = upload(client, picture(size_px=(400, 200)))
    work("ingest")
    crop = {"x": 0, "y": 0, "width": 1, "height": 0.5}
    path = f"/api/v1/assets/{asset['id']}/edits"
    edited = client.post(path, json={"turn_deg": 90, "crop": crop}, params={"wait_s": 0}).json()
    assert (edited["state"], edited["id"] != asset["id"]) == ("checking", True)
    work("edit")
    edited = client.get(f"/api/v1/assets/{edited['id']}").json()
    assert (edited["state"], edited["width"], edited["height"]) == ("ready", 200, 200)
    assert client.get(f"/api/v1/assets/{asset['id']}").json()["width"] == 400


RIG = {
    "schema": "rig.1",
    "units": "share",
    "faces": [{"mouth": {"left": [0.4, 0.6], "right": [0.6, 0.6], "upper": [[0.5, 0.6]]}, "chin": [0.5, 0.8]}],
}


def test_marks_lie_beside_the_picture(client: TestClient, studio: Studio, work: Work) -> None:
    asset = upload(client, picture(size_px=(200, 100)))
    path = f"/api/v1/assets/{asset['id']}/marks"
    assert client.put(path, json=RIG).status_code == 409
    work("ingest")
    assert client.get(path).status_code == 404
    assert client.put(path, json=RIG, params={"wait_s": 0}).status_code == 200
    work("ingest")
    assert client.get(f"/api/v1/assets/{asset['id']}").json()["faces"]["marked"]
    assert client.get(path).json()["faces"][0]["chin"] == [100.0, 80.0]
    with studio.database.session() as session:
        row = session.scalars(select(Asset)).one()
    assert studio.store.size(f"users/{row.owner_id}/assets/{row.sha256}.rig.json")
    assert client.delete(path).status_code == 204
    work("ingest")
    assert client.get(path).status_code == 404
    assert not client.get(f"/api/v1/assets/{asset['id']}").json()["faces"]["marked"]


def test_marks_that_are_none_are_refused(client: TestClient, work: Work) -> None:
    asset = upload(client)
    work("ingest")
    for document in (b"", b"[]", b"{", b'{"schema": "rig.9"}', b"[" * 100_000, b'{"faces": 1e999}'):
        response = client.put(f"/api/v1/assets/{asset['id']}/marks", content=document)
        assert response.status_code == 422
        assert response.json()["remedy"]


def test_files_of_uploads_may_lie_on_another_disk(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    asset = upload(client)
    assert client.get(asset["content_url"]).content == picture()
