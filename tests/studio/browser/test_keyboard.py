"""The whole way with the keys alone: nobody touches the mouse, and nobody is ever lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.studio.browser.keyboard import Keys, heard
from tests.studio.browser.walking import STATEMENT, saved, script, side, stage

SAID = "Press 1 or 2, just like so?"


def told(page: Page, text: str) -> None:
    """A live region has told that, by now or soon."""
    for _ in range(300):
        if any(text in one for one in heard(page)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{text!r} was not told: {heard(page)}")


def plays_mp4(page: Page) -> bool:
    """Chromium as Playwright brings it does not."""
    can: str = page.evaluate("() => document.createElement('video').canPlayType('video/mp4; codecs=\"avc1.42E01E\"')")
    return bool(can)


def document(page: Page) -> dict[str, Any]:
    """Return the document as the server has it, once all is saved."""
    expect(saved(page)).to_be_visible()
    found: dict[str, Any] = page.evaluate(
        "async () => { const list = await (await fetch('/api/v1/projects')).json();"
        " const one = await (await fetch('/api/v1/projects/' + list.items[0].id)).json();"
        " return one.document; }"
    )
    return found


def overlays(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document(page)["scenes"][0].get("overlays", [])
    return found


def test_a_video_is_made_without_a_mouse(example: Page, astronaut_file: Path) -> None:
    keys = Keys(example)
    assert keys.press("Tab").name == "Skip to the stage"
    assert keys.press("Enter").role == "main"
    assert keys.press("Tab").name.startswith("Avatar")
    choose_a_picture(example, keys, astronaut_file)
    write_and_choose_a_voice(example, keys)
    change_the_look(example, keys)
    move_and_undo(example, keys)
    play(example, keys)
    make_and_download(example, keys)


def choose_a_picture(page: Page, keys: Keys, file: Path) -> None:
    # Asked for so late, it may come after the key that opens it.
    page.on("filechooser", lambda _: None)
    assert keys.press("1").role == "region"
    keys.to("Search")
    keys.type("Hoppy")
    told(page, "Found: 1")
    chosen = keys.to("Use hoppy")
    assert keys.press("Enter") == chosen
    expect(side(page).get_by_role("button", name=chosen.name)).to_have_attribute("aria-pressed", "true")
    walk_through_the_gallery(page, keys)
    keys.to("Choose picture", back=True)
    for given in (False, True):
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Enter")
        chooser.value.set_files(file)
        expect(page.get_by_role("dialog")).to_be_visible()
        answer_consent(page, keys, given)
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert keys.at().name == "Choose picture"
    told(page, "It works")
    expect(side(page).get_by_role("button", name="Face 1")).to_be_visible()


def walk_through_the_gallery(page: Page, keys: Keys) -> None:
    """A list to choose from is one stop of Tab, at what was reached last; arrow keys go on within it."""
    keys.to("Search", back=True, most=1)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(side(page).get_by_role("button", name="Use lapin")).to_be_attached()
    keys.to("Use ", most=1)
    first, second = keys.press("Home"), keys.press("ArrowRight")
    assert first != second and keys.press("ArrowLeft") == first
    below = keys.press("ArrowDown")
    assert below not in (first, second) and keys.press("ArrowUp") == first
    # Whoever comes to its end is shown more of it.
    for shown in (30, 50):
        keys.press("End")
        expect(side(page).get_by_role("button", name="Use ").nth(shown)).to_be_attached()
    assert keys.press("Home") == first
    keys.press("ArrowRight")
    keys.to("Search", back=True, most=1)
    assert keys.to("Use ", most=1) == second


def answer_consent(page: Page, keys: Keys, given: bool) -> None:
    """Answer in the dialog, which the focus does not leave before."""
    title = "Whose face and voice is it?"
    if not given:
        keys.at()
        page.keyboard.press("Escape")
        return
    assert keys.round(8) == {title}
    assert keys.round(8, back=True) == {title}
    keys.to(STATEMENT)
    assert keys.to("Agree and go on").off
    keys.to(STATEMENT, back=True)
    keys.press("Space")
    assert not keys.to("Agree and go on").off
    page.keyboard.press("Enter")


def write_and_choose_a_voice(page: Page, keys: Keys) -> None:
    assert keys.press("2").name == "What is said?"
    keys.to("What is said in scene 1")
    page.keyboard.press("Control+a")
    keys.type(SAID)
    # Digits and question marks are text here, and shortcuts elsewhere.
    expect(script(page)).to_have_value(SAID)
    assert keys.at().name == "What is said in scene 1"
    told(page, "Saved")
    keys.to("Voice A fitting voice")
    assert keys.press("Enter").dialog == "Choose a voice"
    keys.to("Find a voice")
    keys.type("Olivia")
    told(page, "Found: 1")
    keys.to("Olivia English")
    page.keyboard.press("Enter")
    expect(side(page).get_by_role("button", name="Voice Olivia")).to_be_focused()
    keys.to("Speed")
    keys.press("ArrowRight", "ArrowRight")
    assert document(page)["voice"]["rate"] == 1.1


def change_the_look(page: Page, keys: Keys) -> None:
    assert keys.press("3").name == "How does it look?"
    while keys.to("Background").role != "combobox":
        pass
    keys.press("ArrowDown")
    keys.to("Captions")
    keys.press("Enter")
    expect(page.get_by_role("switch", name="Show captions")).to_be_visible()
    keys.to("Show captions")
    keys.to("Style")
    keys.press("ArrowDown")
    now = document(page)
    assert now["scenes"][0]["background"]["kind"] == "blur"
    assert now["captions"]["style"] == "karaoke"


def move_and_undo(page: Page, keys: Keys) -> None:
    keys.to("Text", back=True)
    assert keys.press("Enter").name == "Selected"
    expect(page.get_by_role("button", name="Text: Your text")).to_be_visible()
    keys.to("Text: ", back=True)
    assert "place" in overlays(page)[0]
    keys.press("ArrowRight", "Shift+ArrowDown")
    moved = overlays(page)
    keys.press("ArrowLeft")
    assert overlays(page)[0]["place"]["x"] == pytest.approx(moved[0]["place"]["x"] - 0.01, abs=0.001)
    keys.press("Control+z")
    # Until nothing is left to undo: the button is off then, and still has the focus.
    keys.to("Undo: ", back=True)
    while not keys.press("Enter").off:
        pass
    assert overlays(page) == []
    keys.to("Redo: ")
    while not keys.press("Enter").off:
        pass
    assert overlays(page)[0]["place"]["x"] == pytest.approx(moved[0]["place"]["x"] - 0.01, abs=0.001)


def play(page: Page, keys: Keys) -> None:
    if not plays_mp4(page):
        return
    keys.to("Play")
    keys.press("Enter")
    told(page, "The preview is ready.")
    assert keys.at().name == "Pause"
    keys.press("k")
    assert keys.at().name == "Play"


def make_and_download(page: Page, keys: Keys) -> None:
    keys.press("Control+Enter")
    told(page, "is finished.")
    assert keys.press("4").name == "Your video"
    keys.to("Download MP4")
    with page.expect_download() as file:
        page.keyboard.press("Enter")
    assert file.value.suggested_filename.endswith(".mp4")
    assert sum("done" in one for one in heard(page)) <= 3


def test_projects_are_kept_in_order_without_a_mouse(example: Page) -> None:
    keys = Keys(example)
    keys.to("Name of the project")
    example.keyboard.press("Control+a")
    keys.type("Apples")
    assert keys.press("Enter").name == "Name of the project"
    keys.to("Phonoscope: Projects and videos", back=True)
    keys.press("Enter")
    expect(example.get_by_role("heading", name="Apples")).to_be_visible()
    more = keys.to("More for Apples")
    assert keys.press("Enter").name == "Duplicate"
    assert keys.press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp").name == "Delete"
    assert keys.press("Escape") == more
    assert keys.press("Enter", "ArrowDown", "Enter").dialog == "Rename"
    assert keys.at().name == "Name"
    example.keyboard.press("Control+a")
    keys.type("Pears")
    example.keyboard.press("Enter")
    expect(example.get_by_role("heading", name="Pears")).to_be_visible()
    assert keys.at().name == "More for Pears"
    assert keys.press("Enter", "End", "Enter").name == "Cancel"
    assert keys.press("Enter").name == "More for Pears"
    keys.press("Enter", "End", "Enter")
    keys.to("Delete")
    example.keyboard.press("Enter")
    # Another example is there instead, and the focus where the list is.
    expect(example.get_by_role("heading", name="My first video")).to_be_visible()
    expect(example.get_by_role("dialog")).to_have_count(0)
    assert keys.at().name == "Projects and videos"
    keys.to("Open My first video")
    example.keyboard.press("Enter")
    expect(stage(example)).to_be_visible()
    assert keys.at().role == "main"


def test_colours_and_language_are_changed_without_a_mouse(example: Page) -> None:
    keys = Keys(example)
    root = example.locator("html")
    keys.to("Dark colours")
    assert keys.press("Enter").name == "Light colours"
    expect(root).to_have_attribute("data-theme", "dark")
    keys.to("Language")
    assert keys.press("Enter").name == "English"
    keys.press("ArrowDown", "Enter")
    expect(root).to_have_attribute("lang", "de")
    assert keys.at().name == "Sprache"
    keys.press("Enter")
    # Tab leaves a menu, and goes on behind it.
    assert keys.press("Tab").name == "Teilen"
    expect(example.get_by_role("menu")).to_have_count(0)
