"""A studio as people start it, and a real browser before it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from phonoscope.studio.accounts.people import create_account, make_link
from phonoscope.studio.database.engine import Database
from phonoscope.studio.pages import PAGE
from phonoscope.studio.settings import Settings
from tests.studio.browser.chromium import find_chromium
from tests.studio.browser.keyboard import LISTEN
from tests.studio.browser.walking import stage

FLAGS = (
    # Containers have neither namespaces for a sandbox nor much shared memory.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
SPOKEN = "Good morning, my friends, and thank you for the apples."
"""What the pretended microphone hears, once, as soon as it is opened."""

WIDE, PHONE = (1440, 900), (390, 844)

expect.set_options(timeout=60_000)


@dataclass(frozen=True, slots=True)
class Server:
    """A studio that runs."""

    address: str
    first_link: str
    database: Database

    def account(self, name: str, password: str | None = None) -> str:
        """Make an account, and return a link that opens the page logged in to it, once."""
        create_account(self.database, name, password)
        return make_link(self.database, name, self.address)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A studio at a free port, with workers, in a folder of its own."""
    if not (PAGE / "index.html").is_file():
        pytest.skip("the page is not built: make web")
    folder = tmp_path_factory.mktemp("studio") / "data"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PHONOSCOPE_")}
    # Every test logs in.
    environment["PHONOSCOPE_LOGIN_LIMIT"] = "1000/second"
    environment["PHONOSCOPE_SHARING"] = "true"
    command = [sys.executable, "-m", "phonoscope", "studio", "--no-browser", "--port", "0", "--data-dir", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            address, link = told(process)
            database = Database(Settings(data_dir=folder).database)
            yield Server(address, link, database)
            database.close()
        finally:
            process.terminate()
            process.wait(30)


def told(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Wait for the address that a studio prints, and return it with the link; its log goes on to be read."""
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"((http://127\.0\.0\.1:\d+)/#token=\S+)", line):
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return found[2], found[1]
    raise AssertionError("no address was told")


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the pretended microphone hears, as a file."""
    from scipy.io import wavfile

    from phonoscope.script import read_script
    from phonoscope.speech import SpeakOptions, speak

    path = tmp_path_factory.mktemp("microphone") / "spoken.wav"
    (piece,) = speak(read_script(SPOKEN), SpeakOptions())
    wavfile.write(path, piece.sound.rate_hz, (32767 * piece.sound.samples).astype("int16"))
    return path


# Not for the session: while Playwright runs, its event loop does, and tests elsewhere want one of their own.
@pytest.fixture(scope="package")
def browser(spoken: Path) -> Iterator[Browser]:
    """Chromium, with a camera and a microphone that pretend."""
    path = find_chromium()
    if path is None:
        pytest.skip("there is no Chromium here: make browser")
    flags = [*FLAGS, f"--use-file-for-fake-audio-capture={spoken}%noloop"]
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=flags)
        except Error as error:
            pytest.skip(f"Chromium does not start: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


Opened = Callable[..., Page]
"""Opens the page in a window of its own: `opened(size=PHONE, dark=True)`."""


@pytest.fixture
def opened(server: Server, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """Open the page, logged in to an account of the test's own; nothing may go wrong in it unseen."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []
    name = re.sub(r"\W+", "-", request.node.name)[:60]

    def opened(
        link: str | None = None,
        size: tuple[int, int] = WIDE,
        dark: bool = False,
        csp: bool = True,
        toured: bool = True,
        faults: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        usual = {"color_scheme": "dark" if dark else "light", "reduced_motion": "reduce", "has_touch": size == PHONE}
        window: ViewportSize = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=window, bypass_csp=not csp, **usual | options)
        contexts.append(context)
        # Whoever was shown around is not asked again.
        if toured:
            context.add_init_script("localStorage.setItem('phonoscope.toured', 'yes')")
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda told: wrong.append(told.text) if _is_wrong(told, faults) else None)
        page.goto(link or server.account(f"{name}-{len(contexts)}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def _is_wrong(told: ConsoleMessage, meant: tuple[str, ...]) -> bool:
    """Tell whether the console tells of a fault that is not meant.

    Who is not logged in is told so by 401, and who asks a server that is busy, by 503.
    """
    usual = ("401 (Unauthorized)", "503 (Service Unavailable)")
    return told.type == "error" and not any(text in told.text for text in (*usual, *meant))


@pytest.fixture
def example(opened: Opened) -> Page:
    """The page with its working example."""
    page = opened()
    expect(stage(page)).to_be_visible()
    return page


@pytest.fixture(scope="session")
def astronaut_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of Eileen Collins, as people have them."""
    import skimage.data
    from PIL import Image

    path = tmp_path_factory.mktemp("pictures") / "eileen.jpg"
    Image.fromarray(skimage.data.astronaut()).save(path, quality=95)
    return path
