"""``phonoscope studio user`` and ``key``: who may come in."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from phonoscope.cli.studio_options import Config, DataDir, found_settings, open_database
from phonoscope.core.errors import UsageError

USER_EXAMPLES = """\
Examples:

phonoscope studio user add anna

phonoscope studio user password anna

phonoscope studio user list

phonoscope studio user remove anna
"""

KEY_EXAMPLES = """\
Example:

phonoscope studio key create website --user anna --consent
"""

users = typer.Typer(help="The studio's users.", epilog=USER_EXAMPLES, no_args_is_help=True)
keys = typer.Typer(help="Keys by which programs come in.", epilog=KEY_EXAMPLES, no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]


@users.command("add", epilog=USER_EXAMPLES)
def add(
    name: Name,
    no_password: Annotated[bool, typer.Option("--no-password", help="They come in by links and keys only.")] = False,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    from phonoscope.studio.accounts.people import create_account

    with open_database(found_settings(data_dir, config).settings) as database:
        create_account(database, name, None if no_password else _asked_password())
    typer.echo(f"{name} is a user now.", err=True)


@users.command("list", epilog=USER_EXAMPLES)
def show(data_dir: DataDir = None, config: Config = None) -> None:
    """List the users."""
    from phonoscope.studio.accounts.people import list_accounts

    with open_database(found_settings(data_dir, config).settings) as database:
        for account in list_accounts(database):
            has = "password" if account.has_password else "no password"
            typer.echo(f"{account.name}  {has}  {account.keys} keys  since {account.created_at:%Y-%m-%d}")


@users.command("remove", epilog=USER_EXAMPLES)
def remove(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Remove a user with all projects, files and videos."""
    from phonoscope.studio.cleaning.accounts import remove_account
    from phonoscope.studio.state import open_studio

    if not yes and not (sys.stdin.isatty() and typer.confirm(f"Remove {name} with all projects, files and videos?")):
        raise UsageError("Nothing was removed.", f"To do it: phonoscope studio user remove {name} --yes")
    settings = found_settings(data_dir, config).settings
    with open_database(settings) as database:
        remove_account(database, open_studio(settings).store, settings, name)
    typer.echo(f"{name} is gone.", err=True)


@users.command("password", epilog=USER_EXAMPLES)
def password(name: Name, data_dir: DataDir = None, config: Config = None) -> None:
    """Give a user a new password, and log them out everywhere; it is asked for, or read from standard input."""
    from phonoscope.studio.accounts.people import create_account, list_accounts, set_password

    settings = found_settings(data_dir, config).settings
    with open_database(settings) as database:
        if name == settings.user and name not in {it.name for it in list_accounts(database)}:
            create_account(database, name)  # the first user, who is made when the studio starts
        set_password(database, name, _asked_password())
    typer.echo(f"{name} has a new password.", err=True)


@keys.command("create", epilog=KEY_EXAMPLES)
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the key is for.")],
    user: Annotated[str, typer.Option(help="Whose key it is.", show_default="the first user")] = "",
    consent: Annotated[
        bool, typer.Option("--consent", help="State that the user may use the faces and voices they bring.")
    ] = False,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Print a new API key; it is told only now."""
    from phonoscope.studio.accounts.people import create_key

    settings = found_settings(data_dir, config).settings
    with open_database(settings) as database:
        typer.echo(create_key(database, user or settings.user, name, consent))


def _asked_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
