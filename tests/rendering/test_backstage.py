"""What was looked at, spoken and acted is handed on: nothing is done twice, and nothing looks otherwise for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from phonoscope.acting import act_speech
from phonoscope.core.errors import SceneError
from phonoscope.core.frames import Picture
from phonoscope.media.pictures import save_picture
from phonoscope.rendering import actors, hearing, rehearsal
from phonoscope.rendering.backstage import Backstage
from phonoscope.rendering.options import RenderOptions, options_for_width, preview_options
from phonoscope.rendering.render import render_scene
from phonoscope.rendering.still import Stills
from tests.rendering.documents import opened, scene_document, talking, write_tone

HELLO = "Hello there, my good friend."
TITLE = {"kind": "text", "text": "Hello"}


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is cast, spoken and performed from now on."""
    done: list[str] = []

    def note(what: str, module: ModuleType, name: str) -> None:
        function = getattr(module, name)

        def call(*args: Any, **options: Any) -> Any:
            done.append(what)
            return function(*args, **options)

        monkeypatch.setattr(module, name, call)

    note("cast", actors, "cast")
    note("speak", hearing, "spoken_voice")
    note("listen", hearing, "recorded_voice")
    note("act", rehearsal, "act_speech")
    return done


def look(document: dict[str, Any], folder: Path, backstage: Backstage | None, time_s: float = 1.0) -> Any:
    """Return the pixels of a still."""
    return Stills(opened(document, folder), backstage=backstage).picture(time_s).rgb


def test_edits_of_what_lies_over_the_picture_cost_no_cast_and_no_speech(tmp_path: Path, work: list[str]) -> None:
    backstage = Backstage()
    plain = look(scene_document(talking(HELLO)), tmp_path, backstage)
    assert work == ["speak", "cast", "act"]
    titled = look(scene_document(talking(HELLO, overlays=[TITLE])), tmp_path, backstage)
    look(scene_document(talking(HELLO), captions={"shown": True}), tmp_path, backstage)
    look(scene_document(talking(HELLO, background="teal")), tmp_path, backstage)
    assert work == ["speak", "cast", "act"]
    assert not np.array_equal(plain, titled)


def test_a_background_that_was_foreseen_costs_no_cast(tmp_path: Path, astronaut: Picture, work: list[str]) -> None:
    save_picture(tmp_path / "portrait.png", astronaut.rgb)
    scene = {"avatars": [{"picture": "portrait.png"}], "script": HELLO}
    stills = Stills(opened(scene_document(scene), tmp_path), backstage=(backstage := Backstage()))
    stills.picture(0.5)
    assert work.count("cast") == 1
    stills.foresee(0.5)
    assert work.count("cast") == 2
    look(scene_document({**scene, "background": "teal"}), tmp_path, backstage)
    assert work.count("cast") == 2


def test_other_words_are_spoken_by_the_same_cast(tmp_path: Path, work: list[str]) -> None:
    backstage = Backstage()
    for script in (HELLO, "Good bye, my friend.", HELLO):
        look(scene_document(talking(script)), tmp_path, backstage)
    assert work == ["speak", "cast", "act", "speak", "act"]
    look(scene_document(talking(HELLO), voice={"name": "", "rate": 1.5}), tmp_path, backstage)
    assert work[5:] == ["speak", "act"]
    happy = talking(HELLO)
    happy["avatars"][0]["expression"] = "happy"
    look(scene_document(happy), tmp_path, backstage)
    assert work[7:] == ["act"]


def test_stills_are_the_same_with_memories_and_without(tmp_path: Path) -> None:
    backstage = Backstage()
    two = scene_document(
        talking(HELLO), talking("And good bye.", transition="dissolve"), captions={"shown": True, "style": "karaoke"}
    )
    sad = talking(HELLO, filters=["sepia"])
    sad["avatars"][0] |= {"expression": "sad", "size": 0.8}
    for document, time_s in ((two, 1.5), (scene_document(sad), 1.2), (two, 0.4), (two, 2.5), (two, 0.9)):
        assert np.array_equal(look(document, tmp_path, backstage, time_s), look(document, tmp_path, None, time_s))


def test_nothing_is_kept_where_there_is_no_room(tmp_path: Path, work: list[str]) -> None:
    backstage = Backstage(0)
    for _ in range(2):
        look(scene_document(talking(HELLO)), tmp_path, backstage)
    assert work.count("cast") == 1
    assert work.count("speak") > 2


def test_files_that_have_changed_are_taken_anew(tmp_path: Path, work: list[str]) -> None:
    backstage = Backstage()
    write_tone(tmp_path / "tone.wav", 300)
    recorded = scene_document(talking("", sound="tone.wav"))
    for _ in range(2):
        look(recorded, tmp_path, backstage, 0.2)
    assert work == ["listen", "cast", "act"]
    write_tone(tmp_path / "tone.wav", 500)
    look(recorded, tmp_path, backstage, 0.2)
    assert work[3:] == ["listen", "act"]


def test_a_photo_that_has_changed_is_looked_at_again(tmp_path: Path, astronaut: Picture, work: list[str]) -> None:
    backstage = Backstage()
    document = scene_document({"avatars": [{"picture": "portrait.png"}], "script": HELLO})
    seen = []
    for rgb in (astronaut.rgb, np.ascontiguousarray(astronaut.rgb[:, ::-1])):
        save_picture(tmp_path / "portrait.png", rgb, overwrite=True)
        seen += [look(document, tmp_path, backstage) for _ in range(2)]
    assert work.count("cast") == 2
    assert np.array_equal(seen[0], seen[1])
    assert not np.array_equal(seen[1], seen[2])
    # Marks beside it count, too.
    (tmp_path / "portrait.rig.json").write_text("{}")
    with pytest.raises(SceneError, match="rig"):
        look(document, tmp_path, backstage)


def test_acting_that_broke_off_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backstage, document = Backstage(), scene_document(talking(HELLO))
    whole = look(document, tmp_path, None, 1.5)

    def breaking(*args: Any, **options: Any) -> Iterator[Any]:
        yield next(iter(act_speech(*args, **options)))
        raise SceneError("Something broke.")

    with monkeypatch.context() as patched:
        patched.setattr(rehearsal, "act_speech", breaking)
        with pytest.raises(SceneError, match="broke"):
            look(document, tmp_path, backstage, 1.5)
    assert np.array_equal(look(document, tmp_path, backstage, 1.5), whole)


def test_a_preview_uses_what_stills_have_left(tmp_path: Path, work: list[str]) -> None:
    backstage, read = Backstage(), opened(scene_document(talking(HELLO)), tmp_path)
    Stills(read, backstage=backstage).picture(0.5)
    made = render_scene(read, tmp_path / "film.mp4", preview_options(read.document), backstage=backstage)
    assert work == ["speak", "cast", "act", "speak"]
    alone = render_scene(read, tmp_path / "alone.mp4", preview_options(read.document))
    assert made.path.read_bytes() == alone.path.read_bytes()


def test_of_a_preview_every_second_frame_is_drawn_at_its_own_time(tmp_path: Path) -> None:
    document = scene_document(
        talking(HELLO, overlays=[{"kind": "progress"}]), talking("Bye.", transition="dissolve"),
        canvas={"width": 192, "height": 108, "fps": 30}, captions={"shown": True, "style": "karaoke"},
    )  # fmt: skip
    read = opened(document, tmp_path)
    options = preview_options(read.document)
    assert options.every == 2
    film = render_scene(read, tmp_path / "all_%03d.png", RenderOptions(jobs=1))
    quick = render_scene(read, tmp_path / "some_%03d.png", options, backstage=Backstage())
    assert quick.frames == (film.frames + 1) // 2
    assert quick.duration_s == film.duration_s
    for number in (0, 10, quick.frames - 6, quick.frames - 1):
        one, other = tmp_path / f"all_{2 * number + 1:03d}.png", tmp_path / f"some_{number + 1:03d}.png"
        assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(("fps", "every"), [("24", 1), ("25", 1), ("29.97", 2), ("30", 2), ("60", 4), ("10", 1)])
def test_previews_have_enough_frames(tmp_path: Path, fps: str, every: int) -> None:
    canvas = {"width": 192, "height": 108, "fps": fps}
    assert preview_options(opened(scene_document(talking(), canvas=canvas), tmp_path).document).every == every


@pytest.mark.parametrize(
    ("canvas", "width_px", "size_px"),
    [({}, 640, (640, 360)), ({"format": "9:16"}, 360, (360, 640)), ({"resolution": 360}, 4000, (640, 360))],
)
def test_stills_of_a_width(tmp_path: Path, canvas: dict[str, Any], width_px: int, size_px: tuple[int, int]) -> None:
    document = opened(scene_document(talking(), canvas=canvas), tmp_path).document
    assert options_for_width(document, width_px).scaled(document.canvas.size_px) == size_px
