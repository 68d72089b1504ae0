"""EBU-TT-D follows EBU Tech 3380: its elements, its order, its times, its colours."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from phonoscope.exports.ebu_tt_d import ebu_tt_d_text
from phonoscope.media.subtitles import Cue
from phonoscope.scene.document.captions import Captions

TT = "{http://www.w3.org/ns/ttml}"
TTS = "{http://www.w3.org/ns/ttml#styling}"
TTP = "{http://www.w3.org/ns/ttml#parameter}"
TTM = "{http://www.w3.org/ns/ttml#metadata}"
XML = "{http://www.w3.org/XML/1998/namespace}"

CUES = (
    Cue("One <b> & two\nsecond line", 0.0, 1.5, "Ann"),
    Cue("Ünïcödé 你好\x08", 3599.9994, 3661.25, "Bo"),
    Cue("three", 4000.0, 360_000.0),
)


def _tree(shown: tuple[Cue, ...] = CUES, language: str = "en", **look: Any) -> Element:
    root: Element = fromstring(ebu_tt_d_text(shown, language, Captions(**look)).encode())
    return root


def test_required_attributes() -> None:
    root = _tree()
    assert root.tag == f"{TT}tt"
    assert root.get(f"{TTP}timeBase") == "media"
    assert re.fullmatch(r"[1-9]\d* [1-9]\d*", root.get(f"{TTP}cellResolution", ""))
    assert root.get(f"{XML}lang") == "en"
    standards = [e.text for e in root.iter("{urn:ebu:tt:metadata}conformsToStandard")]
    assert "urn:ebu:tt:distribution:2018-04" in standards


def test_order_of_elements() -> None:
    root = _tree()
    assert [e.tag for e in root] == [f"{TT}head", f"{TT}body"]
    assert [e.tag for e in root[0]] == [f"{TT}metadata", f"{TT}styling", f"{TT}layout"]


def test_what_is_referenced_is_there() -> None:
    root = _tree()
    ids = [e.get(f"{XML}id") for e in root.iter() if e.get(f"{XML}id")]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        for name in ("style", "region", f"{TTM}agent"):
            for reference in element.get(name, "").split():
                assert reference in ids


def test_times_have_thousandths() -> None:
    times = [(p.get("begin"), p.get("end")) for p in _tree().iter(f"{TT}p")]
    assert times == [
        ("00:00:00.000", "00:00:01.500"),
        ("00:59:59.999", "01:01:01.250"),
        ("01:06:40.000", "100:00:00.000"),
    ]


def test_texts_are_read_again() -> None:
    first, second, third = _tree().iter(f"{TT}p")
    (span,) = first
    assert first.text is None
    assert span.text == "One <b> & two"
    (line_break,) = span
    assert line_break.tag == f"{TT}br"
    assert line_break.tail == "second line"
    assert "".join(second.itertext()) == "Ünïcödé 你好\ufffd"
    assert "".join(third.itertext()) == "three"


def test_speakers_are_agents() -> None:
    root = _tree(show_speakers=True, speaker_colours={"Bo": "#00ff00"})
    names = {agent.get(f"{XML}id"): "".join(name.text or "" for name in agent) for agent in root.iter(f"{TTM}agent")}
    said = {names.get(p.get(f"{TTM}agent")): "".join(p.itertext()) for p in root.iter(f"{TT}p")}
    assert said["Bo"].startswith("Bo: Ünï")
    styles = {e.get(f"{XML}id"): e for e in root.iter(f"{TT}style")}
    colour = [styles[p.get("style")].get(f"{TTS}color") for p in root.iter(f"{TT}p") if p.get("style")]
    assert colour == ["#ffffffff", "#00ff00ff"]


def test_values_have_the_forms_of_the_standard() -> None:
    root = _tree(box_colour="navy", size=0.08, position="top")
    for style in root.iter(f"{TT}style"):
        for name in ("color", "backgroundColor"):
            assert re.fullmatch(r"#[0-9a-f]{8}", style.get(f"{TTS}{name}", "#00000000"))
        assert re.fullmatch(r"\d+(\.\d+)?%", style.get(f"{TTS}fontSize", "100%"))
    (region,) = root.iter(f"{TT}region")
    for name in ("origin", "extent"):
        assert re.fullmatch(r"\d+% \d+%", region.get(f"{TTS}{name}", ""))
    assert region.get(f"{TTS}displayAlign") == "before"


def test_nothing_said_has_no_body() -> None:
    assert [e.tag for e in _tree(())] == [f"{TT}head"]
