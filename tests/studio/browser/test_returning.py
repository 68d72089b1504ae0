"""The page may be closed while the server works."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.studio.browser.walking import film, go, make_video, script, side


def test_a_video_goes_on_while_the_page_is_closed(example: Page) -> None:
    go(example, "Voice")
    script(example).fill("Gone, and here again.")
    make_video(example)
    expect(side(example).get_by_role("progressbar", name="My first video")).to_be_visible()
    again = example.context.new_page()
    address = example.url
    example.close()
    again.goto(address)
    # Found where it is, still at work or done.
    go(again, "Video")
    expect(film(again)).to_be_visible(timeout=60_000)
    again.get_by_role("button", name="Projects and videos").click()
    again.get_by_role("tab", name="Videos").click()
    expect(again.get_by_role("article", name="My first video")).to_have_count(1)
