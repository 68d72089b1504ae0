"""Named looks: chains of filters that go well together."""

from __future__ import annotations

from dataclasses import replace

from phonoscope.core.errors import UsageError
from phonoscope.scene.filters.settings import (
    BlackAndWhite,
    Brightness,
    Comic,
    Contrast,
    FilterSettings,
    Glow,
    Grain,
    Matte,
    Saturation,
    Sepia,
    Temperature,
    Toning,
    Vignette,
)

LOOKS: dict[str, tuple[FilterSettings, ...]] = {
    "vivid": (Brightness(0.06), Contrast(0.3), Saturation(0.5)),
    "warm": (Temperature(0.5), Brightness(0.08), Contrast(0.12)),
    "cool": (Temperature(-0.45), Contrast(0.18)),
    "vintage": (
        Brightness(0.12),
        Temperature(0.3),
        Saturation(-0.12),
        Toning(0.55, (60, 80, 90), (255, 205, 140)),
        Matte(0.6),
        Vignette(0.25),
        Grain(0.25),
    ),
    "noir": (BlackAndWhite(1.0), Contrast(0.75), Brightness(-0.08), Vignette(0.55), Grain(0.3)),
    "cinema": (Contrast(0.3), Toning(0.85, (0, 100, 125), (255, 185, 120)), Saturation(-0.1), Vignette(0.25)),
    "pastel": (Brightness(0.4), Matte(0.55), Saturation(0.15), Toning(0.4, (150, 140, 230), (255, 205, 215))),
    "dream": (Brightness(0.15), Toning(0.4, (150, 110, 210), (255, 210, 190)), Matte(0.3), Glow(0.75)),
    "comic": (Saturation(0.2), Comic(0.8)),
    "faded": (Contrast(-0.05), Saturation(-0.35), Matte(0.8)),
    "sepia": (Sepia(0.95), Contrast(0.12), Vignette(0.25)),
}
"""Looks at their full strength, by name."""


def look(name: str, amount: float = 1.0) -> tuple[FilterSettings, ...]:
    """Return the filters of a look, all of them weakened to a share of 0 to 1.

    Raises
    ------
    UsageError
        There is no such look, or no such share.
    """
    if name not in LOOKS:
        raise UsageError(f"There is no look {name[:40]!r}.", f"Choose from {', '.join(LOOKS)}.")
    if not 0 <= amount <= 1:
        raise UsageError(f"The amount of a look is {amount}.", "Give a number from 0 to 1.")
    return tuple(replace(settings, amount=settings.amount * amount) for settings in LOOKS[name])
