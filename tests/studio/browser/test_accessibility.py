"""Nothing of the page is against WCAG 2.2 AA, as far as axe can tell; in light and dark, wide and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.studio.browser.conftest import PHONE, WIDE, Opened, Server
from tests.studio.browser.walking import agree, choose_picture, film, go, make_video, script, side, stage

AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LOOKS = pytest.mark.parametrize(
    ("size", "dark"),
    [(WIDE, False), (PHONE, True)],
    ids=["wide light", "phone dark"],
)
"""Colours do not depend on the width: two of the four are enough."""

pytestmark = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: make web")


def check(page: Page, where: str) -> list[str]:
    """Return what is wrong with what is shown now: where, which rule, and the element."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    found: dict[str, Any] = page.evaluate("tags => axe.run({ runOnly: tags })", TAGS)
    return [
        f"{where}: {rule['id']}: {node['html'][:160]}: {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


Opening = Callable[[Page], None]


def press(*names: str) -> Opening:
    """Press one button after the other."""

    def run(page: Page) -> None:
        for name in names:
            page.get_by_role("button", name=name).or_(page.get_by_role("menuitem", name=name)).first.click()

    return run


DIALOGS: tuple[tuple[str, Opening], ...] = (
    ("Picture", press("Take photo")),
    ("Picture", press("Crop")),
    ("Picture", press("Mark the mouth")),
    ("Voice", press("Voice A fitting voice")),
    ("Look", press("Choose a template")),
    ("Video", lambda page: page.keyboard.press("?")),
)


@LOOKS
def test_every_step_and_dialog(opened: Opened, astronaut_file: Path, size: tuple[int, int], dark: bool) -> None:
    page = opened(size=size, dark=dark, csp=False)
    expect(stage(page)).to_be_visible()
    choose_picture(page, astronaut_file)
    consent = page.get_by_role("dialog")
    expect(consent).to_be_visible()
    wrong = check(page, "consent")
    agree(page)
    expect(side(page).get_by_role("button", name="Face 1")).to_be_visible()
    for step in ("Picture", "Voice", "Look", "Video"):
        expect(go(page, step).get_by_role("button").first).to_be_visible()
        wrong += check(page, step)
    for tab in ("Record", "Upload"):
        go(page, "Voice").get_by_role("tab", name=tab).click()
        wrong += check(page, tab)
    for step, run in DIALOGS:
        go(page, step)
        if step == "Voice":
            side(page).get_by_role("tab", name="Write").click()
        run(page)
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        title = dialog.get_by_role("heading").first.inner_text()
        wrong += check(page, title)
        page.keyboard.press("Escape")
        expect(dialog, title).to_have_count(0)
    assert wrong == []


@LOOKS
def test_what_is_selected_and_what_was_made(opened: Opened, size: tuple[int, int], dark: bool) -> None:
    page = opened(size=size, dark=dark, csp=False)
    expect(stage(page)).to_be_visible()
    go(page, "Voice")
    script(page).fill("Hi.")
    make_video(page)
    wrong = check(page, "at work")
    for step, thing in (("Look", "Sticker"), ("Look", "Text"), ("Look", "Title")):
        go(page, step).get_by_role("button", name=thing, exact=True).click()
        expect(side(page).get_by_role("heading", name="Selected")).to_be_visible()
        wrong += check(page, thing)
    page.get_by_role("button", name="Hi., at").click(modifiers=["Shift"])
    wrong += check(page, "words")
    go(page, "Video")
    expect(film(page)).to_be_visible()
    wrong += check(page, "made")
    page.get_by_role("button", name="Projects and videos").click()
    expect(page.get_by_role("article")).to_be_visible()
    wrong += check(page, "projects")
    page.get_by_role("tab", name="Videos").click()
    wrong += check(page, "videos")
    for item in ("Rename", "Delete"):
        page.get_by_role("button", name="More for").click()
        wrong += check(page, "menu")
        page.get_by_role("menuitem", name=item).click()
        wrong += check(page, item)
        page.keyboard.press("Escape")
    assert wrong == []


@LOOKS
def test_signing_in(server: Server, opened: Opened, size: tuple[int, int], dark: bool) -> None:
    page = opened(server.address, size=size, dark=dark, csp=False)
    page.get_by_role("textbox", name="Name").fill("nobody")
    page.get_by_role("textbox", name="Password").fill("nothing")
    wrong = check(page, "signing in")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert wrong + check(page, "refused") == []
