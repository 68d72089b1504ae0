"""Another rate moves nothing, and is exact in length."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import MediaError
from phonoscope.core.sound import Sound
from phonoscope.media.resampling import ResampledSound, Resampler, mono_at
from tests.media.recordings import StoredSound, joined, noise, voice

RATES = [8000, 11025, 11127, 16000, 22050, 24000, 44100, 48000, 96000]


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize("length", [1, 7, 15999, 50001])
def test_the_length_is_exact(rate_hz: int, length: int) -> None:
    blocks = list(mono_at(StoredSound(noise(length, -20), rate_hz, block_s=0.3)))
    assert sum(len(block.samples) for block in blocks) == round(length * 16000 / rate_hz)


@pytest.mark.parametrize("rate_hz", RATES)
def test_nothing_is_late(rate_hz: int) -> None:
    def pulse(at_hz: int) -> NDArray[np.float32]:
        """Return a bump of a millisecond, half a second from the start."""
        time_s = np.arange(at_hz) / at_hz - 0.5
        return np.asarray(np.exp(-((time_s / 0.0005) ** 2)), np.float32)

    heard = joined(mono_at(StoredSound(pulse(rate_hz), rate_hz)))
    np.testing.assert_allclose(heard, pulse(16000), atol=0.01)


def test_nothing_is_late_after_a_long_time() -> None:
    rate_hz = 11127
    click = np.zeros(rate_hz * 300 + 5, np.float32)
    click[-100] = 1
    heard = joined(mono_at(StoredSound(click, rate_hz)))
    assert np.argmax(heard) == pytest.approx((len(click) - 100) * 16000 / rate_hz, abs=1)


def test_how_it_is_cut_makes_no_difference() -> None:
    samples = voice(2, 44100)
    whole, cut = (joined(mono_at(StoredSound(samples, 44100, block_s))) for block_s in (9, 0.0131))
    np.testing.assert_allclose(whole, cut, atol=1e-6)


def test_a_tone_keeps_its_height_and_strength() -> None:
    tone = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(48000) / 48000).astype(np.float32)
    heard = joined(mono_at(StoredSound(tone, 48000)))
    expected = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(16000) / 16000)
    np.testing.assert_allclose(heard[200:-200], expected[200:-200], atol=2e-3)


def test_channels_are_mixed_kept_or_repeated() -> None:
    stereo = np.stack([np.full(8000, 0.6), np.full(8000, -0.2)], axis=1).astype(np.float32)
    assert joined(mono_at(StoredSound(stereo, 8000)))[8000] == pytest.approx(0.2, abs=1e-3)
    assert joined(ResampledSound(StoredSound(stereo, 8000), 16000)).shape == (16000, 2)
    assert joined(ResampledSound(StoredSound(stereo[:, 0].copy(), 8000), 8000, 2)).shape == (8000, 2)


def test_channels_that_cancel_each_other_are_heard() -> None:
    samples = voice(1, 8000)
    heard = joined(mono_at(StoredSound(np.stack([samples, -samples], axis=1), 8000)))
    assert heard.std() > 0.9 * samples.std()


def test_what_is_no_number_is_silence() -> None:
    samples = np.full(16000, np.nan, np.float32)
    assert not joined(mono_at(StoredSound(samples, 8000))).any()


def test_a_rate_that_is_not_the_announced_one_is_refused() -> None:
    class Liar(StoredSound):
        def __iter__(self):  # type: ignore[no-untyped-def]
            yield Sound(self.samples, 8000)

    with pytest.raises(MediaError):
        joined(mono_at(Liar(voice(1, 8000), 44100)))


def test_an_unused_resampler_gives_nothing() -> None:
    assert Resampler(8000, 16000, 2).flush().shape == (2, 0)
