"""The filters and transitions of a document, as what draws them takes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from phonoscope.scene.document.assets import Assets
from phonoscope.scene.document.looks import Filter, Transition
from phonoscope.scene.document.model import rgba_of
from phonoscope.scene.filters.looks import look
from phonoscope.scene.filters.settings import FILTERS, FilterSettings, Lut
from phonoscope.scene.transitions.settings import TRANSITIONS, Fade, TransitionSettings

DIRECTED = frozenset({"slide", "cover", "wipe"})
"""Transitions that go somewhere."""


def filter_settings(filters: Sequence[Filter], assets: Assets) -> list[FilterSettings]:
    """Return the settings of a scene's filters, in their order.

    Raises
    ------
    UsageError
        There is no such look.
    """
    chain: list[FilterSettings] = []
    for told in filters:
        if told.kind == "look":
            chain += look(told.name, told.amount)
        elif told.file is not None:
            chain.append(Lut(assets.path(told.file), told.amount))
        else:
            # Of all filters, a lut alone takes more than an amount.
            plain = cast("Callable[..., FilterSettings]", FILTERS[told.kind])
            chain.append(plain(amount=told.amount))
    return chain


def transition_settings(told: Transition) -> TransitionSettings:
    """Return the settings of a transition."""
    if told.kind == "fade":
        red, green, blue, _ = rgba_of(told.colour)
        return Fade((red, green, blue))
    kind = cast("Callable[..., TransitionSettings]", TRANSITIONS[told.kind])
    return kind(told.direction) if told.kind in DIRECTED else kind()
