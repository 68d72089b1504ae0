"""Alternative texts tell what is seen, shortly."""

from __future__ import annotations

from typing import Any

import pytest

from phonoscope.exports.alt_text import LONGEST, poster_alt_text
from phonoscope.scene.document.video import SceneDocument


def _text(scene: dict[str, Any], **document: Any) -> str:
    return poster_alt_text(SceneDocument.model_validate({"schema": "scene.1", "scenes": [scene], **document}))


HELLO = {"script": "Hello."}


def test_a_description_is_taken_as_it_is() -> None:
    assert _text({**HELLO, "description": "A woman waves"}, title="Greetings") == "A woman waves. Video: Greetings."


@pytest.mark.parametrize(
    ("avatars", "told"),
    [
        ([{"picture": "avatar:anna"}], "Anna speaks to the viewer."),
        ([{"picture": "avatar:anna"}, {"picture": "b.jpg", "name": "Bo"}], "Anna and Bo speak to the viewer."),
        ([{"picture": "IMG_2041.jpg"}], "Somebody speaks to the viewer."),
        ([{"picture": "three.jpg", "faces": {"A": 1, "B": 2, "C": 3}}], "A, B and C speak to the viewer."),
        ([], ""),
    ],
)
def test_who_is_seen(avatars: list[dict[str, Any]], told: str) -> None:
    assert _text({**HELLO, "avatars": avatars}) == told


def test_overlays_are_told() -> None:
    overlays = [
        {"kind": "title", "title": "Spring", "subtitle": "Everything\nmust go"},
        {"kind": "lower-third", "name": "Ann Lee", "role": "Gardener"},
        {"kind": "image", "image": "a.png", "alt": "A tulip"},
        {"kind": "progress"},
    ]
    told = _text({**HELLO, "overlays": overlays}, title="Spring")
    assert told == "Title: Spring, Everything must go. Name: Ann Lee, Gardener. A tulip."


def test_it_is_short() -> None:
    told = _text({**HELLO, "description": "word " * 200})
    assert len(told) <= LONGEST
    assert told.endswith("word…")
