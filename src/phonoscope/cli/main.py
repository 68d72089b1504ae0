"""The ``phonoscope`` command: gathers the subcommands, and turns errors into messages and exit codes."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from phonoscope.cli import (
    avatar,
    avatar_check,
    avatars,
    batch,
    check,
    crop,
    demo,
    doctor,
    enhance,
    fonts,
    frame,
    lip,
    mark,
    mimic,
    music,
    new,
    probe,
    render,
    say,
    schema,
    studio,
    studio_people,
    templates,
    transcribe_phones,
    voices,
)
from phonoscope.core.errors import PhonoscopeError, UsageError
from phonoscope.version import __version__

app = typer.Typer(
    name="phonoscope",
    help="Make any portrait talk: a photo and a script, or a voice, become a talking video, offline, on this computer.",
    epilog="Start with:  phonoscope demo      Then:  phonoscope say portrait.jpg 'Hello!' -o hello.mp4",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"phonoscope {__version__}")
        raise typer.Exit


FRAMEWORK_INTERRUPTED = 130
"""What the framework returns when it has swallowed an interruption."""

COMMANDS = {
    "demo": demo,
    "say": say,
    "lip": lip,
    "mimic": mimic,
    "render": render,
    "frame": frame,
    "batch": batch,
    "schema": schema,
    "templates": templates,
    "new": new,
    "transcribe-phones": transcribe_phones,
    "enhance": enhance,
    "check": check,
    "crop": crop,
    "mark": mark,
    "voices": voices,
    "music": music,
    "fonts": fonts,
    "avatars": avatars,
    "probe": probe,
    "doctor": doctor,
}
for name, module in COMMANDS.items():
    app.command(name, epilog=module.EXAMPLES)(getattr(module, name.replace("-", "_")))

GROUPS = {"avatar": avatar, "studio": studio}
for name, module in GROUPS.items():
    app.add_typer(module.app, name=name)
studio.app.add_typer(studio_people.users, name="user")
studio.app.add_typer(studio_people.keys, name="key")
avatar.app.command("check", epilog=avatar_check.EXAMPLES)(avatar_check.check_avatar)


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and leave.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options that stand before any subcommand."""


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit code.

    Raises
    ------
    PhonoscopeError
        Whatever is wrong; mistyped options arrive as UsageError.
    """
    try:
        code = app(arguments, prog_name="phonoscope", standalone_mode=False)
    except PhonoscopeError:
        raise
    except Exception as error:
        # The framework's own complaints; it has changed their classes between versions.
        if not hasattr(error, "format_message"):
            raise
        raise UsageError(_plain(error.format_message()), _remedy(arguments)) from error
    if code == FRAMEWORK_INTERRUPTED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _plain(complaint: str) -> str:
    """Return a complaint of the framework without the words of the library under it."""
    return complaint.replace("Value error, ", "").strip()


def _remedy(arguments: list[str]) -> str:
    command = next((name for name in arguments if not name.startswith("-")), "")
    known = command if command in {*COMMANDS, *GROUPS} else ""
    remedy = f"See: phonoscope {known} --help".replace("  ", " ")
    if any(re.match(r"-\d|-\w+\s", argument) for argument in arguments):
        remedy += '. A text that begins with a dash goes behind --: phonoscope say photo.jpg -- "-5 degrees"'
    return f"{remedy}."
