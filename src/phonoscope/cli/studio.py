"""``phonoscope studio``: the page, the API and the workers behind them, on this computer or on a server."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from phonoscope.cli.studio_options import Config, DataDir, found_settings, open_database
from phonoscope.core.errors import UsageError

if TYPE_CHECKING:
    from phonoscope.studio.running.starting import Started
    from phonoscope.studio.settings import Settings
    from phonoscope.studio.settings_file import Found

EXAMPLES = """\
Examples:

phonoscope studio

phonoscope studio --port 9000 --no-browser --data-dir ~/talks

phonoscope studio user password local

phonoscope studio --host 0.0.0.0

phonoscope studio --show-settings
"""

LINK_EXAMPLES = """\
Example:

phonoscope studio link
"""

BACKUP_EXAMPLES = """\
Examples:

phonoscope studio backup monday.tar

phonoscope studio restore monday.tar --data-dir ~/restored
"""

app = typer.Typer(
    help="Make talking photos in the browser: start the studio, or look after it.",
    epilog=EXAMPLES,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
)


@app.callback()
def studio(
    context: typer.Context,
    host: Annotated[
        str | None, typer.Option(help="Address to listen at; others than this computer's need a password.")
    ] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen at; 0 takes a free one.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    data_dir: DataDir = None,
    config: Config = None,
    show_settings: Annotated[
        bool, typer.Option("--show-settings", help="Print all settings and where they come from, and leave.")
    ] = False,
) -> None:
    """Make talking photos in the browser: start the studio, or look after it."""
    if context.invoked_subcommand is not None:
        if any((host, port is not None, no_browser, data_dir, config, show_settings)):
            raise UsageError(
                f"Options of 'studio {context.invoked_subcommand}' stand behind it.",
                f"See: phonoscope studio {context.invoked_subcommand} --help",
            )
        return
    found = found_settings(data_dir, config, host=host, port=port)
    if show_settings:
        _show(found)
        return
    for sentence in found.misspelt():
        typer.echo(sentence, err=True)
    _run(found.settings, "port" in found.options, not no_browser)


@app.command("link", epilog=LINK_EXAMPLES)
def link(data_dir: DataDir = None, config: Config = None, user: Annotated[str, typer.Option(help="Who.")] = "") -> None:
    """Print a fresh link that opens the running studio, logged in, once."""
    from phonoscope.studio.accounts.people import make_link
    from phonoscope.studio.running.alone import running_address

    settings = found_settings(data_dir, config).settings
    address = running_address(settings)
    if not address:
        raise UsageError(f"No studio runs with {settings.data_dir}.", "Start it: phonoscope studio")
    with open_database(settings) as database:
        typer.echo(make_link(database, user or settings.user, address))


@app.command("backup", epilog=BACKUP_EXAMPLES)
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it: NAME.tar")],
    data_dir: DataDir = None,
    config: Config = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that exists.")] = False,
) -> None:
    """Keep everything in one file; the studio may run meanwhile."""
    from phonoscope.studio.backup import back_up

    kept = back_up(found_settings(data_dir, config).settings, file, overwrite)
    typer.echo(f"{file}: {kept.files} files, {kept.bytes / 1e6:.1f} MB", err=True)


@app.command("restore", epilog=BACKUP_EXAMPLES)
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What backup wrote.")],
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Bring back what a backup kept, into a data folder that is empty or not there."""
    from phonoscope.studio.backup import bring_back

    settings = found_settings(data_dir, config).settings
    kept = bring_back(settings, file)
    typer.echo(f"{settings.data_dir}: {kept.files} files, {kept.bytes / 1e6:.1f} MB", err=True)


def _show(found: Found) -> None:
    for row in found.shown():
        typer.echo(f"{row.name} = {row.value or '(empty)'}\n    from: {row.source}\n    {row.description}\n")
    for sentence in found.misspelt():
        typer.echo(sentence)
    typer.echo(f"The file of settings is {found.file}{'' if found.file.is_file() else ', which is not there'}.")


def _run(settings: Settings, port_given: bool, browser: bool) -> None:
    from phonoscope.studio.running.alone import AlreadyRunning
    from phonoscope.studio.running.starting import run

    def ready(started: Started) -> None:
        _tell(started, settings)
        if browser and started.link:
            _open(started.link)

    try:
        run(settings, port_given, ready)
    except AlreadyRunning as other:
        _go_there(other.address, settings, browser)
    else:
        typer.echo("The studio has ended. Renders that were not finished go on at its next start.", err=True)


def _tell(started: Started, settings: Settings) -> None:
    opens = "This link opens it once; for another one: phonoscope studio link"
    typer.echo(
        f"\nPhonoscope's studio is ready:\n\n    {started.link or started.address}\n\n"
        f"{opens if started.link else 'Log in by name and password.'}\n"
        f"Everything is kept in {settings.data_dir}\nStop with Ctrl+C.\n",
        err=True,
    )


def _go_there(address: str, settings: Settings, browser: bool) -> None:
    """Open the studio that runs already."""
    if not address:
        raise UsageError(f"Another studio is just starting with {settings.data_dir}.", "Look at it in a moment.")
    from phonoscope.studio.accounts.people import make_link

    with open_database(settings) as database:
        address = make_link(database, settings.user, address)
    typer.echo(f"The studio runs already:\n\n    {address}\n", err=True)
    if browser:
        _open(address)


def _open(url: str) -> None:
    """Show the page in the user's browser, where there is one with windows."""
    import webbrowser

    windows = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if windows:
        # Some browsers keep whoever starts them waiting.
        threading.Thread(target=webbrowser.open, args=(url,), name="browser", daemon=True).start()
