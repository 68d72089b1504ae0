"""``phonoscope doctor``: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import importlib
import json
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from phonoscope.version import __version__

EXAMPLES = """\
Example:

phonoscope doctor
"""

REINSTALL = "Reinstall Phonoscope: pip install --force-reinstall phonoscope"

SYSTEM_LIBRARIES = "libgl1 libegl1 libglib2.0-0"

LIBRARIES = {
    "av": ("av", "video and sound files"),
    "cv2": ("opencv-contrib-python", "image processing"),
    "espeakng_loader": ("espeakng-loader", "voices"),
    "mediapipe": ("mediapipe", "finding faces"),
    "onnxruntime": ("onnxruntime", "hearing phones"),
    "numba": ("numba", "fast drawing"),
    "PIL": ("pillow", "reading pictures"),
    "pillow_heif": ("pillow-heif", "reading HEIC pictures"),
    "scipy": ("scipy", "preparing the face"),
    "dicebear": ("dicebear-core", "drawn characters"),
    "resvg_py": ("resvg-py", "drawing SVG"),
    "skia": ("skia-python", "drawing mouths and letters"),
    "pydantic": ("pydantic", "reading scene documents"),
    "segno": ("segno", "QR codes"),
    "pysubs2": ("pysubs2", "subtitles with styles"),
    "opentimelineio": ("opentimelineio", "timelines for editing programs"),
    "budoux": ("budoux", "captions without spaces between words"),
}
"""Module name: (name on the package index, what it is for)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def doctor(
    json_lines: Annotated[bool, typer.Option("--json", help="Print one JSON object a finding.")] = False,
) -> None:
    """Tell what is installed, what is missing, and how to get it."""
    looks = (_encoders, _voices, _hearing, _faces, _drawing, _fonts, _disk)
    findings = [_python(), *(_library(*item) for item in LIBRARIES.items()), *(look() for look in looks)]
    if json_lines:
        for finding in findings:
            typer.echo(json.dumps(asdict(finding), ensure_ascii=False))
    else:
        table = Table("", "Part", "Found", box=None, pad_edge=False)
        for finding in findings:
            mark = "[green]ok[/]" if finding.ok else "[bold red]missing[/]"
            table.add_row(mark, finding.name, f"{finding.detail}\n{finding.remedy}".strip())
        Console().print(table)
        typer.echo("All is well." if all(f.ok for f in findings) else "Something is missing: see above what to do.")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(4)


def _python() -> Finding:
    ok = (3, 11) <= sys.version_info[:2] < (3, 13)
    detail = (
        f"Phonoscope {__version__}, Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
    )
    return Finding("Python", ok, detail, "" if ok else "Use Python 3.11 or 3.12.")


def _library(module: str, item: tuple[str, str]) -> Finding:
    package, purpose = item
    try:
        importlib.import_module(module)
    except ImportError as error:
        remedy = f"pip install {package}"
        if any(library in str(error) for library in ("libGL", "libEGL", "libgthread")):
            remedy = "Install the system's OpenGL libraries; on Debian and Ubuntu: apt-get install " + SYSTEM_LIBRARIES
        return Finding(package, False, f"{purpose}: {error}", remedy)
    try:
        version = metadata.version(package)
    except metadata.PackageNotFoundError:
        version = "version unknown"
    return Finding(package, True, f"{version}, {purpose}")


def _check(name: str, look: Callable[[], str], remedy: str) -> Finding:
    """Run one look; whatever goes wrong in it is a finding, not a crash."""
    try:
        return Finding(name, True, look())
    except Exception as error:
        return Finding(name, False, f"{type(error).__name__}: {error}", remedy)


def _encoders() -> Finding:
    def look() -> str:
        from phonoscope.media.writer import check_encoders

        return ", ".join(check_encoders())

    return _check("encoders", look, REINSTALL)


def _voices() -> Finding:
    def look() -> str:
        from phonoscope.speech import list_voices

        found = list_voices()
        return f"{len(found)} voices in {len({voice.language for voice in found})} languages and accents"

    return _check("voices", look, REINSTALL)


def _hearing() -> Finding:
    def look() -> str:
        from phonoscope.core.events import ignore_events
        from phonoscope.script import read_script
        from phonoscope.speech import hear, speak
        from phonoscope.voice import Stream

        spoken = [piece.sound for piece in speak(read_script("Mama, papa."))]
        heard = hear(Stream(lambda: iter(spoken), spoken[0].rate_hz, None), None, ignore_events)
        return f"{sum(len(piece.phones) for piece in heard)} phones heard in two spoken words"

    return _check("hearing", look, REINSTALL)


def _faces() -> Finding:
    def look() -> str:
        from phonoscope.avatars.photo import find_faces
        from phonoscope.cli.demo import PORTRAIT
        from phonoscope.media.pictures import load_picture

        photo = load_picture(resources.files("phonoscope").joinpath(PORTRAIT).read_bytes())
        return f"{len(find_faces(photo))} face found in the portrait that comes with Phonoscope"

    return _check("face finder", look, REINSTALL)


def _drawing() -> Finding:
    def look() -> str:
        from phonoscope.avatars.photo import rig_photo
        from phonoscope.cli.demo import PORTRAIT
        from phonoscope.core.performance import pose
        from phonoscope.media.pictures import load_picture

        photo = load_picture(resources.files("phonoscope").joinpath(PORTRAIT).read_bytes())
        rig_photo(photo).draw_frame(pose(jawOpen=0.5, lipGap=0.05, eyeBlinkLeft=0.5))
        return "a mouth was opened and an eye was shut"

    return _check("drawing", look, "Let your home folder be writable, or set NUMBA_CACHE_DIR to a folder that is.")


def _fonts() -> Finding:
    def look() -> str:
        from phonoscope.scene.text import shipped_fonts
        from phonoscope.scene.text.specimens import draw_specimens, font_families
        from phonoscope.scene.text.typefaces import typeface

        opened = [typeface(font) for font in shipped_fonts()]
        if draw_specimens(font_families()[:1]).min() == 255:
            raise ValueError("words that were drawn are not to be seen")
        return f"{len(opened)} fonts opened, and words drawn"

    return _check("fonts", look, REINSTALL)


def _disk() -> Finding:
    free_gb = shutil.disk_usage(Path.cwd()).free / 1e9
    ok = free_gb > 0.5 and os.access(Path.cwd(), os.W_OK)
    return Finding(
        "this folder", ok, f"{free_gb:.1f} GB free", "" if ok else "Work in a folder with space to write to."
    )
