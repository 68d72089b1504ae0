from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.sharing.words import LANGUAGES, words_for
from phonoscope.studio.state import Studio

VIDEO = bytes(range(256)) * 10
NAME = 'A "video" <script>alert(1)</script>'


@pytest.fixture
def render(studio: Studio, client: TestClient) -> str:
    studio.settings.sharing = True
    return finished(studio, client, "out.mp4", "video/mp4")


def finished(studio: Studio, client: TestClient, name: str, media_type: str) -> str:
    owner_id = client.get("/api/v1/session").json()["user"]["id"]
    key = f"users/{owner_id}/renders/x/{name}"
    studio.store.put(key, VIDEO)
    studio.store.put(f"{key}.vtt", b"WEBVTT\n")
    studio.store.put(f"{key}.webp", b"picture")
    files = [
        {"name": f"{name}.vtt", "media_type": "text/vtt", "bytes": 7, "key": f"{key}.vtt"},
        {"name": name, "media_type": media_type, "bytes": len(VIDEO), "key": key},
    ]
    with studio.database.transaction() as session:
        job = Job(owner_id=owner_id, kind="render", lane="render", payload={}, state="done")
        session.add(job)
        session.flush()
        made = Render(
            owner_id=owner_id,
            job_id=job.id,
            name=NAME,
            document={"schema": "scene.1", "scenes": [{}]},
            options={},
            files=files,
        )
        made.thumbnail_key = f"{key}.webp"
        session.add(made)
        session.flush()
        return made.id


def shared(client: TestClient, render: str) -> str:
    answer = client.post(f"/api/v1/renders/{render}/share")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["share_url"])


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_anybody_with_the_link_watches_the_video(client: TestClient, anonymous: TestClient, render: str) -> None:
    url = shared(client, render)
    assert re.fullmatch(r"http://127\.0\.0\.1:8470/s/[\w-]{43}", url)
    page = anonymous.get(url)
    assert page.status_code == 200
    found = _Tags()
    found.feed(page.text)
    names = [tag for tag, _ in found.tags]
    assert "script" not in names
    assert dict(found.tags)["video"]["src"] == f"{url}/video.mp4"
    for address in (f"{url}/video.mp4", f"{url}/captions.vtt", f"{url}/poster.webp"):
        assert f'"{address}"' in page.text
        assert anonymous.get(address).status_code == 200
    assert anonymous.get(f"{url}/video.mp4").content == VIDEO
    part = anonymous.get(f"{url}/video.mp4", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, VIDEO[10:20])
    saved = anonymous.get(dict(found.tags)["a"]["href"] or "")
    assert saved.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("document", "scene", "chosen"),
    [
        ({}, {}, True),
        ({"captions": True}, {}, False),
        ({"captions": {"shown": True, "style": "block"}}, {}, False),
        ({"captions": {"shown": False}}, {}, True),
        ({}, {"captions": "karaoke"}, False),
    ],
)
def test_captions_are_not_shown_twice(
    studio: Studio,
    client: TestClient,
    anonymous: TestClient,
    render: str,
    document: dict[str, Any],
    scene: dict[str, Any],
    chosen: bool,
) -> None:
    with studio.database.transaction() as session:
        made = session.get(Render, render)
        assert made is not None
        made.document = {"schema": "scene.1", "scenes": [scene], **document}
    found = _Tags()
    found.feed(anonymous.get(shared(client, render)).text)
    assert ("default" in dict(found.tags)["track"]) is chosen


def test_the_page_runs_nothing(client: TestClient, anonymous: TestClient, render: str) -> None:
    page = anonymous.get(shared(client, render))
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert "<script>" not in page.text


def test_sharing_again_keeps_the_link_and_closing_it_ends_it(
    client: TestClient, anonymous: TestClient, render: str
) -> None:
    url = shared(client, render)
    assert shared(client, render) == url
    assert client.delete(f"/api/v1/renders/{render}/share").status_code == 204
    for path in ("", "/video.mp4", "/poster.webp"):
        assert anonymous.get(url + path).status_code == 404
    assert shared(client, render) != url
    assert anonymous.get(url).status_code == 404


def test_nothing_else_of_the_render_is_served(client: TestClient, anonymous: TestClient, render: str) -> None:
    url = shared(client, render)
    for path in ("/out.mp4", "/video.webm", "/video.mp4.vtt", "/..%2Fvideo.mp4", "/"):
        assert anonymous.get(url + path, follow_redirects=False).status_code in (307, 404)
    assert anonymous.get("http://127.0.0.1:8470/s/wrong").status_code == 404
    assert "text/html" in anonymous.get("http://127.0.0.1:8470/s/wrong").headers["content-type"]


def test_a_studio_that_does_not_share_shares_nothing(
    studio: Studio, client: TestClient, anonymous: TestClient, render: str
) -> None:
    url = shared(client, render)
    studio.settings.sharing = False
    assert anonymous.get(url).status_code == 404
    assert anonymous.get(f"{url}/video.mp4").status_code == 404
    refused = client.post(f"/api/v1/renders/{render}/share")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/sharing-off")


def test_others_share_nothing_of_mine(
    client: TestClient, other: TestClient, anonymous: TestClient, render: str
) -> None:
    url = shared(client, render)
    assert other.post(f"/api/v1/renders/{render}/share").status_code == 404
    assert other.delete(f"/api/v1/renders/{render}/share").status_code == 404
    assert anonymous.get(url).status_code == 200


@pytest.mark.parametrize(("media_type", "tag"), [("video/webm", "video"), ("image/gif", "img")])
def test_other_formats_are_shown_too(
    studio: Studio, client: TestClient, anonymous: TestClient, render: str, media_type: str, tag: str
) -> None:
    found = _Tags()
    found.feed(anonymous.get(shared(client, finished(studio, client, "out", media_type))).text)
    source = dict(found.tags)[tag]["src"] or ""
    assert anonymous.get(source).headers["content-type"] == media_type


def test_what_is_no_video_is_not_shared(studio: Studio, client: TestClient, render: str) -> None:
    frames = finished(studio, client, "frames.zip", "application/zip")
    refused = client.post(f"/api/v1/renders/{frames}/share")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nothing-to-share")


def test_behind_a_proxy_links_have_the_public_address(studio: Studio, client: TestClient, render: str) -> None:
    studio.settings.public_url = "https://studio.example/"
    assert shared(client, render).startswith("https://studio.example/s/")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("nl, PT-br;q=0.7, en;q=0.5", "pt"),
        ("en;q=0.3, it;q=0.9", "it"),
        ("de;q=0, es", "es"),
        ("ja, *;q=0.5", "en"),
        ("de;q=often, ;;, =", "en"),
    ],
)
def test_the_page_speaks_the_language_of_the_browser(accepted: str, language: str) -> None:
    assert words_for(accepted).language == language


def test_the_page_of_arabic_runs_from_right_to_left(client: TestClient, anonymous: TestClient, render: str) -> None:
    url, arabic = shared(client, render), {"Accept-Language": "ar-EG"}
    for address in (url, f"{url}x"):
        page = anonymous.get(address, headers=arabic)
        assert '<html lang="ar" dir="rtl">' in page.text
        assert "Accept-Language" in page.headers["vary"]
    words = LANGUAGES["ar"]
    assert words.missing in page.text
    assert words.download in anonymous.get(url, headers=arabic).text


def test_the_page_speaks_what_the_studio_speaks() -> None:
    page = Path(__file__).parents[3] / "web/src/i18n"
    assert set(LANGUAGES) == {folder.name for folder in page.iterdir() if folder.is_dir()}
