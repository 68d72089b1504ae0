"""Does the transcript belong to the sound?"""

from __future__ import annotations

from phonoscope.core.errors import TranscriptError
from phonoscope.core.events import EventSink, Note
from phonoscope.speech.hearing.aligned_piece import AlignedPiece, Reading, missing_price
from phonoscope.speech.hearing.features import FRAME_RATE_HZ

LEAST_GAIN = 0.28
"""Gain of each frame of speech under which a transcript is not what is said.

Right transcripts of seven recordings reach 0.65 to 0.97 (in noise, over music, by telephone 0.46 to 0.86, with four
others talking at -3 dB 0.32 to 0.41), read in a wrong language 0.31 and 0.44, wrong ones -0.3 to 0.20 (-0.03 to 0.24).
"""

SURE_GAIN, ENOUGH_GAIN = 0.45, 60.0
"""Gain of each frame, and gain (about five words), of a piece after which the transcript is trusted: even if it does
not tell most of the sound."""

LONGEST_DOUBT = 60 * FRAME_RATE_HZ
"""Frames of speech after which a transcript that does not fit is refused, even if the rest might."""

SHOWN = 5
"""Words of a stretch that are shown in a message."""

_REMEDY = (
    "Give the text of this recording and its language, cut away what the text does not have, or leave the text out."
)


class Trust:
    """Judges pieces as they come."""

    def __init__(self, events: EventSink) -> None:
        self._events = events
        self._gain = 0.0
        self._frames = 0
        self._words = 0
        self._is_trusted = False

    def judge(self, piece: AlignedPiece) -> bool:
        """Take a piece into account; tell whether the transcript is trusted by now.

        Raises
        ------
        TranscriptError
            A minute of speech does not fit.
        """
        self._gain += piece.gain
        self._frames += piece.frames
        self._words += len(piece.words)
        fits = self._gain >= LEAST_GAIN * self._frames
        self._is_trusted |= piece.gain >= max(ENOUGH_GAIN, SURE_GAIN * piece.frames)
        if not self._is_trusted and not fits and self._frames >= LONGEST_DOUBT:
            raise TranscriptError("The transcript is not what is said in the first minute of speech.", _REMEDY)
        return self._is_trusted

    def judge_all(self, reading: Reading) -> None:
        """Judge the whole.

        Raises
        ------
        TranscriptError
            It does not fit, and no piece has been trusted.
        """
        expected = len(reading.words)
        self._gain -= missing_price(reading, expected)
        if not self._words:
            raise TranscriptError("Nothing of the transcript is heard in the sound.", _REMEDY)
        if self._gain < LEAST_GAIN * self._frames:
            if not self._is_trusted:
                raise TranscriptError("The transcript is not what is said in the sound.", _REMEDY)
            self._events(Note("Much of the sound is not what the transcript says; its phones were recognised freely."))
        if self._words < expected:
            unheard = expected - self._words
            were = "was" if unheard == 1 else "were"
            self._events(Note(f"{unheard} of {expected} words of the transcript {were} not heard."))
