"""The page may be closed while the server works, and the server be away while the page does."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.studio.browser.conftest import Opened
from tests.studio.browser.walking import agree, choose_picture, film, go, make_video, script, side, stage


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


def test_an_upload_that_gave_up_is_tried_again(opened: Opened, astronaut_file: Path) -> None:
    page = opened(faults=("429 (",))
    expect(stage(page)).to_be_visible()
    busy = {"type": "/problems/too-many", "title": "Too many at once", "status": 429}
    page.route("**/api/v1/uploads", lambda route: route.fulfill(status=429, json=busy))
    choose_picture(page, astronaut_file)
    agree(page)
    failed = side(page).get_by_role("alert")
    expect(failed).to_contain_text("Too many at once")
    page.unroute_all()
    failed.get_by_role("button", name="Try again").click()
    expect(side(page).get_by_role("button", name="Face 1")).to_be_visible()
    expect(failed).to_have_count(0)
