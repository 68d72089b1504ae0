"""The page on a phone: everything within its width, the words under a thumb."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.studio.browser.conftest import PHONE, Opened
from tests.studio.browser.walking import go, saved, script, stage


def test_a_line_is_changed_on_a_phone(opened: Opened) -> None:
    page = opened(size=PHONE)
    expect(stage(page)).to_be_visible()
    check_width(page)
    for step in ("Picture", "Look", "Video", "Voice"):
        go(page, step)
        check_width(page)
        expect(stage(page)).to_be_in_viewport()
    script(page).fill("Hi from my phone.")
    expect(page.get_by_role("button", name="phone., at")).to_be_visible()
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Undo").click()
    expect(script(page)).not_to_have_value("Hi from my phone.")
    expect(page.get_by_role("button", name="Make video").first).to_be_in_viewport()
    expect(saved(page)).to_be_attached()


def check_width(page: Page) -> None:
    """Nothing reaches beyond the window."""
    wide, window = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide <= window
