from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from phonoscope.avatars.drawn.own.settings import MAX_BYTES, SCHEMA, parse_settings, read_settings, settings_path
from phonoscope.core.errors import InputError


def test_all_fields_are_read() -> None:
    settings = parse_settings(
        {
            "schema": SCHEMA, "name": "Pip", "credit": "Me, CC0", "background": "#abc", "crown": [1, 2], "chin": [3, 4],
            "neck": [5, 6], "face_width": 7, "floats": True, "pixelated": False,
            "mouth": {"centre": [1, 2], "half_width": 3, "line_width": 4, "reach": 5, "smile": -0.2, "tilt_deg": 3,
                      "kind": "lips", "line": None, "inside": "#102030", "lip": "rgb(1, 2, 3)", "teeth": None},
            "eyes": {"blink": "lid", "line": "black", "line_width": 2, "reach": [3, 4]},
        }
    )  # fmt: skip
    assert settings.background == (0xAA, 0xBB, 0xCC)
    assert settings.neck == (5, 6)
    assert settings.mouth.inside == (16, 32, 48)
    assert settings.mouth.lip == (1, 2, 3)
    assert settings.mouth.without == {"line", "teeth"}
    assert settings.eyes.reach == (3, 4)
    assert settings.eyes.line == (0, 0, 0)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"schema": "avatar.1"}, ("no schema avatar-layers.1", "avatar.1")),
        ({"nek": [1, 2]}, ("nek", "Did you mean neck")),
        ({"neck": [1]}, ("neck", "two numbers")),
        ({"neck": [1, True]}, ("neck", "two numbers")),
        ({"neck": [1, float("nan")]}, ("neck", "two numbers")),
        ({"face_width": -1}, ("face_width", "above 0")),
        ({"face_width": 1e300}, ("face_width", "above 0")),
        ({"background": "reddish"}, ("background", "a colour")),
        ({"name": "x" * 1000}, ("name", "300")),
        ({"floats": 1}, ("floats", "true or false")),
        ({"mouth": [1]}, ("mouth", "an object")),
        ({"mouth": {"kind": "duck"}}, ("mouth.kind", "line, lips, shape")),
        ({"mouth": {"reach": [1, 2]}}, ("mouth.reach", "above 0")),
        ({"eyes": {"blink": 3}}, ("eyes.blink", "squash")),
        ({"eyes": {"lash": 3}}, ("eyes.lash", "not known")),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(fields: dict[str, Any], words: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        parse_settings({"schema": SCHEMA} | fields, "'avatar.json'")
    assert all(word in str(caught.value) for word in words), str(caught.value)


@pytest.mark.parametrize("content", [b"{", b"[" * 5000, b"\xff\xfe\xff", b"3", b" " * (MAX_BYTES + 1)])
def test_what_is_no_document_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "avatar.json").write_bytes(content)
    with pytest.raises(InputError, match=r"avatar\.json"):
        read_settings(tmp_path)


def test_settings_lie_in_the_folder_or_beside_the_svg(tmp_path: Path) -> None:
    drawing = tmp_path / "me.svg"
    assert settings_path(tmp_path) == tmp_path / "avatar.json"
    assert settings_path(drawing) == tmp_path / "me.layers.json"
    assert read_settings(drawing).name == ""
    settings_path(drawing).write_text(json.dumps({"schema": SCHEMA, "name": "Me"}), "utf-8")
    assert read_settings(drawing).name == "Me"


def test_settings_that_lead_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text(json.dumps({"schema": SCHEMA}), "utf-8")
    folder = tmp_path / "layers"
    folder.mkdir()
    (folder / "avatar.json").symlink_to(tmp_path / "secret.json")
    with pytest.raises(InputError, match="leads out"):
        read_settings(folder)
