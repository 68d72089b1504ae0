"""The whole way in a real browser: from the first link to a file whose lips follow its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.lips import measure
from playwright.sync_api import Page, expect

from phonoscope.media.probe import probe
from phonoscope.script import read_script
from phonoscope.speech import SpeakOptions, speak
from tests.studio.browser.conftest import Opened, Server
from tests.studio.browser.walking import agree, choose_picture, film, go, make_video, script, side, stage

SAID = "Papa bought my mom a big warm apple."
VOICE = "Olivia"


def test_a_photo_and_a_line_become_a_video(
    server: Server, opened: Opened, astronaut_file: Path, tmp_path: Path
) -> None:
    page = opened(server.first_link)
    expect(stage(page)).to_be_visible()
    assert "token" not in page.url
    choose_picture(page, astronaut_file)
    agree(page)
    expect(side(page).get_by_role("button", name="Face 1")).to_be_visible()
    write(page)
    play(page)
    video = download(page, tmp_path)
    check_file(video)
    check_lips(video, begins_s(page), tmp_path)


def write(page: Page) -> None:
    panel = go(page, "Voice")
    script(page).fill(SAID)
    panel.get_by_role("button", name="Voice A fitting voice").click()
    voices = page.get_by_role("dialog", name="Choose a voice")
    voices.get_by_role("searchbox").fill(VOICE)
    voices.get_by_role("button", name=f"{VOICE} English").click()
    expect(panel.get_by_role("button", name=f"Voice {VOICE}")).to_be_visible()
    expect(page.get_by_role("button", name="apple., at")).to_be_visible()


def play(page: Page) -> None:
    if not page.evaluate("() => document.createElement('video').canPlayType('video/mp4; codecs=\"avc1.42E01E\"')"):
        return  # Chromium as Playwright brings it plays no MP4
    player = page.get_by_role("region", name="Player")
    player.get_by_role("button", name="Play").click()
    expect(player.get_by_role("button", name="Pause")).to_be_visible()
    expect(player.get_by_role("slider", name="Position")).not_to_have_value("0")
    player.get_by_role("button", name="Pause").click()


def download(page: Page, folder: Path) -> Path:
    make_video(page)
    expect(film(page)).to_be_visible(timeout=60_000)
    with page.expect_download() as file:
        film(page).click()
    path = folder / file.value.suggested_filename
    file.value.save_as(path)
    assert path.suffix == ".mp4"
    return path


def check_file(video: Path) -> None:
    found = probe(video)
    assert found.video is not None
    assert found.sound is not None
    assert (found.video.width_px, found.video.height_px) == (720, 720)  # as the photo is shaped
    assert found.video.duration_s == pytest.approx(found.sound.duration_s, abs=0.1)
    assert 1.5 < (found.video.duration_s or 0) < 6


def begins_s(page: Page) -> float:
    """Return when the first word is said, as the page was told."""
    time_s: float = page.evaluate(
        "async () => { const list = await (await fetch('/api/v1/projects')).json();"
        " const told = await (await fetch(`/api/v1/projects/${list.items[0].id}/timeline`)).json();"
        " return told.words[0].start_s; }"
    )
    return time_s


def check_lips(video: Path, begins_s: float, folder: Path) -> None:
    """Track the face of the file: its lips meet on p, b and m, and are apart on open vowels."""
    (piece,) = speak(read_script(SAID), SpeakOptions(voice=VOICE))
    late_s = begins_s - piece.words[0].start_s
    rows = [{"phone": it.ipa, "start_s": it.start_s + late_s, "end_s": it.end_s + late_s} for it in piece.phones]
    phones = folder / "phones.json"
    phones.write_text(json.dumps(rows))
    lips = measure(video, phones)
    assert lips.closure_hit_rate >= 0.85
    assert lips.open_vowel_gap > 3 * lips.closure_gap
