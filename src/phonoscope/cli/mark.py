"""``phonoscope mark``: show by hand where a face is, where no finder of faces can tell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """\
Examples:

phonoscope mark dog.jpg

phonoscope mark toaster.png -o toaster.rig.json --no-browser

Marks are kept beside the picture (dog.rig.json), where videos of it find them.
"""


def mark(
    photo: Annotated[Path, typer.Argument(help="The picture: a dog, a drawing, a toaster, or a face that was missed.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where to write; beside the picture by default.")
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the page on this computer; 0 takes a free one.")
    ] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the page's address.")] = False,
    guess_only: Annotated[bool, typer.Option("--guess-only", help="Write the best guess, and open no page.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Let a guess replace marks that exist.")] = False,
) -> None:
    """Mark mouth, chin and eyes of a face by dragging points on a page that only this computer sees."""
    from phonoscope.avatars.photo.marks import find_marks, guess_marks, marks_path, read_rig, rig_text, write_rig
    from phonoscope.core.errors import UsageError
    from phonoscope.media.output import check_output
    from phonoscope.media.pictures import load_picture
    from phonoscope.scene.layout import flatten

    target = output or marks_path(photo)
    if target.suffix.lower() != ".json":
        raise UsageError(f"'{target}' is no place for marks.", "End its name in .rig.json.")
    check_output(target, overwrite or not guess_only)
    picture = flatten(load_picture(photo))
    older = target if target.is_file() else find_marks(photo)
    if guess_only:
        write_rig(target, guess_marks(picture), picture.size_px)
        typer.echo(f"{target}: a guess. Look at it with: phonoscope mark {photo}", err=True)
        return
    faces = read_rig(older, picture.size_px) if older else guess_marks(picture)

    from phonoscope.cli.mark_server import MarkServer

    server = MarkServer(picture, rig_text(faces, picture.size_px), target, port)
    with server:
        typer.echo(f"Mark the face on this page:\n\n    {server.url}\n\nStop with Ctrl+C.", err=True)
        if not no_browser:
            _open(server.url)
        saved = server.wait()
    typer.echo(f"Wrote {target}." if saved else "Nothing was written.", err=True)


def _open(url: str) -> None:
    """Show the page in the user's browser, where there is one."""
    import webbrowser

    try:
        webbrowser.open(url)
    except webbrowser.Error:
        typer.echo("No browser could be opened: copy the address into one.", err=True)
