"""Log in and out, and give consent."""

from __future__ import annotations

import threading

from fastapi import APIRouter, Depends, Request, Response

from phonoscope.studio.accounts.consent import give_consent
from phonoscope.studio.accounts.current import COOKIE, LOGGED_IN_FOR, User, find_account
from phonoscope.studio.accounts.limits import limit_logins
from phonoscope.studio.accounts.logins import account_of_password, account_of_token, log_in, log_out
from phonoscope.studio.accounts.models import (
    Consent,
    ConsentRequest,
    PasswordLogin,
    Session,
    SizeLimits,
    TokenLogin,
    UserSummary,
)
from phonoscope.studio.accounts.rates import spend
from phonoscope.studio.accounts.same_origin import check_same_origin
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.problems import Problem
from phonoscope.studio.settings import Settings
from phonoscope.studio.state import CurrentStudio, Db, Studio
from phonoscope.version import __version__

# Each takes a thread for as long as its password is hashed: some are always left for who is in already.
_TRYING = threading.BoundedSemaphore(8)

router = APIRouter(prefix="/api/v1", tags=["session"])


@router.post(
    "/session",
    operation_id="create_session",
    dependencies=[Depends(limit_logins)],
    responses={401: {"description": "Wrong or used."}, 429: {"description": "Tried too often."}},
)
def create_session(
    login: TokenLogin | PasswordLogin, studio: CurrentStudio, request: Request, response: Response
) -> Session:
    """Log in by a one-time token, or by name and password: sets the cookie of the page."""
    if "origin" in request.headers or "sec-fetch-site" in request.headers:
        check_same_origin(request, studio.settings.public_url)
    account, cookie = _logged_in(studio, login)
    _set_cookie(request, response, studio.settings, cookie)
    return session_of(account, studio.settings)


def _logged_in(studio: Studio, login: TokenLogin | PasswordLogin) -> tuple[Account, str]:
    if isinstance(login, PasswordLogin):
        spend(studio, studio.settings.login_name_limit, "names", login.name)
        if not _TRYING.acquire(blocking=False):
            raise Problem(503, "busy", "Many log in at this moment.", "Try again in a second.", {"Retry-After": "1"})
        try:
            with studio.database.session() as session:  # a slow hash, which no transaction waits for
                account = account_of_password(session, login.name, login.password)
        finally:
            _TRYING.release()
        remedy = "Check name and password."
    else:
        with studio.database.transaction() as session:
            account = account_of_token(session, login.token)
        remedy = "Links work once, and for a short time: let the studio print a new one."
    if account is None:
        raise Problem(401, "login-failed", "This does not open the studio.", remedy)
    with studio.database.transaction() as session:
        return account, log_in(session, account)


@router.get("/session", operation_id="get_session", responses={401: {"description": "Nobody."}})
def get_session(user: User, studio: CurrentStudio, request: Request, response: Response) -> Session:
    """Tell who is logged in, and what they may do."""
    cookie = request.cookies.get(COOKIE)
    if cookie and "authorization" not in request.headers:
        _set_cookie(request, response, studio.settings, cookie)  # lasts as long again
    return session_of(user, studio.settings)


@router.delete("/session", operation_id="delete_session", status_code=204)
def delete_session(studio: CurrentStudio, database: Db, request: Request) -> Response:
    """Log out."""
    find_account(request, database)
    if cookie := request.cookies.get(COOKIE):
        with studio.database.transaction() as session:
            log_out(session, cookie)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response


@router.put("/consent", operation_id="give_consent", responses={401: {"description": "Nobody."}})
def put_consent(consent: ConsentRequest, user: User, studio: CurrentStudio) -> Session:
    """State that you may use the faces and voices that you bring: renders with uploads need it."""
    with studio.database.transaction() as session:
        account = session.get_one(Account, user.id)
        give_consent(account, consent.statement, consent.language)
    return session_of(account, studio.settings)


def session_of(account: Account, settings: Settings) -> Session:
    """Return what the page must know about a user."""
    given = account.consent, account.consent_language, account.consent_given_at
    statement, language, given_at = given
    return Session(
        user=UserSummary(id=account.id, name=account.name),
        consent=Consent(statement=statement, language=language or "en", given_at=given_at)
        if statement and given_at
        else None,
        limits=SizeLimits(
            upload_bytes=settings.max_upload_bytes,
            picture_pixels=settings.max_picture_pixels,
            media_length_s=settings.max_media_length_s,
            script_characters=settings.max_script_characters,
        ),
        sharing=settings.sharing,
        version=__version__,
    )


def _set_cookie(request: Request, response: Response, settings: Settings, cookie: str) -> None:
    https = request.url.scheme == "https" or settings.public_url.startswith("https:")
    response.set_cookie(
        COOKIE, cookie, max_age=int(LOGGED_IN_FOR.total_seconds()), httponly=True, samesite="strict", secure=https
    )
