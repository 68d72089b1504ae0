"""``phonoscope crop``: a picture becomes a portrait, head and shoulders, upright."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """\
Examples:

phonoscope crop holiday.jpg -o portrait.png

phonoscope crop team.jpg -o second.png --face 2 --aspect 9:16

phonoscope crop old-photo.jpg -o square.jpg --size 1024x1024 --no-straighten
"""


def crop(
    photo: Annotated[Path, typer.Argument(help="The picture: JPEG, PNG, WebP, HEIC, AVIF, TIFF or BMP.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The portrait: a .png or .jpg file.")],
    face: Annotated[
        int | None, typer.Option(min=1, help="Which face, counted from the left.", show_default="the largest")
    ] = None,
    aspect: Annotated[str, typer.Option(help="Width to height: 1:1, 9:16, 4:5 …", show_default="1:1")] = "",
    size: Annotated[
        str, typer.Option(help="Scale to 720p, 1080p or WIDTHxHEIGHT.", show_default="the photo's own pixels")
    ] = "",
    straighten: Annotated[
        bool, typer.Option("--straighten/--no-straighten", help="Turn the picture until the face is upright.")
    ] = True,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that exists.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Cut a picture to head and shoulders: the face centred, upright, the eyes on the upper third."""
    from phonoscope.choices import refuse_to_overwrite
    from phonoscope.core.errors import UsageError
    from phonoscope.media.pictures import check_picture_output

    if aspect and size:
        raise UsageError("Both --aspect and --size are given.", "A --size sets the aspect, too: give one of them.")
    shape = parse_aspect(aspect or "1:1")
    check_picture_output(output, overwrite)
    refuse_to_overwrite((photo,), (output,))

    from phonoscope.avatars.photo import choose_face, find_faces
    from phonoscope.avatars.photo.finding.framing import FrameOptions, cut_picture, frame_faces
    from phonoscope.cli.reports import event_sink
    from phonoscope.media.pictures import load_picture, save_picture
    from phonoscope.scene.layout import flatten, parse_size

    options = FrameOptions(shape, parse_size(size) if size else None, straighten)
    with event_sink(False, quiet) as events:
        picture = load_picture(photo, events)
        chosen = choose_face(find_faces(flatten(picture)), face, events)
    framing = frame_faces(picture.size_px, (chosen,), options)
    made = cut_picture(picture if output.suffix.lower() == ".png" else flatten(picture), framing)
    pixels = made.rgb
    if made.alpha is not None:
        import numpy as np

        pixels = np.dstack([made.rgb, made.alpha])
    save_picture(output, pixels, overwrite)
    if not quiet:
        turned = f", turned by {abs(framing.turned_deg):.0f}°" if framing.turned_deg else ""
        typer.echo(f"{output}: {made.size_px[0]}x{made.size_px[1]}{turned}")
        if straighten and abs(framing.remaining_roll_deg) > 5:
            typer.echo("  The photo ends too near to the face to turn it upright.")


def parse_aspect(text: str) -> float:
    """Read ``16:9``, ``16/9``, ``16x9`` or ``1.78`` as width over height.

    Raises
    ------
    UsageError
        When the text is none of these.
    """
    from phonoscope.core.errors import UsageError

    match = re.fullmatch(r"(\d{1,5}(?:\.\d{1,4})?)(?:\s*[:/x×]\s*(\d{1,5}(?:\.\d{1,4})?))?", text.strip())
    if match:
        width, height = float(match[1]), float(match[2] or 1)
        if width > 0 and height > 0:
            return width / height
    raise UsageError(f"'{text}' is no aspect.", "Write width to height, as in --aspect 16:9.")
