from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from phonoscope.core.errors import UsageError
from phonoscope.scene.text import TextStyle, families, find_family, foreign_letters, lay_out
from phonoscope.scene.text.catalogue import FOLDER, shipped_fonts
from phonoscope.scene.text.typefaces import typeface

MOST_BYTES = 24_000_000


def test_the_manifest_tells_the_truth() -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    assert manifest["schema"] == "fonts.1"
    for entry in manifest["fonts"]:
        path = FOLDER / entry["file"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"], entry["file"]
        assert entry["licence"] == "OFL-1.1"
        assert "opyright" in entry["copyright"]
        assert (FOLDER / entry["licence_file"]).is_file()
    assert {path.name for path in FOLDER.glob("*.ttf")} == {entry["file"] for entry in manifest["fonts"]}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST_BYTES


@pytest.mark.parametrize("font", shipped_fonts(), ids=lambda font: font.path.stem)
def test_fonts_have_what_the_manifest_says(font) -> None:  # type: ignore[no-untyped-def]
    face = typeface(font)
    for part in font.covers.split():
        first, _, last = part.partition("-")
        assert face.unicharToGlyph(int(first, 16))
        assert face.unicharToGlyph(int(last or first, 16))


def test_families_are_found_however_they_are_written() -> None:
    assert families()[0] == "Noto Sans" == find_family("") == find_family("sans-serif")
    assert find_family(" oswald ") == "Oswald"
    assert find_family("Serif") == "Noto Serif"


def test_an_unknown_family_is_told_with_what_was_meant() -> None:
    with pytest.raises(UsageError, match=r"Did you mean 'Montserrat'") as raised:
        find_family("Monserat")
    assert "Oswald" in raised.value.remedy


def test_letters_that_a_family_lacks_are_drawn_by_others() -> None:
    assert foreign_letters("Hi Привет", "Anton") == "Привет"
    assert foreign_letters("Hi Привет", "Oswald") == ""
    assert lay_out("Привет", TextStyle(family="Anton"), 1000).size_px[0] > 0


def test_a_users_font_is_used(tmp_path: Path) -> None:
    path = tmp_path / "My Font.TTF"
    path.write_bytes((FOLDER / "Caveat-700.ttf").read_bytes())
    assert find_family(str(path)) == str(path.resolve())
    widths = [lay_out("Hello", TextStyle(family=name), 1000).size_px for name in (str(path), "Caveat", "Noto Sans")]
    assert widths[0][0] == widths[1][0] != widths[2][0]
    # Letters that it lacks come from fonts of ours.
    assert lay_out("你好", TextStyle(family=str(path)), 1000).size_px[0] > 0


def test_bold_is_made_where_a_users_font_has_none(tmp_path: Path) -> None:
    path = tmp_path / "regular.ttf"
    path.write_bytes((FOLDER / "NotoSerif-400.ttf").read_bytes())
    regular, bold = (lay_out("Hello", TextStyle(family=str(path), weight=weight), 1000) for weight in (400, 700))
    assert [line.text for line in regular.lines] == [line.text for line in bold.lines]


def test_a_font_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "font.ttf"
    path.write_bytes((FOLDER / "Caveat-700.ttf").read_bytes())
    first = lay_out("Hello", TextStyle(family=str(path)), 1000).size_px
    path.write_bytes((FOLDER / "Anton-400.ttf").read_bytes())
    assert lay_out("Hello", TextStyle(family=str(path)), 1000).size_px != first


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"wOF2" + bytes(100),
        b"\x00\x01\x00\x00",
        b"\x00\x01\x00\x00" + bytes(4000),
        b"OTTO" + b"\xff" * 4000,
        b"ttcf",
    ],
)
def test_what_is_no_font_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.ttf"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"bad\.ttf"):
        find_family(str(path))


def test_half_a_font_is_refused_or_survived(tmp_path: Path) -> None:
    whole = (FOLDER / "Caveat-700.ttf").read_bytes()
    for kept in (100, 1000, 20_000, len(whole) // 2):
        path = tmp_path / f"half{kept}.ttf"
        path.write_bytes(whole[:kept])
        with pytest.raises(UsageError):
            lay_out("Hello", TextStyle(family=str(path)), 1000)


def test_a_font_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        find_family(str(tmp_path / "none.otf"))
    (tmp_path / "folder.ttf").mkdir()
    with pytest.raises(UsageError):
        find_family(str(tmp_path / "folder.ttf"))
