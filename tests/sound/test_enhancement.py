"""A voice comes out clear, loud and in time; silence stays silent."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import UsageError
from phonoscope.core.events import Event, Note
from phonoscope.core.sound import Sound
from phonoscope.sound.effects import VoiceChanges
from phonoscope.sound.enhancement import EnhanceOptions, enhance
from phonoscope.sound.limiter import limit_peaks
from phonoscope.sound.short_time import Spectra, shape_spectra
from phonoscope.sound.voice_cleaning import VoiceShaper
from tests.media.recordings import StoredSound, joined, lag_of, meter, noise, voice

RATE_HZ = 16000


def enhanced(samples: NDArray[np.float32], rate_hz: int = RATE_HZ, **options: object) -> NDArray[np.float32]:
    return joined(enhance(StoredSound(samples, rate_hz), EnhanceOptions(**options)))  # type: ignore[arg-type]


RECORDINGS: dict[str, Callable[[], NDArray[np.float32]]] = {
    "quiet": lambda: voice(10, level_db=-40),
    "loud": lambda: np.clip(voice(10, level_db=-6), -1, 1),
    "noisy": lambda: voice(10) + noise(160000, -46),
    "rumbling": lambda: voice(10) + 0.3 * np.sin(2 * np.pi * 40 * np.arange(160000) / RATE_HZ).astype(np.float32),
    "short": lambda: voice(1.3),
    "deep": lambda: voice(10, pitch_hz=85),
}


@pytest.mark.parametrize("name", RECORDINGS)
def test_loudness_and_peaks_as_another_meter_hears_them(name: str) -> None:
    heard = meter(enhanced(RECORDINGS[name]()), RATE_HZ)
    assert heard.loudness_lufs == pytest.approx(-16, abs=0.5)
    assert heard.true_peak_db < -1.5


@pytest.mark.parametrize("rate_hz", [8000, 44100, 48000])
def test_other_rates(rate_hz: int) -> None:
    samples = voice(5, rate_hz) + noise(5 * rate_hz, -50)
    heard = meter(enhanced(samples, rate_hz), rate_hz)
    assert heard.loudness_lufs == pytest.approx(-16, abs=0.5)
    assert heard.true_peak_db < -1.5


def test_stereo_keeps_its_sides() -> None:
    left = voice(6, level_db=-20)
    heard = enhanced(np.stack([left, left * 0.25], axis=1))
    assert heard.shape == (96000, 2)
    assert meter(heard, RATE_HZ).loudness_lufs == pytest.approx(-16, abs=0.5)
    assert np.std(heard[:, 0]) / np.std(heard[:, 1]) == pytest.approx(4, rel=0.02)


@pytest.mark.parametrize("length", [1, 159, 640, 15999, 80001])
def test_it_is_as_long_and_not_late(length: int) -> None:
    samples = voice(6)[:length]
    heard = enhanced(samples)
    assert len(heard) == length
    if length > 15000:
        assert lag_of(heard, samples, 800) == 0


class TestNoise:
    @pytest.fixture
    def clean(self) -> NDArray[np.float32]:
        return voice(14, level_db=-22)

    @pytest.mark.parametrize("snr_db", [5, 10, 20])
    def test_it_is_turned_down_and_speech_is_not(self, clean: NDArray[np.float32], snr_db: float) -> None:
        noisy = clean + noise(len(clean), -22 - snr_db)
        heard = _denoised(noisy)
        pauses, words = _pauses_and_words(clean)
        assert _level_db(heard[pauses]) < _level_db(noisy[pauses]) - 12
        assert _level_db(heard[words]) == pytest.approx(_level_db(clean[words]), abs=0.6)
        assert _error_db(heard[words], clean[words]) < _error_db(noisy[words], clean[words]) - 1

    def test_enhancing_brings_it_down(self, clean: NDArray[np.float32]) -> None:
        noisy = clean + noise(len(clean), -42)
        pauses, _ = _pauses_and_words(clean)
        assert _level_db(enhanced(noisy)[pauses]) < _level_db(enhanced(noisy, denoise=False)[pauses]) - 9

    def test_a_voice_without_noise_is_left_alone(self, clean: NDArray[np.float32]) -> None:
        assert _error_db(_denoised(clean), clean) < -50

    def test_noise_that_gets_louder_is_followed(self, clean: NDArray[np.float32]) -> None:
        rising = noise(len(clean), -60) * np.where(np.arange(len(clean)) < 4 * RATE_HZ, 1, 10).astype(np.float32)
        heard = _denoised(clean + rising)
        end = slice(round(11.5 * RATE_HZ), 12 * RATE_HZ)
        assert _level_db(heard[end]) < _level_db(rising[end]) - 10

    def test_what_is_left_of_it_is_even(self, clean: NDArray[np.float32]) -> None:
        """Chirps would be lonely peaks in time and pitch: their energy lies in few bins."""
        heard = enhanced(clean + noise(len(clean), -34))
        rest = heard[_pauses_and_words(clean)[0]]
        power = np.abs(np.fft.rfft(rest[: len(rest) // 400 * 400].reshape(-1, 400) * np.hanning(400), axis=1)) ** 2
        power = power[:, 4:-4]
        kurtosis = np.mean(power**2) / np.mean(power) ** 2
        assert kurtosis < 4  # Noise itself has 2; chirping noise reduction 10 and more.

    def test_quiet_speech_is_kept(self) -> None:
        """A whisper of a word, 20 dB under the others and 10 dB over the noise, is still there."""
        samples = voice(12, level_db=-20)
        quiet = slice(6 * RATE_HZ, round(8.2 * RATE_HZ))
        samples[quiet] *= 0.1
        heard = enhanced(samples + noise(len(samples), -50))
        loud = slice(3 * RATE_HZ, round(5.2 * RATE_HZ))
        fall_db = _level_db(heard[loud]) - _level_db(heard[quiet])
        assert fall_db < 21.5

    def test_a_held_note_is_no_noise(self) -> None:
        time_s = np.arange(5 * RATE_HZ) / RATE_HZ
        note = sum(0.1 / k * np.sin(2 * np.pi * 220 * k * time_s) for k in range(1, 8)) * (time_s > 0.5)
        heard = enhanced((note + noise(len(time_s), -60)).astype(np.float32))
        start, end = (heard[round(at * RATE_HZ) : round((at + 0.5) * RATE_HZ)] for at in (1.0, 4.4))
        assert _level_db(end) > _level_db(start) - 3


def test_rumble_is_cut() -> None:
    rumble = 0.1 * np.sin(2 * np.pi * 30 * np.arange(160000) / RATE_HZ).astype(np.float32)
    samples = voice(10)
    before = np.abs(np.fft.rfft(samples + rumble))[300]
    after = np.abs(np.fft.rfft(enhanced(samples + rumble)))[300]
    assert 20 * math.log10(after / before) < -20


def test_sharp_esses_are_softened_and_others_are_not() -> None:
    samples = voice(9, 44100, level_db=-24)
    hiss = np.diff(noise(len(samples), -20), prepend=np.float32(0))
    second = np.arange(len(samples)) // 44100
    sharp = samples + np.where(second == 4, hiss, 0) + np.where(second == 7, 0.1 * hiss, 0)
    heard = enhanced(sharp.astype(np.float32), 44100)

    def treble_db(sound: NDArray[np.float32], at_s: int) -> float:
        spectrum = np.fft.rfft(sound[at_s * 44100 : (at_s + 1) * 44100])[6000:11000]
        return _level_db(np.abs(spectrum))

    fall = [treble_db(heard, at_s) - treble_db(sharp.astype(np.float32), at_s) for at_s in (4, 7)]
    assert fall[0] < fall[1] - 4


def test_loud_and_soft_passages_come_nearer() -> None:
    samples = voice(12, level_db=-24)
    samples[6 * RATE_HZ :] *= 4
    heard = enhanced(samples, denoise=False)
    halves = [(_level_db(sound[6 * RATE_HZ :]) - _level_db(sound[: 6 * RATE_HZ])) for sound in (samples, heard)]
    assert halves[1] < halves[0] - 2


class TestNoVoice:
    def test_silence_stays_silent(self) -> None:
        notes: list[Event] = []
        result = enhance(StoredSound(np.zeros(48000, np.float32), RATE_HZ), events=notes.append)
        assert not joined(result).any()
        assert any(isinstance(note, Note) and "no voice" in note.message for note in notes)

    @pytest.mark.parametrize("level_db", [-90, -70, -50])
    def test_mere_noise_is_not_pumped_up(self, level_db: float) -> None:
        samples = noise(8 * RATE_HZ, level_db)
        result = enhance(StoredSound(samples, RATE_HZ))
        assert result.gain_db == 0
        assert _level_db(joined(result)) <= level_db

    def test_the_gain_has_a_limit(self) -> None:
        result = enhance(StoredSound(voice(6, level_db=-66), RATE_HZ))
        assert _level_db(joined(result)) < -34


def test_a_clean_voice_is_hardly_changed() -> None:
    """What a synthesiser says, with true silence in its pauses, keeps its spectrum and its pauses."""
    samples = voice(10, level_db=-16)
    heard = enhanced(samples)
    spectra = [
        np.abs(np.fft.rfft(sound.reshape(-1, 400) * np.hanning(400), axis=1))[:, 6:] for sound in (heard, samples)
    ]
    assert np.corrcoef(spectra[0].ravel(), spectra[1].ravel())[0, 1] > 0.92
    pauses, _ = _pauses_and_words(samples)
    assert _level_db(heard[pauses]) < -70


def test_it_is_the_same_each_time() -> None:
    source = StoredSound(voice(4) + noise(64000, -50), RATE_HZ)
    result = enhance(source)
    assert source.begun == 2
    np.testing.assert_array_equal(joined(result), joined(result))
    np.testing.assert_array_equal(joined(result), joined(enhance(source)))


def test_long_sound_is_never_held() -> None:
    """No more than two seconds of a source are read ahead of what has come out."""

    class Watched(StoredSound):
        taken = 0

        def __iter__(self) -> Iterator[Sound]:
            for block in super().__iter__():
                self.taken += len(block.samples)
                yield block

    source = Watched(voice(20), RATE_HZ, block_s=0.5)
    result = enhance(source)
    source.taken = given = 0
    for block in result:
        given += len(block.samples)
        assert source.taken - given <= 2 * RATE_HZ


def test_effects_are_put_before_the_loudness() -> None:
    for changes in (VoiceChanges("telephone"), VoiceChanges("robot"), VoiceChanges(speed=1.5)):
        result = enhance(StoredSound(voice(6), RATE_HZ), EnhanceOptions(changes=changes))
        heard = joined(result)
        assert meter(heard, RATE_HZ).loudness_lufs == pytest.approx(-16, abs=0.6)
        assert result.duration_s == pytest.approx(len(heard) / RATE_HZ, abs=0.001)


def test_a_loudness_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError):
        EnhanceOptions(target_lufs=0)


@pytest.mark.parametrize("rate_hz", [8000, 11127, 48000])
@pytest.mark.parametrize("size", [1, 700, 100_000])
def test_spectra_that_are_not_changed_give_the_same_sound(rate_hz: int, size: int) -> None:
    samples = noise(21_001, -20)[None]
    pieces = [samples[:, start : start + size] for start in range(0, 2000 if size == 1 else 21_001, size)]

    def keep(spectra: Spectra) -> Spectra:
        return spectra

    result = np.concatenate(list(shape_spectra(pieces, rate_hz, keep)), axis=1)
    np.testing.assert_allclose(result, np.concatenate(pieces, axis=1), atol=1e-6)


@pytest.mark.parametrize("gain", [1.0, 4.0, 12.0])
def test_peaks_are_held(gain: float) -> None:
    samples = (voice(4, 44100) + np.where(np.arange(4 * 44100) % 9973 == 0, 0.5, 0)).astype(np.float32)
    held = np.concatenate(list(limit_peaks([samples[None, :50_000], samples[None, 50_000:]], 44100, gain, 0.7)), axis=1)
    assert held.shape == (1, len(samples))
    assert meter(held[0], 44100).true_peak_db < 20 * math.log10(0.7) + 0.4
    assert lag_of(held[0], samples, 500) == 0


def test_a_peak_at_the_very_start_is_held() -> None:
    held = np.concatenate(list(limit_peaks([np.full((1, 900), 2.0, np.float32)], 16000, 1.0, 0.5)), axis=1)
    assert np.abs(held).max() <= 0.51
    assert held.shape == (1, 900)


def _pauses_and_words(clean: NDArray[np.float32]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return where, 0.2 s away from its edges, nothing is said; and where something is."""
    reach = RATE_HZ // 5
    said = np.convolve(clean != 0, np.ones(2 * reach), "same") > 0
    return ~said, clean != 0


def _denoised(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a sound with nothing but its noise turned down."""
    shaper = VoiceShaper(RATE_HZ, speech_db=100, denoise=True)
    pieces = [samples[None, start : start + RATE_HZ] for start in range(0, len(samples), RATE_HZ)]
    return np.asarray(np.concatenate(list(shape_spectra(pieces, RATE_HZ, shaper)), axis=1)[0])


def _error_db(result: NDArray[np.float32], clean: NDArray[np.float32]) -> float:
    return _level_db(result - clean) - _level_db(clean)


def _level_db(samples: NDArray[np.float32]) -> float:
    return 10 * math.log10(float(np.mean(np.square(samples, dtype=np.float64))) + 1e-20)
