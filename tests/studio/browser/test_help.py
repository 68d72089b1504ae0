"""What shows people around: the sheet of shortcuts, which all do what it says, and the tour."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.studio.browser.conftest import PHONE, Opened
from tests.studio.browser.keyboard import Keys
from tests.studio.browser.walking import go, script, side, stage

WORDS_A_MINUTE = 180


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Position")


def sticker(page: Page) -> Locator:
    return page.get_by_role("group", name="Things on the stage").get_by_role("button", name="Sticker")


def word(page: Page, text: str) -> Locator:
    return page.get_by_role("group", name="Words").get_by_role("button", name=text)


def undo(page: Page) -> Locator:
    return page.get_by_role("banner").get_by_role("button", name="Undo")


def plays(page: Page) -> None:
    player = page.get_by_role("region", name="Player")
    page.keyboard.press("k")
    expect(player.get_by_role("button", name=re.compile("Preparing|Pause"))).to_be_visible()
    page.keyboard.press("k")
    expect(player.get_by_role("button", name="Play")).to_be_visible()


def goes_on(page: Page) -> None:
    page.keyboard.press("l")
    page.keyboard.press("l")
    expect(slider(page)).to_have_value("2")


def goes_back(page: Page) -> None:
    page.keyboard.press("j")
    expect(slider(page)).to_have_value("1")


def goes_to_steps(page: Page) -> None:
    for key, title in (("2", "What is said?"), ("4", "Your video"), ("1", "Who speaks?"), ("3", "How does it look?")):
        page.keyboard.press(key)
        expect(side(page).get_by_role("heading", name=title)).to_be_visible()


def changes_place(page: Page) -> None:
    sticker(page).focus()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        before = sticker(page).get_attribute("style")
        page.keyboard.press(key)
        expect(sticker(page)).not_to_have_attribute("style", before or "")
    expect(undo(page)).to_have_accessible_name("Undo: Move")


def changes_size(page: Page) -> None:
    sticker(page).focus()
    for key in ("+", "-"):
        before = sticker(page).get_attribute("style")
        page.keyboard.press(key)
        expect(sticker(page)).not_to_have_attribute("style", before or "")
    expect(undo(page)).to_have_accessible_name("Undo: Change the size")


def takes_away(page: Page) -> None:
    sticker(page).focus()
    page.keyboard.press("Delete")
    expect(sticker(page)).to_have_count(0)


def takes_back(page: Page) -> None:
    page.keyboard.press("Control+z")
    expect(sticker(page)).to_be_visible()


def does_again(page: Page) -> None:
    page.keyboard.press("Control+Shift+z")
    expect(sticker(page)).to_have_count(0)
    page.keyboard.press("Control+z")


def walks_words(page: Page) -> None:
    word(page, "what").focus()
    page.keyboard.press("ArrowRight")
    expect(word(page, "you")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(word(page, "what")).to_be_focused()


def chooses_words(page: Page) -> None:
    word(page, "you").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(word(page, "like")).to_have_attribute("aria-pressed", "true")
    expect(word(page, "you")).to_have_attribute("aria-pressed", "true")


def chooses_nothing(page: Page) -> None:
    expect(side(page).get_by_role("heading", name="Selected")).to_be_visible()
    page.keyboard.press("Escape")
    expect(side(page).get_by_role("heading", name="Selected")).to_have_count(0)


def shows_the_sheet(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def makes_the_video(page: Page) -> None:
    page.keyboard.press("Control+Enter")
    expect(side(page).get_by_role("article")).to_be_visible()


def walks_a_list(page: Page) -> None:
    pictures = go(page, "Picture").get_by_role("button", name=re.compile("^Use "))
    pictures.first.focus()
    page.keyboard.press("ArrowRight")
    expect(pictures.nth(1)).to_be_focused()


def leaps_in_a_list(page: Page) -> None:
    pictures = side(page).get_by_role("button", name=re.compile("^Use "))
    page.keyboard.press("End")
    expect(pictures.first).not_to_be_focused()
    page.keyboard.press("Home")
    expect(pictures.first).to_be_focused()


DOES: dict[str, Callable[[Page], None]] = {
    "Go to a step": goes_to_steps,
    "A second on": goes_on,
    "A second back": goes_back,
    "Move it; with Shift, further": changes_place,
    "Make it larger or smaller": changes_size,
    "Take it away": takes_away,
    "Undo": takes_back,
    "Redo": does_again,
    "Go to the next word": walks_words,
    "Select several words": chooses_words,
    "Select nothing": chooses_nothing,
    "Go to the next thing": walks_a_list,
    "Go to the first or last": leaps_in_a_list,
    "Play or pause": plays,
    "Show this list": shows_the_sheet,
    "Make the video": makes_the_video,
}
"""What the sheet lists, in an order in which one can follow the other."""


def test_every_shortcut_of_the_sheet_does_what_it_says(example: Page) -> None:
    go(example, "Voice")
    script(example).fill("Say what you like.")
    expect(word(example, "like")).to_be_visible()
    go(example, "Look").get_by_role("button", name="Sticker", exact=True).click()
    expect(sticker(example)).to_be_visible()
    example.keyboard.press("?")
    sheet = example.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_be_visible()
    assert set(sheet.get_by_role("term").all_inner_texts()) == set(DOES)
    # A dialog has its own keys.
    example.keyboard.press("2")
    expect(example.get_by_role("heading", name="Selected")).to_be_attached()
    example.keyboard.press("Escape")
    slider(example).fill("0")
    for run in DOES.values():
        run(example)


def test_shortcuts_leave_alone_what_is_typed(example: Page) -> None:
    keys = Keys(example)
    field = example.get_by_role("textbox", name="Name of the project")
    go(example, "Voice")
    for here in (script(example), field):
        here.focus()
        example.keyboard.press("Control+a")
        keys.type("1 jkl? 234")
        expect(here).to_have_value("1 jkl? 234")
    expect(side(example).get_by_role("heading", name="What is said?")).to_be_visible()
    expect(example.get_by_role("dialog")).to_have_count(0)
    expect(example.get_by_role("region", name="Player").get_by_role("button", name="Play")).to_be_visible()


def test_the_tour_is_walked_by_keys_and_does_not_come_back(opened: Opened) -> None:
    page = opened(size=PHONE, toured=False)
    expect(stage(page)).to_be_visible()
    keys = Keys(page)
    # Offered where it is not in the way, and last.
    keys.to("Tour in two minutes", back=True)
    page.keyboard.press("Enter")
    tour = page.locator("dialog")
    expect(tour).to_be_visible()
    said = []
    while True:
        at = keys.at()
        said.append(tour.locator("h2, p").all_inner_texts())
        assert at.dialog == said[-1][0]
        check_layout(page)
        if at.name == "Let me try":
            break
        assert at.name == "Next"
        keys.press("Enter")
    assert len({stop[0] for stop in said}) == len(said) == 8
    assert len(" ".join(text for stop in said for text in stop).split()) < 2 * WORDS_A_MINUTE
    assert keys.round(6) == {said[-1][0]}
    keys.to("Back", back=True)
    assert keys.press("Enter").dialog == said[-2][0]
    page.keyboard.press("Escape")
    expect(tour).to_have_count(0)
    keys.at()
    page.reload()
    expect(stage(page)).to_be_visible()
    expect(page.get_by_role("button", name="Tour in two minutes")).to_have_count(0)
    # Whoever wants it again finds it.
    keys.to("More")
    keys.press("Enter")
    page.get_by_role("menuitem", name="Tour in two minutes").press("Enter")
    expect(tour).to_be_visible()
    keys.to("Skip the tour", back=True)
    assert keys.press("Enter").name == "More"


def check_layout(page: Page) -> None:
    """The buttons stand in one line, and all of the card is within the window."""
    card, back, go_on = (
        found.bounding_box()
        for found in (
            page.locator("dialog"),
            page.get_by_role("button", name="Back"),
            page.get_by_role("button", name=re.compile("Next|Let me try")),
        )
    )
    assert card is not None
    assert back is not None
    assert go_on is not None
    assert back["y"] == go_on["y"]
    window = page.viewport_size
    assert window is not None
    assert card["x"] >= 0
    assert card["y"] >= 0
    assert card["x"] + card["width"] <= window["width"]
    assert card["y"] + card["height"] <= window["height"]
