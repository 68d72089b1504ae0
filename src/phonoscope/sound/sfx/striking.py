"""What hits or snaps: pop, click, typing, shutter, cash register, heart, boom, knock, drops, drum roll, rimshot."""

from __future__ import annotations

import math

import numpy as np

from phonoscope.sound.music.instruments.drums import jingles, kick, metal, skin, snare, stick
from phonoscope.sound.sfx.staging import BOOTH, CANYON, STAGE, bump, in_room, placed, spread, swept_noise
from phonoscope.sound.synthesis.filters import band_pass, high_pass, low_pass
from phonoscope.sound.synthesis.waves import Mode, Wave, fall, glide, modes, noise, rise, seeded, stacked, times


def _snapped(duration_s: float, low_hz: float, high_hz: float, rng: np.random.Generator) -> Wave:
    """Return a dry burst in a band."""
    burst = noise(duration_s, rng) * fall(times(duration_s), duration_s).astype(np.float32)
    return band_pass(burst, low_hz, high_hz, 1)


def pop() -> Wave:
    """A bubble that bursts: a short sine whose pitch leaps up as the hole closes."""
    at = times(0.16)
    bubble = glide(260 + 620 * np.clip(at / 0.05, 0, 1) ** 1.5) * fall(at, 0.12) * rise(at, 0.002)
    lips = 0.25 * _snapped(0.02, 900, 3500, seeded("pop"))
    return in_room(placed([(0.0, 1.0, stacked(bubble.astype(np.float32), lips))], 0.22), BOOTH, 0.12)


def click() -> Wave:
    """A button that goes down and up."""
    rng = seeded("click")
    down = stacked(
        0.5 * modes(2100, (Mode(1, 1, 0.012), Mode(1.7, 0.6, 0.008)), 0.03, rng), 0.4 * _snapped(0.008, 1500, 6000, rng)
    )
    up = stacked(
        0.4 * modes(2700, (Mode(1, 1, 0.009), Mode(1.6, 0.6, 0.006)), 0.03, rng),
        0.25 * _snapped(0.006, 2000, 7000, rng),
    )
    return placed([(0.002, 1.0, down), (0.062, 0.6, up)], 0.13)


def typing() -> Wave:
    """Two quick hands on a keyboard."""
    rng = seeded("typing")
    strokes, start = [], 0.02
    while start < 1.9:
        thock = modes(rng.uniform(260, 420), (Mode(1, 1, 0.035), Mode(2.3, 0.6, 0.02), Mode(5.1, 0.4, 0.01)), 0.06, rng)
        key = stacked(0.5 * thock, 0.5 * _snapped(0.012, 1800, 6000, rng))
        release = 0.25 * _snapped(0.008, 2500, 7000, rng)
        pan, force = rng.uniform(-0.4, 0.4), rng.uniform(0.6, 1.0)
        strokes += [(start, pan, key * np.float32(force)), (start + 0.07, pan, release * np.float32(force))]
        start += rng.choice([0.085, 0.11, 0.14, 0.26], p=[0.3, 0.35, 0.25, 0.1]) * rng.uniform(0.9, 1.1)
    return in_room(spread(strokes, 2.1), BOOTH, 0.2)


def camera_shutter() -> Wave:
    """The mirror slaps up, one curtain opens, another closes, the mirror falls back."""
    rng = seeded("shutter")
    slap = stacked(
        0.6 * modes(310, (Mode(1, 1, 0.03), Mode(2.7, 0.5, 0.02)), 0.06, rng), 0.7 * _snapped(0.025, 700, 4500, rng)
    )
    curtain = _snapped(0.014, 2500, 8000, rng)
    motor = swept_noise(0.16, lambda t: 1300 + 2500 * t, 0.25, rng) * bump(times(0.16), 0.07, 0.03, 0.03)
    events = [
        (0.004, 1.0, slap),
        (0.028, 0.7, curtain),
        (0.105, 0.6, curtain),
        (0.118, 0.75, slap),
        (0.14, 0.12, motor),
    ]
    return in_room(placed([(at, gain, wave.astype(np.float32)) for at, gain, wave in events], 0.42), BOOTH, 0.2)


def cash_register() -> Wave:
    """Keys, a drawer on rollers, a bell, and coins that settle."""
    rng = seeded("cash register")
    clack = stacked(modes(420, (Mode(1, 1, 0.04), Mode(2.6, 0.5, 0.03)), 0.08, rng), _snapped(0.03, 1200, 5000, rng))
    bell = modes(1980, (Mode(1, 1, 1.1), Mode(2.72, 0.5, 0.7), Mode(1.005, 0.7, 1.0), Mode(5.2, 0.15, 0.3)), 1.2)
    drawer = swept_noise(0.3, lambda t: 500 + 900 * t, 0.5, rng) * bump(times(0.3), 0.2, 0.08, 0.03)
    coins = jingles(3100, 10, 0.2)(1.0, rng)
    events = [
        (0.0, 0.6, clack),
        (0.1, 0.45, drawer),
        (0.3, 0.9, clack),
        (0.32, 0.55, bell),
        (0.36, 0.5, coins),
        (0.47, 0.4, bell),
    ]
    return in_room(placed([(at, gain, wave.astype(np.float32)) for at, gain, wave in events], 1.7), BOOTH, 0.25)


def heartbeat() -> Wave:
    """Valves that close, heard through a chest: twice lub-dub."""
    lub, dub = kick(50, 92, 0.24, 0.0)(1.0, seeded("lub")), kick(60, 105, 0.17, 0.0)(1.0, seeded("dub"))
    events = [
        (start, gain, wave)
        for beat in (0.02, 0.88)
        for start, gain, wave in ((beat, 1.0, lub), (beat + 0.29, 0.7, dub))
    ]
    # Octaves that small loudspeakers can play.
    return low_pass(np.tanh(2.5 * placed(events, 1.7)), 320, 1)


def boom() -> Wave:
    """A large impact: a pressure wave, a crack, and a landscape that rumbles."""
    rng = seeded("boom")
    at = times(2.6)
    ground = np.tanh(1.8 * glide(33 + 70 * np.exp(-at / 0.09)) * fall(at, 2.0))
    crack = low_pass(noise(0.5, rng) * fall(times(0.5), 0.25).astype(np.float32), 1400)
    rumble = low_pass(noise(2.6, rng), 130) * (fall(at, 2.4) * rise(at, 0.05)).astype(np.float32)
    events = [(0.005, 1.0, ground.astype(np.float32)), (0.0, 0.55, crack), (0.01, 0.9, rumble)]
    return in_room(placed(events, 2.6), CANYON, 0.3, 0.9)


def knock() -> Wave:
    """Three knocks at a wooden door."""
    rng = seeded("knock")
    door = Mode(1, 1, 0.09), Mode(1.7, 0.7, 0.07), Mode(2.6, 0.5, 0.05), Mode(4.3, 0.25, 0.03)
    events = [
        (
            at,
            gain,
            stacked(modes(155 * rng.uniform(0.97, 1.03), door, 0.12, rng), 0.6 * _snapped(0.012, 400, 2500, rng)),
        )
        for at, gain in ((0.0, 0.85), (0.19, 1.0), (0.37, 0.9))
    ]
    return in_room(placed(events, 0.6), STAGE, 0.18, 0.3)


def water_drop() -> Wave:
    """A drop encloses a bubble, which rings and rises in pitch as it comes up."""
    events = []
    for start, hz, gain in ((0.0, 900.0, 1.0), (0.11, 1350.0, 0.4)):
        at = times(0.2)
        bubble = glide(hz * (1 + 1.1 * at / 0.1)) * fall(at, 0.16) * rise(at, 0.004)
        events.append((start, gain, bubble.astype(np.float32)))
    return in_room(placed(events, 0.4), STAGE, 0.35, 0.6)


def drum_roll() -> Wave:
    """Two sticks that bounce ever harder on a snare drum, a stop, and a hit with cymbal."""
    rng = seeded("drum roll")
    stroke = snare(185, 0.12, 0.38)
    takes = [stroke(0.5 + 0.1 * number, rng) for number in range(4)]
    events, start = [], 0.0
    while start < 2.3:
        gain = (0.16 + 0.5 * (start / 2.3) ** 1.7) * rng.uniform(0.85, 1.15)
        events.append((start, gain, takes[int(rng.integers(4))]))
        start += 0.034 * rng.uniform(0.88, 1.12)
    hit = stacked(snare(185, 0.2, 0.4)(1.0, rng), 1.1 * kick(52, 150, 0.35, 0.2)(1.0, rng))
    events += [(2.42, 0.95, hit), (2.42, 0.5, metal(3000, 1.4)(1.0, rng))]
    return in_room(placed(events, 3.6), STAGE, 0.2)


def rimshot() -> Wave:
    """What follows a joke: tom, tom, snare, cymbal."""
    rng = seeded("rimshot")
    drum = stacked(snare(195, 0.16, 0.35)(1.0, rng), 0.5 * stick(820, 0.05)(1.0, rng))
    events = [
        (0.0, 0.8, skin(130, 0.3, 0.3)(0.9, rng)),
        (0.17, 0.85, skin(95, 0.35, 0.3)(0.9, rng)),
        (0.46, 0.9, drum),
        (0.46, 0.55, metal(3200, 1.1)(1.0, rng)),
    ]
    return in_room(placed(events, 1.7), STAGE, 0.18)


def firework() -> Wave:
    """It climbs whistling, bursts, and crackles from side to side."""
    rng = seeded("firework")
    at = times(0.9)
    climb = glide(900 + 900 * at) * 0.12 + 0.4 * swept_noise(0.9, lambda t: 1500 + 1500 * t, 0.4, rng)
    climb *= rise(at, 0.2) * (1 - rise(at - 0.75, 0.15))
    burst = np.tanh(2 * glide(45 + 90 * np.exp(-times(1.0) / 0.05)) * fall(times(1.0), 0.8)).astype(np.float32)
    crack = low_pass(noise(0.6, rng) * fall(times(0.6), 0.4).astype(np.float32), 2500)
    sparks = [
        (
            1.1 + float(rng.beta(1.3, 2.4)) * 1.8,
            float(rng.uniform(-0.9, 0.9)),
            np.float32(rng.uniform(0.1, 0.4)) * _snapped(0.02, 2000, 6500, rng),
        )
        for _ in range(130)
    ]
    events = [(0.0, 0.0, climb.astype(np.float32)), (0.98, 0.0, burst), (0.98, 0.1, crack), *sparks]
    return in_room(spread(events, 3.0), CANYON, 0.25, 0.8)


def clock() -> Wave:
    """A clock that ticks twice and tocks twice."""
    rng = seeded("clock")
    tick, tock = stick(1650, 0.03)(1.0, rng), stick(1180, 0.035)(1.0, rng)
    case = 0.4 * modes(340, (Mode(1, 1, 0.05),), 0.08)
    events = [(0.01 + 0.5 * place, 1.0, stacked(wave, case)) for place, wave in enumerate((tick, tock, tick, tock))]
    return in_room(placed(events, 2.0), BOOTH, 0.2)


def record_scratch() -> Wave:
    """A needle dragged back and forth over a groove."""
    at = times(0.62)
    speed = np.abs(np.sin(2 * math.pi * 2.6 * at + 0.3)) * (1 - at / 0.75) + 0.02
    groove = swept_noise(
        0.62, lambda t: 300 + 2600 * np.abs(np.sin(2 * math.pi * 2.6 * t + 0.3)), 0.4, seeded("scratch")
    )
    buzz = np.tanh(3 * glide(120 + 700 * speed)) * 0.25
    wave = (groove * 1.4 + buzz) * np.minimum(speed * 1.8, 1) * rise(at, 0.004) * (1 - rise(at - 0.55, 0.06))
    return placed([(0.0, 1.0, high_pass(low_pass(wave.astype(np.float32), 6000), 150))], 0.66)
