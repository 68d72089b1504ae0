"""Whoever has no link comes in by name and password."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.studio.browser.conftest import PHONE, Opened, Server
from tests.studio.browser.walking import stage

PASSWORD = "correct horse battery"


def test_a_name_and_a_password_open_the_studio(server: Server, opened: Opened) -> None:
    server.account("clara", PASSWORD)
    page = opened(server.address)
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    page.get_by_role("textbox", name="Name").fill("clara")
    page.get_by_role("textbox", name="Password").fill("wrong horse battery")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(stage(page)).to_be_visible()
    page.get_by_role("button", name="Help").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_a_link_opens_once(server: Server, opened: Opened) -> None:
    link = server.account("dora")
    expect(stage(opened(link))).to_be_visible()
    second = opened(link)
    expect(second.get_by_role("heading", name="Welcome back")).to_be_visible()
    expect(second.get_by_role("alert")).to_contain_text("Links work once")


def test_what_went_wrong_is_told_in_the_language_of_the_page(server: Server, opened: Opened) -> None:
    server.account("emil", PASSWORD)
    page = opened(server.address, PHONE, locale="de-DE")
    page.get_by_role("textbox", name="Name").fill("emil")
    page.get_by_role("textbox", name="Passwort").fill("wrong horse battery")
    page.keyboard.press("Enter")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Name oder Passwort stimmt nicht.")
    expect(told.locator("[lang=en]")).to_have_text("This does not open the studio. Check name and password.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
