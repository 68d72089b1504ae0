"""Nobody reaches anything without credentials; nobody reaches what is somebody else's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Mount, Route

from phonoscope.studio.accounts.door import TAKEN_UNSEEN_BYTES
from phonoscope.studio.accounts.people import create_account
from phonoscope.studio.state import Studio
from tests.studio.routes import PRIVATE, PUBLIC, all_routes, filled
from tests.studio.things import make_things

TUS = {"Tus-Resumable": "1.0.0"}


def test_the_open_doors_are_there() -> None:
    assert set(all_routes()) >= PUBLIC


def test_what_is_besides_the_routers_belongs_to_the_page(app: FastAPI) -> None:
    besides = [route for route in app.routes if isinstance(route, Route | Mount)]
    assert {route.path for route in besides if isinstance(route, Mount)} <= {"/assets", "/docs"}
    for route in besides:
        assert not route.path.startswith(("/api", "/v1", "/s/"))
        if isinstance(route, Route):
            assert route.methods == {"GET", "HEAD"}


@pytest.mark.parametrize("wrong", [{}, {"Authorization": "Bearer psk_wrong"}, {"Cookie": "phonoscope_session=wrong"}])
def test_without_credentials_nothing_is_answered(anonymous: TestClient, wrong: dict[str, str]) -> None:
    answered = {}
    for method, path in PRIVATE:
        answer = anonymous.request(method, filled(path), headers=wrong | TUS)
        ours = path.startswith(API) and method != "HEAD"  # what other services' clients ask is told in their words
        if answer.status_code != 401 or (ours and "unauthenticated" not in answer.text):
            answered[method, path] = answer.status_code
    assert answered == {}


@pytest.mark.parametrize(
    "site", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "http://["}, {}]
)
def test_pages_of_other_sites_change_nothing_by_a_cookie(
    studio: Studio, anonymous: TestClient, site: dict[str, str]
) -> None:
    create_account(studio.database, "clara", "correct horse")
    anonymous.post("/api/v1/session", json={"name": "clara", "password": "correct horse"})
    unsafe = [route for route in PRIVATE if route[0] not in ("GET", "HEAD", "OPTIONS")]
    assert len(unsafe) > 20
    for method, path in unsafe:
        answer = anonymous.request(method, filled(path), headers=site | TUS)
        assert answer.status_code == 403, path
        assert "does not come from the studio's own page" in answer.text, path
    assert anonymous.get("/api/v1/session").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/projects", "/api/v1/nothing", "/api/v1/keys"])
def test_who_brings_nothing_is_not_even_read(anonymous: TestClient, path: str) -> None:
    answer = anonymous.post(path, content=b"{no json", headers={"Content-Type": "application/json"})
    assert answer.status_code == 401


@pytest.mark.parametrize("announced", [True, False])
def test_who_is_not_known_is_not_read_for_long(anonymous: TestClient, client: TestClient, announced: bool) -> None:
    content = b"x" * (TAKEN_UNSEEN_BYTES + 1)
    asked: dict[str, Any] = {"headers": {"Content-Type": "application/json"}}
    asked["content"] = content if announced else iter((content,))
    assert client.post("/api/v1/renders", **asked).status_code == 422
    asked["headers"] |= {"Authorization": "Bearer psk_wrong"}
    asked["content"] = content if announced else iter((content,))
    # What is wrong with the JSON would be told first, had it been read.
    assert anonymous.post("/api/v1/renders", **asked).status_code == 401


@dataclass(frozen=True)
class Ask:
    """How a route is asked, so that only whose thing it is can be in the way.

    Attributes
    ----------
    status
        What the owner gets; None where the owner would wait for a worker.
    name
        Of a file in the address.
    """

    status: int | None
    json: Any = None
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    query: str = ""
    name: str = "video.mp4"


NAMED = {"name": "new"}
PATCHED = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
CACHED = "0" * 40
API = "/api/v1"

ASKED: dict[tuple[str, str], Ask] = {
    ("DELETE", f"{API}/keys/{{key_id}}"): Ask(204),
    ("GET", f"{API}/projects/{{project_id}}"): Ask(200),
    ("PATCH", f"{API}/projects/{{project_id}}"): Ask(200, NAMED),
    ("DELETE", f"{API}/projects/{{project_id}}"): Ask(204),
    ("PUT", f"{API}/projects/{{project_id}}/document"): Ask(200, {}),
    ("POST", f"{API}/projects/{{project_id}}/duplicate"): Ask(201),
    ("GET", f"{API}/projects/{{project_id}}/thumbnail"): Ask(200),
    ("HEAD", f"{API}/projects/{{project_id}}/thumbnail"): Ask(200),
    ("GET", f"{API}/projects/{{project_id}}/still"): Ask(None),
    ("GET", f"{API}/projects/{{project_id}}/stills/{{name}}.webp"): Ask(200, name=CACHED),
    ("HEAD", f"{API}/projects/{{project_id}}/stills/{{name}}.webp"): Ask(200, name=CACHED),
    ("GET", f"{API}/projects/{{project_id}}/sounds/{{name}}.m4a"): Ask(200, name=CACHED),
    ("HEAD", f"{API}/projects/{{project_id}}/sounds/{{name}}.m4a"): Ask(200, name=CACHED),
    ("GET", f"{API}/projects/{{project_id}}/timeline"): Ask(None),
    ("POST", f"{API}/projects/{{project_id}}/previews"): Ask(None, {}),
    ("GET", f"{API}/previews/{{preview_id}}"): Ask(200),
    ("GET", f"{API}/previews/{{preview_id}}/content"): Ask(200),
    ("HEAD", f"{API}/previews/{{preview_id}}/content"): Ask(200),
    ("GET", f"{API}/assets/{{asset_id}}"): Ask(200),
    ("PATCH", f"{API}/assets/{{asset_id}}"): Ask(200, NAMED),
    ("DELETE", f"{API}/assets/{{asset_id}}"): Ask(204),
    ("GET", f"{API}/assets/{{asset_id}}/content"): Ask(200),
    ("HEAD", f"{API}/assets/{{asset_id}}/content"): Ask(200),
    ("GET", f"{API}/assets/{{asset_id}}/thumbnail"): Ask(200),
    ("HEAD", f"{API}/assets/{{asset_id}}/thumbnail"): Ask(200),
    ("POST", f"{API}/assets/{{asset_id}}/edits"): Ask(201, {"turn_deg": 90}, query="?wait_s=0"),
    ("GET", f"{API}/assets/{{asset_id}}/marks"): Ask(200),
    ("PUT", f"{API}/assets/{{asset_id}}/marks"): Ask(422, {"schema": "nonsense"}, query="?wait_s=0"),
    ("DELETE", f"{API}/assets/{{asset_id}}/marks"): Ask(204),
    ("HEAD", f"{API}/uploads/{{upload_id}}"): Ask(200),
    ("PATCH", f"{API}/uploads/{{upload_id}}"): Ask(204, content=b"", headers=PATCHED),
    ("DELETE", f"{API}/uploads/{{upload_id}}"): Ask(204),
    ("GET", f"{API}/renders/{{render_id}}"): Ask(200),
    ("PATCH", f"{API}/renders/{{render_id}}"): Ask(200, NAMED),
    ("DELETE", f"{API}/renders/{{render_id}}"): Ask(204),
    ("POST", f"{API}/renders/{{render_id}}/cancel"): Ask(409),
    ("POST", f"{API}/renders/{{render_id}}/retry"): Ask(409),
    ("GET", f"{API}/renders/{{render_id}}/files/{{name}}"): Ask(200),
    ("HEAD", f"{API}/renders/{{render_id}}/files/{{name}}"): Ask(200),
    ("GET", f"{API}/renders/{{render_id}}/thumbnail"): Ask(200),
    ("HEAD", f"{API}/renders/{{render_id}}/thumbnail"): Ask(200),
    ("POST", f"{API}/renders/{{render_id}}/share"): Ask(200),
    ("DELETE", f"{API}/renders/{{render_id}}/share"): Ask(204),
    ("GET", f"{API}/webhooks/{{webhook_id}}"): Ask(200),
    ("PATCH", f"{API}/webhooks/{{webhook_id}}"): Ask(200, {"events": ["asset.ready"]}),
    ("DELETE", f"{API}/webhooks/{{webhook_id}}"): Ask(204),
    ("GET", f"{API}/webhooks/{{webhook_id}}/deliveries"): Ask(200),
    ("POST", f"{API}/webhooks/{{webhook_id}}/test"): Ask(202),
    ("GET", "/talks/{talk_id}"): Ask(200),
    ("DELETE", "/talks/{talk_id}"): Ask(200),
    ("GET", "/images/{image_id}"): Ask(200),
    ("DELETE", "/images/{image_id}"): Ask(200),
    ("DELETE", "/audios/{audio_id}"): Ask(200),
}
"""Each route that has somebody's thing in its address. A new one fails until it is here."""

EVERYBODYS = (
    "/api/v1/voices",
    "/api/v1/avatars",
    "/api/v1/templates",
    "/api/v1/music",
    "/api/v1/effects",
    "/api/v1/fonts",
    "/api/v1/samples",
    "/v1/models",
)
"""What is chosen from is the same for all."""

WITH_A_THING = [(method, path) for method, path in PRIVATE if "{" in path and not path.startswith(EVERYBODYS)]


@pytest.fixture
def things(studio: Studio, client: TestClient) -> dict[str, str]:
    """One of each kind, all of anna's, by the parameter that names it."""
    studio.settings.sharing = True
    return make_things(studio, "anna", CACHED)


def ask(client: TestClient, method: str, path: str, things: dict[str, str]) -> int:
    told = ASKED[method, path]
    address = filled(path, **things, name=told.name) + told.query
    return client.request(method, address, json=told.json, content=told.content, headers=told.headers | TUS).status_code


def test_each_route_with_a_thing_is_asked_below() -> None:
    assert [route for route in WITH_A_THING if route not in ASKED] == [], "Tell in ASKED how these are asked."


def test_what_is_somebody_elses_is_not_there(client: TestClient, other: TestClient, things: dict[str, str]) -> None:
    asked = [route for route in WITH_A_THING if route in ASKED]
    answers = {route: ask(other, *route, things) for route in asked}
    assert {route: status for route, status in answers.items() if status != 404} == {}
    # The owner is not kept out by something else: what deletes comes last, and last of all their own key.
    asked.sort(key=lambda route: (route[0] == "DELETE", "/keys" in route[1], "/projects" in route[1], -len(route[1])))
    for route in asked:
        if ASKED[route].status is not None:
            answers[route] = ask(client, *route, things)
            assert answers[route] == ASKED[route].status, route


def test_no_list_shows_what_is_somebody_elses(
    studio: Studio, other: TestClient, client: TestClient, things: dict[str, str]
) -> None:
    lists = [path for method, path in PRIVATE if method == "GET" and "{" not in path and "events" not in path]
    seen = {path: other.get(path) for path in lists}
    assert any(things["webhook_id"] in client.get(path).text for path in lists)
    for path, answer in seen.items():
        assert answer.status_code < 500, path
        for thing in things.values():
            assert thing not in answer.text, path
