"""Nothing of the page is against WCAG 2.2 AA, as far as axe can tell; in light and dark, wide and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.studio.browser.conftest import PHONE, WIDE, Opened, Server
from tests.studio.browser.walking import agree, choose_picture, film, go, make_video, saved, script, side, stage

AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LOOKS = pytest.mark.parametrize(
    ("size", "dark"),
    [(WIDE, False), (PHONE, True)],
    ids=["wide light", "phone dark"],
)
"""Colours do not depend on the width: two of the four are enough."""

pytestmark = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: make web")


def check(page: Page, where: str, part: str = "html") -> list[str]:
    """Return what is wrong with a part of what is shown now: where, which rule, and the element."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    found: dict[str, Any] = page.evaluate(
        "([part, tags]) => axe.run(part, { runOnly: tags, rules: { 'target-size': { enabled: true } } })", [part, TAGS]
    )
    return [
        f"{where}: {rule['id']}: {node['html'][:160]}: {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


NARROW = (320, 640)
PANEL, DIALOG = "#panel", "dialog[open]"

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
    page = opened(size=size, dark=dark, csp=False, toured=False)
    wrong = check_tour(page)
    choose_picture(page, astronaut_file)
    expect(page.get_by_role("dialog")).to_be_visible()
    wrong += check(page, "consent", DIALOG)
    agree(page)
    expect(side(page).get_by_role("button", name="Face 1")).to_be_visible()
    wrong += check(page, "the whole page")
    for step in ("Voice", "Look", "Video"):
        expect(go(page, step).get_by_role("button").first).to_be_visible()
        wrong += check(page, step, PANEL)
    for tab in ("Record", "Upload"):
        go(page, "Voice").get_by_role("tab", name=tab).click()
        wrong += check(page, tab, PANEL)
    side(page).get_by_role("tab", name="Write").click()
    for menu in ("More" if size == PHONE else "Help", "Pause"):
        page.get_by_role("button", name=menu, exact=True).click()
        wrong += check(page, menu, "[role=menu]")
        page.keyboard.press("Escape")
    for step, run in DIALOGS:
        go(page, step)
        run(page)
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        title = dialog.get_by_role("heading").first.inner_text()
        wrong += check(page, title, DIALOG)
        page.keyboard.press("Escape")
        expect(dialog, title).to_have_count(0)
    assert wrong == []


def check_tour(page: Page) -> list[str]:
    offer = page.get_by_role("button", name="Tour in two minutes")
    expect(offer).to_be_visible()
    wrong = check(page, "offer", ".toasts")
    offer.click()
    page.get_by_role("button", name="Next").click()
    wrong += check(page, "tour", DIALOG)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    return wrong


@LOOKS
def test_what_is_selected_and_what_was_made(opened: Opened, size: tuple[int, int], dark: bool) -> None:
    page = opened(size=size, dark=dark, csp=False)
    expect(stage(page)).to_be_visible()
    go(page, "Voice")
    script(page).fill("Hi.")
    make_video(page)
    wrong = check(page, "at work", PANEL)
    for step, thing in (("Look", "Sticker"), ("Look", "Text"), ("Look", "Title")):
        go(page, step).get_by_role("button", name=thing, exact=True).click()
        expect(side(page).get_by_role("heading", name="Selected")).to_be_visible()
        wrong += check(page, thing, PANEL)
    page.get_by_role("button", name="Hi., at").click(modifiers=["Shift"])
    wrong += check(page, "words")
    go(page, "Video")
    expect(film(page)).to_be_visible()
    side(page).get_by_role("switch", name="Share by link").check(force=True)
    expect(side(page).get_by_role("textbox", name="Link")).to_be_visible()
    wrong += check(page, "made", PANEL)
    address = side(page).get_by_role("textbox", name="Link").input_value()
    page.get_by_role("button", name="Projects and videos").click()
    expect(page.get_by_role("article")).to_be_visible()
    wrong += check(page, "projects")
    page.get_by_role("tab", name="Videos").click()
    wrong += check(page, "videos", "main")
    for item in ("Rename", "Delete"):
        page.get_by_role("button", name="More for").click()
        wrong += check(page, "menu", "[role=menu]")
        page.get_by_role("menuitem", name=item).click()
        wrong += check(page, item, DIALOG)
        page.keyboard.press("Escape")
    page.goto(address)
    expect(page.get_by_role("link", name="Download")).to_be_visible()
    assert wrong + check(page, "shared") == []


def test_what_fails(opened: Opened, tmp_path: Path) -> None:
    page = opened(dark=True, csp=False, faults=("500 (Internal", "415 (Unsupported"))
    expect(stage(page)).to_be_visible()
    fails = lambda route: route.fulfill(status=500)  # noqa: E731
    page.route("**/api/v1/projects/*/document", fails)
    go(page, "Voice")
    script(page).fill("Hello [wave")
    unsaved = page.get_by_role("button", name="Not saved")
    expect(unsaved).to_be_visible()
    wrong = check(page, "not saved")
    unsaved.click()
    wrong += check(page, "why not", DIALOG)
    page.keyboard.press("Escape")
    page.unroute_all()
    expect(saved(page)).to_be_attached()
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    go(page, "Picture")
    choose_picture(page, broken)
    agree(page)
    expect(side(page).get_by_role("alert")).to_be_visible()
    wrong += check(page, "no picture", PANEL)
    page.route("**/api/v1/session", fails)
    page.reload()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    assert wrong + check(page, "no server") == []


NO_ROOM = {"type": "/problems/output", "title": "The disk is full", "status": 507, "remedy": "Delete something."}
CHANGED = {"type": "/problems/revision-conflict", "title": "It was changed meanwhile", "status": 412}


@LOOKS
def test_what_goes_wrong_later(opened: Opened, size: tuple[int, int], dark: bool) -> None:
    """A stage that cannot be drawn, a project that was changed elsewhere, and a video that failed."""
    page = opened(size=size, dark=dark, csp=False, faults=("507 (", "412 ("))
    expect(stage(page)).to_be_visible()
    go(page, "Voice")
    page.route("**/still?*", lambda route: route.fulfill(status=507, json=NO_ROOM))
    script(page).fill("Hi.")
    expect(page.get_by_role("region", name="Stage").get_by_role("alert")).to_be_visible()
    wrong = check(page, "no picture")
    page.route("**/api/v1/projects/*/document", lambda route: route.fulfill(status=412, json=CHANGED))
    script(page).fill("Hi again.")
    page.get_by_role("button", name="Changed elsewhere").click()
    expect(page.get_by_role("dialog", name="Changed elsewhere")).to_be_visible()
    wrong += check(page, "changed elsewhere", DIALOG)
    page.unroute_all()
    page.get_by_role("button", name="Keep mine").click()
    expect(saved(page)).to_be_attached()
    page.route("**/api/v1/renders?*", lambda route: route.fulfill(json=with_a_failure(route.fetch().json())))
    make_video(page)
    expect(film(page)).to_be_visible()
    page.reload()
    expect(go(page, "Video").get_by_role("alert")).to_be_visible()
    assert wrong + check(page, "failed", PANEL) == []


def with_a_failure(renders: dict[str, Any]) -> dict[str, Any]:
    """Return a list of videos as if none of them could be made."""
    return renders | {"items": [one | {"state": "error", "error": NO_ROOM} for one in renders["items"]]}


@pytest.mark.parametrize(
    ("size", "scale", "options"),
    [
        (WIDE, 2, {"locale": "ar"}),
        (PHONE, 2, {"locale": "ar"}),
        (NARROW, 1, {"locale": "ar", "color_scheme": "dark"}),
        (WIDE, 1, {"forced_colors": "active"}),
    ],
    ids=["large letters", "large letters on a phone", "narrow", "colours of one's own"],
)
def test_other_ways_to_see_it(opened: Opened, size: tuple[int, int], scale: int, options: dict[str, Any]) -> None:
    """Letters of twice the size, a page enlarged fourfold, colours of one's own; and from right to left."""
    page = opened(size=size, csp=False, **options)
    page.add_style_tag(content=f"html {{ font-size: {100 * scale}% !important; }}")
    expect(page.locator(".canvas img")).to_be_visible()
    wrong = []
    for step in range(4):
        page.locator("nav li button").nth(step).click()
        expect(page.locator(PANEL).locator("button").first).to_be_visible()
        if step in (0, 2):
            wrong += check(page, f"step {step + 1}", PANEL if step else "html")
        # Nothing lies beside the window.
        wide, window = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
        assert wide <= window
    assert wrong == []


def test_the_page_that_tells_of_the_api(server: Server, opened: Opened) -> None:
    """What is within is Swagger's, and not ours to mend."""
    page = opened(f"{server.address}/docs", csp=False)
    expect(page.locator(".swagger-ui").first).to_be_visible()
    assert check(page, "docs", "head") + check(page, "docs", "body > :not(#docs)") == []


@LOOKS
def test_signing_in(server: Server, opened: Opened, size: tuple[int, int], dark: bool) -> None:
    page = opened(server.address, size=size, dark=dark, csp=False)
    page.get_by_role("textbox", name="Name").fill("nobody")
    page.get_by_role("textbox", name="Password").fill("nothing")
    wrong = check(page, "signing in")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert wrong + check(page, "refused") == []
