from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.scene.document.scenes import document, faults, read

from phonoscope.core.errors import SceneError
from phonoscope.scene.document.json_text import MAX_BYTES, data_faults, parse_json

GOOD = '{"schema": "scene.1", "scenes": [{"duration_s": 1}]}'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("[]", "an object"),
        ('"x"', "an object"),
        ('{\n "a": 1,\n}', "line 3, column 1: there is a comma after the last entry"),
        ('{\n // remark\n "a": 1}', "line 2, column 2: there is a comment"),
        ('{"a": 1, /* x */ "b": 2}', "comment"),
        ('{"a": 1 # x\n}', "comment"),
        ("{'a': 1}", "single quotation marks"),
        ('{"a": “x”}', "typographic"),
        ('{"a": "x\ny"}', r"Write \n"),
        (r'{"a": "C:\x"}', r"\\ for a backslash"),
        ('{"a": "x', "has no end"),
        ('{"a": [1, 2', "ends too early"),
        ('{"a": 1 "b": 2}', "line 1, column 9: a comma is missing"),
        ('{"a" 1}', "colon is missing"),
        ('{"a": 1} {}', "behind the end"),
        ("{a: 1}", "Write names in quotation marks"),
        ('{"a": yes}', "Texts need quotation marks"),
        ("[" * 100_000, "nested too deeply (line 1)"),
        ('{"a":' * 50 + "1" + "}" * 50, "nested too deeply"),
        (" " * (MAX_BYTES + 1), "larger than 2 MB"),
    ],
)
def test_what_is_no_json_is_explained(text: str, told: str) -> None:
    with pytest.raises(SceneError) as caught:
        parse_json(text)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "path", "told"),
    [
        ('{"a": {"b": 1, "b": 2}}', "a.b", "twice"),
        ('{"a": [1, NaN]}', "a[1]", "NaN is no number"),
        ('{"a": -Infinity}', "a", "no number"),
        ('{"a": 1e999}', "a", "no number"),
        ('{"a": ' + "9" * 5000 + "}", "a", "no number"),
        ('{"a": "\\u0000"}', "a", "control character (U+0000)"),
        ('{"a": "\\ud800"}', "a", "U+D800"),
        ('{"a": "\\u001b[31m"}', "a", "U+001B"),
        ('{"a b": {"c": "\\u0001"}}', '["a b"].c', "control"),
    ],
)
def test_values_that_no_document_has(text: str, path: str, told: str) -> None:
    found = {fault.path: str(fault) for fault in data_faults(parse_json(text))}
    assert told in found[path]


def test_all_doubles_are_told_at_once() -> None:
    assert faults('{"a": 1, "a": 2, "b": [{"c": 1, "c": 2}]}').keys() == {"a", "b[0].c"}


def test_brackets_in_texts_do_not_count() -> None:
    text = '{"schema": "scene.1", "title": "' + "[" * 200 + '\\"{{", "scenes": [{"duration_s": 1}]}'
    assert read(text.replace("{{", "{")).document.title == "[" * 200 + '"{'


def test_python_data_is_checked_like_text() -> None:
    assert "is nothing that JSON has" in faults(document(title=b"x"))["title"]
    loop: dict[str, Any] = document()
    loop["self"] = loop
    assert any("nested too deeply" in told for told in faults(loop).values())
    assert any("no text" in told for told in faults({**document(), 3: 4}).values())  # type: ignore[dict-item]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_of_all_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "s.json"
    path.write_text(GOOD.replace('"scene.1"', '"scene.1", "title": "Grüße"'), encoding)
    found = read(path)
    assert found.document.title == "Grüße"
    assert found.folder == tmp_path.resolve()
    assert found.label == f"'{path}'"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b'{"a":\n "\xe4"}')
    assert "line 2 is not UTF-8" in faults(tmp_path / "latin.json")[""]
    assert "is a folder" in faults(tmp_path)[""]
    assert "No such file" in faults(tmp_path / "none.json")[""]
    assert "no file name" in faults(Path("a\x00b"))[""]
    (tmp_path / "large.json").write_bytes(b" " * (MAX_BYTES + 1))
    assert "larger than 2 MB" in faults(tmp_path / "large.json")[""]


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        (None, "names no schema"),
        (1, "not a text"),
        ("scene.2", "Update Phonoscope"),
        ("scene.17", "newer schema scene.17"),
        ("avatar.1", "drawn avatar"),
        ("rig.1", "photo"),
        ("performance.1", "phonoscope mimic"),
        ("scene.one", "Did you mean scene.1?"),
        ("scene.1 ", "no scene document"),
        ("x" * 9999, "no scene document"),
    ],
)
def test_other_schemas(schema: object, told: str) -> None:
    assert told in faults({**document(), "schema": schema})["schema"]


def test_old_schemas_are_upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    from phonoscope.scene.document import upgrading

    upgrades = {"scene.0": lambda old: {**old, "schema": "scene.1", "title": old["title"].upper()}}
    monkeypatch.setattr(upgrading, "UPGRADES", upgrades)
    assert read({**document(title="old"), "schema": "scene.0"}).document.title == "OLD"
