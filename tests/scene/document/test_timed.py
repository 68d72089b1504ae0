from __future__ import annotations

from typing import Any

import pytest
from tests.scene.document.scenes import document, scene

from phonoscope.core.speech import Word
from phonoscope.scene.document.timed import Timed, check_timed, timed_notes
from phonoscope.scene.document.video import SceneDocument

WORDS = (Word("Hello", 0.5, 0.9), Word("world", 1.0, 1.4), Word("Hello", 2.0, 2.4))


def spoken(overlay: dict[str, Any], **fields: Any) -> SceneDocument:
    overlays = [{"kind": "text", "text": "x", **overlay}]
    return SceneDocument.model_validate(document(scene(script="Hello world. Hello!", overlays=overlays, **fields)))


@pytest.mark.parametrize(
    ("overlay", "told"),
    [
        ({"start": 1, "end": 2}, {}),
        ({"start": 1, "end": 9}, {}),
        ({"start": "word:hello", "end": "word:hello#2"}, {}),
        ({"start": "word:hello#2", "end": "word:world"}, {"end": "it ends (word:world, at 1.00 s) before"}),
        ({"start": "word:hello#3"}, {"start": '"hello" is not said 3 times here'}),
        ({"start": "word:hello world.end", "end": 1.4}, {"end": "before it has begun"}),
        ({"start": 3}, {"start": "3 is not within the 3.0 s"}),
        ({"start": "end"}, {"start": "is not within"}),
        ({"start": "word:hello#2+2"}, {"start": "is not within"}),
        ({"start": "80%", "end": 1}, {"end": "before it has begun"}),
        ({"start": "word:nope", "end": "word:no"}, {"start": "not said", "end": "not said"}),
    ],
)
def test_moments_of_a_scene_that_has_been_spoken(overlay: dict[str, Any], told: dict[str, str]) -> None:
    found = {fault.path: fault.message for fault in check_timed(spoken(overlay), [Timed(3.0, WORDS)])}
    assert found.keys() == {f"scenes[0].overlays[0].{field}" for field in told}
    for field, words in told.items():
        assert words in found[f"scenes[0].overlays[0].{field}"]


def test_effects_and_overlays_of_the_whole_video() -> None:
    data = document(scene(script="Hi", effects=["pop", {"source": "pop", "at": 9}]),
                    overlays=[{"kind": "text", "text": "x", "start": 8}])  # fmt: skip
    found = check_timed(SceneDocument.model_validate(data), [Timed(3.0)], Timed(3.0), data)
    assert [fault.path for fault in found] == ["scenes[0].effects[1].at", "overlays[0].start"]


def test_transitions_longer_than_their_scenes() -> None:
    slow = {"kind": "fade", "duration_s": 2}
    data = SceneDocument.model_validate(document(scene(), scene(script="Hi", transition=slow), scene(transition=slow)))
    lengths = [Timed(4), Timed(1.5), Timed(4)]
    found = check_timed(data, lengths)
    assert [fault.path for fault in found] == [f"scenes[{index}].transition.duration_s" for index in (1, 2)]
    assert check_timed(data, [Timed(4), Timed(3), Timed(4)]) == []
    assert timed_notes(data, [Timed(4), Timed(3), Timed(4)]) == [
        f"scenes[{index}].transition: it takes 1.5 s only; the scenes are short." for index in (1, 2)
    ]


def test_what_is_cut_is_noted() -> None:
    assert timed_notes(spoken({"end": 9}), [Timed(3.0, WORDS)]) == [
        "scenes[0].overlays[0].end: the scene ends sooner, after 3.0 s."
    ]
    assert timed_notes(spoken({"end": "end"}), [Timed(3.0, WORDS)]) == []
