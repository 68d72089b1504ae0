"""Uploads are looked into: measured, shown small, refused with a reason, and searched for faces."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from skimage import data
from sqlalchemy import select

from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.events.tables import Event
from phonoscope.studio.state import Studio
from tests.studio.assets.samples import AVATAR, picture, sound
from tests.studio.conftest import Work

ASSETS = "/api/v1/assets"
MOUTHLESS = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><g id="hat"><path d="M1 3h2v9z"/></g></svg>'
FACE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><circle id="head" cx="100" cy="100" r="90"'
    b' fill="#fc9"/><circle id="eye-left" cx="70" cy="80" r="9"/><circle id="eye-right" cx="130" cy="80" r="9"/>'
    b'<path id="mouth" d="M70 140 Q100 160 130 140" stroke="#a33" stroke-width="6" fill="none"/></svg>'
)


def astronaut(form: str = "JPEG", exif: bytes = b"") -> bytes:
    stream = io.BytesIO()
    Image.fromarray(data.astronaut()[:300, 80:380]).save(stream, form, exif=exif)
    return stream.getvalue()


def looked_into(client: TestClient, work: Work, content: bytes, name: str = "mine") -> dict[str, Any]:
    answer = client.post(ASSETS, params={"name": name}, content=content)
    assert answer.status_code == 201, answer.text
    assert answer.json()["state"] == "checking" and answer.json()["reference"] is None
    work("ingest")
    asset: dict[str, Any] = client.get(f"{ASSETS}/{answer.json()['id']}").json()
    return asset


def events(studio: Studio) -> list[tuple[str, Any]]:
    with studio.database.session() as session:
        return [(event.type, event.data) for event in session.scalars(select(Event).order_by(Event.id))]


def test_a_photo_is_ready_before_its_faces_are_found(client: TestClient, studio: Studio, work: Work) -> None:
    asset = looked_into(client, work, astronaut(), "Eileen.jpg")
    assert (asset["state"], asset["width"], asset["height"]) == ("ready", 300, 300)
    first, second = events(studio)[-2:]
    assert first[0] == "asset.ready" and first[1]["thumbnail_url"] and first[1]["faces"] is None
    assert second[0] == "asset.faces" and second[1] == asset
    report = asset["faces"]
    assert report["grade"] in ("good", "usable") and report["marked"] is False
    (face,) = report["faces"]
    box = face["box"]
    assert face["number"] == 1 and 0.3 < box["x"] + box["width"] / 2 < 0.6 and 0.15 < box["height"] < 0.6
    assert {"size", "sharpness"} <= {finding["name"] for finding in face["findings"]}
    shown = client.get(asset["thumbnail_url"])
    with Image.open(io.BytesIO(shown.content)) as image:
        assert image.format == "WEBP" and image.size == (300, 300)


def test_marks_are_guessed_to_begin_with(client: TestClient, work: Work) -> None:
    asset = looked_into(client, work, astronaut())
    face = asset["faces"]
    (marks,) = face["guess"]["faces"]
    assert face["guess"]["picture"] == [300, 300] and "kind" not in marks
    box = face["faces"][0]["box"]
    for x, y in (marks["mouth"]["left"], marks["mouth"]["right"], *marks["mouth"]["upper"]):
        assert box["x"] < x / 300 < box["x"] + box["width"] and 0.5 * box["height"] < y / 300 - box["y"]
    answer = client.put(f"{ASSETS}/{asset['id']}/marks", json=asset["faces"]["guess"])
    assert answer.status_code == 200, answer.text
    assert looked_into(client, work, picture(size_px=(200, 200)))["faces"]["guess"] is None


def test_a_photo_on_its_side_is_told_and_shown_upright(client: TestClient, work: Work) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stream = io.BytesIO()
    Image.new("RGB", (1200, 600), "red").save(stream, "JPEG", exif=exif)
    asset = looked_into(client, work, stream.getvalue())
    assert (asset["width"], asset["height"]) == (600, 1200)
    with Image.open(io.BytesIO(client.get(asset["thumbnail_url"]).content)) as image:
        assert image.size == (256, 512)
    assert asset["faces"]["faces"] == [] and asset["faces"]["grade"] == "poor"
    assert asset["faces"]["findings"][0]["advice"]


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (astronaut()[:4000], "'broken.jpg' is damaged or cut off"),
        (png_that_claims(9000, 9000), "9000 × 9000 pixels"),
        (sound()[:44], "broken.jpg"),
        (b"\x00\x00\x00\x18ftypisom" + bytes(400), "damaged or cut off"),
        (MOUTHLESS, "mouth"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script>', "broken.jpg"),
        (b'{"schema": "avatar.1", "style": "nobody"}', "nobody"),
    ],
    ids=["cut off", "bomb", "empty sound", "damaged film", "no mouth", "half a drawing", "unknown style"],
)
def test_what_cannot_be_used_is_rejected_with_a_reason(
    client: TestClient, studio: Studio, work: Work, content: bytes, told: str
) -> None:
    asset = looked_into(client, work, content, "broken.jpg")
    assert asset["state"] == "rejected" and asset["reference"] is None
    reason = asset["reason"]
    assert told in reason["detail"] and reason["remedy"] and reason["title"]
    assert str(studio.settings.data_dir) not in str(reason)
    assert events(studio)[-1] == ("asset.rejected", asset)
    with studio.database.session() as session:
        key = session.scalars(select(Asset.file_key)).one()
    assert studio.store.size(key) is None
    assert client.get(asset["content_url"]).status_code == 404


def test_a_sound_is_measured_and_drawn(client: TestClient, work: Work) -> None:
    asset = looked_into(client, work, sound(1.5), "voice.wav")
    assert asset["kind"] == "sound" and asset["duration_s"] == pytest.approx(1.5, abs=0.01)
    with Image.open(io.BytesIO(client.get(asset["thumbnail_url"]).content)) as image:
        assert image.size == (512, 128) and image.convert("RGBA").getbbox() is not None


def film(path: Path, *arguments: str) -> bytes:
    """Return a file that is made in another process: its encoder keeps threads."""
    program = (
        "import sys, av, numpy as np\n"
        "with av.open(sys.argv[1], 'w') as out:\n"
        "    if 'seen' in sys.argv:\n"
        "        video = out.add_stream('libvpx', rate=10); video.width, video.height = 64, 48\n"
        "        for n in range(12):\n"
        "            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 20 * n, np.uint8))\n"
        "            out.mux(video.encode(frame))\n"
        "        out.mux(video.encode(None))\n"
        "    else:\n"
        "        track = out.add_stream('libopus', rate=48000)\n"
        "        for n in range(50):\n"
        "            frame = av.AudioFrame.from_ndarray(np.full((1, 960), 0.1 * (n % 5), np.float32), 'flt', 'mono')\n"
        "            frame.sample_rate, frame.pts = 48000, n * 960\n"
        "            out.mux(track.encode(frame))\n"
        "        out.mux(track.encode(None))\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path), *arguments], check=True)
    return path.read_bytes()


def test_a_video_is_measured_and_shown(client: TestClient, work: Work, tmp_path: Path) -> None:
    asset = looked_into(client, work, film(tmp_path / "a.webm", "seen"))
    assert (asset["kind"], asset["width"], asset["height"]) == ("video", 64, 48)
    assert asset["duration_s"] == pytest.approx(1.2, abs=0.11) and asset["thumbnail_url"] and asset["faces"] is None


def test_a_video_without_a_picture_is_a_sound(client: TestClient, work: Work, tmp_path: Path) -> None:
    asset = looked_into(client, work, film(tmp_path / "a.webm"))
    assert (asset["kind"], asset["media_type"]) == ("sound", "audio/webm")
    assert asset["duration_s"] == pytest.approx(1.0, abs=0.05)


def test_what_is_too_long_is_rejected(client: TestClient, studio: Studio, work: Work) -> None:
    studio.settings.max_media_length_s = 1.0
    asset = looked_into(client, work, sound(1.5), "voice.wav")
    assert asset["state"] == "rejected" and "minutes" in asset["reason"]["detail"]


@pytest.mark.parametrize("content", [FACE, AVATAR])
def test_a_drawing_is_drawn(client: TestClient, work: Work, content: bytes) -> None:
    asset = looked_into(client, work, content, "me")
    assert (asset["state"], asset["kind"], asset["reason"]) == ("ready", "drawing", None)
    with Image.open(io.BytesIO(client.get(asset["thumbnail_url"]).content)) as image:
        assert max(image.size) == 512 and len(image.convert("RGB").getcolors(1 << 20) or ()) > 2


def test_an_asset_that_was_deleted_meanwhile_is_left_alone(client: TestClient, studio: Studio, work: Work) -> None:
    asset = client.post(ASSETS, params={"name": "x"}, content=picture()).json()
    client.delete(f"{ASSETS}/{asset['id']}")
    assert len(work("ingest")) == 1 and events(studio) == []


def test_the_same_photo_that_comes_meanwhile_gets_its_faces_too(
    client: TestClient, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    from phonoscope.studio.work import ingest

    twins: list[dict[str, Any]] = []
    find_faces = ingest.find_faces

    def upload_again(*arguments: Any) -> dict[str, Any]:
        twins.append(client.post(ASSETS, params={"name": "again"}, content=astronaut()).json())
        return find_faces(*arguments)

    monkeypatch.setattr(ingest, "find_faces", upload_again)
    first = looked_into(client, work, astronaut())
    (twin,) = twins
    assert twin["state"] == "ready" and twin["faces"] is None
    assert client.get(f"{ASSETS}/{twin['id']}").json()["faces"] == first["faces"]


def test_limits_of_pixels_hold_before_anything_is_decoded(client: TestClient, studio: Studio, work: Work) -> None:
    studio.settings.max_picture_pixels = 100
    asset = looked_into(client, work, picture())
    assert asset["state"] == "rejected" and "32 × 24" in asset["reason"]["detail"]
