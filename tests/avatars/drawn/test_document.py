from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from phonoscope.avatars.drawn import document
from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.document import MAX_BYTES, SCHEMA, as_document, name_from, read_avatar, to_text
from phonoscope.avatars.drawn.library import find_character, list_characters
from phonoscope.core.errors import InputError

GOOD: dict[str, Any] = {
    "schema": SCHEMA,
    "name": "me",
    "style": "micah",
    "background": "#d7ebe8",
    "tags": ["woman"],
    "options": {"hairVariant": "full", "hairColor": "#77311d"},
}


def _write(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def _refusal(path: Path, **changes: object) -> str:
    with pytest.raises(InputError) as refused:
        read_avatar(_write(path, {**GOOD, **changes}))
    return str(refused.value)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "me.avatar.json"


def test_a_character_is_read_as_it_was_written(path: Path) -> None:
    for character in (find_character("anna"), *list_characters()[::40]):
        read = read_avatar(_write(path, to_text(character)))
        assert replace(read, options=dict(read.options)) == replace(character, options=dict(character.options))


def test_what_may_be_left_out_may_be_left_out(path: Path) -> None:
    read = read_avatar(_write(path, {"schema": SCHEMA, "style": "micah", "options": {}}))
    assert read == Character("micah", {})


def test_a_byte_order_mark_does_no_harm(path: Path) -> None:
    assert read_avatar(_write(path, "\ufeff" + json.dumps(GOOD))).name == "me"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"schema": "avatar.7"}, "newer schema avatar.7"),
        ({"schema": "performance.1"}, "no avatar: its schema is not avatar.1"),
        ({"schema": None}, "no avatar"),
        ({"styel": 1}, "unknown field 'styel'. Did you mean style"),
        ({"style": "micha"}, '"style": There is no style'),
        ({"style": "../../etc/passwd"}, "There is no style"),
        ({"style": 3}, 'names no style in "style"'),
        ({"options": None}, 'has no "options"'),
        ({"options": {"hairVarient": "full"}}, "'hairVarient': the style micah has no such option. Did you mean hairV"),
        ({"options": {"hairVariant": "ful"}}, "'hairVariant': there is no 'ful'. Did you mean full"),
        ({"options": {"hairVariant": ["full"]}}, "the value is not a text"),
        ({"options": {"hairColor": "url(http://x)"}}, "is no colour"),
        ({"background": "red"}, '"background": \'red\' is no colour'),
        ({"background": 3}, "is no colour"),
        ({"name": "Ännchen!"}, '"name": not a name'),
        ({"tags": "woman"}, '"tags": not a list'),
        ({"tags": ["Woman"]}, "'Woman' is no tag"),
        ({"tags": ["x"] * 50}, '"tags": not a list'),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_place(path: Path, changes: dict[str, object], told: str) -> None:
    message = _refusal(path, **changes)
    assert told in message
    assert str(path) in message


@pytest.mark.parametrize("content", ["", "[]", "{", '{"schema": NaN}x', "[" * 100_000, "\x00\xff"])
def test_what_is_no_document_is_refused(path: Path, content: str) -> None:
    with pytest.raises(InputError):
        read_avatar(_write(path, content))


def test_a_huge_file_is_not_read(path: Path) -> None:
    with pytest.raises(InputError, match="larger than 64 KiB"):
        read_avatar(_write(path, {**GOOD, "name": "x" * MAX_BYTES}))


def test_a_missing_file_is_told(path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_avatar(path)


def test_an_older_document_is_upgraded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(document.UPGRADES, "avatar.0", lambda old: {**old, "schema": SCHEMA, "style": "micah"})
    assert read_avatar(_write(path, {**GOOD, "schema": "avatar.0", "style": "mike"})).style == "micah"


def test_a_document_has_a_fixed_form() -> None:
    assert as_document(Character("micah", {"b": "1", "a": "2"}, "me", ("woman",), "#ffffff")) == {
        "schema": "avatar.1",
        "name": "me",
        "style": "micah",
        "background": "#ffffff",
        "tags": ["woman"],
        "options": {"a": "2", "b": "1"},
    }


@pytest.mark.parametrize(
    ("file", "name"),
    [("me.avatar.json", "me"), ("My Face.json", "my-face"), ("ÄÖ.json", "avatar"), ("x" * 90 + ".json", "x" * 64)],
)
def test_names_are_made_from_files(file: str, name: str) -> None:
    assert name_from(file) == name


def test_a_field_that_is_there_twice_is_refused(path: Path) -> None:
    with pytest.raises(InputError, match="'style' is there twice"):
        read_avatar(_write(path, '{"schema": "avatar.1", "style": "micah", "style": "bottts", "options": {}}'))


@pytest.mark.parametrize(
    ("schema", "told"), [("rig.1", "give the photo"), ("avatar-layers.1", "the SVG or the folder")]
)
def test_other_documents_are_sent_where_they_belong(path: Path, schema: str, told: str) -> None:
    assert told in _refusal(path, schema=schema)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(InputError, match="not an ordinary file"):
        read_avatar(path)
