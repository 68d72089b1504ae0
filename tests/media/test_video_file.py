from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from phonoscope.core.errors import MediaError, UsageError
from phonoscope.core.events import Event, Note
from phonoscope.media.reader import write_wav
from phonoscope.media.video_file import VideoFileOptions, open_video
from tests.media.samples import clicks, options, write_video


def shades(path: Path, times_s: Sequence[float], sound_from_s: float | None = None) -> Path:
    """Write a video whose frames are shades of grey, each 5 lighter than the last, shown from these times on."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        sound = container.add_stream("aac", rate=16000) if sound_from_s is not None else None
        for number, time_s in enumerate(times_s):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 20 + 5 * number % 200, np.uint8), format="rgb24")
            frame.pts, frame.time_base = round(time_s * 1000), Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if sound is not None:
            block = av.AudioFrame.from_ndarray(np.zeros((1, 16000), np.float32), format="fltp", layout="mono")
            block.sample_rate, block.pts = 16000, round((sound_from_s or 0) * 16000)
            block.time_base = Fraction(1, 16000)
            container.mux(sound.encode(block))
            container.mux(sound.encode(None))
    return path


def read(path: Path, **wanted: float) -> list[tuple[float, int]]:
    """Return when each frame is shown, and its number."""
    film = open_video(path, VideoFileOptions(**wanted))  # type: ignore[arg-type]
    return [(round(p.time_s, 3), round((float(p.rgb.mean()) - 20) / 5)) for p in film]


def test_frames_come_with_their_times(tmp_path: Path) -> None:
    times_s = [0.0, 0.04, 0.05, 0.2, 0.21, 0.5, 0.54]
    assert read(shades(tmp_path / "a.mp4", times_s)) == list(zip(times_s, range(7), strict=True))


def test_times_count_from_the_files_start_as_those_of_sound(tmp_path: Path) -> None:
    path = shades(tmp_path / "a.mkv", [0.3, 0.34, 0.38], sound_from_s=0.0)
    assert open_video(path).has_sound
    assert [time for time, _ in read(path)] == pytest.approx([0.3, 0.34, 0.38], abs=0.03)


def test_a_part_begins_with_what_is_shown_then(tmp_path: Path) -> None:
    path = shades(tmp_path / "a.mp4", [n / 25 for n in range(50)])
    part = read(path, start_s=0.5, end_s=0.7)
    assert part[0] == (0.0, 12)
    assert part[1] == (0.02, 13)
    assert part[-1] == (0.18, 17)
    assert open_video(path, VideoFileOptions(0.5, 0.7)).duration_s == pytest.approx(0.2)


def test_a_part_within_the_last_frame_is_that_frame(tmp_path: Path) -> None:
    path = shades(tmp_path / "a.mp4", [0.0, 0.04, 0.08])
    assert read(path, start_s=0.09) == [(0.0, 2)]


def test_a_part_after_the_end_is_refused(tmp_path: Path) -> None:
    path = shades(tmp_path / "a.mp4", [0.0, 0.04, 0.08])
    with pytest.raises(MediaError, match=r"0\.1 s long: nothing is left from 5 s on"):
        read(path, start_s=5)


@pytest.mark.parametrize("wrong", [{"start_s": -1.0}, {"start_s": 2.0, "end_s": 2.0}, {"start_s": float("inf")}])
def test_impossible_parts_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        VideoFileOptions(**wrong)  # type: ignore[arg-type]


def test_a_single_frame_is_a_video(tmp_path: Path) -> None:
    path = shades(tmp_path / "a.mp4", [0.0])
    assert read(path) == [(0.0, 0)]
    assert len(list(open_video(path).samples(20))) == 1


def test_samples_are_spread_over_the_film(tmp_path: Path) -> None:
    film = open_video(shades(tmp_path / "a.mp4", [n / 25 for n in range(100)]))
    times_s = [picture.time_s for picture in film.samples(10)]
    assert len(times_s) == 10
    assert times_s[0] == 0
    assert times_s[-1] > 3.4


def test_samples_of_a_long_film_are_looked_up(tmp_path: Path) -> None:
    path = shades(tmp_path / "a.mp4", [n * 2.0 for n in range(120)])
    times_s = [picture.time_s for picture in open_video(path).samples(8)]
    assert len(times_s) >= 3
    assert times_s == sorted(times_s)
    assert times_s[-1] > 100


def test_large_frames_are_scaled_down(tmp_path: Path) -> None:
    film = open_video(shades(tmp_path / "a.mp4", [0.0, 0.04]), VideoFileOptions(longest_side_px=32))
    assert [picture.rgb.shape for picture in film] == [(24, 32, 3)] * 2


def test_it_can_be_gone_through_again(tmp_path: Path) -> None:
    film = open_video(shades(tmp_path / "a.mp4", [0.0, 0.04]))
    assert [p.time_s for p in film] == [p.time_s for p in film]


def test_the_frame_rate_is_told(tmp_path: Path) -> None:
    film = open_video(write_video(tmp_path / "a.mp4", options(), 30))
    assert film.fps == 30
    assert film.frame_s == pytest.approx(1 / 30)
    assert film.duration_s == pytest.approx(1.0)
    assert not film.has_sound


def test_sound_alone_is_refused(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", clicks(1.0, 8000))
    with pytest.raises(MediaError, match="no picture"):
        open_video(tmp_path / "a.wav")


def test_damage_in_the_middle_is_left_out_and_told(tmp_path: Path, rng: np.random.Generator) -> None:
    path = write_video(tmp_path / "a.mp4", options(), 60)
    content = bytearray(path.read_bytes())
    middle = slice(len(content) // 3, len(content) // 3 + 400)
    content[middle] = rng.integers(0, 256, 400, np.uint8).tobytes()
    path.write_bytes(content)
    told: list[Event] = []
    try:
        frames = list(open_video(path, None, told.append))
    except MediaError as error:
        assert "damaged" in error.message
        return
    assert 0 < len(frames) <= 60
    assert all(isinstance(event, Note) for event in told)


def test_a_film_that_is_cut_off_ends_early(tmp_path: Path) -> None:
    path = shades(tmp_path / "a.mkv", [n / 25 for n in range(200)])
    content = path.read_bytes()
    (tmp_path / "cut.mkv").write_bytes(content[: len(content) // 2])
    cut = [picture.time_s for picture in open_video(tmp_path / "cut.mkv")]
    assert 0 < len(cut) < 200


def test_a_phone_held_upright_films_upright(tmp_path: Path) -> None:
    path = shades(tmp_path / "a.mp4", [0.0, 0.04])
    one, no = (1 << 16).to_bytes(4, "big"), bytes(4)
    last = (1 << 30).to_bytes(4, "big")
    straight = one + no + no + no + one + no + no + no + last
    turned = no + one + no + (2**32 - (1 << 16)).to_bytes(4, "big") + no + no + no + no + last
    head, movie, track = path.read_bytes().split(straight)
    path.write_bytes(head + straight + movie + turned + track)
    assert [picture.rgb.shape for picture in open_video(path)] == [(64, 48, 3)] * 2
