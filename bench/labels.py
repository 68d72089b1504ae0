"""Recordings of real people with phones that a phonetician marked: what recognition is compared with."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from phonoscope.core.errors import UsageError
from phonoscope.core.speech import Phone
from phonoscope.media.probe import probe

PICTURES = (".mp4", ".mpg", ".webm", ".mov", ".mkv", ".avi")
SOUNDS = (".wav", ".opus", ".flac", ".ogg", ".mp3", ".m4a")

_ARPABET = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "aʊ", "AX": "ə", "AXR": "ɚ", "AY": "aɪ", "B": "b", "CH": "tʃ",
    "D": "d", "DH": "ð", "DX": "ɾ", "EH": "ɛ", "EL": "əl", "EM": "m", "EN": "n", "ER": "ɝ", "EY": "eɪ", "F": "f",
    "G": "ɡ", "HH": "h", "HV": "h", "IH": "ɪ", "IX": "ɪ", "IY": "i", "JH": "dʒ", "K": "k", "L": "l", "M": "m", "N": "n",
    "NG": "ŋ", "NX": "n", "OW": "oʊ", "OY": "ɔɪ", "P": "p", "Q": "ʔ", "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t",
    "TH": "θ", "UH": "ʊ", "UW": "u", "UX": "u", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ",
    # Two phones that were marked as one.
    "PT": "pt",
}  # fmt: skip
"""IPA of ARPAbet's symbols, without their stress digits."""

_SCHWA = "AH0"
"""ARPAbet has no schwa of its own: it is the unstressed AH."""

_NO_SPEECH = {"", "sil", "sp", "spn", "pau", "#", "<eps>", "<p:>", "_"}
"""Labels, in lower case, of time without speech."""

_GRID = (
    {"b": "bin", "l": "lay", "p": "place", "s": "set"},
    {"b": "blue", "g": "green", "r": "red", "w": "white"},
    {"a": "at", "b": "by", "i": "in", "w": "with"},
    None,
    dict(
        zip("123456789z", ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "zero"), strict=True)
    ),
    {"a": "again", "n": "now", "p": "please", "s": "soon"},
)
"""The words of a sentence of the GRID corpus (Cooke et al. 2006) by the letters of its name; the fourth is a letter."""

LONGEST_CLIP_S = 10.0
"""Longer clips with real lips are left out: each is drawn and tracked several times."""

Rows = tuple[tuple[str, float, float], ...]
"""A tier's intervals: label, start and end in seconds."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording, and what is known of it.

    Attributes
    ----------
    phones
        What a phonetician marked, in IPA; empty where nobody did. Time that no phone covers is silence.
    transcript
        What is said; empty where it is not known.
    language
        Two letters, from the file's name.
    """

    name: str
    path: Path
    phones: tuple[Phone, ...] = ()
    transcript: str = ""
    language: str = ""


def recordings() -> list[Recording]:
    """Return all recordings in the folder ``speech`` of PHONOSCOPE_MEDIA; none where that is not set."""
    media = os.environ.get("PHONOSCOPE_MEDIA")
    if not media:
        print("PHONOSCOPE_MEDIA names no folder with recordings: nothing is measured on real voices.", flush=True)
        return []
    return [_recording(path) for path in sorted((Path(media) / "speech").iterdir()) if path.suffix in SOUNDS]


def _recording(path: Path) -> Recording:
    grids = [*path.parent.glob(f"{path.stem}.TextGrid"), *sorted(path.parent.glob(f"{path.stem}_*.TextGrid"))]
    tiers = [tier for grid in grids for tier in read_textgrid(grid).items()]
    phones: Rows = next((rows for name, rows in tiers if "phone" in name.lower()), ())
    words: Rows = next((rows for name, rows in tiers if "word" in name.lower()), ())
    text = path.with_suffix(".txt")
    transcript = text.read_text(encoding="utf-8") if text.exists() else " ".join(label for label, _, _ in words)
    return Recording(
        name=path.stem,
        path=path,
        phones=marked_phones(phones),
        transcript=" ".join(transcript.split()),
        language=path.stem.split("_")[0] if re.match(r"[a-z]{2}_", path.stem) else "",
    )


def clips() -> list[Recording]:
    """Return the short clips with sound in the folder ``video`` of PHONOSCOPE_MEDIA; none where that is not set."""
    media = os.environ.get("PHONOSCOPE_MEDIA")
    if not media:
        print("PHONOSCOPE_MEDIA names no folder with videos: lips are not compared with real ones.", flush=True)
        return []
    found = []
    for path in sorted((Path(media) / "video").iterdir()):
        if path.suffix in PICTURES and probe(path).sound is not None and (probe(path).duration_s or 0) < LONGEST_CLIP_S:
            known = path.stem.startswith("grid_")
            found.append(Recording(path.stem, path, (), sentence(path.stem) if known else "", "en" if known else ""))
    return found


def sentence(name: str) -> str:
    """Return what is said in a GRID clip, told by the six letters of its name.

    Examples
    --------
    >>> sentence("grid_bbaf2n")
    'bin blue at f two now'
    """
    code = re.search(r"[blps][bgrw][abiw][a-z][1-9z][anps]", name)
    if code is None:
        raise UsageError(f"'{name}' does not name a GRID sentence.", "Name the clip as the corpus does: bbaf2n.")
    return " ".join(letter if words is None else words[letter] for letter, words in zip(code[0], _GRID, strict=True))


def read_textgrid(path: Path) -> dict[str, Rows]:
    """Read the interval tiers of a Praat TextGrid, long or short, by name.

    https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html
    """
    data = path.read_bytes()
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    # What is neither a text nor a number, and the [n] of the long form, only tells people what the numbers mean.
    tokens = re.findall(r'"(?:[^"]|"")*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?', re.sub(r"\[\d*\]", " ", text))
    tiers: dict[str, Rows] = {}
    at = 0
    while at < len(tokens):
        if tokens[at] != '"IntervalTier"':
            at += 1
            continue
        name, count = _unquoted(tokens[at + 1]), int(tokens[at + 4])
        rows = tokens[at + 5 : at + 5 + 3 * count]
        if len(rows) < 3 * count:
            raise UsageError(f"'{path}' ends in the middle of tier '{name}'.", "Save it from Praat again.")
        starts, ends, labels = rows[::3], rows[1::3], rows[2::3]
        tiers[name] = tuple((_unquoted(x), float(a), float(b)) for x, a, b in zip(labels, starts, ends, strict=True))
        at += 5 + 3 * count
    return tiers


def marked_phones(rows: Rows) -> tuple[Phone, ...]:
    """Return a tier's phones in IPA; the tier is in ARPAbet if all of its labels are, else in IPA already."""
    spoken = [(label.strip(), start, end) for label, start, end in rows if label.strip().lower() not in _NO_SPEECH]
    arpabet = all(label.rstrip("012") in _ARPABET for label, _, _ in spoken)
    return tuple(Phone(arpabet_to_ipa(label) if arpabet else label, start, end) for label, start, end in spoken)


def arpabet_to_ipa(label: str) -> str:
    """Return the IPA of an ARPAbet symbol with or without its stress digit."""
    return "ə" if label == _SCHWA else _ARPABET[label.rstrip("012")]


def _unquoted(token: str) -> str:
    return token[1:-1].replace('""', '"')
