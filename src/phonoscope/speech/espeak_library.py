"""libespeak-ng through ctypes: marked-up text in, samples and raw events out.

API: https://github.com/espeak-ng/espeak-ng/blob/1.52.0/src/include/espeak-ng/speak_lib.h
"""

from __future__ import annotations

import _ctypes
import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import MissingPartError

RATE_HZ = 22_050
"""Sample rate of all formant voices of espeak-ng."""

_OUTPUT_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: the callback gets the samples before espeak_Synth returns
_INIT_PHONE_EVENTS = 1 << 0
_INIT_PHONE_IPA = 1 << 1
_INIT_DONT_EXIT = 1 << 15  # without it a missing data folder ends the process
_CHARS_UTF8 = 1
_SSML = 0x10
_PHONEMES = 0x100  # [[...]] holds phoneme mnemonics

_SEED = 1  # of the breath in some voices; left to itself it begins with the time of day

_EVENT_LIST_TERMINATED = 0
_EVENT_WORD = 1
_EVENT_MARK = 3
_EVENT_PHONE = 7


class _EventId(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))

# espeak-ng lives in global variables: one line at a time in the whole process.
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One event of espeak-ng.

    Attributes
    ----------
    phone
        IPA symbol with stress mark, ``""`` for silence; None for the beginning of a word.
    position
        Character of the marked-up text at which the word begins, from 0.
    length
        Characters of the word; 0 when espeak-ng does not tell.
    sample
        When, in samples from the beginning of the sound.
    """

    phone: str | None
    position: int
    length: int
    sample: int


@dataclass(frozen=True, slots=True, eq=False)
class RawSpeech:
    """What espeak-ng gave.

    Attributes
    ----------
    samples
        int16, shape (n,), at `RATE_HZ`.
    events
        In the order of time.
    """

    samples: NDArray[np.int16]
    events: tuple[RawEvent, ...]


def render(markup: str, voice: str) -> RawSpeech:
    """Speak marked-up text (SSML, ``[[…]]`` for mnemonics) with an espeak-ng voice such as ``en-us+f3``.

    The same text and voice give the same samples, whatever was spoken before.

    Raises
    ------
    MissingPartError
        The library, its data or the voice is not installed.
    """

    def work() -> RawSpeech:
        with _LOCK, _fresh_library() as library:
            return _render(library, markup, voice)

    return _beside_main_thread(work)


def _beside_main_thread(work: Callable[[], RawSpeech]) -> RawSpeech:
    """Do work on a thread of its own, unless we are on one.

    Python answers Ctrl-C on the main thread, wherever that is. Inside the function that espeak-ng calls, the
    interruption would be printed and forgotten.
    """
    if threading.current_thread() is not threading.main_thread():
        return work()
    done: list[RawSpeech] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return done[0]


@contextmanager
def _fresh_library() -> Iterator[ctypes.CDLL]:
    """Load the library, and unload it afterwards.

    Its pitch flutter, echo and gain live in static variables that espeak_Terminate does not reset, so that a second
    sentence would sound different from the same sentence first. Loading anew costs 1 ms and resets everything.
    """
    library = _load()
    try:
        yield library
    finally:
        library.espeak_Terminate()
        # Nothing may call into the library from here on.
        if sys.platform == "win32":
            _ctypes.FreeLibrary(library._handle)
        else:
            _ctypes.dlclose(library._handle)


def _load() -> ctypes.CDLL:
    """Load and initialise libespeak-ng."""
    remedy = "Install it again: pip install --force-reinstall espeakng-loader"
    try:
        import espeakng_loader
    except ImportError as error:
        raise MissingPartError("The speech synthesiser espeak-ng is not installed.", remedy) from error
    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data_path = str(espeakng_loader.get_data_path())
        _declare(library)
    except (OSError, AttributeError, RuntimeError) as error:
        raise MissingPartError(f"The speech synthesiser espeak-ng cannot be loaded: {error}.", remedy) from error
    options = _INIT_PHONE_EVENTS | _INIT_PHONE_IPA | _INIT_DONT_EXIT
    rate_hz = library.espeak_Initialize(_OUTPUT_SYNCHRONOUS, 0, data_path.encode(), options)
    if rate_hz != RATE_HZ:
        raise MissingPartError(f"espeak-ng does not start with its data in {data_path}.", remedy)
    library.espeak_ng_SetRandSeed(_SEED)
    return library


def _declare(library: ctypes.CDLL) -> None:
    """Tell ctypes the C signatures."""
    library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    library.espeak_Initialize.restype = ctypes.c_int
    library.espeak_ng_SetRandSeed.argtypes = [ctypes.c_long]
    library.espeak_ng_SetRandSeed.restype = ctypes.c_int
    library.espeak_SetSynthCallback.argtypes = [_CALLBACK]
    library.espeak_SetSynthCallback.restype = None
    library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    library.espeak_SetVoiceByName.restype = ctypes.c_int
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.POINTER(ctypes.c_uint),
        ctypes.c_void_p,
    ]
    library.espeak_Synth.restype = ctypes.c_int
    library.espeak_Synchronize.argtypes = []
    library.espeak_Synchronize.restype = ctypes.c_int
    library.espeak_Terminate.argtypes = []
    library.espeak_Terminate.restype = ctypes.c_int


def _render(library: ctypes.CDLL, markup: str, voice: str) -> RawSpeech:
    """Speak with a library that was just loaded."""
    chunks: list[bytes] = []
    events: list[RawEvent] = []

    def collect(samples: ctypes._Pointer[ctypes.c_short], count: int, raw: ctypes._Pointer[_Event]) -> int:
        if count > 0:
            chunks.append(ctypes.string_at(samples, 2 * count))
        events.extend(_read_events(raw))
        return 0  # go on

    callback = _CALLBACK(collect)
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise MissingPartError(f"espeak-ng has no voice {voice}.", "Install espeakng-loader 0.2.4 or newer.")
    text = markup.encode()
    flags = _CHARS_UTF8 | _SSML | _PHONEMES
    library.espeak_Synth(text, len(text) + 1, 0, 0, 0, flags, None, None)
    library.espeak_Synchronize()
    return RawSpeech(np.frombuffer(b"".join(chunks), np.int16), tuple(_in_order(events)))


def _in_order(events: list[RawEvent]) -> Iterator[RawEvent]:
    """Yield the events, none earlier than the one before: above 450 words a minute they jump by up to 8 ms."""
    latest = 0
    for event in events:
        latest = max(latest, event.sample)
        yield event if event.sample == latest else replace(event, sample=latest)


def _read_events(raw: ctypes._Pointer[_Event]) -> Iterator[RawEvent]:
    """Yield the words and phones of a list of events."""
    index = 0
    while raw[index].type != _EVENT_LIST_TERMINATED:
        event = raw[index]
        index += 1
        if event.type == _EVENT_WORD:
            yield RawEvent(None, event.text_position - 1, event.length, event.sample)
        elif event.type == _EVENT_MARK and event.id.name and event.id.name.isdigit():
            # Our own marks are named by the position that they stand for.
            yield RawEvent(None, int(event.id.name), 0, event.sample)
        elif event.type == _EVENT_PHONE:
            name = event.id.string.decode("utf-8", "ignore")
            yield RawEvent(name, event.text_position - 1, 0, event.sample)
