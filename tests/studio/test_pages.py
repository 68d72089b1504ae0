from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from phonoscope.studio import pages
from phonoscope.studio.pages import DOCS_POLICY, install


@pytest.fixture
def page(tmp_path: Path) -> TestClient:
    """A client of a server of a built page."""
    folder = tmp_path / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "docs").mkdir()
    (folder / "index.html").write_text("<!doctype html><title>The page</title>")
    (folder / "service-worker.js").write_text("self.skipWaiting()")
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / "assets" / "index-C84CAp.js").write_text("export {}")
    (folder / "docs" / "index.html").write_text("<title>The API</title>")
    (folder / "docs" / "start.js").write_text("start()")
    (tmp_path / "secret.txt").write_text("secret")
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    install(app, folder)
    return TestClient(app)


def test_the_page_is_asked_for_again_each_time(page: TestClient) -> None:
    answer = page.get("/")
    assert "The page" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    assert page.get("/", headers={"If-None-Match": answer.headers["etag"]}).status_code in (200, 304)


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/service-worker.js", "text/javascript"), ("/manifest.webmanifest", "application/manifest+json")],
)
def test_files_beside_it_are_asked_for_again(page: TestClient, address: str, kind: str) -> None:
    answer = page.get(address)
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["cache-control"] == "no-cache"


def test_what_has_its_content_in_its_name_is_kept_for_ever(page: TestClient) -> None:
    answer = page.get("/assets/index-C84CAp.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    missing = page.get("/assets/gone.js")
    assert missing.status_code == 404
    assert "immutable" not in missing.headers.get("cache-control", "")


def test_the_documentation_is_our_own(page: TestClient) -> None:
    answer = page.get("/docs")
    assert "The API" in answer.text
    assert answer.headers["content-security-policy"] == DOCS_POLICY
    assert "script-src 'self';" in DOCS_POLICY
    assert page.get("/docs/start.js").text == "start()"


@pytest.mark.parametrize("address", ["/secret.txt", "/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt"])
def test_nothing_outside_is_served(page: TestClient, address: str) -> None:
    assert page.get(address).status_code == 404


def test_methods_of_the_api_are_not_shadowed(page: TestClient) -> None:
    assert page.post("/").status_code == 405


def test_a_page_that_is_not_built_tells_how(tmp_path: Path) -> None:
    app = FastAPI()
    install(app, tmp_path / "nothing")
    answer = TestClient(app).get("/")
    assert answer.status_code == 503
    assert "make studio" in answer.text


@pytest.mark.skipif(not (pages.PAGE / "index.html").is_file(), reason="the page is not built")
def test_the_built_page_keeps_to_the_policy() -> None:
    for path in (pages.PAGE / "index.html", pages.PAGE / "docs" / "index.html"):
        text = path.read_text("utf-8")
        assert "<style" not in text
        assert " style=" not in text
        assert "<script>" not in text
        assert "://" not in text
