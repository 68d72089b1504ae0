"""The sound effects by name."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from phonoscope.core.errors import UsageError
from phonoscope.core.suggesting import near_names

if TYPE_CHECKING:
    from phonoscope.core.sound import Sound
    from phonoscope.sound.synthesis.waves import Wave

KEPT = 64
"""Effects that stay in memory: half a megabyte each."""

NEAR = 0.5


@dataclass(frozen=True, slots=True)
class SoundEffect:
    """What a list tells of a sound effect.

    Attributes
    ----------
    tags
        Words to find it by.
    duration_s
        Its length.
    hit_s
        The moment that is laid on a cut or a word: where it is first as loud as it gets, and where a rise stops.
    """

    name: str
    title: str
    description: str
    tags: tuple[str, ...]
    duration_s: float
    hit_s: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table.

    Attributes
    ----------
    maker
        Module and function that make its sound: a list of names must not import what only sounds need.
    """

    name: str
    maker: str
    title: str
    description: str
    tags: str
    duration_s: float
    hit_s: float


TABLE = (
    _Row("whoosh", "moving.whoosh", "Whoosh", "Something large flies by", "movement transition", 1.50, 0.49),
    _Row("swish", "moving.swish", "Swish", "Something thin and fast", "movement transition short", 0.42, 0.18),
    _Row("rise", "moving.rise_up", "Rise", "Tension grows and stops at once", "transition suspense", 4.00, 2.75),
    _Row("page-turn", "moving.page_turn", "Page turn", "A page of a book", "paper transition", 0.75, 0.26),
    _Row("boing", "moving.boing", "Boing", "A spring", "funny cartoon", 1.15, 0.01),
    _Row("slide-up", "moving.slide_up", "Slide whistle up", "Upwards", "funny cartoon", 1.15, 0.09),
    _Row("slide-down", "moving.slide_down", "Slide whistle down", "Downwards", "funny cartoon", 1.15, 0.08),
    _Row("wind", "moving.wind", "Wind", "Gusts about a corner", "nature", 4.00, 0.81),
    _Row("pop", "striking.pop", "Pop", "A bubble bursts", "interface short", 0.22, 0.01),
    _Row("click", "striking.click", "Click", "A button goes down and up", "interface short", 0.13, 0.01),
    _Row("typing", "striking.typing", "Typing", "Quick hands on a keyboard", "office", 2.10, 0.03),
    _Row("camera-shutter", "striking.camera_shutter", "Camera shutter", "Mirror and curtains", "photo", 0.42, 0.01),
    _Row(
        "cash-register", "striking.cash_register", "Cash register", "Drawer, bell and coins", "money shop", 1.70, 0.33
    ),
    _Row("heartbeat", "striking.heartbeat", "Heartbeat", "Twice lub-dub", "suspense body", 1.70, 0.03),
    _Row("boom", "striking.boom", "Boom", "A large impact that rumbles", "impact trailer", 3.50, 0.03),
    _Row("knock", "striking.knock", "Knock", "Three knocks at a wooden door", "door", 0.90, 0.01),
    _Row("water-drop", "striking.water_drop", "Water drop", "Into still water", "nature short", 1.00, 0.01),
    _Row(
        "drum-roll",
        "striking.drum_roll",
        "Drum roll",
        "Grows, stops, and a hit with cymbal",
        "stage suspense",
        3.60,
        2.43,
    ),
    _Row("rimshot", "striking.rimshot", "Rimshot", "What follows a joke", "stage funny", 1.70, 0.01),
    _Row("firework", "striking.firework", "Firework", "Climbs, bursts and crackles", "celebration", 3.80, 0.99),
    _Row("clock", "striking.clock", "Clock", "Tick, tock, twice", "time suspense", 2.00, 0.02),
    _Row(
        "record-scratch",
        "striking.record_scratch",
        "Record scratch",
        "Stop, wait a moment",
        "funny transition",
        0.66,
        0.03,
    ),
    _Row("ding", "signalling.ding", "Ding", "One stroke on a small bell", "interface positive", 1.95, 0.01),
    _Row("bell", "signalling.bell", "Bell", "A church bell, once", "time", 4.15, 0.02),
    _Row("doorbell", "signalling.doorbell", "Doorbell", "Ding, dong", "door", 2.55, 0.01),
    _Row("notification", "signalling.notification", "Notification", "Two soft notes upwards", "interface", 1.30, 0.12),
    _Row("message", "signalling.message", "Message", "Something has arrived", "interface", 1.05, 0.17),
    _Row(
        "success", "signalling.success", "Success", "A major chord climbs and stays", "interface positive", 1.85, 0.29
    ),
    _Row("correct", "signalling.correct", "Correct answer", "Two bright bells", "quiz positive", 1.55, 0.13),
    _Row("level-up", "signalling.level_up", "Level up", "Quick steps upwards", "game positive", 1.95, 0.38),
    _Row("coin", "signalling.coin", "Coin", "A coin of an old game", "game money", 0.65, 0.02),
    _Row("error", "signalling.error", "Error", "Two short low tones", "interface negative", 0.70, 0.01),
    _Row("buzzer", "signalling.buzzer", "Buzzer", "The buzzer of a quiz", "quiz negative", 1.10, 0.02),
    _Row("wrong", "signalling.wrong", "Wrong answer", "Two wooden notes down", "quiz negative", 1.25, 0.22),
    _Row("beep", "signalling.beep", "Beep", "A short plain tone", "interface short", 0.18, 0.02),
    _Row("countdown", "signalling.countdown", "Countdown", "Three, two, one, go", "time game", 3.70, 0.04),
    _Row(
        "tada", "signalling.tada", "Tada", "A short chord, a long one, and a cymbal", "celebration fanfare", 2.60, 0.25
    ),
    _Row(
        "fanfare", "signalling.fanfare", "Fanfare", "Trumpets before an announcement", "celebration stage", 3.20, 1.22
    ),
    _Row(
        "sad-trombone",
        "signalling.sad_trombone",
        "Sad trombone",
        "Four notes that give up",
        "funny negative",
        3.30,
        0.11,
    ),
    _Row(
        "sparkle", "signalling.sparkle", "Sparkle", "Magic: little bells tumble upwards", "magic positive", 2.60, 0.28
    ),
    _Row("applause", "signalling.applause", "Applause", "Seventy pairs of hands", "crowd celebration", 3.90, 0.78),
    _Row("phone-ring", "signalling.phone_ring", "Telephone", "An old telephone rings twice", "office", 2.70, 0.14),
)
"""All effects; lengths and hits are measured, and tested, so that a list need not make a sound."""

ROWS_BY_NAME = {row.name: row for row in TABLE}


def sfx_names() -> tuple[str, ...]:
    """Return the names of all sound effects."""
    return tuple(ROWS_BY_NAME)


def sound_effects() -> tuple[SoundEffect, ...]:
    """Return what is to be told of all sound effects, in the order of their names' list; nothing is synthesised."""
    return tuple(sound_effect(name) for name in ROWS_BY_NAME)


def sound_effect(name: str) -> SoundEffect:
    """Return what is to be told of a sound effect.

    Raises
    ------
    UsageError
        There is none of this name.
    """
    row = _row(name)
    return SoundEffect(row.name, row.title, row.description, tuple(row.tags.split()), row.duration_s, row.hit_s)


@functools.lru_cache(KEPT)
def sfx(name: str) -> Sound:
    """Return a sound effect: stereo, 48 kHz, true peak under -1 dB. The same to the bit in any process.

    Raises
    ------
    UsageError
        There is none of this name.
    """
    row = _row(name)
    from phonoscope.core.sound import Sound
    from phonoscope.sound.sfx.levelling import levelled
    from phonoscope.sound.synthesis.waves import RATE_HZ

    return Sound(levelled(_made(row)).T.copy(), RATE_HZ)


def _made(row: _Row) -> Wave:
    module, _, function = row.maker.partition(".")
    wave: Wave = getattr(import_module(f"phonoscope.sound.sfx.{module}"), function)()
    return wave


def _row(name: str) -> _Row:
    found = ROWS_BY_NAME.get(name)
    if found is None:
        near = near_names(name.replace("_", "-"), ROWS_BY_NAME, near=NEAR)
        remedy = f"Did you mean {' or '.join(near)}?" if near else f"Choose one of: {', '.join(ROWS_BY_NAME)}."
        raise UsageError(f"There is no sound effect '{name[:60]}'.", remedy)
    return found
