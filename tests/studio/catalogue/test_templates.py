"""Templates: listed, and made into documents with nothing left to be filled in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.catalogue import templates as catalogue
from phonoscope.studio.state import Studio
from phonoscope.templates import FORMATS, Template, template_names

TEMPLATES = "/api/v1/templates"


def fill(client: TestClient, name: str, **filling: Any) -> dict[str, Any]:
    response = client.post(f"{TEMPLATES}/{name}/documents", json=filling)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


def test_templates_are_listed_and_found(client: TestClient) -> None:
    every = client.get(TEMPLATES, params={"limit": 100}).json()["items"]
    assert [one["name"] for one in every] == list(template_names())
    assert all(one["formats"] == list(FORMATS) and one["variables"] for one in every)
    found = client.get(TEMPLATES, params={"search": "birthday party", "format": "portrait"}).json()["items"]
    assert [one["name"] for one in found] == ["birthday"] and "format=portrait" in found[0]["thumbnail_url"]
    teaching = client.get(TEMPLATES, params={"category": "teaching"}).json()["items"]
    assert teaching and {one["category"] for one in teaching} == {"teaching"}
    assert client.get(TEMPLATES, params={"format": "round"}).status_code == 422


def test_choices_of_variables_are_told(client: TestClient) -> None:
    weather = client.get(TEMPLATES, params={"search": "weather"}).json()["items"][0]
    sky = next(one for one in weather["variables"] if one["name"] == "sky")
    assert sky["kind"] == "choice" and sky["default"] in sky["choices"]


def test_thumbnails_are_pictures(client: TestClient) -> None:
    for one in client.get(TEMPLATES, params={"format": "square", "limit": 3}).json()["items"]:
        sent = client.get(one["thumbnail_url"])
        assert sent.headers["content-type"] == "image/webp" and sent.content[8:12] == b"WEBP"
        assert "immutable" in sent.headers["cache-control"]
    assert client.get(f"{TEMPLATES}/nothing/thumbnail").status_code == 404
    assert client.get(f"{TEMPLATES}/..%2F..%2Fx/thumbnail").status_code == 404


@pytest.mark.parametrize("name", template_names())
def test_every_template_becomes_a_document_without_faults(client: TestClient, name: str) -> None:
    for number, format in enumerate(FORMATS):
        told = fill(client, name, format=format)
        assert told["faults"] == [], (format, told["faults"])
        assert "variables" not in told["document"] and "{{" not in str(told["document"])
        assert told["document"].get("canvas", {}).get("format", "16:9") == list(FORMATS.values())[number]


def test_values_are_filled_in_as_they_are(client: TestClient) -> None:
    told = fill(client, "greeting", values={"name": "{{sender}} & “Ü”", "colour": "#123456"})
    project = client.post("/api/v1/projects", json={"document": told["document"]}).json()
    assert project["faults"] == [] and "#123456" in str(told["document"])
    # What looks like a variable in a value is none: it is shown as it was typed.
    assert "\\{{sender}} & “Ü”" in told["document"]["scenes"][0]["script"]


def test_whoever_spoke_before_speaks_in_the_new_document(client: TestClient) -> None:
    keep = {
        "scenes": [{"avatars": [{"picture": "avatar:hugo"}, {"picture": "avatar:anna"}, {"picture": "avatar:hugo"}]}]
    }
    pictures = [
        avatar["picture"] for avatar in fill(client, "interview", keep=keep)["document"]["scenes"][0]["avatars"]
    ]
    assert pictures == ["avatar:hugo", "avatar:anna"]
    chosen = fill(client, "interview", keep=keep, values={"host": "avatar:kiri"})["document"]["scenes"][0]["avatars"]
    assert [avatar["picture"] for avatar in chosen] == ["avatar:kiri", "avatar:hugo"]


@pytest.mark.parametrize(
    "keep",
    [{}, {"scenes": 3}, {"scenes": [3, {"avatars": "x"}, {"avatars": [1, {"picture": 2}, {"picture": "/etc/x"}]}]}],
)
def test_documents_that_have_nobody_keep_nobody(client: TestClient, keep: dict[str, Any]) -> None:
    assert fill(client, "greeting", keep=keep) == fill(client, "greeting")


def test_a_templates_own_pictures_become_assets_that_are_ready(
    client: TestClient, other: TestClient, studio: Studio
) -> None:
    told, again = fill(client, "restaurant-menu"), fill(client, "restaurant-menu", format="portrait")
    with studio.database.session() as session:
        assets = list(session.scalars(select(Asset)))
    assert len(assets) == 3 and {asset.state for asset in assets} == {"ready"}
    assert all(asset.width and asset.height and studio.store.size(asset.file_key) == asset.bytes for asset in assets)
    for asset in assets:
        assert f"sha256:{asset.sha256}" in str(told["document"]) and f"sha256:{asset.sha256}" in str(again["document"])
    listed = client.get("/api/v1/assets").json()["items"]
    assert len(listed) == 3 and other.get("/api/v1/assets").json()["items"] == []
    refused = other.post("/api/v1/projects", json={"document": told["document"]}).json()
    assert len(refused["faults"]) >= 3


def test_a_templates_own_pictures_need_no_consent(client: TestClient) -> None:
    document = fill(client, "restaurant-menu")["document"]
    assert client.post("/api/v1/renders", json={"document": document}).status_code == 202


def test_what_has_no_value_gets_its_description(monkeypatch: pytest.MonkeyPatch, client: TestClient) -> None:
    variables = {"who": {"description": "Who is greeted."}}
    text = json.dumps({"schema": "scene.1", "variables": variables, "scenes": [{"script": "{{who}}"}]})
    template = Template("t", "T", "", "", (), "landscape", text)
    monkeypatch.setattr(catalogue, "template_by_name", lambda name, format: template)
    assert fill(client, "t")["document"]["scenes"][0]["script"] == "Who is greeted."


@pytest.mark.parametrize(
    "filling",
    [
        {"values": {"nme": "x"}},
        {"values": {"colour": "no colour at all"}},
        {"values": {"name": ["x"]}},
        {"values": {"name": "x" * 100_000}},
        {"format": "round"},
        {"keep": []},
        {"other": 1},
    ],
)
def test_what_does_not_fit_is_refused(client: TestClient, filling: dict[str, Any]) -> None:
    response = client.post(f"{TEMPLATES}/greeting/documents", json=filling)
    assert response.status_code == 422 and response.json()["title"]


def test_files_of_strangers_are_faults(client: TestClient) -> None:
    told = fill(client, "greeting", values={"picture": "/etc/passwd"})
    assert [fault["path"] for fault in told["faults"]] == ["scenes[0].avatars[0].picture"]


def test_there_has_to_be_such_a_template(client: TestClient, anonymous: TestClient) -> None:
    for name in ("nothing", "greeting:portrait", "..%2Fgreeting"):
        assert client.post(f"{TEMPLATES}/{name}/documents", json={}).status_code == 404
    assert anonymous.post(f"{TEMPLATES}/greeting/documents", json={}).status_code == 401
