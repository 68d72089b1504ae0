"""The page in small windows: on a phone, upright and sideways, and at 200 % and 400 %."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.studio.browser.conftest import PHONE, Opened
from tests.studio.browser.test_editing import add_sticker, overlays, place
from tests.studio.browser.walking import go, saved, script, side, stage

STEPS = ("Picture", "Look", "Video", "Voice")

ZOOMED_2, ZOOMED_4, SIDEWAYS = (720, 450), (320, 256), (844, 390)

USUAL_SIZE = 0.18
"""Of a sticker, where the document tells none."""

ROOM_PX = 240
"""Height that a panel needs, so that a field is seen with its label and what stands around it."""


def test_a_line_is_changed_on_a_phone(opened: Opened) -> None:
    page = opened(size=PHONE)
    expect(stage(page)).to_be_visible()
    check_width(page)
    for step in STEPS:
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


@pytest.mark.parametrize("size", [PHONE, SIDEWAYS, ZOOMED_2])
def test_the_panel_scrolls_and_the_page_does_not(opened: Opened, size: tuple[int, int]) -> None:
    page = opened(size=size)
    expect(stage(page)).to_be_visible()
    panel = go(page, "Look")
    expect(panel.locator("details").first).to_be_visible()
    for part in panel.locator("details").all():
        part.locator("summary").click()
    tall, window = page.evaluate("() => [document.documentElement.scrollHeight, innerHeight]")
    assert tall <= window
    inside, seen = panel.evaluate("panel => [panel.scrollHeight, panel.clientHeight]")
    assert inside > seen > ROOM_PX
    check_width(page)
    expect(stage(page)).to_be_in_viewport()


def test_at_400_percent_the_whole_page_scrolls(opened: Opened) -> None:
    page = opened(size=ZOOMED_4)
    expect(stage(page)).to_be_visible()
    for step in STEPS:
        go(page, step)
        check_width(page)
    inside, seen = side(page).evaluate("panel => [panel.scrollHeight, panel.clientHeight]")
    assert inside == seen
    script(page).scroll_into_view_if_needed()
    script(page).fill("Hi from far away.")
    expect(saved(page)).to_be_attached()


def test_two_fingers_anywhere_enlarge_and_turn_what_is_chosen(opened: Opened) -> None:
    page = opened(size=PHONE)
    expect(stage(page)).to_be_visible()
    x, y = place(add_sticker(page))
    canvas = stage(page).bounding_box()
    assert canvas is not None
    left, top = canvas["x"] + 40, canvas["y"] + 80
    fingers = page.context.new_cdp_session(page)
    touch(fingers, "touchStart", (left, top))
    touch(fingers, "touchStart", (left, top), (left + 60, top))
    for share in (0.5, 1.0):
        touch(fingers, "touchMove", (left, top), (left + 60 * (1 - share), top + 120 * share))
    with page.expect_response("**/document"):
        touch(fingers, "touchEnd")
    (sticker,) = overlays(page)
    assert sticker["size"] == pytest.approx(2 * USUAL_SIZE, rel=0.1)
    assert sticker["rotation_deg"] == pytest.approx(90, abs=1)
    # It goes with the middle of the fingers, and the page does not zoom.
    middle = place(page.get_by_role("group", name="Things on the stage").get_by_role("button", name="Sticker"))
    assert middle == pytest.approx((x - 30, y + 60), abs=6)
    assert page.evaluate("() => visualViewport.scale") == 1


def touch(fingers: CDPSession, kind: str, *at: tuple[float, float]) -> None:
    """Put fingers down, move them, or lift them."""
    points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(at)]
    fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def check_width(page: Page) -> None:
    """Nothing reaches beyond the window."""
    wide, window = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide <= window
