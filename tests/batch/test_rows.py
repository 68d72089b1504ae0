from __future__ import annotations

from pathlib import Path

import pytest

from phonoscope.batch import rows as rows_module
from phonoscope.batch.rows import LARGEST_BYTES, Row, Table, read_table
from phonoscope.core.errors import InputError


def table(folder: Path, content: str | bytes) -> Table:
    path = folder / "rows.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(tmp_path: Path, separator: str, end: str) -> None:
    found = table(tmp_path, end.join(separator.join(cells) for cells in (["name", "age"], ["Anna", "3"], ["Bob", ""])))
    assert found.columns == ("name", "age")
    assert found.rows == (Row(2, {"name": "Anna", "age": "3"}), Row(3, {"name": "Bob"}))
    assert found.separator == separator


def test_the_separator_is_the_one_that_fits_all_rows(tmp_path: Path) -> None:
    assert table(tmp_path, "name;text\nAnna;1,5\nBob;Hello, you, there").columns == ("name", "text")
    assert table(tmp_path, 'name,text\nAnna,"a;b"\nBob,c;d;e').columns == ("name", "text")
    assert table(tmp_path, "name\nAnna, the first\nBob").rows[0].fault


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    assert [row.values for row in table(tmp_path, "name\nAnna\nBob\n").rows] == [{"name": "Anna"}, {"name": "Bob"}]


def test_a_line_that_names_the_separator(tmp_path: Path) -> None:
    found = table(tmp_path, "sep=;\r\nname;a,b\r\nAnna;1\r\n")
    assert found.columns == ("name", "a,b")
    assert found.rows[0].number == 3


@pytest.mark.parametrize(
    ("data", "name", "encoding"),
    [
        ("name\nGrüße".encode(), "Grüße", "utf-8"),
        ("name\nGrüße".encode("utf-8-sig"), "Grüße", "utf-8"),
        ("name\nGrüße €".encode("cp1252"), "Grüße €", "cp1252"),
        ("name\n日本".encode("utf-16"), "日本", "utf-16"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, name: str, encoding: str) -> None:
    found = table(tmp_path, data)
    assert found.columns == ("name",)
    assert found.rows[0].values == {"name": name}
    assert found.encoding == encoding


def test_quoted_cells(tmp_path: Path) -> None:
    found = table(tmp_path, 'name,text\nAnna,"Hello,\nyou ""there"""\nBob,x')
    assert found.rows[0].values["text"] == 'Hello,\nyou "there"'
    assert found.rows[1].number == 3


def test_empty_rows_are_passed_over_but_counted(tmp_path: Path) -> None:
    found = table(tmp_path, "\nname,b\n\n , \nAnna,\n,,\n\nBob,x\n")
    assert [(row.number, row.values) for row in found.rows] == [(5, {"name": "Anna"}), (8, {"name": "Bob", "b": "x"})]


def test_bad_rows_are_told(tmp_path: Path) -> None:
    found = table(tmp_path, 'name,b\nAnna,1,2\nBob,"x"y\nCarl,3\nDora,4,,\nEve,"never\nFred,5')
    faults = {row.number: row.fault for row in found.rows}
    assert "3 cells, but there are 2 columns" in faults[2]
    assert "Line 3: the quotation marks do not match" in faults[3]
    assert faults[4] == faults[5] == ""
    assert "line 6 or below is never closed" in faults[6]
    assert len(faults) == 5


def test_columns_without_a_name_do_not_count(tmp_path: Path) -> None:
    found = table(tmp_path, "name,,  first   name ,\nAnna,x,Berta,\n")
    assert found.columns == ("name", "first name")
    assert found.rows[0].values == {"name": "Anna", "first name": "Berta"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n\n , ,\n", "is empty"),
        (b"name,age\n", "no rows"),
        (b"name,Name\nx,y", "two columns called"),
        (b"PK\x03\x04 ...", "is a spreadsheet"),
        (b"name\n\x00x", "no text"),
        (b"name\n\x81\x8d", "no text"),
        (b",".join(b"c%d" % n for n in range(300)) + b"\nx", "more than 200 columns"),
        (b"a" * (LARGEST_BYTES + 1), "larger than 20 MB"),
    ],
)
def test_what_is_no_table(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(InputError) as caught:
        table(tmp_path, content)
    assert told in str(caught.value)


def test_tables_that_are_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_module, "MOST_ROWS", 3)
    with pytest.raises(InputError, match="more than 3 rows"):
        table(tmp_path, "name\n" + "x\n" * 4)


def test_cells_that_are_too_long_are_told(tmp_path: Path) -> None:
    found = table(tmp_path, f"name,b\nAnna,{'x' * 140_000}\nBob,y\n")
    assert "cell is too long" in found.rows[0].fault
    assert found.rows[-1].values == {"name": "Bob", "b": "y"}


def test_what_cannot_be_read(tmp_path: Path) -> None:
    for path, told in ((tmp_path, "not an ordinary file"), (tmp_path / "none.csv", "No such file"),
                       (Path("a\x00"), "no file name")):  # fmt: skip
        with pytest.raises(InputError) as caught:
            read_table(path)
        assert told in str(caught.value)
