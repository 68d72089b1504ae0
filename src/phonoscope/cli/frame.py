"""``phonoscope frame``: a single frame of a scene document, as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from phonoscope.cli.reports import event_sink
from phonoscope.cli.scene_options import Document, Values, open_document, output_beside, parse_time

EXAMPLES = """\
Examples:

phonoscope frame scene.json 3.2s -o frame.png

phonoscope frame greeting 1s --set name=Anna --draft
"""


def frame(
    document: Document,
    time: Annotated[str, typer.Argument(help="When: 3.2s, or 1:05.5.")] = "0s",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The picture: .png or .jpg.")] = None,
    values: Values = None,
    draft: Annotated[bool, typer.Option("--draft", help="Small and quick: 360 pixels on the shorter side.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that exists.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print events as JSON lines.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Draw one frame of a scene document, and write it as a picture."""
    import numpy as np

    from phonoscope.media.pictures import check_picture_output, save_picture
    from phonoscope.rendering.options import RenderOptions
    from phonoscope.rendering.still import render_frame

    time_s = parse_time(time)
    target = output_beside(document, output, f".{time_s:g}s.png")
    check_picture_output(target, overwrite)
    with event_sink(json_lines, quiet) as events:
        read = open_document(document, values)
        picture = render_frame(read, time_s, RenderOptions(draft=draft), events)
        pixels = picture.rgb if picture.alpha is None else np.dstack([picture.rgb, picture.alpha])
        save_picture(target, pixels, overwrite)
    if not (json_lines or quiet):
        typer.echo(f"{target}: {picture.size_px[0]}x{picture.size_px[1]}")
