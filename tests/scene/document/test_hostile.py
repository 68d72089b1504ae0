"""Whatever a document holds: it is read, or refused with faults that tell a place in it."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from tests.scene.document.random_documents import Maker
from tests.scene.document.scenes import KNOWN, document, read, scene

from phonoscope.core.errors import SceneError
from phonoscope.scene.document.explaining import MOST_EXPLAINED
from phonoscope.scene.document.video import SceneDocument

HOSTILE: tuple[Any, ...] = (
    None, True, -1, 0, 2**63, 10**400, 1e308, -0.0, "", " ", "x" * 300_000, "\u202e", "../../etc/passwd", "{{x}}", "{{",
    "}}", "\\{{", "%s%n", "<script>", "'; drop", "word:", "word:a#0", "end" * 50, "1e999", "nan", "1/0", "0/1", [], {},
    [[]], [None], {"": ""}, {"kind": None}, {"kind": []}, {"kind": "text", "text": {}}, "avatar:", "avatar:../x",
    "sha256:" + "g" * 64, "😀" * 30, "\ud83d", "\x00", "9" * 400, ["x"] * 2000,
)  # fmt: skip


def places(data: Any) -> list[tuple[Any, Any]]:
    """Return every entry as its container and its key."""
    found = []
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        found.append((data, key))
        found += places(value)
    return found


def refused_or_read(data: Any, folder: Path) -> None:
    try:
        read(data, folder, {"v": "{{v}}"} if "{{v}}" in str(data) else None, known=KNOWN)
    except SceneError as error:
        assert error.faults
        for fault in error.faults:
            assert fault.message
            assert "ydantic" not in str(fault) and "Input should" not in str(fault), str(fault)
            assert len(str(fault)) < 2000
            assert fault.path.isprintable()


@pytest.mark.parametrize("seed", range(60))
def test_documents_that_were_tampered_with(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    data = Maker(SceneDocument.model_json_schema(), seed % 10).document()
    for _ in range(chance.randint(1, 4)):
        container, key = chance.choice(places(data))
        container[key] = copy.deepcopy(chance.choice(HOSTILE))
    refused_or_read(data, tmp_path)
    try:
        text = json.dumps(data)
    except ValueError:
        return
    refused_or_read(text, tmp_path)
    cut = chance.randrange(len(text))
    refused_or_read(text[:cut], tmp_path)
    refused_or_read(text[:cut] + chance.choice('{}[],:"\\\x00') + text[cut + 1 :], tmp_path)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("field", ["fps", "start", "colour", "picture", "variables", "script", "faces", "default"])
def test_every_kind_of_value_in_delicate_places(value: Any, field: str, tmp_path: Path) -> None:
    text = {"kind": "text", "text": "x", "start": 0, "look": {"colour": "red"}}
    data = document(scene(avatars=[{"picture": "avatar:anna"}], overlays=[text]), canvas={}, variables={"v": {}})
    whole: dict[str, Any] = {
        "fps": data["canvas"], "start": text, "colour": text["look"], "picture": data["scenes"][0]["avatars"][0],
        "variables": data, "script": data["scenes"][0], "faces": data["scenes"][0]["avatars"][0],
        "default": data["variables"]["v"],
    }  # fmt: skip
    whole[field][field] = value
    refused_or_read(data, tmp_path)


def test_many_faults_take_no_time() -> None:
    data = document(*[scene(overlays=[{"kind": "text", "tixt": "x", "start": "x"}] * 50)] * 200)
    with pytest.raises(SceneError) as caught:
        read(data)
    assert len(caught.value.faults) == MOST_EXPLAINED


def test_texts_that_are_slow_to_search(tmp_path: Path) -> None:
    for text in (
        "{{" * 100_000,
        "{{ " * 60_000,
        "{{a" + " " * 100_000,
        '"' * 100_000,
        "\\" * 100_000,
        "word:" + "a" * 9,
    ):
        refused_or_read(document(title=text), tmp_path)
        refused_or_read(text, tmp_path)
