"""What was said when: kept while speech streams by, for captions and for files of timed phones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from phonoscope.core.speech import Phone, SpeakerSpan, Speech, Word, shift_phones, shift_words
from phonoscope.exports.timing import Timing
from phonoscope.media.subtitles import Cue, shown_until, spoken_cues


class Transcript:
    """Phones, words and subtitles of all speech that has passed, timed from the start of the video.

    It grows by a few megabytes an hour, much less than one frame a minute.

    Attributes
    ----------
    phones, words
        All so far, in order.
    cues
        All subtitles so far, in order, not overlapping.
    duration_s
        Length of all speech so far.
    """

    def __init__(self) -> None:
        self.phones: list[Phone] = []
        self.words: list[Word] = []
        self.cues: list[Cue] = []
        self.duration_s = 0.0
        self._samples = 0

    def watch(self, pieces: Iterable[Speech]) -> Iterator[Speech]:
        """Pass pieces of speech on, and keep what they say."""
        for piece in pieces:
            start_s = self._samples / piece.sound.rate_hz
            self._samples += len(piece.sound.samples)
            self.duration_s = self._samples / piece.sound.rate_hz
            self.phones += shift_phones(piece.phones, start_s)
            words = shift_words(piece.words, start_s)
            self.words += words
            names = (_speaker(word, piece.speakers) for word in piece.words)
            for cue in spoken_cues(zip(words, names, strict=True)):
                self._add_cue(cue)
            yield piece

    def timing(self, sound_name: str) -> Timing:
        """Return what was said when, for export."""
        return Timing(tuple(self.phones), tuple(self.words), self.duration_s, sound_name)

    def cue_at(self, time_s: float, hint: int = 0) -> tuple[Cue | None, int]:
        """Return the subtitle shown at a time, and its place, which is the hint for the next, later time."""
        while hint < len(self.cues) and self.cues[hint].end_s <= time_s:
            hint += 1
        shown = hint < len(self.cues) and self.cues[hint].start_s <= time_s
        return (self.cues[hint] if shown else None), hint

    def _add_cue(self, cue: Cue) -> None:
        """Append a subtitle; the one before ends where this one begins."""
        if self.cues:
            self.cues[-1] = shown_until(self.cues[-1], cue.start_s)
        self.cues.append(cue)


def _speaker(word: Word, spans: tuple[SpeakerSpan, ...]) -> str:
    """Return who says a word; empty where nobody is named."""
    middle_s = (word.start_s + word.end_s) / 2
    return next((span.speaker for span in spans if span.start_s <= middle_s <= span.end_s), "")
