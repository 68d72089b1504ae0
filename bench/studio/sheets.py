"""Lay out the studio's page on contact sheets, for the eye: ``python -m bench.studio.sheets FOLDER [SIZE …]``.

Every step at every size, in light and dark, as it is new, filled and failing, and in a language with long words and one
from right to left. A studio of its own opens in Chromium. The tool to judge by: look at all of it.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, sync_playwright
from skimage.data import astronaut
from tests.studio.browser.chromium import find_chromium

from bench.studio.serving import serving

STEPS = ("picture", "voice", "look", "video")

SCRIPT = "Hello! I was a photograph a minute ago. [smile] Type what I shall say, and press play."
TEMPLATE = "fun-fact"

JUNK = b"neither a picture nor a sound"

GAP_PX, LABEL_PX = 12, 26
PAPER, INK = "#6b6f75", "white"

SETTLING_MS = 600

MOMENT = 1
"""The word at which the page is looked at: by then, what comes with a scene is there."""


@dataclass(frozen=True, slots=True)
class Size:
    """A window, and how its four pictures lie on a sheet."""

    window: ViewportSize
    columns: int
    scale: float


SIZES = {
    "phone": Size(ViewportSize(width=390, height=844), 4, 1),
    "small": Size(ViewportSize(width=320, height=640), 4, 1),  # and 1280 × 2560 at 400 %
    "tablet": Size(ViewportSize(width=820, height=1180), 4, 0.55),
    "zoomed": Size(ViewportSize(width=720, height=450), 2, 1),  # 1440 × 900 at 200 %
    "desk": Size(ViewportSize(width=1440, height=900), 2, 0.65),
}


@dataclass(frozen=True, slots=True)
class Look:
    """A project, and how it is seen."""

    project: str
    scheme: str = "light"
    language: str = "en"

    @property
    def name(self) -> str:
        """What its sheet is called."""
        return "-".join((self.project, self.scheme, self.language))


LOOKS = (
    *(Look(project, scheme) for project in ("new", "filled", "failing") for scheme in ("light", "dark")),
    Look("filled", language="ar"),
    Look("filled", language="de"),
)


def main(folder: Path, sizes: list[str]) -> None:
    """Write a sheet of the four steps for each size and look."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, serving(Path(made) / "data", Path(made) / "log") as client:
        projects = {"new": _new(client), "filled": _filled(client), "failing": _failing(client)}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            for name in sizes or SIZES:
                for look in LOOKS:
                    page = _opened(browser, client, SIZES[name], look, projects[look.project])
                    pictures = {step: _seen(page, step, look) for step in STEPS}
                    page.context.close()
                    _sheet(pictures, SIZES[name], f"{name} {look.name}").save(folder / f"{name}-{look.name}.png")
            browser.close()


def _new(client: httpx.Client) -> str:
    return _id(client.post("/api/v1/projects", json={}))


def _filled(client: httpx.Client) -> str:
    """Make a project with a photograph, a script, a template and a finished video."""
    values = {"picture": _upload(client, astronaut(), "Eileen.png")}
    answer = client.post(f"/api/v1/templates/{TEMPLATE}/documents", json={"values": values}).raise_for_status()
    document: dict[str, Any] = answer.json()["document"]
    document["scenes"][0]["script"] = SCRIPT
    project = _id(client.post("/api/v1/projects", json={"name": "Ready for launch", "document": document}))
    _render(client, project)
    return project


def _failing(client: httpx.Client) -> str:
    """Make a project with a picture that shows no face, and a video that could not be made of it."""
    grey = np.full((480, 640, 3), 150, np.uint8)
    scene = {"avatars": [{"picture": _upload(client, grey, "A wall.png")}], "script": SCRIPT}
    document = {"schema": "scene.1", "scenes": [scene]}
    project = _id(client.post("/api/v1/projects", json={"name": "Nobody to be seen", "document": document}))
    _render(client, project)
    return project


def _upload(client: httpx.Client, pixels: Any, name: str) -> str:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    asset = client.post(f"/api/v1/assets?name={name}&wait_s=10", content=file.getvalue()).raise_for_status().json()
    return str(asset["reference"])


def _render(client: httpx.Client, project: str) -> None:
    """Make a video, and wait until it is done or has failed."""
    order = {"project_id": project, "resolution": 240}
    render = _id(client.post("/api/v1/renders", json=order))
    while client.get(f"/api/v1/renders/{render}").raise_for_status().json()["state"] in ("queued", "running"):
        time.sleep(0.2)


def _id(answer: httpx.Response) -> str:
    return str(answer.raise_for_status().json()["id"])


def _opened(browser: Browser, client: httpx.Client, size: Size, look: Look, project: str) -> Page:
    """Open a project in a window of its own."""
    context = browser.new_context(
        viewport=size.window,
        color_scheme="dark" if look.scheme == "dark" else "light",
        reduced_motion="reduce",
        has_touch=size.window["width"] < 1000,
        # The key takes the place of a person who has logged in.
        extra_http_headers={"Authorization": client.headers["Authorization"]},
    )
    context.add_init_script(
        f"localStorage.setItem('phonoscope.project', '{project}');"
        f"localStorage.setItem('phonoscope.language', '{look.language}');"
        "localStorage.setItem('phonoscope.toured', 'yes')"
    )
    page = context.new_page()
    page.goto(str(client.base_url))
    page.locator(".room .problem" if look.project == "failing" else ".canvas img").wait_for()
    page.locator("[data-word]").nth(MOMENT).click()
    return page


def _seen(page: Page, step: str, look: Look) -> Image.Image:
    """Return the picture of a step, once it has settled."""
    page.locator(f"[data-tour={step}]").click()
    if look.project == "failing":
        _break(page, step)
    page.locator(".canvas .busy").wait_for(state="detached")
    page.wait_for_timeout(SETTLING_MS)
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def _break(page: Page, step: str) -> None:
    """Do in a step what cannot succeed."""
    files = page.locator(".content input[type=file]")
    if step == "picture":
        files.first.set_input_files(FilePayload(name="holiday.jpg", mimeType="image/jpeg", buffer=JUNK))
        page.locator(".content [role=alert]").first.wait_for()
    elif step == "voice":
        page.locator(".content [role=tab]").last.click()
        files.first.set_input_files(FilePayload(name="song.mp3", mimeType="audio/mpeg", buffer=JUNK))
        page.locator(".content [role=alert]").first.wait_for()
    elif step == "look":
        # From here on there is no network, and what is changed cannot be saved.
        page.context.set_offline(True)
        page.locator(".content .choices label").last.click()


def _sheet(pictures: dict[str, Image.Image], size: Size, title: str) -> Image.Image:
    """Put the pictures of the steps side by side, each with its name."""
    width_px, height_px = (round(side * size.scale) for side in (size.window["width"], size.window["height"]))
    rows = -(-len(pictures) // size.columns)
    across_px, down_px = width_px + GAP_PX, height_px + LABEL_PX
    sheet = Image.new("RGB", (size.columns * across_px + GAP_PX, rows * down_px + GAP_PX), PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(15)
    for index, (step, picture) in enumerate(pictures.items()):
        left = GAP_PX + index % size.columns * across_px
        top = index // size.columns * down_px
        draw.text((left, top + 4), f"{title} {step}", INK, font)
        sheet.paste(picture.resize((width_px, height_px), Image.Resampling.LANCZOS), (left, top + LABEL_PX))
    return sheet


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
