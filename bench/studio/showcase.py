"""Draw the picture of the studio that the README shows: ``python -m bench.studio.showcase docs/images``.

A studio of its own opens in Chromium, with a photograph, a script, captions and a sticker.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright
from tests.studio.browser.chromium import find_chromium

from bench.studio.serving import serving

SIZE_PX = ViewportSize(width=1440, height=900)
QUALITY = 86

SCRIPT = "Hello! I was a photograph a minute ago. [smile] Type what I shall say, and press play."
STICKER = {"kind": "emoji", "emoji": "🚀", "place": {"x": 0.82, "y": 0.24}, "size": 0.26, "rotation_deg": 12}


def main(folder: Path) -> None:
    """Write studio.jpg."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, serving(Path(made) / "data", Path(made) / "log") as client:
        project = _project(client)
        key = client.headers["Authorization"]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            # The key takes the place of a person who has logged in.
            page = browser.new_page(viewport=SIZE_PX, extra_http_headers={"Authorization": key}, color_scheme="light")
            picture = _shown(page, str(client.base_url), project)
            browser.close()
    Image.open(io.BytesIO(picture)).convert("RGB").save(folder / "studio.jpg", quality=QUALITY, subsampling=0)


def _project(client: httpx.Client) -> str:
    """Make a project with a photograph, and return its id."""
    from skimage.data import astronaut

    file = io.BytesIO()
    Image.fromarray(astronaut()).save(file, "PNG")
    asset = client.post("/api/v1/assets?name=Eileen.png&wait_s=10", content=file.getvalue()).raise_for_status().json()
    scene: dict[str, Any] = {
        "avatars": [{"picture": asset["reference"], "expression": "happy"}],
        "script": SCRIPT,
        "voice": "american-female",
        "overlays": [STICKER],
    }
    document = {"schema": "scene.1", "captions": {"style": "karaoke", "look": "bold"}, "scenes": [scene]}
    made = client.post("/api/v1/projects", json={"name": "Ready for launch", "document": document})
    return str(made.raise_for_status().json()["id"])


def _shown(page: Page, address: str, project: str) -> bytes:
    """Open a project in the step Voice, some way into it, and return what is seen."""
    page.goto(address)
    page.evaluate(
        "id => { localStorage.setItem('phonoscope.project', id); localStorage.setItem('phonoscope.toured', 'yes') }",
        project,
    )
    page.reload()
    page.locator(".canvas img").wait_for(timeout=60_000)
    page.keyboard.press("2")
    page.locator("[data-word]").nth(3).click()
    page.locator(".editor textarea").wait_for()
    page.mouse.move(5, 895)
    page.wait_for_timeout(3000)
    return page.screenshot()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
