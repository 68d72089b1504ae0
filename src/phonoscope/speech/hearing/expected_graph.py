"""The network of all that may be heard for a transcript: states in the order of the text, and joints between words.

Before each word is a joint, and one behind the last. From joint to joint lead branches, one per form of the word: a
chain of states that each lasts a frame, the last of a phone as long as it likes. From each joint two more branches lead
back to itself: silence, and speech that the transcript does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.speech.hearing.phoneset import CLASS, CLASSES, SILENCE
from phonoscope.speech.hearing.transcript import ExpectedWord, Form

OTHER = len(CLASSES)
"""Column of the scores for speech that the transcript does not have."""

ANYTHING = len(CLASSES) + 1
"""Column of the scores for a word that nobody knows how to read."""

CHANCE = len(CLASSES) + 2
"""Column of the scores that any sound would reach by chance."""

LEAST_FRAMES = 3
"""Frames of 10 ms that a phone lasts at least: 30 ms is a flap, or a stop in fast speech."""

LEAST_HALF_FRAMES = 2
"""The same for each half of a diphthong."""

SHORT = frozenset(CLASS[name] for name in ("@", "rr", "q"))
"""Phones that may take `LEAST_HALF_FRAMES`."""

LEAST_OTHER_FRAMES = 8
"""Frames that foreign speech lasts at least: a short word."""

FRAMES_PER_CHARACTER = 6
"""Frames that a character takes at least that nobody knows how to read: kanji are one or two syllables."""

SKIPPABLE = frozenset(
    map(CLASS.__getitem__, ("h", "t", "d", "@", "q", "r", "rr", "l", "th", "dh", "j", "V", "I", "n", "x"))
)
"""Phones that people leave out: "(h)im", "jus(t)", "fam(i)ly", "ha(v)e"."""

SKIP_PRICE = 6.0
"""What it costs to leave out a phone, as a natural logarithm."""

MISS_PRICE, MISS_WORD_PRICE, MISS_PHONE_PRICE = 8.0, 1.0, 0.5
"""What it costs that words are not said: once, for each word, and for each of its phones."""

MOST_MISS_PRICE = 30.0
"""Most that it counts that a stretch of the text is missing: the sound may be only a part."""

OTHER_PRICE = 10.0
"""What it costs to begin speech that the transcript does not have."""

FORM_PRICE = 2.0
"""What it costs that a word is not said as a dictionary has it: weak forms are short, and fit many sounds."""

FROM_JOINT = -2
"""In place of a state: the joint where the branch begins."""

NONE = -1


class ExpectedGraph(NamedTuple):
    """The network as arrays; states count from 0 in the order of words.

    Attributes
    ----------
    column
        For each state, the column of the scores that tells how well a frame fits; int32, shape (states,).
    enters, enter_price
        For each state, where it is entered from besides itself and its skip: the state before it, or `FROM_JOINT`; and
        what that costs.
    stays
        For each state, whether it can last longer than a frame.
    skip, skip_price
        For each state, another state from which it is entered, or `FROM_JOINT` or `NONE`; and what that costs.
    joint
        For each state, the joint where its branch begins.
    first
        For each joint, the first state of the branches that begin there; one more at the end. Shape (words + 2,).
    ends, end_price
        States from which a joint is reached, and what that costs, joint by joint.
    first_end
        For each joint, its first place in `ends`; one more at the end. Shape (words + 2,).
    miss_price
        For each joint, what it costs to come from the one before without a word; shape (words + 1,).
    phone, form
        For each state, the phone of its branch (`NONE` outside words), and which form of the word the branch is.
    """

    column: NDArray[np.int32]
    enters: NDArray[np.int32]
    enter_price: NDArray[np.float32]
    stays: NDArray[np.bool_]
    skip: NDArray[np.int32]
    skip_price: NDArray[np.float32]
    joint: NDArray[np.int32]
    first: NDArray[np.int32]
    ends: NDArray[np.int32]
    end_price: NDArray[np.float32]
    first_end: NDArray[np.int32]
    miss_price: NDArray[np.float32]
    phone: NDArray[np.int32]
    form: NDArray[np.int32]


class _Builder:
    """Writes down states one after the other."""

    def __init__(self) -> None:
        self.states: list[tuple[int, int, float, bool, int, float, int, int, int]] = []
        self.first: list[int] = []
        self.ends: list[list[tuple[int, float]]] = [[]]
        self.miss_price = [0.0]

    def add_gap(self) -> None:
        """Begin a joint, with what may be heard there."""
        joint = len(self.first)
        self.first.append(len(self.states))
        for column, frames, price in ((SILENCE, LEAST_FRAMES, 0.0), (OTHER, LEAST_OTHER_FRAMES, OTHER_PRICE)):
            self._chain(column, frames, FROM_JOINT, price, (NONE, NONE))
            self.ends[joint].append((len(self.states) - 1, 0.0))

    def add_word(self, word: ExpectedWord) -> None:
        """Add the ways to say a word behind the joint that was begun last."""
        self.ends.append([])
        phones = min((len(form) for form in word.forms), default=len(word.text))
        self.miss_price.append(MISS_WORD_PRICE + MISS_PHONE_PRICE * phones)
        if not word.forms:
            self._chain(ANYTHING, FRAMES_PER_CHARACTER * len(word.text), FROM_JOINT, 0.0, (NONE, 0))
            self.ends[-1].append((len(self.states) - 1, 0.0))
        for number, form in enumerate(word.forms):
            self._add_form(form, number)

    def _add_form(self, form: Form, number: int) -> None:
        last, before = FROM_JOINT, NONE
        may_skip = False
        for index, phone in enumerate(form):
            frames = LEAST_FRAMES if len(phone.classes) == 1 and phone.classes[0] not in SHORT else LEAST_HALF_FRAMES
            start = len(self.states)
            for half, column in enumerate(phone.classes):
                source = last if half == 0 else len(self.states) - 1
                price = FORM_PRICE if index == half == 0 and number else 0.0
                self._chain(column, frames, source, price, (index, number))
            if may_skip:
                skip_price = SKIP_PRICE + (FORM_PRICE if index == 1 and number else 0.0)
                self.states[start] = (*self.states[start][:4], before, skip_price, *self.states[start][6:])
            before, last = last, len(self.states) - 1
            may_skip = len(phone.classes) == 1 and phone.classes[0] in SKIPPABLE and len(form) > 1
        self.ends[-1].append((last, 0.0))
        if may_skip:
            self.ends[-1].append((before, SKIP_PRICE))

    def _chain(self, column: int, frames: int, enters: int, price: float, place: tuple[int, int]) -> None:
        joint = len(self.first) - 1
        for frame in range(frames):
            source = enters if frame == 0 else len(self.states) - 1
            paid = price if frame == 0 else 0.0
            self.states.append((column, source, paid, frame == frames - 1, NONE, 0.0, joint, *place))

    def graph(self) -> ExpectedGraph:
        """Return what was written down."""
        column, enters, price, stays, skip, skip_price, joint, phone, form = zip(*self.states, strict=True)
        ends = [end for joint_ends in self.ends for end in joint_ends]
        whole, real = np.int32, np.float32
        return ExpectedGraph(
            np.array(column, whole),
            np.array(enters, whole),
            np.array(price, real),
            np.array(stays, np.bool_),
            np.array(skip, whole),
            np.array(skip_price, real),
            np.array(joint, whole),
            np.array([*self.first, len(self.states)], whole),
            np.array([state for state, _ in ends], whole),
            np.array([paid for _, paid in ends], real),
            np.cumsum([0, *map(len, self.ends)]).astype(whole),
            np.array(self.miss_price, real),
            np.array(phone, whole),
            np.array(form, whole),
        )


def build_graph(words: Sequence[ExpectedWord]) -> ExpectedGraph:
    """Return the network for a transcript."""
    builder = _Builder()
    for word in words:
        builder.add_gap()
        builder.add_word(word)
    builder.add_gap()
    return builder.graph()
