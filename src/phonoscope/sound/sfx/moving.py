"""What moves through air: whoosh, swish, rise, page turn, boing and slides."""

from __future__ import annotations

import math

import numpy as np

from phonoscope.sound.sfx.staging import BOOTH, CANYON, STAGE, bump, in_room, moving, placed, swept_noise
from phonoscope.sound.synthesis.filters import band_pass, high_pass, low_pass
from phonoscope.sound.synthesis.waves import RATE_HZ, Wave, fall, glide, noise, rise, seeded, times


def whoosh() -> Wave:
    """Something large flies by: its air is highest and loudest as it passes, lower after."""
    at = times(1.1)
    air = swept_noise(1.1, lambda t: 350 + 1500 * bump(t, 0.5, 0.16, 0.12) - 120 * (t > 0.5), 0.65, seeded("whoosh"))
    weight = low_pass(noise(1.1, seeded("whoosh", 2)), 160) * np.float32(1.2)
    wave = (air + weight * bump(at, 0.52, 0.1, 0.14)) * bump(at, 0.5, 0.15, 0.17)
    return in_room(moving(wave.astype(np.float32), 1.4 * np.tanh((at - 0.5) * 5)), STAGE, 0.12, 0.4)


def swish() -> Wave:
    """Something thin and fast: a sleeve, a card, a line drawn over the screen."""
    at = times(0.42)
    air = swept_noise(0.42, lambda t: 1200 + 3400 * bump(t, 0.2, 0.08, 0.07), 0.5, seeded("swish"))
    return moving((air * bump(at, 0.19, 0.06, 0.055)).astype(np.float32), np.tanh((at - 0.19) * 9))


def rise_up() -> Wave:
    """Tension that grows: noise and a chord of sines go up, quivering faster and faster, and stop at once."""
    duration_s = 2.8
    at = times(duration_s)
    share = at / duration_s
    air = swept_noise(duration_s, lambda t: 250 * 2 ** (4.2 * t / duration_s), 0.6, seeded("rise")) * share**1.6
    tone = sum(glide(base * 2 ** (2.0 * share**1.5)) for base in (110.0, 110.6, 165.2, 219.1)) * 0.16 * share
    quiver = 0.72 + 0.28 * np.sin(2 * math.pi * np.cumsum(5 + 17 * share**2) / RATE_HZ)
    wave = (0.8 * air + np.asarray(tone)) * quiver * (1 - rise(at - (duration_s - 0.03), 0.03))
    return in_room(moving(wave.astype(np.float32), 0.4 * np.sin(2 * math.pi * 1.3 * share * 3)), CANYON, 0.16, 1.2)


def page_turn() -> Wave:
    """Paper bends, slides over paper, and falls flat."""
    rng = seeded("page turn")
    at = times(0.75)
    slide = swept_noise(0.75, lambda t: 1800 + 2600 * t / 0.75, 0.7, rng) * bump(at, 0.28, 0.11, 0.12)
    crinkles = np.zeros(len(at), np.float32)
    for start in rng.normal(0.26, 0.12, 26).clip(0.02, 0.6):
        first = round(start * RATE_HZ)
        crinkles[first : first + 240] += (
            rng.uniform(0.2, 1) * noise(0.005, rng) * fall(times(0.005), 0.006).astype(np.float32)
        )
    flat = low_pass(noise(0.75, rng), 500) * bump(at, 0.5, 0.006, 0.035)
    wave = slide + 0.5 * band_pass(crinkles, 1500, 5000, 1) + 1.4 * flat
    return in_room(moving(wave.astype(np.float32), 0.8 - 2.2 * at), BOOTH, 0.15)


def boing() -> Wave:
    """A spring held at one end: its pitch wobbles with its swing, both dying together."""
    at = times(1.15)
    swing = fall(at, 1.3)
    hz = 150 * (1 + 0.9 * np.exp(-at / 0.05)) * (1 + 0.22 * swing * np.sin(2 * math.pi * (11 * at + 2.4 * at**2)))
    phase = np.cumsum(hz) * (2 * math.pi / RATE_HZ)
    wave = np.sin(phase + (2.2 * swing + 0.4) * np.sin(phase * 2)) * fall(at, 1.1) * rise(at, 0.003)
    return in_room(placed([(0.0, 1.0, low_pass(wave.astype(np.float32), 4200, 1))], 1.15), BOOTH, 0.2)


def _slide(first_hz: float, last_hz: float, name: str) -> Wave:
    """Return a slide whistle."""
    at = times(0.85)
    share = np.clip(at / 0.72, 0, 1)
    hz = first_hz * (last_hz / first_hz) ** (share**1.2) * (1 + 0.006 * np.sin(2 * math.pi * 6.5 * at))
    wave = glide(hz) + 0.12 * glide(2 * hz) + 0.06 * glide(3 * hz)
    wave += 0.06 * high_pass(low_pass(noise(0.85, seeded(name)), 4000), 900)
    return in_room(
        placed([(0.0, 1.0, (wave * rise(at, 0.03) * (1 - rise(at - 0.74, 0.1))).astype(np.float32))], 1.0),
        BOOTH,
        0.2,
        0.15,
    )


def slide_up() -> Wave:
    """A slide whistle upwards."""
    return _slide(420, 1500, "slide up")


def slide_down() -> Wave:
    """A slide whistle downwards."""
    return _slide(1500, 380, "slide down")


def wind() -> Wave:
    """Gusts about a corner."""
    at = times(4.0)
    gust = 0.55 + 0.3 * np.sin(2 * math.pi * 0.37 * at) + 0.15 * np.sin(2 * math.pi * 0.9 * at + 1)
    sides = []
    for number in range(2):
        rng = seeded("wind", number)
        low = swept_noise(4.0, lambda t: 300 + 160 * np.sin(2 * math.pi * 0.37 * t), 0.8, rng)
        howl = swept_noise(4.0, lambda t: 620 + 240 * np.sin(2 * math.pi * 0.37 * t - 0.4), 0.09, rng)
        sides.append((low + 0.9 * howl) * gust * rise(at, 0.7) * (1 - rise(at - 3.0, 1.0)))
    return np.asarray(sides, np.float32)
