"""Filters that look at each colour by itself, in exact arithmetic: what the table of a chain is made from.

Colours are float32, shape (n, 3): red, green, blue as encoded (sRGB), 0 to 1, both given and returned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from phonoscope.scene.filters.cube import read_cube
from phonoscope.scene.filters.settings import (
    BlackAndWhite,
    Brightness,
    ColourSettings,
    Contrast,
    Lut,
    Matte,
    Saturation,
    Sepia,
    Temperature,
    Toning,
)

Colours = NDArray[np.float32]

LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Weights of BT.709."""

SKIN_FRIENDLY_GREY = np.array([0.34, 0.54, 0.12], np.float32)
"""Weights of film behind a light yellow filter: more red than the eye sees, so that skin is smooth and light."""

BRIGHTEST_SLOPE = 2.4
"""Slope at black of brightness 1; its reciprocal at white. It takes the middle to 0.7."""

STEEPEST_LOGISTIC = 7.0
"""Steepness of the curve of contrast 1: slope 1.86 in the middle."""

FLATTEST = 0.45
"""Share of contrast that contrast -1 leaves."""

PALE_GAIN, STRONG_GAIN = 1.3, 0.45
"""What saturation 1 adds to pale colours and to strong ones."""

SKIN = np.array([0.85, 0.6, 0.47], np.float32)
"""A colour of the hue that all skin has, within a few degrees."""

SKIN_SPARED = 0.6
"""Share of what saturation adds that skin does without: it turns orange first."""

WARM_GAINS = np.array([1.18, 0.98, 0.68], np.float32)
"""Of linear light at temperature 1: about from 6500 K to 4700 K."""

MATTE_BLACK, MATTE_WHITE = 0.16, 0.97
"""Where black and white lie at matte 1."""

SEPIA_TONES = np.array([[0, 0.055, 0.03, 0.015], [0.5, 0.6, 0.46, 0.34], [1, 1.0, 0.95, 0.87]], np.float32)
"""Luma, and the colour of paper toned with sodium sulphide there."""

TONING_REACH = 0.22
"""How far toning 1 moves a colour, of the whole range."""


def grade(colours: Colours, filters: Sequence[ColourSettings]) -> Colours:
    """Apply filters one after the other.

    Raises
    ------
    InputError
        A .cube file cannot be used.
    """
    for settings in filters:
        colours = np.clip(_GRADES[type(settings)](colours, settings), 0, 1).astype(np.float32)
    return colours


def _brighten(colours: Colours, settings: Brightness) -> Colours:
    """Bend the curve by Schlick's rational function: smooth, monotonic, and its own inverse for -amount."""
    slope = BRIGHTEST_SLOPE**settings.amount
    return np.asarray(colours * slope / (1 + (slope - 1) * colours), np.float32)


def _contrast(colours: Colours, settings: Contrast) -> Colours:
    if settings.amount <= 0:
        return 0.5 + (colours - 0.5) * (1 + settings.amount * (1 - FLATTEST))
    steepness = STEEPEST_LOGISTIC * settings.amount
    end = np.tanh(steepness / 4)
    return np.asarray(0.5 + np.tanh(steepness / 2 * (colours - 0.5)) / (2 * end), np.float32)


def _saturate(colours: Colours, settings: Saturation) -> Colours:
    """Move colours from grey of the same luma, as far as there are such colours."""
    grey = _luma(colours)
    apart = colours - grey
    if settings.amount <= 0:
        return grey + apart * (1 + settings.amount)
    strong = colours.max(1, keepdims=True) - colours.min(1, keepdims=True)
    skin = _hue_of(SKIN[None])
    alike = (apart @ skin.T) / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True) * np.linalg.norm(skin), 1e-6)
    # All of it within 11 degrees of hue, nothing beyond 40; neither greys nor strong orange and red are skin.
    spared = (
        SKIN_SPARED * np.clip((alike - 0.77) / 0.21, 0, 1) * np.clip(np.minimum(7 * strong, 2 - 2.5 * strong), 0, 1)
    )
    gain = 1 + settings.amount * (PALE_GAIN + (STRONG_GAIN - PALE_GAIN) * strong) * (1 - spared)
    return _into_gamut(grey, apart * gain)


def _warm(colours: Colours, settings: Temperature) -> Colours:
    """Change the colour of the light; luma stays, but where channels would clip: white must not turn yellow."""
    # Gains of linear light are gains of encoded colours to the power of 1 / 2.2, near enough.
    lit = colours * WARM_GAINS ** (settings.amount / 2.2)
    as_light = _luma(colours) / np.maximum(_luma(lit), 1e-4)
    within = 1 / np.maximum(lit.max(1, keepdims=True), 1e-4)
    return np.asarray(lit * np.minimum(as_light, within), np.float32)


def _fade(colours: Colours, settings: Matte) -> Colours:
    faded = MATTE_BLACK + (MATTE_WHITE - MATTE_BLACK) * colours
    return colours + (faded - colours) * settings.amount


def _sepia(colours: Colours, settings: Sepia) -> Colours:
    grey = (colours @ SKIN_FRIENDLY_GREY)[:, None]
    luma, *tones = SEPIA_TONES.T
    toned = np.concatenate([np.interp(grey, luma, tone) for tone in tones], axis=1)
    return np.asarray(colours + (toned - colours) * settings.amount, np.float32)


def _grey(colours: Colours, settings: BlackAndWhite) -> Colours:
    grey = (colours @ SKIN_FRIENDLY_GREY)[:, None]
    return colours + (grey - colours) * settings.amount


def _tone(colours: Colours, settings: Toning) -> Colours:
    """Add two hues by luma; black and white stay, as toned ones look dirty."""
    grey = _luma(colours)
    shadows, highlights = (
        _hue_of(np.array([colour], np.float32) / 255) for colour in (settings.shadows, settings.highlights)
    )
    share = grey * grey * (3 - 2 * grey)
    weight = 4 * grey * (1 - grey)
    shift = (shadows * (1 - share) + highlights * share) * (weight * settings.amount * TONING_REACH)
    return _into_gamut(grey, colours - grey + shift)


def _look_up(colours: Colours, settings: Lut) -> Colours:
    return colours + (read_cube(settings.path).look_up(colours) - colours) * np.float32(settings.amount)


def _luma(colours: Colours) -> Colours:
    return np.asarray((colours @ LUMA)[:, None], np.float32)


def _hue_of(colours: Colours) -> Colours:
    """Return colours less their luma."""
    return colours - _luma(colours)


def _into_gamut(grey: Colours, apart: Colours) -> Colours:
    """Return grey + apart, with less of `apart` where channels would clip: clipped ones change their hue."""
    above = (1 - grey) / np.maximum(apart.max(1, keepdims=True), 1e-6)
    below = grey / np.maximum(-apart.min(1, keepdims=True), 1e-6)
    return np.asarray(grey + apart * np.minimum(1, np.minimum(above, below)), np.float32)


_GRADES: dict[type, Callable[[Colours, Any], Colours]] = {
    Brightness: _brighten,
    Contrast: _contrast,
    Saturation: _saturate,
    Temperature: _warm,
    Matte: _fade,
    Sepia: _sepia,
    BlackAndWhite: _grey,
    Toning: _tone,
    Lut: _look_up,
}
