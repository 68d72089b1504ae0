"""What there is to choose from: listed, searched, sent once and not again, without anything heavy in the server."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from fastapi.testclient import TestClient

from phonoscope.studio.catalogue.avatars import SAMPLES
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.keys import piece_key, portrait_key, voice_sample_key

V1 = "/api/v1"
LISTS = ("voices", "languages", "avatars", "samples", "templates", "music", "effects", "fonts", "choices", "schema")


def items(client: TestClient, path: str, **params: Any) -> list[dict[str, Any]]:
    response = client.get(f"{V1}/{path}", params=params)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["items"]
    return found


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_sent_with_a_tag_and_not_again(client: TestClient, anonymous: TestClient, name: str) -> None:
    first = client.get(f"{V1}/{name}")
    assert first.status_code == 200 and first.json()
    assert "private" in first.headers["cache-control"] and "max-age" in first.headers["cache-control"]
    again = client.get(f"{V1}/{name}", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert anonymous.get(f"{V1}/{name}").status_code == 401


def test_the_server_imports_nothing_that_draws_speaks_or_decodes() -> None:
    program = (
        "import sys, phonoscope.studio.app; from phonoscope.studio.catalogue import choices, sounds, fonts, voices;"
        "choices.choices(); sounds.found_music(''); sounds.found_effects(''); fonts.fonts(); voices.languages();"
        "print([name for name in ('numpy', 'scipy', 'skia', 'av', 'cv2', 'mediapipe', 'numba') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_voices_are_listed_in_pages(client: TestClient) -> None:
    first = client.get(f"{V1}/voices", params={"limit": 100}).json()
    second = client.get(f"{V1}/voices", params={"limit": 100, "cursor": first["next_cursor"]}).json()
    ids = [voice["id"] for voice in first["items"] + second["items"]]
    assert len(ids) == len(set(ids)) == 200
    assert first["items"][0]["language"] == "en-US" and first["items"][0]["sample"]
    for cursor in ("abc", "-1"):
        assert client.get(f"{V1}/voices", params={"cursor": cursor}).status_code == 422
    assert items(client, "voices", cursor="999999") == []


@pytest.mark.parametrize(
    ("search", "language", "gender"),
    [
        ("french female", "fr-FR", "female"),
        ("British man", "en-GB", "male"),
        ("brazilian", "pt-BR", ""),
        ("belgium", "fr-BE", ""),
        ("mandarin woman", "zh-CN", "female"),
        ("fr", "fr-FR", ""),
    ],
)
def test_voices_are_found_by_words(client: TestClient, search: str, language: str, gender: str) -> None:
    found = items(client, "voices", search=search)
    assert found[0]["language"] == language
    assert all(not gender or voice["gender"] == gender for voice in found)


def test_voices_are_found_by_name_language_and_gender(client: TestClient) -> None:
    assert items(client, "voices", search="emma")[0]["name"] == "Emma"
    spanish = items(client, "voices", language="es", gender="male", limit=100)
    assert spanish and all(one["language"][:2] == "es" and one["gender"] == "male" for one in spanish)
    assert items(client, "voices", search="nobody-at-all") == []
    refused = client.get(f"{V1}/voices", params={"language": "Klingon"})
    assert refused.status_code == 422 and refused.json()["remedy"]


def test_every_language_has_voices(client: TestClient) -> None:
    found = items(client, "languages")
    assert len(found) > 100 and all(one["voices"] > 0 for one in found)
    assert [one["name"] for one in found] == sorted(one["name"] for one in found)


def test_a_sample_is_made_once_for_everybody(client: TestClient, other: TestClient, studio: Studio) -> None:
    voice = items(client, "voices", search="camille")[0]
    studio.store.put(voice_sample_key(voice["id"]), b"mp3")
    for who in (client, other):
        sent = who.get(voice["sample_url"])
        assert sent.content == b"mp3" and sent.headers["content-type"] == "audio/mpeg"
        assert "immutable" in sent.headers["cache-control"]
    part = client.get(voice["sample_url"], headers={"Range": "bytes=1-1"})
    assert part.status_code == 206 and part.content == b"p"
    assert client.get(f"{V1}/voices/xx-nobody/sample").status_code == 404


def test_avatars_are_found_and_have_pictures(client: TestClient, studio: Studio) -> None:
    found = items(client, "avatars", search="older woman glasses")
    assert found and all({"woman", "older", "glasses"} <= set(one["tags"]) for one in found)
    assert found[0]["reference"] == f"avatar:{found[0]['name']}"
    studio.store.put(portrait_key(found[0]["name"]), b"RIFF")
    sent = client.get(found[0]["thumbnail_url"])
    assert sent.content == b"RIFF" and sent.headers["content-type"] == "image/webp"
    assert client.get(f"{V1}/avatars/nobody/thumbnail").status_code == 404
    assert {one["style"] for one in items(client, "avatars", style="micah", tag="beard")} == {"micah"}
    assert {one["style"] for one in items(client, "avatars", limit=30)} > {"adventurer", "clay"}


def test_a_search_that_finds_nobody_tells_what_may_have_been_meant(client: TestClient) -> None:
    told = client.get(f"{V1}/avatars", params={"search": "purple monstr"}).json()
    assert told["items"] == [] and "monster" in told["hint"]


def test_samples_are_varied_and_can_be_used(client: TestClient) -> None:
    found = items(client, "samples")
    assert [one["name"] for one in found if one["kind"] == "avatar"] == list(SAMPLES)
    styles = {one["style"] for name in SAMPLES for one in items(client, "avatars", search=name) if one["name"] == name}
    assert len(styles) == len(SAMPLES) == 12
    photo = next(one for one in found if one["kind"] == "picture")
    sent = client.get(photo["content_url"])
    assert sent.headers["content-type"] == "image/jpeg" and sent.content[:2] == b"\xff\xd8"
    small = client.get(photo["thumbnail_url"])
    assert small.headers["content-type"] == "image/webp" and len(small.content) < 10_000
    for what in ("content", "thumbnail"):
        assert client.get(f"{V1}/samples/..%2Fx/{what}").status_code == 404


@pytest.mark.parametrize(("name", "word"), [("music", "calm"), ("effects", "celebration")])
def test_music_and_effects_are_found_and_sent(client: TestClient, studio: Studio, name: str, word: str) -> None:
    found = items(client, name, search=word)
    assert found and len(found) < len(items(client, name))
    assert all(one["duration_s"] > 0 and one["title"] for one in found)
    studio.store.put(piece_key(name, found[0]["name"]), b"mp3")
    assert client.get(found[0]["content_url"]).content == b"mp3"
    assert client.get(f"{V1}/{name}/nothing/content").status_code == 404


def test_fonts_tell_what_they_can_write(client: TestClient) -> None:
    found = {one["name"]: one for one in items(client, "fonts")}
    assert "Latin" in found["Noto Sans"]["scripts"] and not found["Noto Sans"]["stand_in"]
    assert "Arabic" in found["Noto Sans Arabic"]["scripts"]


def test_the_schema_is_that_of_documents(client: TestClient) -> None:
    sent = client.get(f"{V1}/schema")
    assert sent.headers["content-type"] == "application/schema+json"
    assert sent.json()["properties"]["schema"]["const"] == "scene.1"
