"""``phonoscope render``: a scene document, or a template, becomes a video."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from phonoscope.cli.remote_options import RemoteFlags, refuse_with_server, report_made, with_remote_options
from phonoscope.cli.reports import event_sink, report_video
from phonoscope.cli.scene_options import Document, Values, open_document, output_beside
from phonoscope.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from phonoscope.choices import Video
    from phonoscope.core.events import EventSink
    from phonoscope.remote.commands import Login
    from phonoscope.remote.rendering import Made
    from phonoscope.rendering.options import Companion, RenderOptions
    from phonoscope.scene.document.reading import ReadScene

EXAMPLES = """\
Examples:

phonoscope render scene.json -o video.mp4

phonoscope render scene.json -o draft.mp4 --draft --watch

phonoscope render greeting --set name=Anna --set "message=Happy birthday!" -o anna.mp4

phonoscope render scene.json -o video.webm --codec av1 --resolution 1080 --also vtt,transcript

phonoscope render scene.json -o post.mp4 --preset reels

phonoscope render quiz -o quiz.html
"""


@with_remote_options
def render(
    document: Document,
    remote: RemoteFlags,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The video: .mp4, .webm, .mov, .gif, NAME_%05d.png for single pictures; or sound alone: .wav, .mp3,"
            " .m4a; or, with questions and branches, a page (.html) or a folder.",
            show_default="the document's name with .mp4",
        ),
    ] = None,
    values: Values = None,
    draft: Annotated[bool, typer.Option("--draft", help="Small and quick: 360 pixels on the shorter side.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Render again whenever the document or one of its files is saved.")
    ] = False,
    resolution: Annotated[
        int | None,
        typer.Option(
            min=144, max=2160, help="Shorter side in pixels: 360 to 2160 (4K).", show_default="the document's"
        ),
    ] = None,
    fps: Annotated[str, typer.Option(help="Frames a second.", show_default="the document's")] = "",
    codec: Annotated[
        str, typer.Option(help="h264, h265, vp9, av1 or prores.", show_default="the usual one of the file")
    ] = "",
    quality: Annotated[
        int | None,
        typer.Option(min=0, max=51, help="0 (best) to 51.", show_default="one that shows no difference"),
    ] = None,
    preset: Annotated[
        str, typer.Option(help="What a place asks for: youtube, tiktok, reels, linkedin, email, web or master.")
    ] = "",
    max_size: Annotated[str, typer.Option(help="How large the file may be: 10MB.", show_default="no limit")] = "",
    loudness: Annotated[
        float | None,
        typer.Option(min=-36, max=-5, help="In LUFS: -14 for the web, -16, -23 for TV.", show_default="the document's"),
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(
            help="Write this beside the video, too: srt, vtt, ass, ebu-tt, transcript, otio, poster, description."
            " Repeat it, or separate by commas."
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, max=16, help="Processes that draw, each on one core.", show_default="all cores"),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that exist.")] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Draw everything anew, also what a run that was stopped has finished.")
    ] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print progress as JSON lines.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Render a scene document, or a template, as a video."""
    from phonoscope.media.options import parse_fps
    from phonoscope.media.size_limit import parse_bytes
    from phonoscope.rendering.options import RenderOptions

    if draft and resolution is not None:
        raise UsageError("Both --draft and --resolution are given.", "Give one of them.")
    options = RenderOptions(
        draft=draft,
        resolution=resolution,
        fps=parse_fps(fps) if fps else None,
        jobs=jobs,
        codec=codec,
        quality=quality,
        preset=preset,
        limit_bytes=parse_bytes(max_size) if max_size else None,
        loudness_lufs=loudness,
        companions=parse_companions(also),
        overwrite=overwrite or watch,
        fresh=fresh,
    )
    target = output_beside(document, output, ".mp4")
    login = remote.login()
    if login is not None:
        refuse_with_server(
            watch=watch,
            codec=bool(codec),
            quality=quality is not None,
            max_size=bool(max_size),
            jobs=jobs is not None,
            fresh=fresh,
        )
        with event_sink(json_lines, quiet) as events:
            there = _render_there(login, open_document(document, values), target, options, events)
        report_made(there, json_lines or quiet)
        return
    with event_sink(json_lines, quiet) as events:
        if watch:
            from phonoscope.cli.watching import watch as watch_document

            def render_again(read: ReadScene) -> None:
                _report(_render(read, target, options, events), target, json_lines or quiet)

            watch_document(document, values, render_again, events, json_lines)
            return
        made = _render(open_document(document, values), target, options, events)
    _report(made, target, json_lines or quiet)


def parse_companions(also: list[str] | None) -> frozenset[Companion]:
    """Read which files are to lie beside the video; `RenderOptions` checks them."""
    names = (name.strip().lower() for text in also or () for name in text.split(","))
    return frozenset(cast("Iterable[Companion]", (name for name in names if name)))


def _report(made: Video | None, target: Path, silent: bool) -> None:
    if made is not None:
        report_video(made, silent)
    elif not silent:
        typer.echo(str(target))


def _render(read: ReadScene, target: Path, options: RenderOptions, events: EventSink) -> Video | None:
    """Render a document; the video is None where only its sound was asked for."""
    from phonoscope.media.sound_writer import SOUND_KINDS
    from phonoscope.rendering.render import render_scene, render_sound

    if _is_interactive(target, read):
        from phonoscope.interactive.export import export_interactive

        export_interactive(read, target, options, events)
        return None
    kind = SOUND_KINDS.get(target.suffix.lower())
    if kind is not None and not kind.has_picture:
        render_sound(read, target, options, events)
        return None
    return render_scene(read, target, options, events)


def _render_there(login: Login, read: ReadScene, target: Path, options: RenderOptions, events: EventSink) -> Made:
    """Let a server render a document."""
    from phonoscope.remote.commands import render_scene_there
    from phonoscope.remote.rendering import Wanted
    from phonoscope.remote.scenes import Changes
    from phonoscope.rendering.options import DRAFT_PX

    wanted = Wanted(
        target=target,
        companions=options.companions,
        resolution=DRAFT_PX if options.draft else options.resolution,
        preset=options.preset,
        overwrite=options.overwrite,
    )
    changes = Changes(str(options.fps) if options.fps else None, options.loudness_lufs)
    return render_scene_there(login, read, wanted, changes, events)


def _is_interactive(target: Path, read: ReadScene) -> bool:
    """Tell whether an output is a page, or a folder with one: what has no ending, or is a folder already.

    Raises
    ------
    UsageError
        It is a folder, but the document asks nothing.
    """
    if target.suffix.lower() in (".html", ".htm"):
        return True
    try:
        is_folder = target.is_dir()
    except (OSError, ValueError):  # No name that a file can have; whoever writes to it tells.
        is_folder = False
    if target.suffix and not is_folder:
        return False
    if not read.document.is_interactive:
        raise UsageError(
            f"'{target}' is a folder, or a name without an ending; only videos with questions become folders.",
            f"Write {target}.mp4 for a video, or {target}.html for a page.",
        )
    return True
