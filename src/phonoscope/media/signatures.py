"""What a file is, told from its first bytes; for messages and to choose a reader, never trusted for more."""

from __future__ import annotations

HEAD_BYTES = 4096
"""How much of a file is looked at."""

_MAGIC = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
    (8, b"WEBP", "WEBP"),
    (4, b"ftypavi", "AVIF"),
    (4, b"ftyphei", "HEIF"),
    (4, b"ftyphev", "HEIF"),
    (4, b"ftypmif1", "HEIF"),
    (4, b"ftypmsf1", "HEIF"),
    (4, b"ftypM4A", "a sound file"),
    (4, b"ftyp", "a video"),
    (4, b"moov", "a video"),
    (8, b"AVI ", "a video"),
    (0, b"\x1aE\xdf\xa3", "a video"),
    (0, b"FLV", "a video"),
    (0, b"\x00\x00\x01\xba", "a video"),
    (0, b"\x00\x00\x01\xb3", "a video"),
    (8, b"WAVE", "a sound file"),
    (0, b"ID3", "a sound file"),
    (0, b"\xff\xfb", "a sound file"),
    (0, b"\xff\xf3", "a sound file"),
    (0, b"fLaC", "a sound file"),
    (0, b"OggS", "a sound file"),
    (0, b"FORM", "a sound file"),
    (0, b"%PDF", "a PDF document"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"\x1f\x8b", "a compressed archive"),
    (0, b"Rar!", "a compressed archive"),
    (0, b"7z\xbc\xaf", "a compressed archive"),
    (0, b"8BPS", "a Photoshop document"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
)

PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF", "BMP", "GIF")
"""The still pictures that are read, by Pillow's names."""


def identify(head: bytes) -> str:
    """Return one of `PICTURE_FORMATS`, or else a description to be used in a sentence (``a video``, ``text``)."""
    for offset, magic, name in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return _heif_or_avif(head) if name == "HEIF" else name
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024].lower()
    if b"<svg" in start:
        return "an SVG drawing"
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    return "text" if _is_text(head) else "nothing that is known"


def _heif_or_avif(head: bytes) -> str:
    """Tell the two apart where the main brand is the general one: the compatible brands name the codec."""
    length = min(int.from_bytes(head[:4], "big"), 256)
    return "AVIF" if b"avif" in head[8:length] and b"hei" not in head[8:length] else "HEIF"


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    try:
        # The last character may be cut in two.
        head[:-3].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(head)
