"""Sound → stream of speech: when in it which phone is heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.events import EventSink, Progress, ignore_events
from phonoscope.core.sound import SoundStream
from phonoscope.core.speech import Phone, Speech
from phonoscope.media.resampling import mono_at
from phonoscope.speech.hearing.breaths import without_breaths
from phonoscope.speech.hearing.cutting import cut
from phonoscope.speech.hearing.decoding import PhoneDecoder, Stretch
from phonoscope.speech.hearing.features import FRAME_RATE_HZ, RATE_HZ
from phonoscope.speech.hearing.findings import Findings, KeptSound
from phonoscope.speech.hearing.options import HearOptions
from phonoscope.speech.hearing.phoneset import SILENCE, SYMBOLS, VOWELS
from phonoscope.speech.hearing.posteriors import posteriors

if TYPE_CHECKING:
    from phonoscope.speech.hearing.alignment import AlignedPiece


def hear(sound: SoundStream, options: HearOptions | None = None, events: EventSink = ignore_events) -> Iterator[Speech]:
    """Listen to a voice, in any language, and tell its phones; with a transcript also its words.

    The transcript is read at once; listening itself is lazy.

    Parameters
    ----------
    sound
        The voice; of any length, level, rate and number of channels.
    options
        What is known of it; None for nothing.
    events
        Takes `Progress` in seconds of sound, and `Note` about the transcript.

    Yields
    ------
    Speech
        Consecutive pieces of at most `cutting.LONGEST_S`, cut in pauses where there are any. Their sounds joined are
        `sound`, sample for sample, in its own rate and channels.

    Raises
    ------
    UsageError
        There is no such language.
    ScriptError
        The transcript holds nothing that can be said in its language.
    TranscriptError
        The transcript is not what is said.
    """
    options = options or HearOptions()
    found = Findings(KeptSound(sound))
    rows = posteriors(block.samples for block in mono_at(found.sound, RATE_HZ))
    if options.transcript.strip():
        from phonoscope.speech.hearing.alignment import align
        from phonoscope.speech.hearing.transcript import expect

        expected = expect(options.transcript, options.language, events)
        return _pieces(_told(align(rows, expected, events), found), found, events)
    return _pieces(_free(rows, found), found, events)


def _pieces(stretches: Iterator[Stretch], found: Findings, events: EventSink) -> Iterator[Speech]:
    """Yield what is found, cut into pieces."""
    events(Progress("speech", 0, found.sound.duration_s, "seconds"))
    for end in cut(stretches):
        yield from _piece(end, found, events)
    # What is left may end between two frames.
    yield from _piece(None, found, events)


def _piece(end: int | None, found: Findings, events: EventSink) -> Iterator[Speech]:
    if (speech := found.take(end)) is not None:
        events(Progress("speech", found.taken_s, found.sound.duration_s, "seconds"))
        yield speech


def _free(rows: Iterable[NDArray[np.float32]], found: Findings) -> Iterator[Stretch]:
    """Recognise phones without knowing what is said."""
    for stretch in without_breaths(_decoded(rows, found)):
        if stretch.phone != SILENCE:
            found.add_phone(_phone(stretch, 0))
        yield stretch


def _decoded(rows: Iterable[NDArray[np.float32]], found: Findings) -> Iterator[Stretch]:
    decoder = PhoneDecoder()
    for block in rows:
        found.add_rows(block)
        yield from decoder.push(block)
    yield from decoder.end()


def _phone(stretch: Stretch, first: int) -> Phone:
    """Return a stretch that is counted from frame `first` as a phone."""
    start_s, end_s = (first + stretch.start) / FRAME_RATE_HZ, (first + stretch.end) / FRAME_RATE_HZ
    return Phone(SYMBOLS[stretch.phone], start_s, end_s)


def _told(pieces: Iterable[AlignedPiece], found: Findings) -> Iterator[Stretch]:
    """Take the phones of a transcript, and recognise freely where something else is said."""
    for piece in pieces:
        found.add_rows(piece.posteriors)
        found.add_words(piece.words)
        phones = sorted((*piece.phones, *_unexpected(piece)), key=lambda phone: phone.start_s)
        for phone in phones:
            found.add_phone(phone)
        yield from _as_stretches(phones, piece.first, piece.first + len(piece.posteriors))


def _unexpected(piece: AlignedPiece) -> Iterator[Phone]:
    """Recognise the parts of a piece in which the transcript's words are not heard."""
    for start_s, end_s in piece.strange:
        start = round(start_s * FRAME_RATE_HZ)
        decoder = PhoneDecoder()
        rows = piece.posteriors[start - piece.first : round(end_s * FRAME_RATE_HZ) - piece.first]
        stretches = decoder.push(rows) + decoder.end()
        # Speech comes in syllables: what has no vowel is a breath, or the lips' own noise.
        if not any(stretch.phone in VOWELS for stretch in stretches):
            continue
        for stretch in stretches:
            phone = _phone(stretch, start)
            # Aligned phones begin and end between two frames.
            phone = replace(phone, start_s=max(phone.start_s, start_s), end_s=min(phone.end_s, end_s))
            if stretch.phone != SILENCE and phone.start_s < phone.end_s:
                yield phone


_SPOKEN = SILENCE + 1
"""Stands for any phone where only silence matters."""


def _as_stretches(phones: list[Phone], first: int, end: int) -> Iterator[Stretch]:
    """Yield phones and the silences between them as stretches of frames `first` to `end`."""
    at = first
    for phone in phones:
        start = min(max(at, round(phone.start_s * FRAME_RATE_HZ)), end)
        behind = min(max(start, round(phone.end_s * FRAME_RATE_HZ)), end)
        if start > at:
            yield Stretch(SILENCE, at, start)
        if behind > start:
            yield Stretch(_SPOKEN, start, behind)
        at = behind
    if end > at:
        yield Stretch(SILENCE, at, end)
