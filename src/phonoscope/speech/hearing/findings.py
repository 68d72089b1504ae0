"""What has been heard and waits for the end of its piece: sound, phones, words, probabilities."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.sound import Sound, SoundStream
from phonoscope.core.speech import Evidence, Phone, Speech, Word, shift_phones, shift_words
from phonoscope.speech.hearing.features import FRAME_RATE_HZ
from phonoscope.speech.hearing.phoneset import CLASSES, SYMBOLS


class KeptSound:
    """A stream of sound that keeps what has gone by until it is taken."""

    def __init__(self, source: SoundStream) -> None:
        self._source = source
        self._blocks: deque[NDArray[np.float32]] = deque()
        self.rate_hz = source.rate_hz
        self.duration_s = source.duration_s
        self.taken = 0
        """Samples that have been taken."""

    def __iter__(self) -> Iterator[Sound]:
        """Pass the blocks on, and keep them."""
        for block in self._source:
            self._blocks.append(block.samples)
            yield block

    def take(self, end: int | None) -> Sound | None:
        """Take what is left of the samples before number `end`, or all there is; None where that is nothing."""
        parts: list[NDArray[np.float32]] = []
        while self._blocks and (end is None or self.taken < end):
            block = self._blocks.popleft()
            wanted = len(block) if end is None else min(len(block), end - self.taken)
            parts.append(block[:wanted])
            self.taken += wanted
            if wanted < len(block):
                self._blocks.appendleft(block[wanted:])
        return Sound(np.concatenate(parts), self.rate_hz) if parts else None


class Findings:
    """Collects what is found in a sound, in seconds from its start, and joins it with the samples piece by piece."""

    def __init__(self, sound: KeptSound) -> None:
        self.sound = sound
        self._phones: deque[Phone] = deque()
        self._words: deque[Word] = deque()
        self._rows: deque[NDArray[np.float32]] = deque()
        self._first_row = 0

    def add_rows(self, rows: NDArray[np.float32]) -> None:
        """Append the probabilities of frames, shape (n, len(CLASSES))."""
        self._rows.append(rows)

    def add_phone(self, phone: Phone) -> None:
        """Append a phone; one that goes on where its like ends is the same, given out in parts."""
        last = self._phones[-1] if self._phones else None
        if last and last.ipa == phone.ipa and last.end_s == phone.start_s:
            self._phones[-1] = replace(last, end_s=phone.end_s)
        else:
            self._phones.append(phone)

    def add_words(self, words: tuple[Word, ...]) -> None:
        """Append words."""
        self._words.extend(words)

    @property
    def taken_s(self) -> float:
        """Seconds of sound that have been taken."""
        return self.sound.taken / self.sound.rate_hz

    def take(self, end: int | None) -> Speech | None:
        """Return the speech before frame `end`, or all that is left; None where no sound is left."""
        start_s = Fraction(self.sound.taken, self.sound.rate_hz)
        sound = self.sound.take(None if end is None else end * self.sound.rate_hz // FRAME_RATE_HZ)
        if sound is None:
            return None
        end_s = self.taken_s
        phones = shift_phones(tuple(self._phones_before(end_s)), -float(start_s))
        words = shift_words(tuple(self._words_before(end_s)), -float(start_s))
        evidence = Evidence(SYMBOLS, FRAME_RATE_HZ, self._rows_before(end))
        return Speech(sound, phones, words, evidence=evidence)

    def _phones_before(self, end_s: float) -> Iterator[Phone]:
        """Take the phones before a time; of one that goes on, its part."""
        while self._phones and self._phones[0].start_s < end_s:
            phone = self._phones.popleft()
            if phone.end_s > end_s:
                self._phones.appendleft(replace(phone, start_s=end_s))
                yield replace(phone, end_s=end_s)
                return
            yield phone

    def _words_before(self, end_s: float) -> Iterator[Word]:
        """Take the words that begin before a time; a word is never in two pieces."""
        while self._words and self._words[0].start_s < end_s:
            word = self._words.popleft()
            yield replace(word, end_s=min(word.end_s, end_s))

    def _rows_before(self, end: int | None) -> NDArray[np.float32]:
        """Take the probabilities of the frames before `end`."""
        parts = [np.zeros((0, len(CLASSES)), np.float32)]
        while self._rows and (end is None or self._first_row < end):
            rows = self._rows.popleft()
            wanted = len(rows) if end is None else min(len(rows), end - self._first_row)
            parts.append(rows[:wanted])
            self._first_row += wanted
            if wanted < len(rows):
                self._rows.appendleft(rows[wanted:])
        return np.concatenate(parts)
