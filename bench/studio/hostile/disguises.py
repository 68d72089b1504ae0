"""Files that are two things at once, or call themselves something else; names that lead elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from bench.studio.hostile.attack import Attack
from bench.studio.hostile.samples import samples

SCRIPT = b"<script>alert(document.domain)</script>"

NAMES = (
    "../../../../etc/cron.d/x.png",
    "..\\..\\..\\windows\\system32\\x.png",
    "/etc/passwd",
    "C:\\boot.ini",
    "\\\\server\\share\\x.png",
    "file:///etc/passwd",
    "..",
    ".",
    "/",
    "",
    " ",
    "...",
    "~",
    "~/.ssh/authorized_keys",
    ".htaccess",
    ".ssh",
    "CON",
    "NUL.png",
    "COM1",
    "aux.jpg",
    "a\x00.png",
    "x.png\x00.html",
    "a\r\nSet-Cookie: a=b\r\n.png",
    'x"; filename="y.html',
    "x.png;.html",
    "x.html",
    "x.svg.html",
    "x.php",
    "<img src=x onerror=alert(1)>.png",
    "{{7*7}}.png",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%c0%af..%c0%af.png",
    "$(touch x).png",
    "`touch x`.png",
    "; rm -rf x;.png",
    "| cat",
    "-rf",
    "--output=x",
    "gpj.\u202eexe",
    "\u2066\u2067\u200f\u200e.png",
    "\ufeffx.png",
    "a\u0301" * 300,
    "\U0001f469\u200d\U0001f680" * 100,
    "x" * 4000 + ".png",
    "\n" * 100,
    "a/" * 500 + "x.png",
    "../" * 300 + "x.png",
    "sha256:" + "0" * 64,
    "link -> /etc/passwd",
    "x.part",
    "studio.db",
    "\x1b[31mred\x1b[0m.png",
    "' OR 1=1 --.png",
    "\ud7ff\uffff.png",
)


def disguises() -> Iterator[Attack]:
    """Make files that are something else besides."""
    script_picture = b"GIF89a=1;/*" + bytes(20) + b"*/alert(1)//"
    yield Attack("disguises", "GIF and script", script_picture, "x.gif")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("../../evil.sh", "echo")
    for ending, content in samples().items():
        yield Attack("disguises", f"{ending} and an archive", content + archive.getvalue(), f"x.{ending}")
        yield Attack("disguises", f"{ending} and a page", content + SCRIPT, "page.html")
        yield Attack("disguises", f"a page and {ending}", SCRIPT + content, f"x.{ending}")
        yield Attack("disguises", f"{ending} under another name", content, "x.exe")
    for what, content in {
        "a page": b"<!DOCTYPE html><html>" + SCRIPT,
        "a page with a drawing": b"<html><body>" + SCRIPT + samples()["svg"],
        "a comment before a page": b"<!-- <svg> -->" + SCRIPT,
        "a program": b"\x7fELF" + bytes(60),
        "a shell script": b"#!/bin/sh\ntouch x\n",
        "JSON": b'{"a": 1}',
        "a pickle": b"\x80\x04cos\nsystem\n(S'touch x'\ntR.",
    }.items():
        for ending in ("png", "svg", "mp4", "wav", "html"):
            yield Attack("disguises", f"{what} as {ending}", content, f"x.{ending}")


def names() -> Iterator[Attack]:
    """Give an honest picture a name that leads elsewhere."""
    for name in NAMES:
        yield Attack("names", repr(name[:40]), samples()["png"], name)
