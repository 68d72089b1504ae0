"""The whole flow from a filmed face to a file: a photo is filmed acting, and acts again what is seen in the film."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope import MimicChoices, VideoChoices, mimic_video
from phonoscope.capture import Retarget
from phonoscope.core.errors import MediaError, UsageError
from phonoscope.core.events import Event, Note
from phonoscope.core.frames import Picture
from phonoscope.core.performance import CHANNEL, CHANNELS, Performance
from phonoscope.core.sound import Sound
from phonoscope.media.pictures import scale_picture
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_frames, read_sound, write_wav
from phonoscope.performance import write_performance
from phonoscope.sidecars import Sidecar

FPS = Fraction(10)
FRAMES = 36
CURVES: frozenset[Sidecar] = frozenset({"performance"})
SMALL = VideoChoices(fps=FPS, size="256x256", sidecars=CURVES)


@pytest.fixture(scope="session")
def portrait(astronaut: Picture) -> Picture:
    return scale_picture(astronaut, (256, 256))


def wanted() -> dict[str, NDArray[np.float64]]:
    """Return what the filmed photo does."""
    t = np.arange(FRAMES) / float(FPS)
    speaking = (t > 0.5) & (t < 3.0)
    gap = 0.07 * np.abs(np.sin(2.2 * np.pi * (t - 0.5))) * speaking
    shut = ((t > 2.15) & (t < 2.65)) * 1.0
    return {
        "lipGap": gap,
        "jawOpen": gap / 0.2,
        "eyeBlinkLeft": shut,
        "eyeBlinkRight": shut,
        "yaw": 6 * np.sin(2.5 * t),
    }


@pytest.fixture(scope="session")
def film(portrait: Picture, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of the photo that acts, with a tone while it does; its frames are 20 ms late."""
    folder = tmp_path_factory.mktemp("film")
    curves, head = np.zeros((FRAMES, len(CHANNELS)), np.float32), np.zeros((FRAMES, 5), np.float32)
    for name, values in wanted().items():
        if name == "yaw":
            head[:, 0] = values
        else:
            curves[:, CHANNEL[name]] = values
    with (folder / "act.json").open("w") as stream:
        write_performance(stream, [Performance(FPS, curves, head)], FPS)
    tone = 0.3 * np.sin(np.arange(16000 * 4) / 16000 * 2 * np.pi * 220)
    write_wav(folder / "tone.wav", Sound(tone.astype(np.float32), 16000))
    choices = VideoChoices(fps=FPS, size="256x256")
    mimic_video(portrait, folder / "act.json", folder / "film.mp4", choices, MimicChoices(sound=folder / "tone.wav"))
    return folder / "film.mp4"


@pytest.fixture(scope="session")
def again(portrait: Picture, film: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The photo, doing what it did in the film."""
    output = tmp_path_factory.mktemp("again") / "again.mp4"
    mimic_video(portrait, film, output, SMALL)
    return output


def curves(video: Path) -> dict[str, NDArray[np.float64]]:
    document: dict[str, Any] = json.loads(video.with_suffix(".performance.json").read_text())
    table = np.array(document["frames"])
    return dict(zip([*document["names"], *document["head"]], table.T, strict=True))


def turned(film: Path, path: Path, turns: int) -> Path:
    """Write a film again without its sound, turned by quarters."""
    return filmed(path, [np.rot90(rgb, turns) for rgb in read_frames(film)])


def filmed(path: Path, frames: list[NDArray[np.uint8]]) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"crf": "12"})
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        for rgb in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format="rgb24")))
        container.mux(stream.encode(None))
    return path


def test_a_performance_is_filmed_with_another_sound(film: Path) -> None:
    found = probe(film)
    assert found.video is not None
    assert found.video.frames == FRAMES
    assert found.sound is not None
    assert found.duration_s == pytest.approx(3.6, abs=0.1)


def test_a_filmed_face_is_acted_again(again: Path) -> None:
    seen, did = curves(again), wanted()
    assert len(seen["lipGap"]) == FRAMES
    assert np.corrcoef(seen["lipGap"], did["lipGap"])[0, 1] > 0.9
    assert np.corrcoef(seen["yaw"], did["yaw"])[0, 1] > 0.9
    assert np.ptp(seen["yaw"]) > 0.6 * np.ptp(did["yaw"])
    assert seen["eyeBlinkLeft"][did["eyeBlinkLeft"] > 0].max() > 0.8
    assert seen["eyeBlinkLeft"][did["eyeBlinkLeft"] == 0].max() < 0.4


def test_somebody_who_is_turned_aside_all_the_time_stays_so(portrait: Picture, film: Path, tmp_path: Path) -> None:
    mimic_video(portrait, film, tmp_path / "aside.mp4", SMALL, MimicChoices(trim="0.2s:1.1s"))
    assert np.median(curves(tmp_path / "aside.mp4")["yaw"]) == pytest.approx(5, abs=2)


def test_lips_shut_where_the_persons_do(again: Path) -> None:
    seen, did = curves(again), wanted()
    assert seen["lipGap"][did["lipGap"] == 0].max() < 0.01
    assert seen["lipGap"].max() > 0.04


def test_its_sound_is_the_films_own_and_in_step(again: Path, film: Path) -> None:
    one, other = read_sound(again, 16000), read_sound(film, 16000)
    length = min(len(one.samples), len(other.samples))
    assert length / 16000 == pytest.approx(3.6, abs=0.1)
    assert np.corrcoef(one.samples[4000:length], other.samples[4000:length])[0, 1] > 0.9


@pytest.mark.parametrize("turns", [1, 2])
def test_a_turned_film_is_set_upright_and_told(
    turns: int, portrait: Picture, film: Path, again: Path, tmp_path: Path
) -> None:
    told: list[Event] = []
    source = turned(film, tmp_path / "turned.mp4", turns)
    mimic_video(portrait, source, tmp_path / "a.mp4", SMALL, events=told.append)
    assert any(isinstance(event, Note) and "turned" in event.message for event in told)
    assert np.corrcoef(curves(tmp_path / "a.mp4")["lipGap"], curves(again)["lipGap"])[0, 1] > 0.9
    assert probe(tmp_path / "a.mp4").sound is None


def test_of_two_faces_the_chosen_one_acts(portrait: Picture, film: Path, again: Path, tmp_path: Path) -> None:
    frames = list(read_frames(film))
    still = np.ascontiguousarray(frames[0][:, ::-1])
    source = filmed(tmp_path / "two.mp4", [np.hstack([still, rgb]) for rgb in frames])
    told: list[Event] = []
    mimic_video(portrait, source, tmp_path / "a.mp4", SMALL, MimicChoices(actor=2))
    mimic_video(portrait, source, tmp_path / "b.mp4", SMALL, MimicChoices(actor=1))
    assert np.corrcoef(curves(tmp_path / "a.mp4")["lipGap"], curves(again)["lipGap"])[0, 1] > 0.9
    assert np.ptp(curves(tmp_path / "b.mp4")["yaw"]) < 2
    with pytest.raises(UsageError, match="no face 3: the video shows 2"):
        mimic_video(portrait, source, tmp_path / "c.mp4", SMALL, MimicChoices(actor=3), told.append)


def test_out_of_sight_the_face_rests_and_that_is_told(portrait: Picture, film: Path, tmp_path: Path) -> None:
    frames = list(read_frames(film))
    empty = np.full_like(frames[0], 90)
    told: list[Event] = []
    source = filmed(tmp_path / "part.mp4", [*frames[:8], *[empty] * 14, *frames[22:]])
    mimic_video(portrait, source, tmp_path / "a.mp4", SMALL, events=told.append)
    assert any(isinstance(event, Note) and "out of sight from 0.8 to 2.2 s" in event.message for event in told)
    assert curves(tmp_path / "a.mp4")["lipGap"][18:21].max() == 0
    assert probe(tmp_path / "a.mp4").duration_s == pytest.approx(3.6, abs=0.05)


def test_a_film_of_one_frame_is_a_video_of_one(portrait: Picture, film: Path, tmp_path: Path) -> None:
    mimic_video(portrait, filmed(tmp_path / "one.mp4", [next(read_frames(film))]), tmp_path / "a.mp4", SMALL)
    assert len(list(read_frames(tmp_path / "a.mp4"))) == 1


def test_the_lips_may_follow_the_sound(portrait: Picture, film: Path, again: Path, tmp_path: Path) -> None:
    mimic = MimicChoices(lips="sound", retarget=Retarget(head=0.5))
    mimic_video(portrait, film, tmp_path / "a.mp4", SMALL, mimic)
    # A tone says nothing.
    assert curves(tmp_path / "a.mp4")["lipGap"].max() < 0.02
    assert curves(tmp_path / "a.mp4")["yaw"] == pytest.approx(0.5 * curves(again)["yaw"], abs=0.01)


def test_a_part_is_acted_with_its_sound(portrait: Picture, film: Path, again: Path, tmp_path: Path) -> None:
    mimic_video(portrait, film, tmp_path / "a.mp4", SMALL, MimicChoices(trim="1s:2s"))
    assert len(list(read_frames(tmp_path / "a.mp4"))) == 10
    assert read_sound(tmp_path / "a.mp4").duration_s == pytest.approx(1.0, abs=0.05)
    part = curves(again)["lipGap"][10:20]
    assert np.corrcoef(curves(tmp_path / "a.mp4")["lipGap"], part)[0, 1] > 0.9


def test_a_film_that_outlasts_its_sound_is_silent_from_there_on(portrait: Picture, film: Path, tmp_path: Path) -> None:
    source = tmp_path / "short.mp4"
    with av.open(str(film)) as old, av.open(str(source), "w") as new:
        copies = {stream.type: new.add_stream_from_template(stream) for stream in old.streams}
        for packet in old.demux():
            late = packet.pts is not None and packet.time_base is not None and packet.pts * packet.time_base > 1
            if packet.dts is not None and not (packet.stream.type == "audio" and late):
                packet.stream = copies[packet.stream.type]
                new.mux(packet)
    told: list[Event] = []
    mimic_video(portrait, source, tmp_path / "a.mp4", SMALL, events=told.append)
    assert probe(tmp_path / "a.mp4").duration_s == pytest.approx(3.6, abs=0.05)
    sound = read_sound(tmp_path / "a.mp4", 16000).samples
    assert np.abs(sound[4000:14000]).max() > 0.1
    assert np.abs(sound[-16000:]).max() < 0.01
    mimic_video(portrait, source, tmp_path / "b.mp4", SMALL, MimicChoices(trim="2s:"), told.append)
    assert probe(tmp_path / "b.mp4").sound is None
    assert any(isinstance(event, Note) and "The video is silent" in event.message for event in told)


def test_a_film_without_a_face_is_refused(portrait: Picture, tmp_path: Path) -> None:
    source = filmed(tmp_path / "none.mp4", [np.full((64, 64, 3), 90, np.uint8)] * 5)
    with pytest.raises(MediaError, match="shows no face"):
        mimic_video(portrait, source, tmp_path / "a.mp4", SMALL)
    assert not (tmp_path / "a.mp4").exists()


def test_without_sound_nothing_can_be_listened_to(portrait: Picture, film: Path, tmp_path: Path) -> None:
    source = turned(film, tmp_path / "silent.mp4", 0)
    with pytest.raises(UsageError, match="no sound"):
        mimic_video(portrait, source, tmp_path / "a.mp4", SMALL, MimicChoices(lips="sound"))
    phones = VideoChoices(fps=FPS, size="256x256", sidecars=frozenset({"phones"}))
    with pytest.raises(UsageError, match="no sound"):
        mimic_video(portrait, source, tmp_path / "a.mp4", phones)


def test_a_source_is_never_overwritten(portrait: Picture, film: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="would be overwritten"):
        mimic_video(portrait, film, film, VideoChoices(overwrite=True))


def test_the_frame_rate_is_the_films_own(portrait: Picture, tmp_path: Path) -> None:
    with (tmp_path / "act.json").open("w") as stream:
        still = Performance(Fraction(50), np.zeros((50, len(CHANNELS)), np.float32), np.zeros((50, 5), np.float32))
        write_performance(stream, [still], Fraction(50))
    mimic_video(portrait, tmp_path / "act.json", tmp_path / "a.mp4", VideoChoices(size="256x256"))
    video = probe(tmp_path / "a.mp4").video
    assert video is not None
    assert (video.fps, video.frames) == ("25", 25)
