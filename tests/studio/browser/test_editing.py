"""Changes on the stage, by mouse and keyboard, and back again."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.studio.browser.walking import go, saved, script, stage


def add_sticker(page: Page) -> Locator:
    """Put a sticker on the stage, and return its box."""
    go(page, "Look").get_by_role("button", name="Sticker", exact=True).click()
    box = page.get_by_role("group", name="Things on the stage").get_by_role("button", name="Sticker")
    expect(box).to_be_visible()
    return box


def place(box: Locator) -> tuple[float, float]:
    """Return where the middle of something is, in pixels."""
    at = box.bounding_box()
    assert at is not None
    return at["x"] + at["width"] / 2, at["y"] + at["height"] / 2


def overlays(page: Page) -> list[dict[str, Any]]:
    """Return what the server has of the project that is open."""
    found: list[dict[str, Any]] = page.evaluate(
        "async () => { const list = await (await fetch('/api/v1/projects')).json();"
        " const one = await (await fetch('/api/v1/projects/' + list.items[0].id)).json();"
        " return one.document.scenes[0].overlays ?? []; }"
    )
    return found


def test_another_sticker_is_chosen_from_pictures_of_them(example: Page) -> None:
    box = add_sticker(example)
    box.click()
    stickers = example.get_by_role("group", name="Sticker", exact=True)
    rocket = stickers.get_by_role("button", name="🚀")
    rocket.click()
    expect(rocket).to_have_attribute("aria-pressed", "true")
    expect(saved(example)).to_be_visible()
    assert overlays(example)[0]["emoji"] == "🚀"
    image = rocket.locator("span").evaluate(
        "async (span) => { const url = getComputedStyle(span).backgroundImage.slice(5, -2);"
        " const picture = new Image(); picture.src = url; await picture.decode(); return picture.naturalWidth; }"
    )
    assert image == 432


def test_a_sticker_is_dragged_and_moved_by_keys_and_all_of_it_undone(example: Page) -> None:
    box = add_sticker(example)
    x, y = place(box)
    canvas = stage(example).bounding_box()
    assert canvas is not None
    example.mouse.move(x, y)
    example.mouse.down()
    example.mouse.move(x - 0.1 * canvas["width"], y + 0.2 * canvas["height"], steps=4)
    example.mouse.up()
    undo = example.get_by_role("button", name="Undo: Move")
    expect(undo).to_be_enabled()
    expect(saved(example)).to_be_visible()
    (dragged,) = overlays(example)
    assert dragged["place"]["x"] == pytest.approx((x - canvas["x"]) / canvas["width"] - 0.1, abs=0.02)
    assert dragged["place"]["y"] == pytest.approx((y - canvas["y"]) / canvas["height"] + 0.2, abs=0.02)
    box.focus()
    example.keyboard.press("Shift+ArrowRight")
    expect(saved(example)).to_be_visible()
    (moved,) = overlays(example)
    assert moved["place"]["x"] == pytest.approx(dragged["place"]["x"] + 0.05, abs=0.005)
    box.focus()
    example.keyboard.press("Delete")
    expect(box).to_have_count(0)
    for _ in range(4):
        example.keyboard.press("Control+z")
    expect(saved(example)).to_be_visible()
    assert overlays(example) == []
    example.keyboard.press("Control+Shift+z")
    expect(box).to_be_visible()


def test_what_is_written_is_undone_by_the_button(example: Page) -> None:
    go(example, "Voice")
    before = script(example).input_value()
    script(example).fill("Something else.")
    expect(example.get_by_role("button", name="else., at")).to_be_visible()
    example.get_by_role("button", name="Undo:").click()
    expect(script(example)).to_have_value(before)
    expect(example.get_by_role("button", name="Hello!, at")).to_be_visible()


def test_words_are_selected_both_ways_from_where_one_clicked(example: Page) -> None:
    word = example.locator("[data-word]")
    chosen = example.locator("[data-word][aria-pressed=true]")
    word.nth(4).click()
    for index in (3, 2, 1):
        example.keyboard.press("Shift+ArrowLeft")
        expect(word.nth(index)).to_be_focused()
    expect(chosen).to_have_text(["I", "can", "say", "whatever"])
    word.nth(2).click()
    expect(chosen).to_have_count(0)
    word.nth(5).click(modifiers=["Shift"])
    expect(chosen).to_have_text(["can", "say", "whatever", "you"])


def test_the_words_follow_the_slider(example: Page) -> None:
    last = example.get_by_role("button", name="place., at")
    expect(last).to_have_count(0)
    example.get_by_role("slider", name="Position").press("End")
    expect(last).to_be_in_viewport()
    example.get_by_role("slider", name="Position").press("Home")
    expect(example.get_by_role("button", name="Hello!, at")).to_be_in_viewport()


def test_a_template_is_shown_once_it_has_come_in(example: Page) -> None:
    go(example, "Look").get_by_role("button", name="Choose a template").click()
    dialog = example.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("announcement")
    dialog.get_by_role("button", name="Big announcement").click()
    dialog.get_by_role("button", name="Use this template").click()
    words = example.get_by_role("button", name="Text: BIG NEWS")
    expect(words).to_be_visible()
    at = example.get_by_role("slider", name="Position")
    assert 0.3 < float(at.input_value()) < 1
    expect(example.get_by_role("button", name="library, at")).to_be_visible()
    go(example, "Voice").get_by_role("button", name="Scene 2").click()
    expect(example.get_by_role("button", name="Text: The library opens")).to_be_visible()
