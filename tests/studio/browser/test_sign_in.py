"""Whoever has no link comes in by name and password."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.studio.browser.conftest import Opened, Server
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
