"""Every loop is as loud, as long and as clean as promised, and goes round without a seam."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.fft import rfft

from phonoscope.core.errors import UsageError
from phonoscope.sound.loudness import LoudnessMeter
from phonoscope.sound.music.balance import loop_loudness
from phonoscope.sound.music.library import COMPOSITIONS, music_loop, music_names, music_piece, music_pieces
from phonoscope.sound.music.playing import performed, play
from phonoscope.sound.synthesis.waves import noise, seeded

RATE_HZ = 48_000


def planes_of(name: str) -> NDArray[np.float32]:
    return np.ascontiguousarray(music_loop(name).samples.T)


def shares_db(planes: NDArray[np.float32], *bands_hz: tuple[float, float]) -> list[float]:
    """Return the power of bands over that of all."""
    spectrum = rfft(planes.sum(axis=0))
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float64)
    bin_hz = RATE_HZ / planes.shape[1]
    shares = (power[round(low / bin_hz) : round(high / bin_hz)].sum() / power.sum() for low, high in bands_hz)
    return [float(10 * np.log10(share)) for share in shares]


@pytest.fixture(scope="module", params=music_names())
def name(request: pytest.FixtureRequest) -> str:
    """Each loop in turn, so that it is synthesised once for all tests of it."""
    return str(request.param)


def test_a_loop(name: str) -> None:
    sound, piece = music_loop(name), music_piece(name)
    planes = planes_of(name)

    assert sound.rate_hz == RATE_HZ and sound.samples.dtype == np.float32 and sound.samples.shape[1] == 2
    assert 16 <= sound.duration_s <= 40
    assert sound.duration_s == pytest.approx(piece.duration_s)

    meter = LoudnessMeter(RATE_HZ)
    meter.take(planes)
    report = meter.report()
    assert report.loudness_lufs == pytest.approx(-18, abs=0.4)
    assert report.true_peak_db < -2
    assert report.clipped_share == 0
    assert report.range_lu < 8, "it stays under a voice"

    assert np.abs(planes.mean(axis=1)).max() < 1e-4
    left, right = planes
    in_mono = ((left + right) ** 2).mean() / 2
    assert in_mono > 0.55 * (planes**2).sum(axis=0).mean(), "nothing is lost in one loudspeaker"
    assert abs(10 * np.log10((left**2).mean() / (right**2).mean())) < 3, "it leans to no side"

    words, hiss, rumble, mud = shares_db(planes, (1000, 4000), (8000, 24_000), (0, 35), (35, 200))
    assert -20 < words < -3, "a voice has room, and there is life"
    assert hiss < -15 and rumble < -16 and mud < -1.5


def test_a_loop_has_no_seam(name: str) -> None:
    assert not has_jump(planes_of(name))


def test_a_seam_would_be_noticed() -> None:
    planes = planes_of("calm")

    assert sum(has_jump(planes[:, : -5000 * cut]) for cut in range(1, 13)) >= 4


def has_jump(planes: NDArray[np.float32]) -> bool:
    """Return whether sound, or its slope, jumps more from its end to its beginning than about it."""
    # A twentieth of a second to each side: less holds too few of a bow's bites to tell what is usual.
    about = np.concatenate([planes[:, -RATE_HZ // 20 :], planes[:, : RATE_HZ // 20]], axis=1)
    for order in (1, 2):
        steps = np.abs(np.diff(about, order, axis=1)).max(axis=0)
        middle = len(steps) // 2
        usual = np.delete(steps, range(middle - 2, middle + 3)).max()
        if steps[middle - 2 : middle + 3].max() > 1.3 * usual:
            return True
    return False


def test_loops_change_over_their_length() -> None:
    planes = planes_of("upbeat")
    bars = planes[:, : planes.shape[1] // 16 * 16].reshape(2, 16, -1)[0]

    likeness = np.corrcoef(bars)[np.triu_indices(16, 1)]

    assert likeness.max() < 0.98


def test_strokes_fall_on_the_grid() -> None:
    piece = COMPOSITIONS["news"]
    drums = next(number for number, part in enumerate(piece.parts) if part.instrument == "drums")
    wave = np.abs(play(piece, drums)).max(axis=0)
    first = min(hit.start_s for hit in performed(piece, drums) if hit.drum == "deep kick" and hit.start_s > 1)

    at = round(first * RATE_HZ)

    assert wave[at : at + 2400].max() > 4 * wave[at - 1200 : at - 100].max()


def test_the_same_to_the_bit_in_another_process() -> None:
    program = (
        "import hashlib; from phonoscope.sound.music.library import music_loop;"
        "music_loop('calm'); print(hashlib.sha256(music_loop('lofi').samples.tobytes()).hexdigest())"
    )

    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()

    assert hashlib.sha256(music_loop("lofi").samples.tobytes()).hexdigest() == other


def test_loops_are_kept() -> None:
    assert music_loop("calm") is music_loop("calm")
    assert not music_loop("calm").samples.flags.writeable


def test_listing_synthesises_nothing() -> None:
    program = (
        "import sys; from phonoscope.sound.music.library import music_pieces; music_pieces();"
        "sys.exit('numba' in sys.modules or 'scipy' in sys.modules)"
    )

    subprocess.run([sys.executable, "-c", program], check=True)


def test_pieces_tell_what_they_are() -> None:
    pieces = music_pieces()

    assert len(pieces) >= 15
    assert tuple(piece.name for piece in pieces) == music_names()
    assert len({piece.title for piece in pieces}) == len(pieces)
    assert all(piece.moods and piece.description and 50 < piece.tempo_bpm < 180 for piece in pieces)


@pytest.mark.parametrize(("wrong", "meant"), [("clam", "calm"), ("Upbeet", "upbeat"), ("lo-fi", "lofi")])
def test_slips_are_understood(wrong: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"Did you mean .*{meant}"):
        music_loop(wrong)


def test_unknown_names_are_answered_with_all() -> None:
    with pytest.raises(UsageError, match=r"Choose one of: .*suspense"):
        music_piece("xyzzy")


def test_quick_loudness_agrees_with_the_meter() -> None:
    hiss = np.stack([noise(4.0, seeded("a")), 0.3 * noise(4.0, seeded("b"))]) * np.float32(0.05)
    hiss[:, RATE_HZ : 2 * RATE_HZ] *= 0.01
    meter = LoudnessMeter(RATE_HZ, peaks=False)
    meter.take(np.concatenate([hiss] * 4, axis=1))

    assert loop_loudness(hiss) == pytest.approx(meter.report().loudness_lufs, abs=0.1)
    assert loop_loudness(np.zeros((2, RATE_HZ), np.float32)) == -np.inf
