"""Every picture of a folder in a fixed set of poses and one spoken sentence: a page of sheets with figures.

python -m bench.gallery FOLDER [-o out/gallery] [--only NAME …] [--poses speech,eyes] [--close mouth] [--no-video]

The tool to judge by: look at all of it. A rig file beside a picture (NAME.rig.json) is used.
"""

from __future__ import annotations

import argparse
import html
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bench import poses
from bench.lips import measure
from bench.scripts import BILABIALS
from phonoscope import ActingChoices, VideoChoices, make_video
from phonoscope.avatars.photo import Face, PhotoAvatar
from phonoscope.casting.photo import cast_photo
from phonoscope.core.errors import PhonoscopeError
from phonoscope.core.events import ignore_events
from phonoscope.core.performance import Pose, pose

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic", ".tif", ".tiff", ".bmp")

CELL_PX, COLUMNS = 256, 6
"""Side of a cell of a sheet, and cells a row."""

MOST_FACES = 6
"""Faces of a group that are shown."""

EVERYBODY = VideoChoices(acting=ActingChoices(listeners=True))
"""All faces of a picture are made ready to act."""

GROUPS = {
    "speech": poses.SPEECH,
    "expressions": poses.EXPRESSIONS,
    "eyes": poses.EYES,
    "head": poses.HEAD,
}

CLOSE = {"face": (0.0, 1.35), "head": (-0.05, 2.1), "mouth": (0.27, 0.55), "eyes": (-0.14, 0.62)}
"""Where a cell looks: middle below the face's, and side, in face heights."""


@dataclass
class Entry:
    """What is known of one picture."""

    name: str
    sheets: list[Path] = field(default_factory=list)
    video: Path | None = None
    figures: dict[str, str] = field(default_factory=dict)
    error: str = ""


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("out/gallery"))
    parser.add_argument("--only", nargs="*", default=[], help="names, or parts of names, of pictures")
    parser.add_argument("--poses", default=",".join(GROUPS), help="speech,expressions,eyes,head")
    parser.add_argument("--close", choices=CLOSE, default="face", help="how near to look")
    parser.add_argument("--no-video", action="store_true", help="sheets only: seconds instead of a minute a picture")
    arguments = parser.parse_args()
    chosen = {name: p for group in arguments.poses.split(",") for name, p in GROUPS[group].items()}
    arguments.output.mkdir(parents=True, exist_ok=True)
    entries = []
    for path in _pictures(arguments.folder, arguments.only):
        print(path.name, flush=True)
        entry = _look(path, chosen, arguments)
        entries.append(entry)
        print("   ", entry.error or entry.figures, flush=True)
        (arguments.output / "index.html").write_text(_page(entries), encoding="utf-8")
    print(arguments.output / "index.html")


def _pictures(folder: Path, only: Sequence[str]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in PICTURES and (not only or any(part in path.name for part in only)):
            yield path


def _look(path: Path, chosen: dict[str, Pose], arguments: argparse.Namespace) -> Entry:
    """Draw one picture in all poses, let it speak, and measure it."""
    entry = Entry(path.name)
    output: Path = arguments.output
    try:
        started = time.perf_counter()
        avatar = cast_photo(path, "mp4", EVERYBODY, (), ignore_events).avatar
        assert isinstance(avatar, PhotoAvatar)  # noqa: S101 - it is a photo
        entry.figures["photo to avatar"] = f"{time.perf_counter() - started:.2f} s"
        entry.figures["size"] = "{} x {}".format(*avatar.size_px)
        entry.figures["drawing"] = f"{_drawing_ms(avatar, tuple(chosen.values())):.1f} ms"
        for number, rig in enumerate(avatar.rigs[:MOST_FACES], start=1):
            sheet = output / f"{path.stem}.{number}.{arguments.close}.png"
            cells = []
            for name, moment in chosen.items():
                others = [moment if other is rig else pose() for other in avatar.rigs]
                cells.append(_cell(avatar.draw(*others)[..., :3], rig.face, name, arguments.close))
            _sheet(cells).save(sheet)
            entry.sheets.append(sheet)
        if not arguments.no_video:
            entry.video = output / f"{path.stem}.mp4"
            choices = VideoChoices(sidecars=frozenset({"phones"}), overwrite=True)
            made = make_video(path, BILABIALS, entry.video, choices)
            entry.figures["making, of its length"] = f"{made.wall_s / made.duration_s:.2f}"
            found = measure(entry.video, entry.video.with_suffix(".phones.json"))
            entry.figures |= {
                "closure_hit_rate": f"{found.closure_hit_rate:.2f}",
                "open vowels / closures": f"{found.open_vowel_gap:.3f} / {found.closure_gap:.3f}",
                "silent_lip_mad": f"{found.silent_lip_mad:.4f}",
                "outside_psnr_db": f"{found.outside_psnr_db:.1f}",
            }
    except PhonoscopeError as error:
        entry.error = str(error)
    return entry


def _drawing_ms(avatar: PhotoAvatar, moments: Sequence[Pose]) -> float:
    """Return the median time of a frame in the encoder's layout."""
    times = []
    for moment in moments:
        started = time.perf_counter()
        avatar.draw_frame(*[moment] * len(avatar.rigs))
        times.append(time.perf_counter() - started)
    return 1000 * float(np.median(times))


def _cell(rgb: NDArray[np.uint8], face: Face, label: str, close: str) -> Image.Image:
    """Return the part of a frame around a face, square, with a label."""
    down, side = CLOSE[close]
    points = face.landmarks_px[:, :2]
    x, y = (points.min(0) + points.max(0)) / 2
    height = face.size_px
    half = side * height / 2
    box = (x - half, y + down * height - half, x + half, y + down * height + half)
    picture = Image.fromarray(rgb).transform(
        (CELL_PX, CELL_PX),
        Image.Transform.EXTENT,
        box,
        Image.Resampling.BICUBIC,
    )
    if half > CELL_PX:
        # Far larger than the cell: area averaging first, or fine texture would alias.
        whole = Image.fromarray(rgb).crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))
        picture = whole.resize((CELL_PX, CELL_PX), Image.Resampling.LANCZOS)
    pen = ImageDraw.Draw(picture)
    font = resources.files("phonoscope").joinpath("assets/fonts/NotoSans-700.ttf").read_bytes()
    pen.text((6, 4), label, "white", ImageFont.truetype(BytesIO(font), 16), stroke_width=2, stroke_fill="black")
    return picture


def _sheet(cells: Sequence[Image.Image]) -> Image.Image:
    rows = -(-len(cells) // COLUMNS)
    sheet = Image.new("RGB", (min(len(cells), COLUMNS) * CELL_PX, rows * CELL_PX))
    for index, cell in enumerate(cells):
        sheet.paste(cell, (index % COLUMNS * CELL_PX, index // COLUMNS * CELL_PX))
    return sheet


def _page(entries: Sequence[Entry]) -> str:
    """Return the page that shows all sheets."""
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8><title>Gallery</title>",
        "<style>body{font:15px/1.4 system-ui,sans-serif;margin:2em;background:#1b1b1e;color:#eee}"
        "img{max-width:100%;display:block}table{border-collapse:collapse;margin:.6em 0}"
        "td,th{padding:.15em .8em .15em 0;text-align:left;font-weight:normal}th{color:#aaa}"
        "video{max-width:480px}h2{margin:1.6em 0 .3em}.error{color:#ff9b85}</style><h1>Gallery</h1>",
    ]
    for entry in entries:
        parts.append(f"<h2>{html.escape(entry.name)}</h2>")
        if entry.error:
            parts.append(f"<p class=error>{html.escape(entry.error)}</p>")
        rows = (f"<tr><th>{html.escape(k)}</th><td>{html.escape(v)}</td></tr>" for k, v in entry.figures.items())
        parts.append(f"<table>{''.join(rows)}</table>")
        if entry.video:
            parts.append(f'<video controls loop src="{html.escape(entry.video.name)}"></video>')
        parts += [f'<img loading=lazy src="{html.escape(sheet.name)}" alt="">' for sheet in entry.sheets]
    return "\n".join(parts)


if __name__ == "__main__":
    main()
