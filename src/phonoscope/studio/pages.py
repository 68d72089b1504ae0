"""The page itself: what the front end was built to, in ``page/`` beside this file."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from phonoscope.studio.serving.headers import CONTENT_POLICY

PAGE = Path(__file__).with_name("page")

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

DOCS_POLICY = CONTENT_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""Swagger UI sets styles in its elements."""

NOT_BUILT = """\
<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Phonoscope</title>
<h1>The page is not built yet</h1>
<p>The studio runs, and its API answers. Its page is built, and opened, by this command in Phonoscope's folder:</p>
<pre>make studio</pre>
"""


class _Assets(StaticFiles):
    """Files whose names change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOR_EVER
        return response


class _Docs(StaticFiles):
    """The documentation of the API."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = ASK_AGAIN
        response.headers["Content-Security-Policy"] = DOCS_POLICY
        return response


def install(app: FastAPI, folder: Path = PAGE) -> None:
    """Let an application serve the page: each of its files by itself, so that nothing else is shadowed."""
    app.mount("/assets", _Assets(directory=folder / "assets", check_dir=False))
    app.router.routes.append(_file("/", folder / "index.html"))
    app.router.routes.append(_file("/docs", folder / "docs" / "index.html", {"Content-Security-Policy": DOCS_POLICY}))
    app.mount("/docs", _Docs(directory=folder / "docs", check_dir=False))
    for path in sorted(folder.glob("*.*")):
        if path.name != "index.html":
            app.router.routes.append(_file(f"/{path.name}", path))


def _file(address: str, path: Path, headers: dict[str, str] | None = None) -> Route:
    async def send(request: Request) -> Response:
        if not path.is_file():
            return HTMLResponse(NOT_BUILT, 503, {"Cache-Control": "no-store"})
        return FileResponse(path, headers={"Cache-Control": ASK_AGAIN} | (headers or {}))

    return Route(address, send, methods=["GET", "HEAD"])
