"""Where things are on the page, by the names that people hear of them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

STATEMENT = "I may use the faces and voices"


def stage(page: Page) -> Locator:
    """The picture in the middle."""
    return page.get_by_role("img", name="The video at this moment")


def go(page: Page, step: str) -> Locator:
    """Open one of the four steps, and return its panel."""
    page.get_by_role("navigation", name="Steps").get_by_role("button", name=step).click()
    return side(page)


def side(page: Page) -> Locator:
    """The panel of the step that is open."""
    return page.locator("section[aria-labelledby=panel-title]")


def script(page: Page) -> Locator:
    """The field that holds what is said."""
    return page.get_by_role("textbox", name="What is said in scene 1")


def agree(page: Page) -> None:
    """Say that the faces and voices may be used."""
    dialog = page.get_by_role("dialog", name="Whose face and voice is it?")
    go_on = dialog.get_by_role("button", name="Agree and go on")
    expect(go_on).to_be_disabled()
    dialog.get_by_role("checkbox", name=STATEMENT).check()
    go_on.click()
    expect(dialog).to_be_hidden()


def choose_picture(page: Page, file: Path) -> None:
    """Choose a picture of one's own, as a click on the button does."""
    with page.expect_file_chooser() as chooser:
        side(page).get_by_role("button", name="Choose picture").click()
    chooser.value.set_files(file)


def make_video(page: Page) -> None:
    """Press the button that is always there."""
    page.get_by_role("banner").get_by_role("button", name="Make video").click()


def film(page: Page) -> Locator:
    """The link that downloads the video that was made last."""
    return side(page).get_by_role("link", name="Download MP4")


def saved(page: Page) -> Locator:
    """What tells that everything is saved."""
    return page.get_by_role("banner").get_by_text("Saved", exact=True)


def focused(page: Page) -> str:
    """Return the name of what has the focus, as its label or text tells it."""
    name: str = page.evaluate(
        "() => { const now = document.activeElement;"
        " return now.ariaLabel ?? now.labels?.[0]?.textContent.trim() ?? now.textContent.trim(); }"
    )
    return name
