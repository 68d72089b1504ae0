"""A page that is open while the server is brought up to date: files that it has yet to load are gone by then."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.studio.browser.conftest import Opened
from tests.studio.browser.walking import go, side, stage


def lose(page: Page, *names: str) -> None:
    """Answer as a newer server does to the page of an older one."""
    files = re.compile(rf"/assets/({'|'.join(names)})-[^/]*\.js")
    page.route(files, lambda route: route.fulfill(status=404, body="gone"))


def test_a_part_that_is_gone_offers_to_load_the_page_again(opened: Opened) -> None:
    page = opened(service_workers="block", faults=("404 (Not Found)",))
    lose(page, "Help", "TemplateDialog", "RenderCard", "History", "de")
    expect(stage(page)).to_be_visible()
    gone = page.get_by_role("alert").filter(has_text="could not be loaded")
    # A dialog says so in its place, and can be closed; the page goes on.
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Not loaded").and_(page.locator(":has([role=alert])"))).to_be_visible()
    page.keyboard.press("Escape")
    go(page, "Look").get_by_role("button", name="Choose a template").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Language").click()
    page.get_by_role("menuitemradio", name="Deutsch").click()
    expect(page.get_by_role("status").get_by_role("button", name="Load again")).to_be_visible()
    # A part says so where it would stand.
    go(page, "Video")
    expect(side(page).get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Projects and videos").click()
    expect(gone).to_be_visible()
    page.unroute_all()
    gone.get_by_role("button", name="Load again").click()
    expect(stage(page)).to_be_visible()
    page.get_by_role("button", name="Projects and videos").click()
    expect(page.get_by_role("article")).to_be_visible()
