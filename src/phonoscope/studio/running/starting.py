"""A studio is started: tables, first user, address, and who may come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from phonoscope.core.errors import UsageError
from phonoscope.studio.accounts.passwords import password_fits
from phonoscope.studio.accounts.people import create_account, list_accounts, make_link, set_password
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.database.engine import Database
from phonoscope.studio.database.upgrade import upgrade
from phonoscope.studio.running.alone import running_alone
from phonoscope.studio.running.listening import address_of, listen
from phonoscope.studio.serving.hosts import is_loopback
from phonoscope.studio.settings import Settings
from phonoscope.studio.storage.store import Store

LINK_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Started:
    """A studio that answers.

    Attributes
    ----------
    link
        Opens the page logged in, once; empty where others may read what is printed.
    """

    address: str
    link: str


def run(settings: Settings, port_given: bool, ready: Callable[[Started], None]) -> None:
    """Run a studio until a signal asks it to stop.

    Parameters
    ----------
    port_given
        The port was asked for; another one will not do.
    ready
        Called when the studio answers.

    Raises
    ------
    AlreadyRunning
        Another one works in the data folder.
    PhonoscopeError
        It cannot start.
    """
    with running_alone(settings) as running:
        prepare(settings)
        with listen(settings, port_given) as bound:
            from phonoscope.studio.app import create_app
            from phonoscope.studio.running.logs import set_up_logs
            from phonoscope.studio.running.server import serve

            set_up_logs(settings.log_format)
            app = create_app(settings)
            address = address_of(bound, settings)

            def tell() -> None:
                running.tell(address)
                database: Database = app.state.studio.database
                alone = is_loopback(settings.host)
                ready(Started(address, make_link(database, settings.user, address, LINK_LASTS) if alone else ""))

            serve(app, bound, tell)


def prepare(settings: Settings) -> None:
    """Make tables and the first user, and see that nobody can come in who should not.

    Raises
    ------
    UsageError
        Other computers could reach the studio, and nobody has a password or a key.
    MachineError
        Database or storage does not answer.
    """
    Store(settings.storage_url, settings.files_dir).check()
    database = Database(settings.database)
    try:
        upgrade(database)
        _first_user(database, settings)
        if not is_loopback(settings.host) and not any(it.has_password or it.keys for it in list_accounts(database)):
            raise UsageError(
                f"At {settings.host} other computers reach the studio, and nobody has a password yet.",
                f"Give one: phonoscope studio user password {settings.user}   (or set PHONOSCOPE_PASSWORD)",
            )
    finally:
        database.close()


def _first_user(database: Database, settings: Settings) -> None:
    password = settings.password.get_secret_value()
    with database.session() as session:
        account = session.query(Account).filter_by(name=settings.user).one_or_none()
    try:
        if account is None:
            create_account(database, settings.user, password or None)
        elif password and not password_fits(account.password_hash, password):
            set_password(database, settings.user, password)
    except UsageError as error:
        title = f"The settings user and password cannot be used: {error.message}"
        raise UsageError(title, error.remedy) from error
