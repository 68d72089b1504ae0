"""From published packages to the fonts, licences and manifest in the package."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

from fonts.emoji import drop_rare_sequences
from fonts.letters import letters_of
from fonts.tables import SOURCES, Source

SCHEMA = "fonts.1"
LICENCE = "OFL.txt"


def make_fonts(packages: Path, shipped: Path) -> list[dict[str, Any]]:
    """Write all fonts, their licence and the manifest into a folder, and return the manifest's entries."""
    made = packages / "made"
    made.mkdir(parents=True, exist_ok=True)
    entries = [entry for source in SOURCES for entry in _make_family(source, _fetched(source, packages), made)]
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    manifest = f'{{"schema": "{SCHEMA}", "fonts": [\n{lines}\n]}}\n'
    (made / "manifest.json").write_text(manifest, "utf-8", newline="\n")
    # All at once, when all went well.
    if shipped.exists():
        shutil.rmtree(shipped)
    shutil.move(made, shipped)
    return entries


def _fetched(source: Source, packages: Path) -> Path:
    """Return the folder of a package, taken with npm if it is not there yet."""
    folder = packages / f"{source.package.rpartition('/')[2]}-{source.version}"
    if not folder.exists():
        packages.mkdir(parents=True, exist_ok=True)
        asked = ["npm", "pack", "--silent", f"{source.package}@{source.version}"]
        named = subprocess.run(asked, cwd=packages, check=True, capture_output=True, text=True)  # noqa: S603
        archive = packages / named.stdout.strip().splitlines()[-1]
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        archive.unlink()
    return folder / "package"


def _make_family(source: Source, package: Path, shipped: Path) -> list[dict[str, Any]]:
    """Write a family's files, and return their entries in the manifest."""
    copyright_line, licence_text = _licence(package)
    entries = []
    (shipped / LICENCE).write_text(licence_text, "utf-8", newline="\n")
    for weight, folder in source.weights:
        (published,) = (package / folder).glob("*.ttf")
        path = shipped / f"{source.family.replace(' ', '')}-{weight}.ttf"
        covers = _subset(published, source, path)
        entries.append(
            {
                "family": source.family,
                "file": path.name,
                "weight": weight,
                "kind": source.kind,
                "languages": list(source.languages),
                "about": source.about,
                "licence": "OFL-1.1",
                "licence_file": LICENCE,
                "copyright": copyright_line,
                "source": f"{source.package} {source.version}",
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "covers": _written(covers),
            }
        )
    return entries


def _licence(package: Path) -> tuple[str, str]:
    """Return whose a font is, and the licence itself, which is the same for all: the SIL Open Font Licence."""
    text = (package / "LICENSE_FONT").read_text("utf-8").replace("\r\n", "\n")
    head, line, licence = text.partition(
        "-----------------------------------------------------------\nSIL OPEN FONT LICENSE"
    )
    if not line:
        raise ValueError(f"{package} is not under the SIL Open Font Licence.")
    notice = head.partition("This Font Software is licensed")[0]
    # A few publishers differ in blanks only.
    licence = "\n".join(one.rstrip() for one in licence.splitlines())
    return " ".join(notice.split()), f"{line}{licence}\n"


def _subset(published: Path, source: Source, path: Path) -> set[int]:
    """Write a font with only the letters that are kept, and return them."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    # Text in video is drawn unhinted, so that it moves smoothly.
    options.hinting = False
    options.layout_features = [] if source.kind == "han" else ["*"]
    options.recalc_timestamp = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["STAT", "DSIG", "meta"]
    options.notdef_outline = True
    with TTFont(published, recalcTimestamp=False) as font:
        if "SVG " in font:
            # The same emoji in a second format, which nothing here draws.
            del font["SVG "]
        kept = drop_rare_sequences(font) if source.kind == "emoji" else letters_of(source.keep, font.getBestCmap())
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=kept)
        subsetter.subset(font)
        font.save(path)
    return kept


def _written(points: set[int]) -> str:
    """Write code points as ranges: ``41-5a b7``."""
    parts: list[str] = []
    ordered = sorted(points)
    first = previous = ordered[0]
    for point in [*ordered[1:], -1]:
        if point != previous + 1:
            parts.append(f"{first:x}" if first == previous else f"{first:x}-{previous:x}")
            first = point
        previous = point
    return " ".join(parts)
