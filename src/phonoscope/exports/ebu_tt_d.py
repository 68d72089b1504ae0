"""Subtitles as EBU-TT-D, which broadcasters distribute: NAME.ebuttd.xml (EBU Tech 3380, version 1.0.1).

A profile of the W3C's TTML: times of the media's own clock with thousandths, one paragraph a subtitle, its lines in a
span on a dark ground, and regions in percent of the picture. Speakers are agents, as TTML tells who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from phonoscope.media.subtitles import Cue, clock, one_line
from phonoscope.scene.document.captions import Captions
from phonoscope.scene.document.model import rgba_of

STANDARDS: Final = ("urn:ebu:tt:distribution:2018-04", "http://www.w3.org/ns/ttml/profile/imsc1/text")
"""What a document conforms to: version 1.0.1, which is also IMSC 1."""

NAMESPACES: Final = {
    "xmlns:tt": "http://www.w3.org/ns/ttml",
    "xmlns:ttp": "http://www.w3.org/ns/ttml#parameter",
    "xmlns:tts": "http://www.w3.org/ns/ttml#styling",
    "xmlns:ttm": "http://www.w3.org/ns/ttml#metadata",
    "xmlns:ebuttm": "urn:ebu:tt:metadata",
    "xmlns:ebutts": "urn:ebu:tt:style",
}

CELLS_ACROSS, CELLS_DOWN = 50, 30
"""Cells of the picture; font sizes are percents of a cell's height."""

SIDE_PERCENT, EDGE_PERCENT = 10, 5
"""Free space beside, and above and below the subtitles, in percent of the picture."""

_REGION, _PARAGRAPH, _LINE = "captions", "paragraph", "line"

_DISPLAY: Final = {"bottom": "after", "middle": "center", "top": "before"}

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


def ebu_tt_d_text(
    shown: Iterable[Cue], language: str = "", look: Captions | None = None, size_px: tuple[int, int] = (1280, 720)
) -> str:
    """Return subtitles as EBU-TT-D.

    Parameters
    ----------
    shown
        In order.
    language
        BCP 47 tag of what is said; empty where it is not known.
    look
        Colours, size and place; None for white on black, low.
    size_px
        (width, height) of the video.
    """
    look = look or Captions()
    cues = list(shown)
    speakers = list(dict.fromkeys(one_line(cue.speaker) for cue in cues if cue.speaker))
    clocked = {"ttp:timeBase": "media", "ttp:cellResolution": f"{CELLS_ACROSS} {CELLS_DOWN}"}
    root = Element("tt:tt", {**NAMESPACES, "xml:lang": language, **clocked})
    _add_head(root, look, speakers, size_px)
    paragraphs = []
    if cues:
        division = SubElement(SubElement(root, "tt:body"), "tt:div", {"region": _REGION, "style": _PARAGRAPH})
        paragraphs = [_add_paragraph(division, number, cue, speakers) for number, cue in enumerate(cues, 1)]
    indent(root)
    # Filled in after they have been indented: space inside of paragraphs would be shown.
    for paragraph, cue in zip(paragraphs, cues, strict=True):
        _fill(paragraph, cue, look)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_head(root: Element, look: Captions, speakers: Sequence[str], size_px: tuple[int, int]) -> None:
    head = SubElement(root, "tt:head")
    metadata = SubElement(head, "tt:metadata")
    about = SubElement(metadata, "ebuttm:documentMetadata")
    for standard in STANDARDS:
        SubElement(about, "ebuttm:conformsToStandard").text = standard
    for number, speaker in enumerate(speakers, 1):
        agent = SubElement(metadata, "ttm:agent", {"xml:id": _speaker_id(number), "type": "person"})
        SubElement(agent, "ttm:name", {"type": "alias"}).text = _writable(speaker)
    _add_styles(SubElement(head, "tt:styling"), look, speakers, size_px)
    region = {
        "xml:id": _REGION,
        "tts:origin": f"{SIDE_PERCENT}% {EDGE_PERCENT}%",
        "tts:extent": f"{100 - 2 * SIDE_PERCENT}% {100 - 2 * EDGE_PERCENT}%",
        "tts:displayAlign": _DISPLAY[look.position],
        "tts:overflow": "visible",
    }
    SubElement(SubElement(head, "tt:layout"), "tt:region", region)


def _add_styles(styling: Element, look: Captions, speakers: Sequence[str], size_px: tuple[int, int]) -> None:
    letters = look.size * min(size_px) / size_px[1] * CELLS_DOWN
    paragraph = {
        "xml:id": _PARAGRAPH,
        "tts:fontFamily": "proportionalSansSerif",
        "tts:fontSize": f"{100 * letters:.1f}%",
        "tts:lineHeight": "125%",
        "tts:textAlign": "center",
        "tts:color": _colour(look.colour),
        "tts:fontWeight": "bold" if look.weight == 700 else "normal",
        "tts:wrapOption": "wrap",
        "ebutts:multiRowAlign": "center",
        "ebutts:linePadding": "0.5c",
    }
    SubElement(styling, "tt:style", paragraph)
    SubElement(styling, "tt:style", {"xml:id": _LINE, "tts:backgroundColor": _colour(look.box_colour)})
    for number, speaker in enumerate(speakers, 1):
        colour = look.speaker_colours.get(speaker, look.colour)
        SubElement(styling, "tt:style", {"xml:id": f"{_LINE}-{_speaker_id(number)}", "tts:color": _colour(colour)})


def _add_paragraph(division: Element, number: int, cue: Cue, speakers: Sequence[str]) -> Element:
    told = {"xml:id": f"cue-{number}", "begin": clock(cue.start_s), "end": clock(cue.end_s)}
    if cue.speaker:
        who = _speaker_id(speakers.index(one_line(cue.speaker)) + 1)
        told |= {"ttm:agent": who, "style": f"{_LINE}-{who}"}
    return SubElement(division, "tt:p", told)


def _fill(paragraph: Element, cue: Cue, look: Captions) -> None:
    """Put a cue's lines into its paragraph."""
    name = f"{one_line(cue.speaker)}: " if look.show_speakers and cue.speaker else ""
    lines = _writable(name + cue.text).split("\n")
    span = SubElement(paragraph, "tt:span", {"style": _LINE})
    span.text = lines[0]
    for line in lines[1:]:
        SubElement(span, "tt:br").tail = line


def _speaker_id(number: int) -> str:
    return f"speaker-{number}"


def _colour(colour: str) -> str:
    return "#" + "".join(f"{part:02x}" for part in rgba_of(colour))


def _writable(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
