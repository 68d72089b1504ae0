"""The running order of a document: the times of its video, before anything is drawn."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from phonoscope.core.errors import SceneError, UsageError
from phonoscope.core.sound import Sound
from phonoscope.rendering import listening
from phonoscope.rendering.backstage import Backstage
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.render import render_scene
from phonoscope.rendering.rundown import peaks_of, rundown
from phonoscope.voice import Stream
from tests.rendering.documents import opened, scene_document, talking

DIALOGUE = "ANNA: Hello there.\nBEN: And good bye."


def test_words_and_scenes_have_their_times(tmp_path: Path) -> None:
    read = opened(scene_document(talking("Hello."), {"script": DIALOGUE, "id": "end-of-it"}), tmp_path)
    found = rundown(read, tmp_path / "take.flac")
    assert [(word.text, word.speaker, word.scene) for word in found.words][:3] == [
        ("Hello.", "", 0), ("Hello", "ANNA", 1), ("there.", "ANNA", 1),
    ]  # fmt: skip
    first, second = found.scenes
    assert (second.index, second.id) == (1, "end-of-it")
    assert first.start_s == 0
    assert first.end_s == second.start_s
    assert second.end_s == pytest.approx(found.duration_s)
    assert all(second.start_s < word.start_s < word.end_s < second.end_s for word in found.words[1:])
    video = render_scene(read, tmp_path / "film.mp4", RenderOptions(jobs=1))
    assert video.duration_s == found.duration_s


def test_its_sound_is_that_of_the_video(tmp_path: Path) -> None:
    read = opened(scene_document(talking("Hello there.")), tmp_path)
    found = rundown(read, tmp_path / "take.flac")
    assert found.sound is not None
    with av.open(str(found.sound)) as container:
        assert container.duration == pytest.approx(found.duration_s * 1e6, rel=0.01)
    assert len(found.peaks) == round(25 * found.duration_s)
    # Silence, then a voice, then silence.
    assert found.peaks[3] < 0.01
    assert 0.2 < max(found.peaks) <= 1
    assert found.peaks[-2] < 0.01


def test_sound_is_mixed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backstage = Backstage()
    titled = talking("Hello there.", overlays=[{"kind": "text", "text": "Hi"}])
    first = rundown(opened(scene_document(titled), tmp_path), tmp_path / "one.flac", backstage=backstage)
    monkeypatch.setattr(listening, "mix_video", lambda *args: pytest.fail("it was mixed again"))
    plain = opened(scene_document(talking("Hello there.")), tmp_path)
    again = rundown(plain, tmp_path / "two.flac", backstage=backstage)
    assert (again.words, again.peaks) == (first.words, first.peaks)
    assert (tmp_path / "one.flac").read_bytes() == (tmp_path / "two.flac").read_bytes()
    louder = opened(scene_document(talking("Hello there."), voice_db=3), tmp_path)
    with pytest.raises(pytest.fail.Exception):
        rundown(louder, tmp_path / "three.flac", backstage=backstage)


def test_nothing_is_heard_in_silence(tmp_path: Path) -> None:
    found = rundown(opened(scene_document({"duration_s": 2}), tmp_path), tmp_path / "take.wav")
    assert (found.duration_s, found.words, found.peaks, found.sound) == (2, (), (), None)
    assert not list(tmp_path.iterdir())


def test_times_that_cannot_be_are_told_of_remembered_sound_too(tmp_path: Path) -> None:
    backstage = Backstage()
    rundown(opened(scene_document(talking("Hello.")), tmp_path), backstage=backstage)
    late = talking("Hello.", overlays=[{"kind": "text", "text": "Too late", "start": 60}])
    with pytest.raises(SceneError) as caught:
        rundown(opened(scene_document(late), tmp_path), backstage=backstage)
    assert caught.value.faults[0].path == "scenes[0].overlays[0].start"


def test_a_file_that_cannot_be_is_refused_at_once(tmp_path: Path) -> None:
    read = opened(scene_document(talking()), tmp_path)
    with pytest.raises(UsageError, match="kind of sound"):
        rundown(read, tmp_path / "take.txt")
    (tmp_path / "take.wav").write_bytes(b"mine")
    with pytest.raises(UsageError, match="exists"):
        rundown(read, tmp_path / "take.wav")


def test_peaks_of_blocks_of_any_length() -> None:
    samples = np.zeros((1000, 2), np.float32)
    samples[250, 1], samples[999, 0] = -0.5, 1.5
    blocks = [Sound(samples[a:b], 1000) for a, b in ((0, 7), (7, 7), (7, 600), (600, 1000))]
    peaks = peaks_of(Stream(lambda: iter(blocks), 1000, 1.0), 1.0)
    assert len(peaks) == 25
    assert {place: peak for place, peak in enumerate(peaks) if peak} == {6: 0.5, 24: 1.0}


def test_words_that_a_voice_cannot_read_are_told(tmp_path: Path) -> None:
    voices = {"speakers": {"ANNA": "Emma", "BEN": "ru"}}
    script = "ANNA: This is a мир, and Москва. And a мир.\nBEN: Привет, Anna, этo мир."
    read = opened(scene_document(talking("Hello."), {"script": script, "voice": voices}), tmp_path)
    (told,) = rundown(read).left_out
    assert (told.scene, told.speaker, told.words) == (1, "ANNA", ("мир", "Москва"))
    assert told.voice
