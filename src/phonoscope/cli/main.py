"""The ``phonoscope`` command: gathers the subcommands, and turns errors into messages and exit codes."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from functools import wraps
from types import FrameType
from typing import Annotated, Any

import typer

from phonoscope import __version__
from phonoscope.cli import demo, doctor, probe, say, voices
from phonoscope.cli.reports import report_error
from phonoscope.core.errors import PhonoscopeError, StoppedError, UsageError

app = typer.Typer(
    name="phonoscope",
    help="Make any portrait talk: a photo and a script become a talking video, offline, on this computer.",
    epilog="Start with:  phonoscope demo      Then:  phonoscope say portrait.jpg 'Hello!' -o hello.mp4",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _stoppable(command: Callable[..., None]) -> Callable[..., None]:
    """Turn Ctrl-C inside a command into an error of ours: the framework would print its own word, and no JSON."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except KeyboardInterrupt as interruption:
            raise StoppedError(
                "Stopped before it was finished.", "No file was left behind; run it again when you like."
            ) from interruption

    return run


app.command("demo", epilog=demo.EXAMPLES)(_stoppable(demo.demo))
app.command("say", epilog=say.EXAMPLES)(_stoppable(say.say))
app.command("voices", epilog=voices.EXAMPLES)(_stoppable(voices.voices))
app.command("probe", epilog=probe.EXAMPLES)(_stoppable(probe.probe))
app.command("doctor", epilog=doctor.EXAMPLES)(_stoppable(doctor.doctor))


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"phonoscope {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and leave.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options that stand before any subcommand."""


def main() -> None:
    """Run the command line; the exit code tells success (0), usage (2), input (3) or machine (4)."""
    json_lines = "--json" in sys.argv[1:]
    signal.signal(signal.SIGTERM, _stop)
    try:
        # With --json even a mistyped option must be a JSON line, so the framework may not print it by itself.
        code = app(standalone_mode=not json_lines)
    except PhonoscopeError as error:
        code = report_error(error, json_lines)
    except Exception as error:
        if not json_lines or not hasattr(error, "format_message"):
            raise
        code = report_error(UsageError(error.format_message(), "See phonoscope --help."), json_lines)
    sys.exit(code if isinstance(code, int) else 0)


def _stop(number: int, frame: FrameType | None) -> None:
    """Treat a request to terminate like Ctrl-C, so that no half-written file stays behind."""
    raise KeyboardInterrupt
