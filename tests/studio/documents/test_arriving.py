"""Documents of strangers: refused where they cannot be kept, kept with their faults where they can."""

from __future__ import annotations

import json
import time
from functools import reduce
from operator import getitem
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.documents.arriving import MAX_BYTES
from phonoscope.studio.documents.checking import uploaded_hashes
from phonoscope.studio.state import Studio

PROJECTS = "/api/v1/projects"
HASH = "a" * 64

REFUSED = {
    "no JSON": "{'schema': 1}",
    "a list": "[]",
    "cut off": '{"schema": "scene.1", "scenes": [',
    "nested too deeply": '{"a":' * 5000 + "1" + "}" * 5000,
    "brackets without end": "[" * 100_000,
    "not a number": '{"seed": NaN}',
    "endless": '{"seed": -Infinity}',
    "endless by its exponent": '{"seed": 1e999}',
    "thousands of digits": '{"seed": ' + "9" * 5000 + "}",
    "a field twice": '{"schema": "scene.1", "schema": "scene.1"}',
    "half a letter": '{"title": "\\ud800"}',
    "half a letter as a name": '{"\\udfff": 1}',
    "a zero byte": '{"title": "\\u0000"}',
    "more values than there may be": '{"a": [' + "0," * 310_000 + "0]}",
}


@pytest.fixture
def address(client: TestClient) -> str:
    made = client.post(PROJECTS)
    assert made.status_code == 201, made.text
    return f"{PROJECTS}/{made.json()['id']}/document"


def asset(studio: Studio, kind: str = "picture", state: str = "ready", owner: str = "anna", sha256: str = HASH) -> str:
    with studio.database.transaction() as session:
        session.add(
            Asset(
                owner_id=session.scalars(select(Account.id).where(Account.name == owner)).one(),
                name="mine.jpg",
                kind=kind,
                state=state,
                file_key=f"users/x/assets/{sha256}.jpg",
                sha256=sha256,
                media_type="image/jpeg",
                bytes=1,
            )
        )
    return f"sha256:{sha256}"


def faults(client: TestClient, address: str, document: dict[str, Any]) -> dict[str, str]:
    response = client.put(address, json=document)
    assert response.status_code == 200, response.text
    assert response.json()["document"] == document
    assert all(fault["message"] for fault in response.json()["faults"])
    return {fault["path"]: fault["message"] for fault in response.json()["faults"]}


def scene(**more: Any) -> dict[str, Any]:
    return {"schema": "scene.1", "scenes": [{"script": "Hello!", **more}]}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_kept_is_refused(client: TestClient, address: str, text: str) -> None:
    headers = {"Content-Type": "application/json"}
    for method, place in (("PUT", address), ("POST", PROJECTS)):
        body = text if method == "PUT" else f'{{"document": {text}}}'
        response = client.request(method, place, content=body, headers=headers)
        problem = response.json()
        assert response.status_code == 422, (method, problem)
        assert problem["title"] and problem["remedy"] and response.headers["content-type"] == "application/problem+json"
    assert len(client.get(PROJECTS).json()["items"]) == 1


def test_bytes_that_are_no_text_are_refused(client: TestClient, address: str) -> None:
    assert client.put(address, content=b'{"title": "\xff\xfe"}').status_code == 422


def test_what_is_too_large_is_refused(client: TestClient, address: str) -> None:
    at_most = json.dumps({"schema": "scene.1", "title": ""})
    room = MAX_BYTES - len(at_most)
    fits = at_most.replace('"title": ""', f'"title": "{"x" * room}"')
    assert client.put(address, content=fits).status_code == 200
    refused = client.put(address, content=fits + " ")
    assert refused.status_code == 413 and refused.json()["type"] == "/problems/too-large"


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({}, "schema"),
        ({"schema": "scene.99", "scenes": []}, "schema"),
        (scene(unknown=1), "scenes[0].unknown"),
        (scene(avatars=[{"picture": "avatar:nobody-at-all"}]), "scenes[0].avatars[0].picture"),
        (scene(voice={"rate": 99}), "scenes[0].voice.rate"),
        (scene(voice={"effect": "helium"}), "scenes[0].voice.effect"),
        (scene(overlays=[{"kind": "text", "text": "x", "start": "word:goodbye"}]), "scenes[0].overlays[0].start"),
        (scene(effects=["bang-bang"]), "scenes[0].effects[0]"),
        (scene(filters=[{"kind": "look", "name": "matrix"}]), "scenes[0].filters[0].name"),
        (scene() | {"captions": {"font": "Comic Papyrus"}}, "captions.font"),
        (scene(script="{{name}}"), "scenes[0].script"),
        (scene(script="[pause 99999s]"), "scenes[0].script"),
        (scene() | {"seed": 10**17}, "seed"),
    ],
)
def test_what_is_wrong_is_told_and_saved_all_the_same(
    client: TestClient, address: str, document: dict[str, Any], path: str
) -> None:
    assert path in faults(client, address, document)


@pytest.mark.parametrize("name", ["me.jpg", "/etc/passwd", "../x.jpg", "https://example.org/a.jpg", "assets/a.jpg"])
def test_only_files_of_ones_own_can_be_named(client: TestClient, address: str, name: str) -> None:
    document = scene(
        avatars=[{"picture": name}], background={"kind": "image", "image": name}, effects=[{"source": name}]
    )
    assert set(faults(client, address, document)) == {
        "scenes[0].avatars[0].picture",
        "scenes[0].background.image",
        "scenes[0].effects[0].source",
    }


def test_variables_for_files_have_files_of_ones_own_too(client: TestClient, address: str) -> None:
    variables = {
        "mine": {"kind": "picture", "default": "avatar:anna"},
        "house": {"kind": "image", "default": "pictures/house.webp"},
        "name": {"kind": "text", "default": "pictures/house.webp"},
    }
    document = scene(script="{{name}}") | {"variables": variables}
    assert set(faults(client, address, document)) == {"variables.house.default"}


def test_an_asset_is_taken_where_it_fits(client: TestClient, other: TestClient, studio: Studio, address: str) -> None:
    reference = f"sha256:{HASH}"
    avatar, sound = scene(avatars=[{"picture": reference}]), scene(script="", sound={"file": reference})
    place = "scenes[0].avatars[0].picture"
    assert "not among" in faults(client, address, avatar)[place]
    asset(studio, owner="ben")
    assert "not among" in faults(client, address, avatar)[place]
    asset(studio, state="checking")
    assert "looked at" in faults(client, address, avatar)[place]
    asset(studio)
    assert faults(client, address, avatar) == {}
    assert "is a picture" in faults(client, address, sound)["scenes[0].sound.file"]
    assert faults(client, address, scene(avatars=[{"picture": reference.upper().replace("SHA", "sha")}])) == {}


def test_scripts_have_a_longest_length(client: TestClient, studio: Studio, address: str) -> None:
    longest = studio.settings.max_script_characters
    assert faults(client, address, scene(script="Ha! " * (longest // 4))) == {}
    assert "characters" in faults(client, address, scene(script="Ha! " * (longest // 4 + 1)))[""]


def test_a_document_full_of_faults_is_answered_soon(client: TestClient, address: str) -> None:
    overlay = {"kind": "text", "text": "{{a}}", "start": "word:nothing", "oh": {"no": [1, 2]}}
    document = {"schema": "scene.1", "scenes": [scene(overlays=[overlay] * 90)["scenes"][0] for _ in range(60)]}
    assert 400_000 < len(json.dumps(document)) < MAX_BYTES
    started = time.perf_counter()
    assert 0 < len(faults(client, address, document)) <= 200
    assert time.perf_counter() - started < 6


@pytest.mark.parametrize("where", [(), ("scenes", 0)], ids=["top", "scene"])
def test_a_document_of_too_many_values_is_refused_before_it_is_looked_through(
    client: TestClient, address: str, monkeypatch: pytest.MonkeyPatch, where: tuple[Any, ...]
) -> None:
    def looked_through(*arguments: Any) -> None:
        raise AssertionError("That takes seconds.")

    monkeypatch.setattr("phonoscope.scene.document.json_text._walk", looked_through)
    document = scene()
    reduce(getitem, where, document).update({f"x{number}": 1 for number in range(60_000)})
    for path, body in ((address, document), ("/api/v1/renders", {"document": document})):
        answer = client.request("PUT" if path == address else "POST", path, json=body)
        assert answer.status_code == 422 and "more than 50,000 values" in answer.json()["title"]


def test_the_assets_that_a_document_names_are_found_wherever_they_are() -> None:
    document = {
        "variables": {"p": {"kind": "picture", "default": f"sha256:{'B' * 64}"}},
        "scenes": [{"script": 3, "avatars": [{"picture": f" sha256:{HASH} "}], "odd": [["sha256:" + "c" * 64]]}],
        "title": "sha256:../../../../studio.db",
    }
    assert uploaded_hashes(document) == {HASH, "b" * 64, "c" * 64}


@pytest.mark.parametrize(
    "body", [{"name": 3}, {"name": ""}, {"document": []}, {"document": "x"}, {"title": "x"}, {"name": "x" * 201}]
)
def test_a_request_that_is_not_as_it_must_be_is_told_where(client: TestClient, body: dict[str, Any]) -> None:
    response = client.post(PROJECTS, json=body)
    assert response.status_code == 422
    assert response.json()["errors"][0]["path"] in body
