"""The options of the commands that can let a server do their work, declared once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from phonoscope.cli.spread_options import spread
from phonoscope.core.errors import UsageError

if TYPE_CHECKING:
    from phonoscope.remote.commands import Login
    from phonoscope.remote.rendering import Made

PANEL = "Another computer"
"""Panel of the help."""


@dataclass(frozen=True, slots=True)
class RemoteFlags:
    """Where the work is done; each field is an option, its type tells its help."""

    server: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Let the studio at this address do it: files are uploaded, the video is downloaded.",
            show_default="this computer",
            rich_help_panel=PANEL,
        ),
    ] = ""
    api_key: Annotated[
        str,
        typer.Option(
            envvar="PHONOSCOPE_API_KEY",
            help="Who you are there: a key made in the studio.",
            show_default=False,
            rich_help_panel=PANEL,
        ),
    ] = ""

    def login(self) -> Login | None:
        """Return where to go; None for this computer."""
        from phonoscope.remote.commands import Login

        return Login(self.server, self.api_key.strip()) if self.server else None


with_remote_options = spread("remote", RemoteFlags)
"""Lets a command's parameter `remote` be made of the options of `RemoteFlags`."""


def report_made(made: Made, silent: bool) -> None:
    """Print where a video is that a server has made, how long it is, and what lies beside it."""
    if silent:
        return
    typer.echo(f"{made.path}: {made.duration_s:.1f} s of video, made in {made.wall_s:.1f} s")
    for path in made.companions:
        typer.echo(f"  and {path}")


def refuse_with_server(**given: bool) -> None:
    """Refuse options that a server does not take.

    Raises
    ------
    UsageError
        One was given.
    """
    for name, is_given in given.items():
        if is_given:
            raise UsageError(
                f"A server does not take --{name.replace('_', '-')}.", "Leave it away, or run this without --server."
            )
