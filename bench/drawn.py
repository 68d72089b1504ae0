"""How fast drawn avatars are drawn, and how soon the first frame is there."""

from __future__ import annotations

import subprocess
import sys
import time

import cv2
import numpy as np

from bench.scripts import BILABIALS
from bench.speed import spoken
from bench.table import Figure
from phonoscope.avatars.drawn.avatar import DrawnAvatar
from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.library import list_characters
from phonoscope.avatars.drawn.styles import build_character

SIZE_PX = (1920, 1080)

FIRST_FRAME = """
import time
started = time.perf_counter()
from phonoscope.avatars.drawn.avatar import DrawnAvatar
from phonoscope.avatars.drawn.source import drawn_source, load_puppet
from phonoscope.core.performance import pose
DrawnAvatar(load_puppet(drawn_source("avatar:{name}"), (1080, 1080))).draw_frame(pose())
print(time.perf_counter() - started)
"""
"""A process of its own: what it imports and compiles belongs to the wait."""


def drawn() -> list[Figure]:
    """Draw a spoken sentence with one character of each style, in 1080p, on one thread."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        medians = {character.style: _median_ms(character) for character in one_of_each_style()}
    finally:
        cv2.setNumThreads(threads)
    slowest = max(medians, key=lambda style: medians[style])
    waits = {character.style: _first_frame_s(character) for character in one_of_each_style()}
    longest = max(waits, key=lambda style: waits[style])
    return [
        Figure(
            "drawn avatar, 1920x1080, one thread, median style", float(np.median(list(medians.values()))), "ms a frame"
        ),
        Figure(f"the slowest style ({slowest})", medians[slowest], "ms a frame", "<= 5"),
        Figure("drawn avatar, start to first frame, median style", float(np.median(list(waits.values()))), "s"),
        Figure(f"the slowest style ({longest})", waits[longest], "s", "<= 1"),
    ]


def one_of_each_style() -> tuple[Character, ...]:
    """Return the first character of each style."""
    return tuple({character.style: character for character in reversed(list_characters())}.values())


def _median_ms(character: Character) -> float:
    avatar = DrawnAvatar(build_character(character, SIZE_PX))
    times_ms = []
    for piece in spoken(BILABIALS):
        for index in range(len(piece)):
            started = time.perf_counter()
            avatar.draw_frame(piece.pose(index))
            times_ms.append((time.perf_counter() - started) * 1000)
    return float(np.median(times_ms))


def _first_frame_s(character: Character) -> float:
    """Measure a process that draws one frame; the second one, since the first may compile."""
    command = [sys.executable, "-c", FIRST_FRAME.format(name=character.name)]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(2)]
    return float(runs[-1])
