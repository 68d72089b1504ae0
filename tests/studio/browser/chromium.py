"""Chromium, found where it is installed, or got once: `python -m tests.studio.browser.chromium`."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

APT = (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"))
"""Debian's own build plays MP4, which Playwright's does not."""

PLAYWRIGHT = (sys.executable, "-m", "playwright", "install", "chromium")
MOST_S = 600


def find_chromium() -> str | None:
    """Return the path of a Chromium of this machine, or of the one that Playwright keeps; None where there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def install() -> None:
    """Install Chromium where that can be done without asking anybody; whoever has none skips its tests."""
    if find_chromium():
        return
    print("Installing Chromium, for the tests of the studio's page …")
    ways: list[tuple[tuple[str, ...], ...]] = [(PLAYWRIGHT,)]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and _is_debian():
        ways.insert(0, APT)
    for commands in ways:
        if all(_runs(command) for command in commands) and find_chromium():
            return
    print("There is none to be had here; its tests will be skipped.")


def _is_debian() -> bool:
    """Ubuntu's package of that name is none: it asks for snap."""
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def _runs(command: tuple[str, ...]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run(command, stdout=quiet, stderr=quiet, env=environment, timeout=MOST_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    install()
