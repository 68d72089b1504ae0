from pathlib import Path

import pytest
from bench.labels import arpabet_to_ipa, marked_phones, read_textgrid, recordings, sentence

from phonoscope.core.errors import UsageError

LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 1.5
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "words"
        xmin = 0
        xmax = 1.5
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = ""
        intervals [2]:
            xmin = 0.5
            xmax = 1.5
            text = "say ""map"" 2"
    item [2]:
        class = "TextTier"
        name = "pitch"
        xmin = 0
        xmax = 1.5
        points: size = 1
        points [1]:
            number = 0.7
            mark = "120"
"""
SHORT = """File type = "ooTextFile"
Object class = "TextGrid"

0
1.5
<exists>
1
"IntervalTier"
"phones"
0
1.5
3
0
0.5
"sil"
0.5
0.75
"M"
0.75
1.5
"AE1"
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_reads_the_long_form_and_skips_points(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.TextGrid"
    path.write_text(LONG, encoding=encoding)
    assert read_textgrid(path) == {"words": (("", 0.0, 0.5), ('say "map" 2', 0.5, 1.5))}


def test_reads_the_short_form_with_either_line_end(tmp_path: Path) -> None:
    path = tmp_path / "a.TextGrid"
    path.write_bytes(SHORT.replace("\n", "\r\n").encode())
    assert read_textgrid(path) == {"phones": (("sil", 0.0, 0.5), ("M", 0.5, 0.75), ("AE1", 0.75, 1.5))}


def test_refuses_a_file_that_ends_early(tmp_path: Path) -> None:
    path = tmp_path / "a.TextGrid"
    path.write_text(SHORT.rsplit("0.75", 1)[0], encoding="utf-8")
    with pytest.raises(UsageError, match="middle of tier 'phones'"):
        read_textgrid(path)


def test_arpabet_becomes_ipa() -> None:
    assert [arpabet_to_ipa(label) for label in ("AH0", "AH1", "AY2", "NG", "HH")] == ["ə", "ʌ", "aɪ", "ŋ", "h"]


def test_a_tier_that_is_ipa_already_stays_so() -> None:
    rows = (("", 0.0, 1.0), ("m", 1.0, 2.0), ("ɛ", 2.0, 3.0), ("sp", 3.0, 4.0))
    assert [phone.ipa for phone in marked_phones(rows)] == ["m", "ɛ"]


def test_a_recording_has_its_phones_and_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHONOSCOPE_MEDIA", str(tmp_path))
    folder = tmp_path / "speech"
    folder.mkdir()
    (folder / "en_a.wav").touch()
    (folder / "en_ab.wav").touch()
    (folder / "en_a_phones.TextGrid").write_text(SHORT, encoding="utf-8")
    (folder / "en_a_words.TextGrid").write_text(LONG, encoding="utf-8")
    (folder / "en_ab.txt").write_text(" two\nlines ", encoding="utf-8")
    first, second = recordings()
    assert (first.name, first.language, first.transcript) == ("en_a", "en", 'say "map" 2')
    assert [(phone.ipa, phone.start_s, phone.end_s) for phone in first.phones] == [("m", 0.5, 0.75), ("æ", 0.75, 1.5)]
    assert (second.phones, second.transcript) == ((), "two lines")


def test_sentences_of_the_grid_corpus() -> None:
    assert sentence("grid_bbaf2n") == "bin blue at f two now"
    assert sentence("grid_lbax4n_glasses") == "lay blue at x four now"
    assert sentence("grid_sbwe5n") == "set blue with e five now"
    assert sentence("s1_prizza") == "place red in z zero again"
    with pytest.raises(UsageError, match="GRID"):
        sentence("interview")


def test_without_a_folder_there_is_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("PHONOSCOPE_MEDIA", raising=False)
    assert recordings() == []
    assert "PHONOSCOPE_MEDIA" in capsys.readouterr().out
