from __future__ import annotations

from typing import Any

import pytest
from tests.scene.document.scenes import KNOWN, document, faults, read, scene

ANNA = {"picture": "avatar:anna"}


def text(start: object = 0, end: object = "end", **fields: Any) -> dict[str, Any]:
    return {"kind": "text", "text": "x", "start": start, "end": end, **fields}


def test_two_of_the_same_name() -> None:
    data = document(
        scene(id="a", overlays=[text(id="t"), text(id="T"), text()]),
        scene(id="a", overlays=[text(id="t")]),
        scene(id="scene-4"),
        scene(),
        scene(id="end"),
        overlays=[text(id="u"), text(id="u")],
    )
    assert faults(data).keys() == {
        "scenes[1].id", "scenes[2].id", "scenes[4].id", "scenes[0].overlays[1].id", "overlays[1].id",
    }  # fmt: skip


def test_music_from_scene_to_scene() -> None:
    data = document(
        scene(id="one"), scene(),
        music=[{"source": "calm", "from_scene": "on"}, {"source": "calm", "to_scene": "scene-3"},
               {"source": "calm", "from_scene": "scene-2", "to_scene": "one"},
               {"source": "calm", "from_scene": "one", "to_scene": "scene-2"}],
    )  # fmt: skip
    found = faults(data)
    assert found.keys() == {"music[0].from_scene", "music[1].to_scene", "music[2].to_scene"}
    assert "Did you mean one?" in found["music[0].from_scene"]


@pytest.mark.parametrize(
    ("start", "end", "path"),
    [
        (2, 1, "end"),
        (2, 2, "end"),
        ("end-1", "end-2", "end"),
        ("50%", "25%", "end"),
        ("50%", "50%-1", "end"),
        ("end-1", 3, "end"),
        (0, 0, "end"),
        (4, "end", "start"),
        (5, 6, "start"),
        ("end", "end", "start"),
        ("word:x", "end", "start"),
        (0, "word:x", "end"),
    ],
)
def test_times_that_cannot_be(start: object, end: object, path: str) -> None:
    assert faults(document(scene(overlays=[text(start, end)]))).keys() == {f"scenes[0].overlays[0].{path}"}


@pytest.mark.parametrize(
    ("start", "end"), [(0, 9), ("25%", "50%"), (0, "end-1"), ("end-3", 2), ("50%-1", "50%"), (3.9, "end")]
)
def test_times_that_can_be(start: object, end: object) -> None:
    read(document(scene(overlays=[text(start, end)])))


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        (9, 8, True), ("end-1", "end-2", True), ("word:hello", "word:hello", True),
        ("word:hello+1", "word:Hello!+0.5", False), ("word:hello", "word:hello.end", False), ("end", "end-2", True),
        (90, "end", False), ("word:world", "word:hello", False), ("50%", "40%", False), (1, 0, True),
    ],
)  # fmt: skip
def test_times_while_the_length_is_not_known(start: object, end: object, wrong: bool) -> None:
    data = document(scene(script="Hello world.", overlays=[text(start, end)]))
    if wrong:
        assert len(faults(data)) == 1
    else:
        read(data, known=KNOWN)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("price", ""),
        ("Price", ""),
        ("well-known", ""),
        ("known", ""),
        ("the price", ""),
        ("price#2", ""),
        ("price#3", "is said 2 times only"),
        ("prize", "Did you mean price"),
        ("pric", "is not said"),
        ("price known", "is not said"),
        ("nod", "is not said"),
        ("don't", ""),
    ],
)
def test_words_that_are_not_said(word: str, told: str) -> None:
    script = "The price, the well-known one! [nod] Don't ask the PRICE."
    data = document(scene(script=script, overlays=[text(f"word:{word}")], effects=[{"source": "pop", "at": 1}]))
    if told:
        assert told in faults(data)["scenes[0].overlays[0].start"]
    else:
        read(data, known=KNOWN)


def test_words_of_languages_without_spaces() -> None:
    script = "今天的价格很低。"
    read(document(scene(script=script, overlays=[text("word:价格")])), known=KNOWN)
    found = faults(document(scene(script=script, effects=[{"source": "pop", "at": "word:价钱"}])))
    assert found.keys() == {"scenes[0].effects[0].at"}


def test_words_of_recordings_and_of_the_whole_video(tmp_path: Any) -> None:
    (tmp_path / "v.mp3").write_bytes(b"ID3" + bytes(99))
    silent = scene(sound="v.mp3", overlays=[text("word:hello")])
    told = scene(sound={"file": "v.mp3", "transcript": "Hello there."}, overlays=[text("word:there")])
    data = document(silent, told, overlays=[text("word:hello"), text("word:bye")])
    assert faults(data, tmp_path).keys() == {"scenes[0].overlays[0].start", "overlays[1].start"}


def test_scripts_are_not_looked_at_without_a_reader() -> None:
    read(document(scene(script="[pause 9999s]", overlays=[text("word:nothing")])))
    found = faults(document(scene(script="Hello\n[pause 9999s]")))
    assert "line 2" in found["scenes[0].script"]


def test_transitions_that_take_too_long() -> None:
    long = {"kind": "fade", "duration_s": 1.5}
    data = document(scene(transition=long), scene(transition=long), scene(duration_s=2, transition=long),
                    scene(script="Hi.", transition=long), scene(script="Hi.", transition=long),
                    scene(duration_s=1, transition={"kind": "cut", "duration_s": 5}))  # fmt: skip
    found = faults(data)
    assert found.keys() == {"scenes[2].transition.duration_s", "scenes[3].transition.duration_s"}
    assert "at most 1." in found["scenes[2].transition.duration_s"]


def test_captions_of_recordings_need_words(tmp_path: Any) -> None:
    (tmp_path / "v.mp3").write_bytes(b"ID3" + bytes(99))
    shown, hidden = {"style": "karaoke"}, {"shown": False}
    data = document(
        scene(sound="v.mp3"), scene(sound="v.mp3", captions=hidden), scene(sound={"file": "v.mp3", "transcript": "Hi"}),
        captions=shown,
    )  # fmt: skip
    assert faults(data, tmp_path).keys() == {"scenes[0].sound"}
    read(document(scene(sound="v.mp3")), tmp_path, known=KNOWN)


def test_looks_that_are_not_known() -> None:
    found = faults(document(scene(filters=[{"kind": "look", "name": "vivd"}, {"kind": "look", "name": "noir"}])))
    assert found.keys() == {"scenes[0].filters[0].name"}
    assert "Did you mean vivid?" in found["scenes[0].filters[0].name"]


def test_voice_effects_that_are_not_known(tmp_path: Any) -> None:
    (tmp_path / "v.mp3").write_bytes(b"ID3" + bytes(99))
    data = document(
        scene(script="Hi.", voice={"effect": "robot"}), scene(script="Hi.", voice={"effect": "robto"}),
        scene(sound={"file": "v.mp3", "effect": "cave"}), voice={"effect": "hal"},
    )  # fmt: skip
    found = faults(data, tmp_path)
    assert found.keys() == {"voice.effect", "scenes[1].voice.effect", "scenes[2].sound.effect"}
    assert "Did you mean hall?" in found["voice.effect"]


DIALOGUE = "HOST: Good evening.\nGUEST: Hello."


@pytest.mark.parametrize(
    ("avatars", "path", "told"),
    [
        ([{"name": "HOST"}, {"name": "GUST"}], "[1].name", "Did you mean GUEST?"),
        ([{"name": "host"}, {"name": "Host"}], "[1].name", "another avatar"),
        ([{"name": "HOST"}, {"faces": {"HOST": 1, "GUEST": 2}}], "[1].faces", "another avatar"),
        ([{"faces": {"HOST": 1, "GUSET": 2}}], "[0].faces.GUSET", "Did you mean GUEST?"),
    ],
)
def test_names_that_nobody_has(avatars: list[dict[str, Any]], path: str, told: str) -> None:
    found = faults(document(scene(script=DIALOGUE, avatars=[{**ANNA, **avatar} for avatar in avatars])))
    assert found.keys() == {f"scenes[0].avatars{path}"}
    assert told in found[f"scenes[0].avatars{path}"]


@pytest.mark.parametrize(
    "avatars",
    [
        [{}],
        [{"name": "HOST"}],
        [{"name": "HOST"}, {"name": "GUEST"}],
        [{"name": "HOST"}, {"name": "GUEST"}, {"name": "SOMEBODY"}],
        [{"name": "HOST"}, {}],
        [{"faces": {"HOST": 1, "GUEST": "off"}}],
        [{"name": "HOST", "faces": {"HOST": 1}}],
        [{"name": "HOST"}, {"name": "THIRD"}],
    ],
)
def test_listeners_and_voices_from_beside_are_meant(avatars: list[dict[str, Any]]) -> None:
    third = scene(script="THIRD: I listen.\nHOST: Oh.", avatars=[{**ANNA, "name": "HOST"}])
    read(document(scene(script=DIALOGUE, avatars=[{**ANNA, **avatar} for avatar in avatars]), third), known=KNOWN)


def test_voices_of_nobody() -> None:
    data = document(
        scene(script=DIALOGUE, voice={"speakers": {"HOTS": "british"}}), voice={"speakers": {"GUEST": "us"}}
    )
    assert faults(data).keys() == {"scenes[0].voice.speakers.HOTS"}
    assert (
        "begin lines"
        in faults(document(scene(script="Hi."), voice={"speakers": {"A": "x"}}))["voice.speakers.A"].lower()
    )


def ask(*targets: str | None, **fields: Any) -> dict[str, Any]:
    choices = [{"label": f"to {place}", "goto": target} for place, target in enumerate(targets)]
    return {"choices": [{k: v for k, v in choice.items() if v} for choice in choices], **fields}


@pytest.mark.parametrize(
    ("scenes", "told"),
    [
        ([{"next": "b"}, {"id": "b"}], {}),
        ([{"next": "c"}, {"id": "b"}], {"scenes[0].next": "There are: scene-1, b."}),
        ([{"interaction": ask("a", None)}, {"id": "aa"}],
         {"scenes[0].interaction.choices[0].goto": "Did you mean aa?"}),
        ([{"interaction": ask("end")}], {}),
        ([{"interaction": ask("scene-1", None)}], {}),
        ([{"next": "end"}, {"id": "b"}], {"scenes[1]": "leads to it"}),
        ([{"next": "scene-1"}], {"scenes[0]": "never get to an end: they go round in scene-1"}),
        ([{}, {"id": "b"}, {"next": "b"}], {"scenes[0]": "they go round in scene-1, b, scene-3"}),
        ([{"interaction": ask("b", "c")}, {"id": "b", "next": "scene-1"}, {"id": "c", "next": "b"}],
         {"scenes[0]": "never get to an end"}),
        ([{"interaction": ask("b", None)}, {"id": "b", "next": "b"}], {"scenes[1]": "they go round in b."}),
        ([{"interaction": ask("b", "c")}, {"id": "b"}, {"id": "c"}], {"scenes[1]": 'it runs on into c'}),
        ([{"interaction": ask("b", "d")}, {"id": "b"}, {"id": "c"}, {"id": "d"}], {"scenes[2]": 'it runs on into d'}),
        ([{"interaction": ask("b", "c")}, {"id": "b", "next": "c"}, {"id": "c"}], {}),
        ([{"interaction": ask("b", "c")}, {"id": "b", "next": "end"}, {"id": "c"}], {}),
        ([{"interaction": {"choices": [{"label": "Yes"}, {"label": " yes"}]}}],
         {"scenes[0].interaction.choices[1].label": "another choice"}),
        ([{}, {}, {}], {}),
    ],
)  # fmt: skip
def test_branches(scenes: list[dict[str, Any]], told: dict[str, str]) -> None:
    data = document(*(scene(**fields) for fields in scenes))
    if not told:
        read(data)
        return
    found = faults(data)
    assert found.keys() == told.keys()
    for path, words in told.items():
        assert words in found[path]


def test_long_chains_of_scenes_are_followed() -> None:
    read(document(*(scene(next=f"s{n + 1}", id=f"s{n}") for n in range(499)), scene(id="s499")))


def test_assets_and_everything_else_are_told_together() -> None:
    data = document(scene(id="a", avatars=[{"picture": "none.png"}]), scene(id="a", overlays=[text(3, 2)]))
    assert faults(data).keys() == {"scenes[0].avatars[0].picture", "scenes[1].id", "scenes[1].overlays[0].end"}
