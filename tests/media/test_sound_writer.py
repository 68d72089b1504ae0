"""Sound is written in every kind of file, and beside a copied picture, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from phonoscope.core.errors import MediaError, OutputError, UsageError
from phonoscope.core.events import Event, FileWritten
from phonoscope.core.sound import Sound
from phonoscope.enhance_file import FileChoices, enhance_file
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_frames
from phonoscope.media.sound_file import SoundOptions, open_sound
from phonoscope.media.sound_writer import write_sound
from phonoscope.sound.effects import VoiceChanges
from phonoscope.sound.enhancement import EnhanceOptions
from tests.media.recordings import StoredSound, encode, joined, lag_of, meter, noise, voice
from tests.media.samples import options, write_video

SOUND_SUFFIXES = (".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus")
VIDEO_SUFFIXES = (".mp4", ".mov", ".mkv", ".m4v")


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("suffix", SOUND_SUFFIXES)
def test_what_is_written_is_read_again(tmp_path: Path, suffix: str, channels: int) -> None:
    samples = voice(2.5, 44100, level_db=-20)
    given = samples if channels == 1 else np.stack([samples, 0.5 * samples], axis=1)
    events: list[Event] = []
    path = tmp_path / f"a{suffix}"
    write_sound(path, StoredSound(given, 44100), events=events.append)
    sound = open_sound(path)
    heard = joined(sound).reshape(-1, channels)[:, 0]
    assert sound.channels == channels
    assert sound.rate_hz == (44100 if suffix in (".wav", ".flac") else 48000)
    assert len(heard) / sound.rate_hz == pytest.approx(2.5, abs=0.03)
    assert abs(lag_of(heard, voice(2.5, sound.rate_hz, level_db=-20), 2000)) <= 30
    assert events[-1] == FileWritten(str(path))


def test_the_file_is_the_same_each_time(tmp_path: Path) -> None:
    for suffix in SOUND_SUFFIXES:
        for name in ("a", "b"):
            write_sound(tmp_path / f"{name}{suffix}", StoredSound(voice(1), 16000))
        assert (
            suffix in (".ogg", ".opus")
            or (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()
        )


class TestRefused:
    @pytest.mark.parametrize(("name", "told"), [("a.txt", r"ends in \.txt"), ("a", "no ending"), ("a.mp4", "picture")])
    def test_kinds(self, tmp_path: Path, name: str, told: str) -> None:
        with pytest.raises(UsageError, match=told):
            write_sound(tmp_path / name, StoredSound(voice(1), 16000))

    def test_an_existing_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.wav").write_text("precious")
        with pytest.raises(UsageError, match="exists already"):
            write_sound(tmp_path / "a.wav", StoredSound(voice(1), 16000))
        write_sound(tmp_path / "a.wav", StoredSound(voice(1), 16000), overwrite=True)
        assert probe(tmp_path / "a.wav").duration_s == 1

    def test_a_missing_folder(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError):
            write_sound(tmp_path / "no" / "a.wav", StoredSound(voice(1), 16000))

    def test_a_source_that_fails(self, tmp_path: Path) -> None:
        class Failing(StoredSound):
            def __iter__(self) -> Iterator[Sound]:
                yield Sound(voice(1), 16000)
                raise MediaError("It broke.", "Mend it.")

        with pytest.raises(MediaError, match="It broke"):
            write_sound(tmp_path / "a.mp3", Failing(voice(1), 16000))
        with pytest.raises(MediaError, match="no sound"):
            write_sound(tmp_path / "b.mp3", StoredSound(np.zeros(0, np.float32), 16000))
        assert not list(tmp_path.iterdir())


class TestEnhancedFiles:
    @pytest.fixture
    def noisy(self) -> StoredSound:
        samples = voice(3, 16000, level_db=-30) + noise(48000, -60)
        return StoredSound(samples, 16000)

    @pytest.mark.parametrize("suffix", SOUND_SUFFIXES)
    def test_the_file_itself_has_the_loudness(self, tmp_path: Path, noisy: StoredSound, suffix: str) -> None:
        """Encoders that lose something must not bring peaks back."""
        write_sound(tmp_path / "in.wav", noisy)
        path = tmp_path / f"out{suffix}"
        before, after = enhance_file(tmp_path / "in.wav", path)
        sound = open_sound(path)
        heard = meter(joined(sound), sound.rate_hz)
        assert heard.loudness_lufs == pytest.approx(-16, abs=0.7)
        assert heard.true_peak_db < -1.5
        assert after.loudness_lufs == pytest.approx(heard.loudness_lufs, abs=0.7)
        assert before.loudness_lufs < -28
        assert after.snr_db > before.snr_db + 4

    @pytest.mark.parametrize("suffix", VIDEO_SUFFIXES)
    def test_a_video_keeps_its_picture(self, tmp_path: Path, noisy: StoredSound, suffix: str) -> None:
        told = options(sound_rate_hz=16000)
        video = write_video(tmp_path / "in.mp4", told, 90, Sound(noisy.samples, 16000))
        enhance_file(video, tmp_path / f"out{suffix}")
        pictures = [list(read_frames(path)) for path in (video, tmp_path / f"out{suffix}")]
        np.testing.assert_array_equal(pictures[0], pictures[1])
        sound = open_sound(tmp_path / f"out{suffix}")
        heard = joined(sound)
        assert len(heard) / sound.rate_hz == pytest.approx(3, abs=0.05)
        assert abs(lag_of(heard, joined(open_sound(video)), 4800)) <= 240
        assert meter(heard, sound.rate_hz).loudness_lufs == pytest.approx(-16, abs=0.6)

    @pytest.mark.parametrize("source", [".mkv", ".ts", ".mov", ".mpg"])
    @pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
    def test_frames_stored_out_of_order_are_all_copied(self, tmp_path: Path, source: str, suffix: str) -> None:
        video = _reordered(tmp_path / f"in{source}")
        enhance_file(video, tmp_path / f"out{suffix}")
        pictures = [list(read_frames(path)) for path in (video, tmp_path / f"out{suffix}")]
        assert len(pictures[0]) == 25
        np.testing.assert_array_equal(pictures[0], pictures[1])

    def test_what_a_video_cannot_be(self, tmp_path: Path, noisy: StoredSound) -> None:
        video = write_video(tmp_path / "in.mp4", options(sound_rate_hz=16000), 30, Sound(noisy.samples, 16000))
        faster = FileChoices(enhance=EnhanceOptions(changes=VoiceChanges(speed=1.5)))
        for choices in (
            faster,
            FileChoices(sound=SoundOptions(start_s=0.2)),
            FileChoices(sound=SoundOptions(end_s=0.5)),
        ):
            with pytest.raises(UsageError, match="keeps its length"):
                enhance_file(video, tmp_path / "out.mp4", choices)
        with pytest.raises(OutputError, match="refused"):
            enhance_file(video, tmp_path / "out.webm")
        write_sound(tmp_path / "in.wav", noisy)
        with pytest.raises(UsageError, match="has no picture"):
            enhance_file(tmp_path / "in.wav", tmp_path / "out.mp4")
        with pytest.raises(UsageError, match="would be overwritten"):
            enhance_file(video, video, FileChoices(overwrite=True))
        assert {path.name for path in tmp_path.iterdir()} == {"in.mp4", "in.wav"}

    def test_effects_alone_leave_the_loudness(self, tmp_path: Path, noisy: StoredSound) -> None:
        path = encode(tmp_path / "in.flac", noisy.samples, codec="flac")
        choices = FileChoices(enhance=EnhanceOptions(changes=VoiceChanges(pitch=1.3)), effects_only=True)
        before, after = enhance_file(path, tmp_path / "out.wav", choices)
        assert after.loudness_lufs == pytest.approx(before.loudness_lufs, abs=3)
        assert before.loudness_lufs == pytest.approx(-30, abs=2)
        assert after.duration_s == 3


def _reordered(path: Path) -> Path:
    """Write a second of video in which many frames are stored after some that are shown later."""
    mpeg = path.suffix == ".mpg"
    with av.open(str(path), "w") as container:
        picture = container.add_stream("mpeg2video" if mpeg else "libx264", rate=25)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        picture.codec_context.max_b_frames = 3
        sound = container.add_stream("mp2" if mpeg else "aac", rate=48000, layout="mono")
        for number in range(25):
            plain = np.full((48, 64, 3), 10 * number, np.uint8)
            plain[:, : 2 * number + 2] = 200
            frame = av.VideoFrame.from_ndarray(plain, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        heard = (voice(1, 48000) * 20000).astype(np.int16) if mpeg else voice(1, 48000)
        block = av.AudioFrame.from_ndarray(heard[None], format="s16" if mpeg else "fltp", layout="mono")
        block.sample_rate, block.time_base, block.pts = 48000, Fraction(1, 48000), 0
        container.mux(sound.encode(block))
        container.mux(sound.encode(None))
    return path
