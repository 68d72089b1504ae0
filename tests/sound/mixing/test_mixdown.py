"""A mix is as loud as wanted, exactly as long as told, and everything in it stands at its place and level."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from phonoscope.core.errors import MediaError, OutputError, UsageError
from phonoscope.core.events import Event, Note, Progress
from phonoscope.core.sound import Sound
from phonoscope.media.probe import probe
from phonoscope.media.sound_file import open_sound
from phonoscope.sound.mixing import EffectTrack, Mix, MusicTrack, VoiceTrack, mix_to_file
from phonoscope.sound.mixing.mastering import Spool
from tests.media.recordings import StoredSound, joined, lag_of, meter, voice
from tests.sound.mixing.samples import level_db, mixed, spoken, tone

WHOLE = Mix(
    8.0,
    (VoiceTrack(spoken(3), 0.5), VoiceTrack(spoken(2.5, 22050, -40.0), 5.0)),
    (MusicTrack(tone(1.37, rate_hz=44100), 0.0, 8.0),),
    (EffectTrack(tone(0.3, 1200.0), 4.2),),
)


UNLIMITED_LUFS = -30.0
"""So soft that no peak is in the way, and levels are those of the mix alone."""


class TestLoudness:
    @pytest.mark.parametrize("target_lufs", [-14.0, -16.0, -23.0])
    def test_is_what_was_asked_for(self, tmp_path: Path, target_lufs: float) -> None:
        heard, report = mixed(replace(WHOLE, loudness_lufs=target_lufs), tmp_path)
        metered = meter(heard, 48000)
        assert metered.loudness_lufs == pytest.approx(target_lufs, abs=0.5)
        assert report.loudness_lufs == pytest.approx(metered.loudness_lufs, abs=0.1)
        assert metered.true_peak_db <= -1.0
        assert report.true_peak_dbtp == pytest.approx(metered.true_peak_db, abs=0.2)

    def test_peaks_that_have_to_be_limited_cost_none_of_it(self, tmp_path: Path) -> None:
        clicks = np.zeros(5 * 48000, np.float32)
        clicks[::12000] = 0.9
        spiky = StoredSound(clicks + tone(5, 300.0, 0.05).samples, 48000)
        heard, report = mixed(Mix(5.0, (VoiceTrack(spiky),)), tmp_path)
        assert meter(heard, 48000).loudness_lufs == pytest.approx(-14, abs=0.5)
        assert report.true_peak_dbtp <= -1.0

    def test_that_cannot_be_reached_is_told(self, tmp_path: Path) -> None:
        events: list[Event] = []
        clicks = np.zeros(3 * 48000, np.float32)
        clicks[::24000] = 0.9
        mix = Mix(3.0, (VoiceTrack(StoredSound(clicks, 48000)),), loudness_lufs=-5.0)
        report = mix_to_file(mix, tmp_path / "a.wav", events.append)
        assert report.loudness_lufs < -6
        assert report.true_peak_dbtp <= -1
        assert any(isinstance(event, Note) and "no room for more" in event.message for event in events)

    def test_of_voices_is_the_same_in_all_scenes(self, tmp_path: Path) -> None:
        heard, _ = mixed(Mix(6.0, (VoiceTrack(spoken(2.9)), VoiceTrack(spoken(2.9, level_db=-45), 3.0))), tmp_path)
        assert level_db(heard, 0, 2.9) == pytest.approx(level_db(heard, 3.0, 5.9), abs=0.5)

    def test_of_a_voice_follows_its_gain(self, tmp_path: Path) -> None:
        voices = (VoiceTrack(spoken(2.9)), VoiceTrack(spoken(2.9), 3.0, gain_db=-6))
        heard, _ = mixed(Mix(6.0, voices, loudness_lufs=UNLIMITED_LUFS), tmp_path)
        assert level_db(heard, 0, 2.9) - level_db(heard, 3.0, 5.9) == pytest.approx(6, abs=0.4)

    @pytest.mark.parametrize("level", [0.9, 0.01])
    def test_of_music_is_told_from_that_of_the_voice(self, tmp_path: Path, level: float) -> None:
        music = MusicTrack(tone(2, 1000.0, level), 4.0, 8.0, volume_db=-10, fade_in_s=0, fade_out_s=0)
        heard, _ = mixed(Mix(8.0, (VoiceTrack(spoken(3)),), (music,), (), UNLIMITED_LUFS), tmp_path)
        parts = [meter(part, 48000).loudness_lufs for part in (heard[: 3 * 48000], heard[4 * 48000 :])]
        assert parts[1] - parts[0] == pytest.approx(-10, abs=0.5)

    def test_of_a_click_does_not_make_it_a_bang(self, tmp_path: Path) -> None:
        click = StoredSound(np.r_[np.full(48, 0.5), np.zeros(4752)].astype(np.float32), 48000)
        effect = EffectTrack(click, 4.0, volume_db=-6.0)
        heard, _ = mixed(Mix(6.0, (VoiceTrack(spoken(3)),), (), (effect,)), tmp_path)
        assert np.abs(heard[4 * 48000 :]).max() < np.abs(heard[: 3 * 48000]).max()


class TestShape:
    @pytest.mark.parametrize("samples", [1, 479, 48000, 100_001])
    @pytest.mark.parametrize("suffix", [".wav", ".flac"])
    def test_length_is_exact(self, tmp_path: Path, samples: int, suffix: str) -> None:
        mix = Mix(samples / 48000, WHOLE.voices, WHOLE.music, WHOLE.effects)
        heard, _ = mixed(mix, tmp_path, suffix)
        assert heard.shape == (samples, 2)

    def test_file_is_stereo_at_48_khz(self, tmp_path: Path) -> None:
        mix_to_file(WHOLE, tmp_path / "a.wav")
        told = probe(tmp_path / "a.wav")
        assert told.sound is not None
        assert (told.sound.rate_hz, told.sound.channels) == (48000, 2)

    def test_mono_is_in_the_middle_and_stereo_stays(self, tmp_path: Path) -> None:
        one_sided = np.stack([tone(2).samples, np.zeros(96000, np.float32)], axis=1)
        music = MusicTrack(StoredSound(one_sided, 48000), 3.0, 5.0, fade_in_s=0, fade_out_s=0)
        heard, _ = mixed(Mix(5.0, (VoiceTrack(spoken(2)),), (music,)), tmp_path)
        np.testing.assert_array_equal(heard[:96000, 0], heard[:96000, 1])
        assert level_db(heard[:, 1], 3.5, 4.5) < level_db(heard[:, 0], 3.5, 4.5) - 60

    def test_voices_stand_at_their_places(self, tmp_path: Path) -> None:
        heard, report = mixed(Mix(4.0, (VoiceTrack(spoken(2), 1.25),)), tmp_path)
        assert lag_of(heard[:, 0], voice(2, 48000), 96000) == pytest.approx(60000, abs=4)
        assert report.speech[0][0] == pytest.approx(1.25, abs=0.15)
        assert level_db(heard, 0, 1.24) < -90

    def test_a_recording_that_is_cut_off_does_not_click(self, tmp_path: Path) -> None:
        hum = StoredSound(np.full(48000, 0.1, np.float32), 48000)
        heard, _ = mixed(Mix(3.0, (VoiceTrack(hum, 1.0, speech=()),), loudness_lufs=UNLIMITED_LUFS), tmp_path)
        assert np.abs(np.diff(heard[:, 0])).max() < 0.03 * np.abs(heard).max()

    def test_the_same_mix_is_the_same_file(self, tmp_path: Path) -> None:
        for name in ("a.wav", "b.wav"):
            mix_to_file(WHOLE, tmp_path / name)
        assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()

    def test_blocks_of_sources_make_no_difference(self, tmp_path: Path) -> None:
        results = []
        for block_s in (0.013, 7.0):
            sources = [StoredSound(source.samples, source.rate_hz, block_s) for source in (spoken(3), tone(2))]
            mix = Mix(4.0, (VoiceTrack(sources[0], 0.5),), (MusicTrack(sources[1], 0, 4.0),))
            results.append(mixed(mix, tmp_path)[0])
        np.testing.assert_allclose(results[0], results[1], atol=2e-4)


class TestLittle:
    def test_nothing_is_silence(self, tmp_path: Path) -> None:
        heard, report = mixed(Mix(1.5), tmp_path)
        assert heard.shape == (72000, 2)
        assert not heard.any()
        assert report.loudness_lufs == -np.inf
        assert report.speech == ()

    def test_a_silent_voice_is_silence(self, tmp_path: Path) -> None:
        heard, report = mixed(Mix(1.0, (VoiceTrack(StoredSound(np.zeros(16000, np.float32), 16000)),)), tmp_path)
        assert not heard.any()
        assert report.speech == ()

    def test_music_alone_is_as_loud_as_wanted(self, tmp_path: Path) -> None:
        heard, _ = mixed(Mix(6.0, (), (MusicTrack(tone(2), 0, 6.0),)), tmp_path)
        assert meter(heard, 48000).loudness_lufs == pytest.approx(-14, abs=0.5)

    def test_what_is_next_to_nothing_is_not_blown_up(self, tmp_path: Path) -> None:
        events: list[Event] = []
        hum = EffectTrack(tone(1, 1000.0), 0.0, volume_db=-42.0)
        report = mix_to_file(Mix(1.0, (), (), (hum,)), tmp_path / "a.wav", events.append)
        assert -30 < report.loudness_lufs < -20
        assert any(isinstance(event, Note) and "so soft" in event.message for event in events)


class TestRefused:
    @pytest.mark.parametrize("changes", [{"duration_s": 0.0}, {"duration_s": float("nan")}, {"loudness_lufs": 3.0}])
    def test_what_cannot_be(self, changes: dict[str, float]) -> None:
        with pytest.raises(UsageError):
            Mix(**{"duration_s": 1.0, **changes})  # type: ignore[arg-type]

    def test_an_existing_file_before_anything_is_read(self, tmp_path: Path) -> None:
        source = spoken(1)
        (tmp_path / "a.wav").write_text("precious")
        with pytest.raises(UsageError, match="exists already"):
            mix_to_file(Mix(1.0, (VoiceTrack(source),)), tmp_path / "a.wav")
        assert source.begun == 0

    def test_a_source_that_breaks_leaves_nothing(self, tmp_path: Path) -> None:
        class Breaking(StoredSound):
            def __iter__(self) -> Iterator[Sound]:
                yield Sound(voice(1), 16000)
                raise MediaError("It broke.", "Mend it.")

        with pytest.raises(MediaError, match="It broke"):
            mix_to_file(Mix(2.0, (VoiceTrack(Breaking(voice(1), 16000)),)), tmp_path / "a.wav")
        assert not list(tmp_path.iterdir())

    def test_a_full_disk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(spool: Spool, blocks: object) -> Iterator[int]:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Spool, "fill", refuse)
        with pytest.raises(OutputError, match=r"a\.wav': the disk is full"):
            mix_to_file(WHOLE, tmp_path / "a.wav")
        assert not list(tmp_path.iterdir())

    def test_empty_music(self, tmp_path: Path) -> None:
        empty = StoredSound(np.zeros(0, np.float32), 48000)
        with pytest.raises(MediaError, match="empty"):
            mix_to_file(Mix(2.0, (), (MusicTrack(empty, 0, 2.0),)), tmp_path / "a.wav")


def test_progress_is_told(tmp_path: Path) -> None:
    events: list[Event] = []
    mix_to_file(Mix(2.5, (VoiceTrack(spoken(2)),)), tmp_path / "a.wav", events.append)
    told = [event for event in events if isinstance(event, Progress)]
    assert [event.done for event in told] == sorted(event.done for event in told)
    assert told[-1].total == 3


def test_recorded_files_are_mixed(tmp_path: Path) -> None:
    mix_to_file(WHOLE, tmp_path / "a.flac")
    again, _ = mixed(Mix(8.0, (), (MusicTrack(open_sound(tmp_path / "a.flac"), 0, 8.0, 0.0, loop=False),)), tmp_path)
    assert joined(open_sound(tmp_path / "a.flac")).shape == again.shape
