"""What somebody does with a studio from beginning to end, whatever it keeps things in."""

from __future__ import annotations

import io
from typing import Any

from fastapi.testclient import TestClient
from PIL import Image

from tests.studio.conftest import Work

CANVAS = {"width": 256, "height": 144, "fps": 10}


def picture() -> bytes:
    """Return a PNG that nobody has sent before."""
    file = io.BytesIO()
    Image.effect_noise((320, 200), 60).save(file, "png")
    return file.getvalue()


def go(client: TestClient, work: Work) -> None:
    """Bring a picture, make a project of it, let it be rendered, watch it, and delete everything."""
    client.put("/api/v1/consent", json={"statement": "I may.", "language": "en"}).raise_for_status()
    asset = _sent(client, work)
    scene = {"background": {"kind": "image", "image": asset["reference"]}, "duration_s": 0.5}
    document = {"schema": "scene.1", "canvas": CANVAS, "scenes": [scene]}
    head = {"Idempotency-Key": asset["id"]}
    made = [client.post("/api/v1/projects", json={"name": "Mine"}, headers=head).json()["id"] for _ in range(2)]
    assert made[0] == made[1]
    project = f"/api/v1/projects/{made[0]}"
    saved = client.put(f"{project}/document", json=document, headers={"If-Match": '"1"'})
    assert (saved.status_code, saved.json()["faults"], saved.json()["revision"]) == (200, [], 2), saved.text
    assert client.put(f"{project}/document", json=document, headers={"If-Match": '"1"'}).status_code == 409
    _rendered(client, work, made[0])
    assert client.delete(project).status_code == 204
    assert client.get(f"{project}").status_code == 404
    assert client.delete(f"/api/v1/assets/{asset['id']}").status_code == 204
    assert client.get(asset["content_url"]).status_code == 404


def _sent(client: TestClient, work: Work) -> dict[str, Any]:
    content = picture()
    asset_id = client.post("/api/v1/assets?name=noise.png", content=content).json()["id"]
    work()
    asset: dict[str, Any] = client.get(f"/api/v1/assets/{asset_id}").json()
    assert (asset["state"], asset["width"], asset["height"]) == ("ready", 320, 200)
    assert client.get(asset["content_url"]).content == content
    part = client.get(asset["content_url"], headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, content[10:20])
    return asset


def _rendered(client: TestClient, work: Work, project_id: str) -> None:
    asked = client.post("/api/v1/renders", json={"project_id": project_id, "format": "mp4"})
    assert asked.status_code == 202, asked.text
    render = f"/api/v1/renders/{asked.json()['id']}"
    assert client.post(f"{render}/cancel").json()["state"] == "canceled"
    assert client.post(f"{render}/retry").json()["state"] == "queued"
    work()
    done = client.get(render).json()
    assert (done["state"], done["error"]) == ("done", None)
    video = client.get(done["files"][0]["url"])
    assert len(video.content) == done["files"][0]["bytes"]
    assert video.content[4:8] == b"ftyp"
    assert client.get(done["thumbnail_url"]).status_code == 200
    assert [it["id"] for it in client.get(f"/api/v1/renders?project_id={project_id}").json()["items"]] == [done["id"]]
