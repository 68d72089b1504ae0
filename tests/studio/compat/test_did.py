from __future__ import annotations

import asyncio
import base64
import gzip
import re
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from tempfile import gettempdir
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Response
from fastapi.responses import RedirectResponse
from fastapi.testclient import TestClient
from sqlalchemy import select

from phonoscope.media.probe import probe
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.compat.did.calling_back import call_back
from phonoscope.studio.compat.did.tables import Talk
from phonoscope.studio.jobs.queue import Claim, claim, fail, finish
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.disk import RESERVE_BYTES
from tests.studio.assets.samples import picture, sound
from tests.studio.live import serving

Work = Callable[..., list[str]]

TEXT = {"type": "text", "input": "Hello!", "provider": {"type": "microsoft", "voice_id": "en-GB-RyanNeural"}}
TALK = {"source_url": "avatar:anna", "script": TEXT}


@pytest.fixture(autouse=True)
def consent(client: TestClient, other: TestClient, studio: Studio) -> None:
    with studio.database.transaction() as session:
        for account in session.scalars(select(Account)):
            account.consent = "I may."


def made_ready(studio: Studio, **found: Any) -> None:
    """Let all uploads be ready, without looking into them."""
    with studio.database.transaction() as session:
        for asset in session.scalars(select(Asset)):
            asset.state = "ready"
            for field, value in found.items():
                setattr(asset, field, value)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a worker finds that everything is ready."""

    async def wait(studio: Studio, job_id: str, timeout_s: float) -> None:
        made_ready(studio, width=800, height=600, duration_s=2.5)

    monkeypatch.setattr("phonoscope.studio.compat.did.fetching.wait_for", wait)


def talk(client: TestClient, **more: Any) -> dict[str, Any]:
    response = client.post("/talks", json=TALK | more)
    assert response.status_code == 201, response.text
    told: dict[str, Any] = response.json()
    return told


def document(studio: Studio) -> dict[str, Any]:
    with studio.database.session() as session:
        return session.scalars(select(Render)).one().document


def render_claim(studio: Studio) -> Claim:
    claimed = claim(studio.database, "render", "tests")
    assert claimed is not None
    return claimed


def finished(studio: Studio) -> None:
    """Let the render be done, with a file of a few bytes."""
    claimed = render_claim(studio)
    with studio.database.transaction() as session:
        render = session.get_one(Render, claimed.payload["render_id"])
        key = f"users/{render.owner_id}/renders/{render.id}/x/video.mp4"
        studio.store.put(key, b"a film")
        render.files = [{"name": "video.mp4", "media_type": "video/mp4", "bytes": 6, "key": key}]
        render.duration_s = 1.5
    finish(studio.database, claimed, {})


def test_a_talk_from_its_creation_to_its_video(
    client: TestClient, work: Work, anonymous: TestClient, tmp_path: Path
) -> None:
    created = talk(client, config={"result_format": "mp4"})
    assert (created["object"], created["status"], "result_url" in created) == ("talk", "created", False)
    work("render")
    done = client.get(f"/talks/{created['id']}").json()
    assert done["status"] == "done", done
    video = anonymous.get(done["result_url"])
    assert (video.status_code, video.headers["content-type"]) == (200, "video/mp4")
    (tmp_path / "video.mp4").write_bytes(video.content)
    told = probe(tmp_path / "video.mp4")
    assert told.video is not None and told.sound is not None
    assert (told.video.width_px, told.video.height_px) == (512, 512)
    assert abs(done["duration"] - (told.duration_s or 0)) < 0.2


def test_statuses_are_theirs(client: TestClient, studio: Studio) -> None:
    path = f"/talks/{talk(client)['id']}"
    claimed = render_claim(studio)
    assert client.get(path).json()["status"] == "started"
    fail(
        studio.database, claimed, {"kind": "photo", "title": "There is no face.", "remedy": "Take another.", "path": ""}
    )
    told = client.get(path).json()
    assert (told["status"], told["error"]["kind"]) == ("error", "FaceError")
    assert told["error"]["description"] == "There is no face. Take another."
    second = talk(client)
    with studio.database.session() as session:
        render_id = session.get_one(Talk, second["id"]).render_id
    client.post(f"/api/v1/renders/{render_id}/cancel")
    assert client.get(f"/talks/{second['id']}").json()["status"] == "rejected"


def test_a_picture_and_a_voice_are_uploaded(client: TestClient, studio: Studio, at_once: None) -> None:
    image = client.post("/images", files={"image": ("me.png", picture(), "image/png")})
    assert image.status_code == 201
    audio = client.post("/audios", files={"audio": ("me.wav", sound(), "audio/wav")}).json()
    assert re.fullmatch(r"img_\w{26}", image.json()["id"]) and audio["duration"] == 2.5
    assert client.get(f"/images/{image.json()['id']}").json()["url"] == image.json()["url"]
    script = {"type": "audio", "audio_url": audio["url"]}
    talk(client, source_url=image.json()["url"], script=script, config={"stitch": True, "pad_audio": 1.5})
    made = document(studio)
    assert made["canvas"] == {"fps": 25, "width": 800, "height": 600}
    scene = made["scenes"][0]
    assert scene["avatars"][0]["picture"].startswith("sha256:")
    assert (scene["sound"]["file"].startswith("sha256:"), scene["duration_s"]) == (True, 4.0)
    assert client.delete(f"/audios/{audio['id']}").json()["id"] == audio["id"]
    assert client.delete(f"/images/{image.json()['id']}").status_code == 200
    assert client.get(f"/images/{image.json()['id']}").json()["kind"] == "NotFoundError"


def test_what_is_asked_for_becomes_a_document(client: TestClient, studio: Studio) -> None:
    provider = {"voice_id": "de-DE-KatjaNeural", "voice_config": {"rate": "+20%", "pitch": "1.1"}}
    faces = {"expressions": [{"expression": "happy", "intensity": 0.4}, {"expression": "surprise", "intensity": 0.9}]}
    talk(
        client,
        script={"type": "text", "input": "Zahl {{eins}}.", "provider": provider},
        config={"driver_expressions": faces, "pad_audio": 2, "fluent": True, "unknown": 1},
    )
    scene = document(studio)["scenes"][0]
    assert scene["script"] == "Zahl \\{{eins}}. [pause 2s]"
    assert scene["voice"] == {"name": "de+f2", "rate": 1.2, "pitch": 1.1}
    assert scene["avatars"][0] == {"picture": "avatar:anna", "expression": "surprised", "expression_strength": 0.9}


@pytest.mark.parametrize(
    ("voice_id", "ours"),
    [
        ("en-US-JennyNeural", "en-us+f2"),
        ("en-US-GuyNeural", "en-us"),
        ("pt-BR-FranciscaNeural", "pt-br+f2"),
        ("en-US-AndrewMultilingualNeural", "en-us"),
        ("fr-CH-FabriceNeural", "fr-ch+f2"),
        ("Joanna", "en-us+f2"),
        ("Hans", "de"),
        ("en-gb+m3", "en-gb+m3"),
        ("21m00Tcm4TlvDq8ikWAM", ""),
        ("", ""),
    ],
)
def test_their_voices_are_ours(client: TestClient, studio: Studio, voice_id: str, ours: str) -> None:
    talk(client, script={"type": "text", "input": "Hello.", "provider": {"voice_id": voice_id}})
    assert document(studio)["scenes"][0]["voice"]["name"] == ours


def test_ssml_is_understood(client: TestClient, studio: Studio) -> None:
    talk(client, script=TEXT | {"input": 'Hello <break time="1s"/> you', "ssml": True})
    assert document(studio)["scenes"][0]["script"] == '<speak>Hello <break time="1s"/> you</speak>'


@pytest.fixture
def web() -> Iterator[str]:
    """Another server."""
    app = FastAPI()
    app.get("/me.png")(lambda: Response(picture(), media_type="image/png"))
    app.get("/moved")(lambda: RedirectResponse("/me.png"))
    app.get("/round")(lambda: RedirectResponse("/round"))
    packed = gzip.compress(picture())
    app.get("/packed.png")(lambda: Response(packed, headers={"Content-Encoding": "gzip"}))
    app.get("/page.png")(lambda: Response("<html>", media_type="image/png"))
    with serving(app) as address:
        yield address


def test_pictures_are_fetched_from_the_web(client: TestClient, studio: Studio, web: str, at_once: None) -> None:
    object.__setattr__(studio.settings, "private_addresses", True)
    talk(client, source_url=f"{web}/moved")
    assert [it["name"] for it in client.get("/api/v1/assets").json()["items"]] == ["me.png"]
    for path, status in (("round", 400), ("missing", 400), ("page.png", 415)):
        response = client.post("/talks", json=TALK | {"source_url": f"{web}/{path}"})
        assert (response.status_code, response.json()["kind"]) == (status, "BadRequestError")


def test_nothing_is_fetched_from_private_addresses(client: TestClient, web: str) -> None:
    for url in (f"{web}/me.png", "file:///etc/passwd", "http://169.254.169.254/x", "http://[::1]/x", "gopher://x", "x"):
        response = client.post("/talks", json=TALK | {"source_url": url})
        assert response.status_code == 400, url
    response = client.post("/talks", json=TALK | {"webhook": f"{web}/hook"})
    assert response.status_code == 400
    assert client.get("/talks").json() == {"talks": []}


def test_addresses_of_videos_open_them_for_a_day(
    client: TestClient, anonymous: TestClient, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    created = talk(client)
    finished(studio)
    url = client.get(f"/talks/{created['id']}").json()["result_url"]
    assert anonymous.get(url).content == b"a film"
    assert anonymous.get(url, headers={"Range": "bytes=2-5"}).content == b"film"
    head, expires, signature, name = url.rsplit("/", 3)
    forged = (f"{head}/{int(expires) + 1}/{signature}/{name}", f"{head}/{expires}/{'0' * 64}/{name}", f"{url}x")
    for wrong in (*forged, url.replace("tlk_", "tlk_0")):
        assert anonymous.get(wrong).status_code == 404
    monkeypatch.setattr("phonoscope.studio.compat.did.telling.time.time", lambda: int(expires) + 1)
    assert anonymous.get(url).status_code == 404


def test_who_asked_is_told_once_it_is_over(client: TestClient, studio: Studio) -> None:
    created = talk(client, webhook="https://example.com/hook", user_data="mine")
    called: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        called.append(request)
        return httpx.Response(200 if len(called) > 1 else 500)

    async def look() -> int:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as web:
            return await call_back(studio, web)

    assert asyncio.run(look()) == 0
    finished(studio)
    assert asyncio.run(look()) == 1
    with studio.database.transaction() as session:
        row = session.get_one(Talk, created["id"])
        assert (row.webhook_state, row.webhook_tries) == ("waiting", 1)
        row.next_try_at = row.created_at
    assert asyncio.run(look()) == 1
    assert asyncio.run(look()) == 0
    assert str(called[-1].url) == "https://example.com/hook"
    assert b'"status":"done"' in called[-1].content.replace(b" ", b"")
    assert b"mine" in called[-1].content


def test_forms_leave_some_of_the_disk_free(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def usage(path: Path) -> SimpleNamespace:
        looked.append(str(path))
        return SimpleNamespace(free=RESERVE_BYTES)

    monkeypatch.setattr("shutil.disk_usage", usage)
    answer = client.post("/images", files={"image": ("me.png", picture())})
    assert (answer.status_code, looked) == (507, [gettempdir()])


class Endless(httpx.AsyncByteStream):
    """An answer without an end."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0)
            yield b"more"


def test_nobody_who_listens_badly_keeps_others_from_being_told(client: TestClient, studio: Studio) -> None:
    called: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        called.append(request.url.path)
        if request.url.path == "/odd":
            raise UnicodeError("label too long")
        return httpx.Response(200, stream=Endless())

    async def look() -> int:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as web:
            return await asyncio.wait_for(call_back(studio, web), 10)

    for path in ("/odd", "/endless"):
        talk(client, webhook=f"https://example.com{path}")
        finished(studio)
    assert asyncio.run(look()) == 2
    assert sorted(called) == ["/endless", "/odd"]
    with studio.database.session() as session:
        assert sorted(row.webhook_state for row in session.scalars(select(Talk))) == ["sent", "waiting"]


def test_talks_are_listed_and_deleted(client: TestClient, other: TestClient, studio: Studio) -> None:
    ids = [talk(client)["id"] for _ in range(3)]
    page = client.get("/talks", params={"limit": 2}).json()
    assert [it["id"] for it in page["talks"]] == ids[:0:-1]
    assert [it["id"] for it in client.get("/talks", params={"token": page["token"]}).json()["talks"]] == ids[:1]
    assert other.get("/talks").json() == {"talks": []}
    for method in ("GET", "DELETE"):
        response = other.request(method, f"/talks/{ids[0]}")
        assert (response.status_code, response.json()["kind"]) == (404, "NotFoundError")
    assert client.delete(f"/talks/{ids[0]}").json()["id"] == ids[0]
    assert client.get(f"/talks/{ids[0]}").status_code == 404
    with studio.database.session() as session:
        assert len(list(session.scalars(select(Render)))) == 2


def test_what_is_wrong_is_told_as_theirs(client: TestClient, anonymous: TestClient, studio: Studio) -> None:
    response = client.post("/talks", json={"script": {"type": "text"}})
    assert (response.status_code, response.json()["kind"]) == (400, "ValidationError")
    assert "script" in response.json()["description"]
    assert client.post("/talks", json=TALK | {"source_url": "avatar:nobody"}).json()["kind"] == "ValidationError"
    assert client.post("/images", files={"image": ("a.png", b"<html>")}).status_code == 415
    assert client.post("/images", data={"image": "text"}).status_code == 400
    assert client.post("/images", files={"image": ("a.wav", sound())}).status_code == 400
    assert client.post("/images", content=b"x", headers={"Content-Type": "multipart/form-data"}).status_code == 400
    assert anonymous.get("/talks").status_code == 401
    wrong = anonymous.get("/talks", headers={"Authorization": "Basic d3Jvbmc6a2V5"})
    assert (wrong.status_code, wrong.json()["kind"]) == (401, "AuthorizationError")


def test_consent_is_needed_for_pictures_of_people(client: TestClient, studio: Studio, at_once: None) -> None:
    with studio.database.transaction() as session:
        for account in session.scalars(select(Account)):
            account.consent = None
    image = client.post("/images", files={"image": ("me.png", picture())}).json()
    response = client.post("/talks", json=TALK | {"source_url": image["url"]})
    assert (response.status_code, response.json()["kind"]) == (403, "PermissionError")


def test_keys_come_as_their_clients_send_them(client: TestClient, anonymous: TestClient) -> None:
    key = client.headers["authorization"].removeprefix("Bearer ")
    basic = base64.b64encode(f"{key}:".encode()).decode()
    response = anonymous.get("/credits", headers={"Authorization": f"Basic {basic}"})
    assert response.json()["remaining"] > 0


@pytest.mark.parametrize("name", ["  ", "a\x01b", "a" * 201])
def test_names_that_are_none_are_refused(client: TestClient, name: str) -> None:
    response = client.post("/talks", json=TALK | {"name": name})
    assert (response.status_code, response.json()["kind"]) == (400, "ValidationError")


def test_nothing_that_is_fetched_is_unpacked(client: TestClient, studio: Studio, web: str, at_once: None) -> None:
    object.__setattr__(studio.settings, "private_addresses", True)
    response = client.post("/talks", json=TALK | {"source_url": f"{web}/packed.png"})
    assert response.status_code == 415
