"""How well phones that were heard agree with phones that a phonetician marked. Pure: phones in, figures out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.speech import Phone
from phonoscope.speech.hearing.phoneset import VISEME_OF_CLASS, VISEMES, classes_of

NEAR_S = 0.08
"""How far a closure of the lips may be from where it was marked: two frames of a 25 Hz video."""

BOUNDARY_S = 0.05
"""Phone boundaries nearer than this count as right."""

FRAME_S = 0.01
"""Visemes are compared every 10 ms, in the middle of each."""

VOWELS = "iɪeɛæaɑɔouʊʌəɝyø"
"""IPA of one vowel of each class."""

_SILENT, _SHUT = VISEMES.index("sil"), VISEMES.index("PP")
_VOWELS = frozenset(c for ipa in VOWELS for c in classes_of(ipa))

# Costs of pairing phones in sequence: a vowel is never taken for a consonant, as two left alone cost less.
_ALONE, _SAME_VISEME, _BOTH_VOWELS, _BOTH_CONSONANTS, _NEVER = 0.5, 0.3, 0.4, 0.8, 2.0
_A_SECOND_AWAY = 0.05
"""Among equal pairings the one nearer in time is meant."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts that add up over recordings, and the rates made of them.

    Attributes
    ----------
    closures, heard_closures
        /p b m/ that were marked, and that were heard.
    strict
        Pairs of one marked and one heard /p b m/ whose centres are within `NEAR_S`.
    found
        Marked /p b m/ with a heard one whose centre is inside the marked interval ± `NEAR_S`.
    right
        Heard /p b m/ whose centre is inside the interval of some marked one ± `NEAR_S`.
    frames, right_frames
        10 ms frames in which a phone was marked, and those in which the heard viseme is the marked one.
    silent_frames, right_silent_frames
        The same of frames in which no phone was marked.
    phones
        Phones that were marked.
    boundaries_s
        Absolute differences between the starts of phones that were marked and heard, for those that could be paired.
    """

    closures: int = 0
    heard_closures: int = 0
    strict: int = 0
    found: int = 0
    right: int = 0
    frames: int = 0
    right_frames: int = 0
    silent_frames: int = 0
    right_silent_frames: int = 0
    phones: int = 0
    boundaries_s: tuple[float, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    @property
    def strict_recall(self) -> float:
        """Share of marked closures that are one of the strict pairs."""
        return _share(self.strict, self.closures)

    @property
    def strict_precision(self) -> float:
        """Share of heard closures that are one of the strict pairs."""
        return _share(self.strict, self.heard_closures)

    @property
    def loose_recall(self) -> float:
        """Share of marked closures near which one was heard."""
        return _share(self.found, self.closures)

    @property
    def loose_precision(self) -> float:
        """Share of heard closures near which one was marked."""
        return _share(self.right, self.heard_closures)

    @property
    def visemes_of_speech(self) -> float:
        """Share of frames of speech with the marked viseme."""
        return _share(self.right_frames, self.frames)

    @property
    def visemes(self) -> float:
        """Share of all frames with the marked viseme."""
        return _share(self.right_frames + self.right_silent_frames, self.frames + self.silent_frames)

    @property
    def silence(self) -> float:
        """Share of frames of silence in which nothing was heard."""
        return _share(self.right_silent_frames, self.silent_frames)

    @property
    def paired(self) -> float:
        """Share of marked phones that have a partner."""
        return _share(len(self.boundaries_s), self.phones)

    @property
    def boundary_median_s(self) -> float:
        """Median error of the starts of phones, in seconds."""
        return float(np.median(self.boundaries_s)) if self.boundaries_s else float("nan")

    @property
    def boundaries_near(self) -> float:
        """Share of starts of phones that are right."""
        return _share(sum(error <= BOUNDARY_S for error in self.boundaries_s), len(self.boundaries_s))


def score(marked: Sequence[Phone], heard: Sequence[Phone], duration_s: float) -> Tally:
    """Compare phones that were heard with phones that were marked in `duration_s` of sound."""
    theirs, ours = visemes_in(marked, duration_s), visemes_in(heard, duration_s)
    speech, right = spoken_in(marked, duration_s), theirs == ours
    pairs = pair_phones(marked, heard)
    return score_closures(closures_in(marked), closures_in(heard)) + Tally(
        frames=int(speech.sum()),
        right_frames=int((right & speech).sum()),
        silent_frames=int((~speech).sum()),
        right_silent_frames=int((right & ~speech).sum()),
        phones=len(marked),
        boundaries_s=tuple(abs(marked[i].start_s - heard[j].start_s) for i, j in pairs),
    )


def score_closures(marked: Sequence[Span], heard: Sequence[Span]) -> Tally:
    """Compare the closures of the lips, each with its start and end in seconds."""
    middles = [_middle(span) for span in heard]

    def inside(middle: float, span: Span) -> bool:
        return span[0] - NEAR_S <= middle <= span[1] + NEAR_S

    return Tally(
        closures=len(marked),
        heard_closures=len(heard),
        strict=_one_to_one([_middle(span) for span in marked], middles),
        found=sum(any(inside(middle, span) for middle in middles) for span in marked),
        right=sum(any(inside(middle, span) for span in marked) for middle in middles),
    )


def closures_in(phones: Sequence[Phone]) -> list[Span]:
    """Return when the lips are shut by /p b m/: one span for each phone; of two that are said as one, its part."""
    return [(start, end) for viseme, start, end in _stretches(phones) if viseme == _SHUT]


def visemes_in(phones: Sequence[Phone], duration_s: float) -> NDArray[np.int64]:
    """Return the viseme of each 10 ms frame, shape (frames,); half a diphthong each for its two vowels."""
    frames = np.full(_frames(duration_s), _SILENT)
    for viseme, start, end in _stretches(phones):
        frames[_frame(start) : _frame(end)] = viseme
    return frames


def spoken_in(phones: Sequence[Phone], duration_s: float) -> NDArray[np.bool_]:
    """Return for each 10 ms frame whether a phone covers it, shape (frames,)."""
    frames = np.zeros(_frames(duration_s), bool)
    for phone in phones:
        frames[_frame(phone.start_s) : _frame(phone.end_s)] = True
    return frames


def pair_phones(marked: Sequence[Phone], heard: Sequence[Phone]) -> list[tuple[int, int]]:
    """Pair two sequences of phones as they follow each other (Needleman & Wunsch 1970); time decides between equals.

    Returns
    -------
    list
        Index among `marked` and index among `heard` of each pair, rising; phones without a partner are in none.
    """
    rows, columns = len(marked), len(heard)
    costs = np.array([[_difference(a, b) for b in heard] for a in marked]).reshape(rows, columns)
    best = np.zeros((rows + 1, columns + 1))
    best[:, 0], best[0] = np.arange(rows + 1) * _ALONE, np.arange(columns + 1) * _ALONE
    for i in range(rows):
        for j in range(columns):
            best[i + 1, j + 1] = min(best[i, j] + costs[i, j], best[i, j + 1] + _ALONE, best[i + 1, j] + _ALONE)
    pairs = []
    i, j = rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j - 1] + costs[i - 1, j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif best[i, j] == best[i - 1, j] + _ALONE:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def _difference(a: Phone, b: Phone) -> float:
    near = _A_SECOND_AWAY * min(1.0, abs(a.start_s - b.start_s))
    first, second = classes_of(a.ipa)[:1], classes_of(b.ipa)[:1]
    if first == second:
        return near
    if not first or not second or (first[0] in _VOWELS) != (second[0] in _VOWELS):
        return _NEVER
    if VISEME_OF_CLASS[first[0]] == VISEME_OF_CLASS[second[0]]:
        return _SAME_VISEME + near
    return (_BOTH_VOWELS if first[0] in _VOWELS else _BOTH_CONSONANTS) + near


def _one_to_one(marked_s: Sequence[float], heard_s: Sequence[float]) -> int:
    """Return the most pairs of instants within `NEAR_S`; taking each in order is best, as all reach equally far."""
    waiting = sorted(heard_s)
    count = 0
    for instant_s in sorted(marked_s):
        while waiting and waiting[0] < instant_s - NEAR_S:
            waiting.pop(0)
        if waiting and waiting[0] <= instant_s + NEAR_S:
            waiting.pop(0)
            count += 1
    return count


def _stretches(phones: Sequence[Phone]) -> list[tuple[int, float, float]]:
    """Return viseme, start and end of each class of each phone."""
    found = []
    for phone in phones:
        classes = classes_of(phone.ipa)
        edges_s = np.linspace(phone.start_s, phone.end_s, len(classes) + 1).tolist()
        found += [
            (VISEME_OF_CLASS[c], start, end) for c, start, end in zip(classes, edges_s[:-1], edges_s[1:], strict=True)
        ]
    return found


def _frames(duration_s: float) -> int:
    return round(duration_s / FRAME_S)


def _frame(time_s: float) -> int:
    """Return the first frame whose middle is not before an instant."""
    return max(0, int(np.ceil(time_s / FRAME_S - 0.5 - 1e-6)))


def _middle(span: Span) -> float:
    return (span[0] + span[1]) / 2


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
