"""What comes from the camera and the microphone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.studio.browser.conftest import SPOKEN
from tests.studio.browser.walking import agree, go, script, side


def test_a_recording_becomes_the_voice_of_the_scene(example: Page) -> None:
    panel = go(example, "Voice")
    script(example).fill(SPOKEN)
    panel.get_by_role("tab", name="Record").click()
    panel.get_by_role("button", name="Start recording").click()
    agree(example)
    expect(panel.get_by_role("meter", name="Level of the microphone")).not_to_have_js_property("value", 0)
    expect(panel.get_by_role("timer")).to_have_text(re.compile("0:0[3-9]"))
    panel.get_by_role("button", name="Finish recording").click()
    panel.get_by_role("button", name="Use recording 1").click()
    expect(panel.get_by_text("This scene speaks with a recording.")).to_be_visible()
    # The scene lasts as long as what was said.
    expect(example.get_by_role("slider", name="Position")).to_have_attribute("max", re.compile(r"^[3-6](\.|$)"))


def test_a_photo_of_the_camera_is_taken_and_sent(example: Page) -> None:
    side(example).get_by_role("button", name="Take photo").click()
    dialog = example.get_by_role("dialog", name="Take a photo")
    dialog.get_by_role("button", name="Take it").click()
    dialog.get_by_role("button", name="Use this photo").click()
    agree(example)
    # The pretended camera shows no face, and the way out is offered.
    expect(side(example).get_by_text("No face was found")).to_be_visible()
    expect(side(example).get_by_role("button", name="Mark the mouth")).to_be_visible()
