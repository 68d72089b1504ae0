from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.speech.hearing.voices import spoken

from phonoscope.core.errors import ScriptError, UsageError
from phonoscope.core.events import Event, Progress
from phonoscope.core.sound import Sound
from phonoscope.core.speech import Phone, Speech
from phonoscope.speech import HearOptions, hear
from phonoscope.speech.hearing import listening
from phonoscope.speech.hearing.cutting import LONGEST_S
from phonoscope.speech.hearing.features import HOP, RATE_HZ
from phonoscope.speech.hearing.phoneset import CLASS, CLASSES

Samples = NDArray[np.float32]
SENTENCE = "My mother and father were baking bread in the garden this morning."


class Stream:
    """Sound in memory as a stream of blocks."""

    def __init__(self, samples: Samples, rate_hz: int = RATE_HZ, block: int = 4096) -> None:
        self.samples = samples.astype(np.float32)
        self.rate_hz = rate_hz
        self.block = block

    @property
    def duration_s(self) -> float | None:
        return len(self.samples) / self.rate_hz

    def __iter__(self) -> Iterator[Sound]:
        for at in range(0, len(self.samples), self.block):
            yield Sound(self.samples[at : at + self.block].copy(), self.rate_hz)


def joined(pieces: list[Speech]) -> Samples:
    return np.concatenate([piece.sound.samples for piece in pieces])


def in_time(pieces: Iterable[Speech]) -> list[Phone]:
    """Return the phones in seconds from the start of the whole."""
    found = []
    samples = 0
    for piece in pieces:
        start_s = samples / piece.sound.rate_hz
        found += [Phone(p.ipa, start_s + p.start_s, start_s + p.end_s) for p in piece.phones]
        samples += len(piece.sound.samples)
    return found


def beeps(samples: Iterable[Samples]) -> Iterator[Samples]:
    """Stand for the network: hear an m wherever a block of 10 ms has a level."""
    rest = np.zeros(0, np.float32)
    for block in samples:
        rest = np.concatenate((rest, block))
        whole = len(rest) // HOP * HOP
        yield _beep_rows(rest[:whole])
        rest = rest[whole:]
    if len(rest):
        yield _beep_rows(np.pad(rest, (0, HOP - len(rest))))


def _beep_rows(samples: Samples) -> Samples:
    loud = np.abs(samples.reshape(-1, HOP)).max(axis=1, initial=0) > 0.05
    rows = np.full((len(loud), len(CLASSES)), 0.001, np.float32)
    rows[np.arange(len(loud)), np.where(loud, CLASS["m"], CLASS["sil"])] = 0.95
    return rows


@pytest.fixture
def beeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "posteriors", beeps)


@pytest.mark.parametrize("rate_hz", [8000, 16_000, 22_050, 44_100, 96_000])
def test_phones_stand_where_they_sound_at_any_rate(beeping: None, rate_hz: int) -> None:
    times_s = np.arange(8 * rate_hz) / rate_hz
    tone = 0.5 * np.sin(2 * np.pi * 300 * times_s) * ((times_s % 1 > 0.4) & (times_s % 1 < 0.6))
    phones = in_time(hear(Stream(tone, rate_hz)))
    assert [p.ipa for p in phones] == ["m"] * 8
    for second, phone in enumerate(phones):
        assert phone.start_s == pytest.approx(second + 0.4, abs=0.011)
        assert phone.end_s == pytest.approx(second + 0.6, abs=0.011)


@pytest.mark.parametrize("block", [100, 4096, 1_000_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_the_sounds_joined_are_the_sound(beeping: None, rng: np.random.Generator, block: int, channels: int) -> None:
    samples = rng.normal(0, 0.1, (441_321, channels)).astype(np.float32)
    samples[100_000:130_000] = samples[300_000:310_000] = 0
    samples = samples[:, 0] if channels == 1 else samples
    pieces = list(hear(Stream(samples, 44_100, block)))
    assert len(pieces) > 1
    np.testing.assert_array_equal(joined(pieces), samples)


def test_an_hour_is_heard_in_constant_memory_without_drift(beeping: None) -> None:
    rate_hz = 11_025
    second = np.zeros(rate_hz, np.float32)
    second[rate_hz // 2 : rate_hz // 2 + rate_hz // 5] = 0.5

    class Hour:
        rate_hz = 11_025
        duration_s = 3600.0

        def __iter__(self) -> Iterator[Sound]:
            for _ in range(3600):
                yield Sound(second, rate_hz)

    count = samples = 0
    for piece in hear(Hour()):
        for phone in piece.phones:
            assert abs(samples / rate_hz + phone.start_s - (count + 0.5)) < 0.011
            count += 1
        samples += len(piece.sound.samples)
        assert piece.duration_s <= LONGEST_S + 0.02
        # Only the last five minutes are traced, for speed: their samples alone are 13 MB.
        if count > 3300 and not tracemalloc.is_tracing():
            tracemalloc.start()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, samples) == (3600, 3600 * rate_hz)
    assert 0 < peak < 8e6


def test_a_phone_without_end_is_cut_with_its_pieces(beeping: None) -> None:
    pieces = list(hear(Stream(0.5 * np.ones(40 * RATE_HZ, np.float32))))
    assert [[p.ipa for p in piece.phones] for piece in pieces] == [["m"]] * len(pieces)
    assert all(p.end_s == pytest.approx(q.duration_s) for q in pieces for p in q.phones)


def test_evidence_covers_the_piece(beeping: None) -> None:
    tone = 0.5 * (np.arange(12 * RATE_HZ) // (RATE_HZ // 2) % 4 == 0)
    pieces = list(hear(Stream(tone)))
    assert len(pieces) > 1
    for piece in pieces:
        evidence = piece.evidence
        assert evidence is not None
        assert len(evidence.probabilities) == pytest.approx(piece.duration_s * evidence.rate_hz, abs=1)
        column = evidence.symbols.index("m")
        for phone in piece.phones:
            middle = round((phone.start_s + phone.end_s) / 2 * evidence.rate_hz)
            assert evidence.probabilities[middle, column] > 0.9


def test_progress_ends_with_the_sound(beeping: None) -> None:
    events: list[Event] = []
    list(hear(Stream(np.zeros(40 * RATE_HZ, np.float32)), events=events.append))
    progress = [event for event in events if isinstance(event, Progress)]
    assert [p.done for p in progress] == sorted(p.done for p in progress)
    assert progress[0].done == 0
    assert progress[-1].done == progress[-1].total == 40.0


def test_nothing_is_heard_in_nothing() -> None:
    assert list(hear(Stream(np.zeros(0, np.float32)))) == []


@pytest.mark.parametrize("samples", [1, 2, 100, 441])
def test_hardly_any_sound_is_given_back(samples: int) -> None:
    pieces = list(hear(Stream(np.full(samples, 0.1, np.float32), 44_100)))
    assert [len(piece.sound.samples) for piece in pieces] == [samples]


def test_a_voice_is_heard() -> None:
    voice = spoken(SENTENCE, rate_hz=48_000)
    phones = in_time(hear(Stream(voice.samples, 48_000)))
    heard = [p for p in phones if p.ipa in ("p", "b", "m")]
    meant = [p for p in voice.phones if p.ipa in ("p", "b", "m")]
    found = sum(any(abs(h.start_s + h.end_s - m.start_s - m.end_s) < 0.16 for h in heard) for m in meant)
    assert found >= len(meant) // 2
    assert 0.6 * len(voice.phones) < len(phones) < 1.4 * len(voice.phones)
    assert not any(p.stress for p in phones)


def test_a_pause_stays_a_pause() -> None:
    voice = spoken(SENTENCE).samples
    pause = np.zeros(RATE_HZ // 2, np.float32)
    phones = in_time(hear(Stream(np.concatenate((voice, pause, voice)))))
    start_s = len(voice) / RATE_HZ
    assert not [p for p in phones if p.start_s < start_s + 0.4 and p.end_s > start_s + 0.1]


@pytest.mark.parametrize("seconds", [0.2, 0.05])
def test_a_very_short_clip_is_heard(seconds: float) -> None:
    voice = spoken(SENTENCE).samples[: round(seconds * RATE_HZ)]
    (piece,) = hear(Stream(voice))
    assert piece.duration_s == pytest.approx(seconds)
    assert all(0 <= p.start_s < p.end_s <= piece.duration_s for p in piece.phones)


TIMES_S = np.arange(6 * RATE_HZ) / RATE_HZ
STILL = {
    "silence": np.zeros(6 * RATE_HZ),
    "direct current": np.full(6 * RATE_HZ, 0.3),
    "the last bit": np.random.default_rng(1).integers(-1, 2, 6 * RATE_HZ) / 32_768,
    "loud noise": 0.3 * np.random.default_rng(2).normal(0, 1, 6 * RATE_HZ),
    "faint noise": 0.001 * np.random.default_rng(3).normal(0, 1, 6 * RATE_HZ),
}


@pytest.mark.parametrize("name", STILL)
def test_lips_rest_where_nobody_speaks(name: str) -> None:
    phones = in_time(hear(Stream(STILL[name])))
    assert sum(p.end_s - p.start_s for p in phones) < 0.3


DISTORTED = {
    "direct current": lambda x: x + np.float32(0.4),
    "clipping": lambda x: np.clip(20 * x, -1, 1),
    "very quiet": lambda x: x * np.float32(1e-3),
    "one channel silent": lambda x: np.stack((x, 0 * x), axis=1),
}


@pytest.mark.parametrize("name", DISTORTED)
def test_a_bad_recording_of_a_voice_is_heard(name: str) -> None:
    voice = spoken(SENTENCE).samples
    plain = in_time(hear(Stream(voice)))
    phones = in_time(hear(Stream(DISTORTED[name](voice))))
    assert len(phones) > 0.6 * len(plain)


def test_a_transcript_gives_words_and_its_own_phones() -> None:
    voice = spoken(SENTENCE)
    pieces = list(hear(Stream(voice.samples), HearOptions(SENTENCE, "en-us")))
    assert " ".join(word.text for piece in pieces for word in piece.words) == SENTENCE
    told = in_time(pieces)
    # A few are said otherwise than in the dictionary.
    near = [min((abs(p.start_s - q.start_s) for q in told if q.ipa == p.ipa), default=1.0) for p in voice.phones]
    assert np.mean(np.array(near) < 0.05) > 0.75
    assert any(p.stress for p in (phone for piece in pieces for phone in piece.phones))


def test_what_is_wrong_with_a_transcript_is_said_at_once() -> None:
    sound = Stream(np.zeros(RATE_HZ, np.float32))
    with pytest.raises(UsageError):
        hear(sound, HearOptions("Hello there.", "xx-nowhere"))
    with pytest.raises(ScriptError):
        hear(sound, HearOptions("...", "en"))
