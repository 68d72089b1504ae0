"""Hard gates after coarticulation: where the lips must touch, and where the lower lip must touch the teeth.

A mouth that stays open on p, b or m is the first thing that a viewer notices; an average of pulls never shuts it fully.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.performance.timeline import Window
from phonoscope.performance.visemes import CLOSED, TEETH_ON_LIP

MIN_HOLD_S = 0.045
"""Shortest contact: less is not seen as a closure, and falls between two frames."""

RAMP_S = 0.055
"""Time from open to contact and back."""

TOLERANCE_S = 0.040
"""How far outside its phone a contact may be moved to meet a frame."""

TIGHT_S = 2 * RAMP_S
"""Two contacts closer than this give way to each other, so that the vowel between them opens."""


class Contact(NamedTuple):
    """A stretch of time in which something touches, with its own ramps; seconds.

    Attributes
    ----------
    held_s
        A moment that must stay inside: the frame on which the contact is seen.
    """

    start_s: float
    end_s: float
    held_s: float
    attack_s: float = RAMP_S
    release_s: float = RAMP_S


def lip_closure(window: Window, lead_s: float) -> NDArray[np.float64]:
    """Return how far the lips are shut by p, b, m and their like: shape (frames,), 1 is shut."""
    return _gate(window.times_s, _contacts(window, CLOSED, 0.10, 0.80, lead_s))


def teeth_on_lip(window: Window, lead_s: float) -> NDArray[np.float64]:
    """Return how far the lower lip is at the upper teeth (f, v): shape (frames,), in [0, 1]."""
    return _gate(window.times_s, _contacts(window, TEETH_ON_LIP, 0.15, 0.85, lead_s))


def _contacts(window: Window, viseme: str, from_share: float, to_share: float, lead_s: float) -> list[Contact]:
    """Return the contacts that a viseme asks for, in the picture's time, each met by a frame."""
    contacts: list[Contact] = []
    for start_s, end_s in _phases(window, viseme):
        length_s = end_s - start_s
        middle_s = 0.5 * (start_s + end_s)
        hold_s = max(MIN_HOLD_S, (to_share - from_share) * length_s)
        first_s = min(start_s + from_share * length_s, middle_s - 0.5 * MIN_HOLD_S) - lead_s
        held_s = _best_frame_s(middle_s - lead_s, (start_s - TOLERANCE_S, end_s + TOLERANCE_S), window.fps)
        contact = Contact(min(first_s, held_s), max(first_s + hold_s, held_s), held_s)
        if contacts and contact.start_s - contacts[-1].end_s < TIGHT_S:
            contacts[-1], contact = _give_way(contacts[-1], contact)
        contacts.append(contact)
    return contacts


def _phases(window: Window, viseme: str) -> Iterator[tuple[float, float]]:
    """Yield start and end of each run of the viseme; neighbours without anything between them are one ("lamb bone")."""
    run: tuple[float, float] | None = None
    for cue in window.cues:
        length_s = cue.end_s - cue.start_s
        for gesture in cue.gestures:
            if gesture.viseme != viseme:
                continue
            start_s, end_s = cue.start_s + gesture.start * length_s, cue.start_s + gesture.end * length_s
            if run is not None and start_s - run[1] < 0.001:
                run = (run[0], end_s)
            else:
                if run is not None:
                    yield run
                run = (start_s, end_s)
    if run is not None:
        yield run


def _best_frame_s(middle_s: float, allowed_s: tuple[float, float], fps: Fraction) -> float:
    """Return the start of the frame whose time on screen lies best about `middle_s`, within what is allowed."""
    frame_s = float(1 / fps)
    number = round((middle_s - 0.5 * frame_s) * float(fps))
    inside = [n for n in (number, number + 1, number - 1) if allowed_s[0] <= n * frame_s <= allowed_s[1]]
    # Fewer frames than phones: the nearest one must do.
    # Frame 0 is the photograph.
    return max(1, inside[0] if inside else number) * fps.denominator / fps.numerator


def _give_way(before: Contact, after: Contact) -> tuple[Contact, Contact]:
    """Shorten two contacts that are close, and their ramps, so that what is between them is seen to open."""
    before_end_s = max(before.held_s, min(before.end_s, before.start_s + MIN_HOLD_S))
    after_start_s = min(after.held_s, max(after.start_s, after.end_s - MIN_HOLD_S))
    spare_s = TIGHT_S - (after.start_s - before.end_s)
    end_s = max(before_end_s, before.end_s - 0.5 * spare_s)
    start_s = min(after_start_s, after.start_s + 0.5 * spare_s)
    ramp_s = max(1e-3, min(RAMP_S, 0.5 * (start_s - end_s)))
    return before._replace(end_s=end_s, release_s=ramp_s), after._replace(start_s=start_s, attack_s=ramp_s)


def _gate(times_s: NDArray[np.float64], contacts: Iterable[Contact]) -> NDArray[np.float64]:
    """Return the contacts as a curve, shape (frames,), 1 where something touches."""
    gate = np.zeros(len(times_s))
    for contact in contacts:
        reach = (contact.start_s - contact.attack_s, contact.end_s + contact.release_s)
        first, last = np.searchsorted(times_s, reach)
        near_s = times_s[first : last + 1]
        before = (contact.start_s - near_s) / contact.attack_s
        after = (near_s - contact.end_s) / contact.release_s
        # A billionth of a ramp: the held frame lies exactly on the edge.
        open_ = np.clip(np.maximum(before, after) - 1e-9, 0.0, 1.0)
        gate[first : last + 1] = np.maximum(gate[first : last + 1], 1 - open_ * open_ * (3 - 2 * open_))
    return gate
