"""Any sound comes in: every format, rate and layout, damaged or not, in step with its clock, block by block."""

from __future__ import annotations

import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import MediaError, UsageError
from phonoscope.core.events import Event, Note
from phonoscope.media.sound_file import SoundOptions, open_sound
from phonoscope.media.sound_writer import replace_sound
from tests.media.recordings import StoredSound, encode, joined, lag_of, voice
from tests.media.samples import clicks, options, write_video

FORMATS = {
    "a.wav": ("pcm_s16le", 16000),
    "b.wav": ("pcm_u8", 8000),
    "c.wav": ("pcm_s24le", 44100),
    "d.wav": ("pcm_f32le", 22050),
    "e.wav": ("pcm_f64le", 11025),
    "f.wav": ("pcm_mulaw", 8000),
    "g.wav": ("adpcm_ima_wav", 16000),
    "a.aiff": ("pcm_s16be", 16000),
    "a.au": ("pcm_s16be", 16000),
    "a.caf": ("pcm_s16le", 16000),
    "a.w64": ("pcm_s16le", 16000),
    "a.flac": ("flac", 48000),
    "a.wv": ("wavpack", 44100),
    "a.tta": ("tta", 44100),
    "a.mp3": ("libmp3lame", 44100),
    "a.mp2": ("mp2", 48000),
    "a.m4a": ("aac", 44100),
    "b.m4a": ("alac", 44100),
    "a.aac": ("aac", 48000),
    "a.opus": ("libopus", 48000),
    "a.ogg": ("libopus", 16000),
    "a.wma": ("wmav1", 44100),
    "a.ac3": ("ac3", 48000),
    "a.mka": ("flac", 16000),
    "a.ts": ("mp2", 48000),
    "a.avi": ("pcm_s16le", 16000),
    "a.flv": ("libmp3lame", 44100),
    "a.mov": ("pcm_s16le", 48000),
}

PRIMED = {"a.aac", "a.ac3", "a.mp2", "a.ts", "a.wma", "a.flv"}
"""These cannot tell how much silence their encoder put before the sound."""


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read(tmp_path: Path, name: str) -> None:
    codec, rate_hz = FORMATS[name]
    samples = voice(2.3, rate_hz, level_db=-16)
    sound = open_sound(encode(tmp_path / name, samples, rate_hz, codec))
    heard = joined(sound)
    expected = voice(2.3, sound.rate_hz, level_db=-16)
    assert sound.rate_hz in (rate_hz, 48000)  # Opus has no other.
    assert heard.dtype == np.float32
    assert heard.ndim == 1
    # Codecs fill their last block up.
    assert 2.29 < len(heard) / sound.rate_hz < 2.45
    late_s = lag_of(heard, expected[: len(heard)], sound.rate_hz // 5) / sound.rate_hz
    assert 0 <= late_s < 0.06 if name in PRIMED else abs(late_s) < 0.001
    aligned = heard[max(0, round(late_s * sound.rate_hz)) :]
    size = min(len(aligned), len(expected))
    assert np.corrcoef(aligned[:size], expected[:size])[0, 1] > 0.9


def test_it_can_be_gone_through_again(tmp_path: Path) -> None:
    sound = open_sound(encode(tmp_path / "a.mp3", voice(3.4, 44100), 44100, "libmp3lame"))
    np.testing.assert_array_equal(joined(sound), joined(sound))
    first = next(iter(sound))
    assert len(first.samples) == 44100
    assert sound.duration_s == pytest.approx(3.4, abs=0.06)


def test_blocks_are_a_second_and_memory_stays(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.wav", np.zeros(16000 * 600, np.float32))
    sound = open_sound(path)
    tracemalloc.start()
    lengths = [len(block.samples) for block in sound]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lengths == [16000] * 600
    assert peak < 2_000_000  # The whole sound is 38 MB.


class TestTracks:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return encode(tmp_path / "a.mka", [np.full(16000, 0.1, np.float32), np.full(16000, -0.3, np.float32)])

    @pytest.mark.parametrize(("track", "value"), [(1, 0.1), (2, -0.3)])
    def test_one_is_chosen(self, path: Path, track: int, value: float) -> None:
        heard = joined(open_sound(path, SoundOptions(track=track)))
        assert heard[8000] == pytest.approx(value, abs=1e-3)

    def test_all_are_listed_when_there_is_no_such(self, path: Path) -> None:
        with pytest.raises(MediaError) as caught:
            open_sound(path, SoundOptions(track=3))
        assert "2 sound tracks, and no track 3" in caught.value.message
        assert "1: pcm_s16le, 16000 Hz, mono, Track 1; 2: pcm_s16le" in caught.value.remedy

    def test_they_are_counted_from_one(self) -> None:
        with pytest.raises(UsageError, match="counted from 1"):
            SoundOptions(track=0)


class TestPart:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """Three seconds that rise evenly from 0 to 0.9."""
        return encode(tmp_path / "a.flac", np.linspace(0, 0.9, 48000, dtype=np.float32), codec="flac")

    @pytest.mark.parametrize(
        ("start_s", "end_s", "length", "first"),
        [(0, None, 48000, 0), (1, 2, 16000, 0.3), (0.5, None, 40000, 0.15), (0, 0.25, 4000, 0), (2.5, 99, 8000, 0.75)],
    )
    def test_it_is_cut_to_the_sample(
        self, path: Path, start_s: float, end_s: float | None, length: int, first: float
    ) -> None:
        sound = open_sound(path, SoundOptions(start_s=start_s, end_s=end_s))
        heard = joined(sound)
        assert len(heard) == length
        assert heard[0] == pytest.approx(first, abs=1e-3)
        assert sound.duration_s == pytest.approx(length / 16000)

    def test_it_must_not_lie_behind_the_end(self, path: Path) -> None:
        with pytest.raises(MediaError, match=r"3\.0 s long: nothing is left from 3\.1 s"):
            joined(open_sound(path, SoundOptions(start_s=3.1)))
        with pytest.raises(MediaError, match=r"nothing is left from 100 s"):
            open_sound(path, SoundOptions(start_s=100))

    @pytest.mark.parametrize(
        ("start_s", "end_s"), [(-1, None), (float("nan"), None), (2, 2), (2, 1), (0, float("nan"))]
    )
    def test_nonsense_is_refused(self, start_s: float, end_s: float | None) -> None:
        with pytest.raises(UsageError):
            SoundOptions(start_s=start_s, end_s=end_s)


def wav(path: Path, rate_hz: int, channels: int, data: bytes, kind: int = 1, bits: int = 16) -> Path:
    """Write a WAV with any header."""
    frame = channels * bits // 8
    header = struct.pack("<IHHIIHH", 16, kind, channels, rate_hz, (rate_hz * frame) & 0xFFFFFFFF, frame, bits)
    path.write_bytes(
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVEfmt "
        + header
        + b"data"
        + struct.pack("<I", len(data))
        + data
    )
    return path


def pcm(samples: NDArray[np.float32]) -> bytes:
    return bytes(np.rint(samples * 32767).astype("<i2").tobytes())


@pytest.mark.parametrize(("rate_hz", "result_hz"), [(4000, 4000), (11127, 11127), (96000, 96000), (768000, 48000)])
def test_odd_rates_are_read(tmp_path: Path, rate_hz: int, result_hz: int) -> None:
    tone = 0.5 * np.sin(2 * np.pi * 500 * np.arange(rate_hz // 2) / rate_hz).astype(np.float32)
    sound = open_sound(wav(tmp_path / "a.wav", rate_hz, 1, pcm(tone)))
    heard = joined(sound)
    assert sound.rate_hz == result_hz
    assert len(heard) == round(len(tone) * result_hz / rate_hz)
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert np.argmax(spectrum) * result_hz / len(heard) == pytest.approx(500, abs=5)


@pytest.mark.parametrize("rate_hz", [1, 100, 3999, 2_000_000_000])
def test_rates_of_no_speech_are_refused(tmp_path: Path, rate_hz: int) -> None:
    with pytest.raises(MediaError, match=f"{rate_hz} samples a second"):
        open_sound(wav(tmp_path / "a.wav", rate_hz, 1, bytes(20000)))


@pytest.mark.parametrize("channels", [3, 6, 8, 24])
def test_many_channels_become_two(tmp_path: Path, channels: int) -> None:
    loud = np.ones((1000, channels), np.float32)
    heard = joined(open_sound(wav(tmp_path / "a.wav", 16000, channels, pcm(loud.ravel()))))
    assert heard.shape == (1000, 2)
    assert 0.5 < np.abs(heard).max() <= 1


@pytest.mark.parametrize(
    ("channel", "left", "right"), [(0, 0.41, 0), (1, 0, 0.41), (2, 0.29, 0.29), (3, 0, 0), (4, 0.29, 0), (5, 0, 0.29)]
)
def test_the_dialogue_of_surround_sound_is_heard(tmp_path: Path, channel: int, left: float, right: float) -> None:
    planes = np.zeros((6, 16000), np.float32)
    planes[channel] = 1.0
    heard = joined(open_sound(encode(tmp_path / "a.flac", planes, codec="flac", layout="5.1")))
    assert heard[8000] == pytest.approx((left, right), abs=0.01)


def test_mono_and_another_rate_on_request(tmp_path: Path) -> None:
    planes = np.stack([np.full(44100, 0.5, np.float32), np.full(44100, -0.1, np.float32)])
    path = encode(tmp_path / "a.wav", planes, 44100, layout="stereo")
    sound = open_sound(path, SoundOptions(channels=1, rate_hz=16000))
    heard = joined(sound)
    assert (sound.rate_hz, sound.channels, heard.shape) == (16000, 1, (16000,))
    assert heard[8000] == pytest.approx(0.2, abs=1e-3)
    assert joined(open_sound(encode(tmp_path / "b.wav", planes[0], 44100), SoundOptions(channels=2))).shape == (
        44100,
        2,
    )


def test_what_is_no_number_is_silence(tmp_path: Path) -> None:
    values = np.array([np.nan, np.inf, -np.inf, 5, -5, 0.5] * 1000, "<f4")
    heard = joined(open_sound(wav(tmp_path / "a.wav", 16000, 1, values.tobytes(), kind=3, bits=32)))
    assert heard[:6].tolist() == [0, 0, 0, 1, -1, 0.5]


class TestClock:
    def test_sound_that_begins_late_is_led_in_by_silence(self, tmp_path: Path) -> None:
        ones = np.full(16000, 0.5, np.float32)
        path = encode(tmp_path / "a.mkv", [ones], start_s=0.0)
        assert len(joined(open_sound(path))) == 16000
        two = _delayed(tmp_path / "b.mkv", 1.5)
        heard = joined(open_sound(two, SoundOptions(track=2)))
        assert len(heard) == pytest.approx(2.5 * 16000, abs=32)
        assert not heard[:23900].any()
        assert heard[24100] == pytest.approx(0.5, abs=0.01)
        assert open_sound(two, SoundOptions(track=2)).duration_s == pytest.approx(2.5, abs=0.1)

    def test_a_gap_is_filled(self, tmp_path: Path) -> None:
        path = _with_gap(tmp_path / "a.mkv", 2.0)
        heard = joined(open_sound(path))
        assert len(heard) == pytest.approx(4 * 16000, abs=32)
        assert np.abs(heard[:15900]).min() > 0.4
        assert not heard[16100:47900].any()
        assert np.abs(heard[48100:]).min() > 0.4

    def test_jitter_and_jumps_of_the_clock_are_not(self, tmp_path: Path) -> None:
        assert len(joined(open_sound(_with_gap(tmp_path / "a.mkv", 0.04)))) == 32000
        assert len(joined(open_sound(_with_gap(tmp_path / "b.mkv", 5000.0)))) == 32000

    def test_another_rate_in_the_middle_is_met(self, tmp_path: Path) -> None:
        first = encode(tmp_path / "a.mp3", voice(2, 44100), 44100, "libmp3lame").read_bytes()
        second = encode(tmp_path / "b.mp3", voice(2, 32000), 32000, "libmp3lame").read_bytes()
        (tmp_path / "c.mp3").write_bytes(first + second)
        sound = open_sound(tmp_path / "c.mp3")
        assert len(joined(sound)) / sound.rate_hz == pytest.approx(4, abs=0.2)


def _delayed(path: Path, start_s: float) -> Path:
    """Write two tracks, the second of which begins later."""
    return _muxed(path, [[0.0], [start_s]])


def _with_gap(path: Path, gap_s: float) -> Path:
    """Write two seconds of sound with a gap in the middle."""
    return _muxed(path, [[0.0, 1.0 + gap_s]])


def _muxed(path: Path, tracks: list[list[float]]) -> Path:
    """Write tracks of seconds of a constant that begin at given times."""
    from fractions import Fraction

    import av

    with av.open(str(path), "w") as container:
        streams = [container.add_stream("pcm_s16le", rate=16000, layout="mono") for _ in tracks]
        for stream, starts in zip(streams, tracks, strict=True):
            for start_s in starts:
                for part in range(10):
                    frame = av.AudioFrame.from_ndarray(np.full((1, 1600), 0.5, np.float32), "fltp", "mono")
                    frame.sample_rate, frame.time_base = 16000, Fraction(1, 16000)
                    frame.pts = round(start_s * 16000) + part * 1600
                    container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


class TestDamage:
    @pytest.mark.parametrize("name", ["a.mp3", "a.flac", "a.ogg", "a.wav", "a.mka"])
    def test_what_can_be_read_is_used(self, tmp_path: Path, name: str) -> None:
        codec = {"a.mp3": "libmp3lame", "a.ogg": "libopus", "a.wav": "pcm_s16le"}.get(name, "flac")
        path = encode(tmp_path / name, voice(6, 48000), 48000, codec)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        notes: list[Event] = []
        heard = joined(open_sound(path, events=notes.append))
        assert len(heard) / 48000 == pytest.approx(3, abs=1.1)
        assert all(isinstance(note, Note) and "could be read" in note.message for note in notes)
        assert len(notes) == (1 if name in ("a.flac", "a.mka") else len(notes))

    @pytest.mark.parametrize("name", ["a.mp3", "a.flac", "a.ogg", "a.m4a"])
    def test_rubbish_in_the_middle_is_passed_over(self, tmp_path: Path, name: str) -> None:
        codec = {"a.mp3": "libmp3lame", "a.ogg": "libopus", "a.m4a": "aac"}.get(name, "flac")
        path = encode(tmp_path / name, voice(6, 48000), 48000, codec)
        content = bytearray(path.read_bytes())
        middle = len(content) // 2
        content[middle : middle + 3000] = np.random.default_rng(0).integers(0, 256, 3000, np.uint8).tobytes()
        path.write_bytes(bytes(content))
        heard = joined(open_sound(path))
        assert np.isfinite(heard).all()
        assert len(heard) / 48000 == pytest.approx(6, abs=0.5)

    @pytest.mark.parametrize("seed", range(12))
    def test_rubbish_anywhere_is_an_error_or_sound(self, tmp_path: Path, seed: int) -> None:
        random = np.random.default_rng(seed)
        name, codec = (("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.flac", "flac"), ("a.mka", "aac"))[seed % 4]
        content = np.frombuffer(encode(tmp_path / name, voice(1, 44100), 44100, codec).read_bytes(), np.uint8).copy()
        hit = random.integers(0, len(content), 40)
        content[hit] = random.integers(0, 256, 40)
        (tmp_path / name).write_bytes(content.tobytes())
        try:
            assert np.isfinite(joined(open_sound(tmp_path / name))).all()
        except MediaError as error:
            assert error.remedy

    def test_nothing_but_damage_is_refused(self, tmp_path: Path) -> None:
        path = encode(tmp_path / "a.flac", voice(1, 16000), codec="flac")
        content = path.read_bytes()
        path.write_bytes(content[:90])
        with pytest.raises(MediaError):
            open_sound(path)


class TestNoSound:
    def test_a_silent_video(self, tmp_path: Path) -> None:
        with pytest.raises(MediaError, match="has no sound"):
            open_sound(write_video(tmp_path / "a.mp4", options(), 3))

    def test_zero_length(self, tmp_path: Path) -> None:
        with pytest.raises(MediaError, match="is empty"):
            open_sound(wav(tmp_path / "a.wav", 16000, 1, b""))

    def test_a_file_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "a.wav").write_bytes(b"RIFF" + bytes(range(200)))
        with pytest.raises(MediaError):
            open_sound(tmp_path / "a.wav")


def test_a_video_gives_its_sound(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", options(sound_rate_hz=16000), 60, clicks(2, 16000))
    sound = open_sound(path)
    heard = joined(sound)
    assert sound.duration_s == pytest.approx(2, abs=0.05)
    assert np.flatnonzero(np.abs(heard) > 0.2)[0] / sound.rate_hz == pytest.approx(0.5, abs=0.002)


def test_sound_that_ends_before_its_picture_is_whole(tmp_path: Path) -> None:
    """Matroska tells the length of the longest track only."""
    video = write_video(tmp_path / "a.mp4", options(), 120)
    path = tmp_path / "a.mkv"
    replace_sound(video, StoredSound(voice(1), 16000), path)
    events: list[Event] = []
    assert len(joined(open_sound(path, events=events.append))) == pytest.approx(48000, abs=2000)
    assert events == []


def test_endless_sound_is_refused(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.wav", voice(3))
    with pytest.raises(MediaError, match="longer than 2 s"):
        joined(open_sound(path, SoundOptions(limit_s=2)))
