"""Log in and out, and give consent."""

from __future__ import annotations

import threading

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from phonoscope.studio.accounts.consent import give_consent
from phonoscope.studio.accounts.current import COOKIE, LOGGED_IN_FOR, User, find_account
from phonoscope.studio.accounts.devices import LASTS, cookie_name, known_device, new_cookie
from phonoscope.studio.accounts.limits import limit_login
from phonoscope.studio.accounts.logins import account_of_token, log_in, log_out
from phonoscope.studio.accounts.models import (
    Consent,
    ConsentRequest,
    PasswordLogin,
    Session,
    SizeLimits,
    TokenLogin,
    UserSummary,
)
from phonoscope.studio.accounts.passwords import password_fits
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
    responses={401: {"description": "Wrong or used."}, 429: {"description": "Tried too often."}},
)
def create_session(
    login: TokenLogin | PasswordLogin, studio: CurrentStudio, request: Request, response: Response
) -> Session:
    """Log in by a one-time token, or by name and password: sets the cookie of the page."""
    if "origin" in request.headers or "sec-fetch-site" in request.headers:
        check_same_origin(request, studio.settings.public_url)
    if isinstance(login, PasswordLogin):
        account = _by_password(studio, request, login)
        kind, remedy = "login-failed", "Check name and password."
    else:
        limit_login(request, studio)
        with studio.database.transaction() as session:
            account = account_of_token(session, login.token)
        kind, remedy = "link-used", "Links work once, and for a short time: let the studio print a new one."
    if account is None:
        raise Problem(401, kind, "This does not open the studio.", remedy)
    with studio.database.transaction() as session:
        cookie = log_in(session, account)
    _set_cookie(request, response, studio.settings, cookie)
    if isinstance(login, PasswordLogin):
        _set_device_cookie(request, response, studio.settings, account)
    return session_of(account, studio.settings)


def _by_password(studio: Studio, request: Request, login: PasswordLogin) -> Account | None:
    with studio.database.session() as session:
        named = session.scalar(select(Account).where(Account.name == login.name))
    device = known_device(named, request.cookies.get(cookie_name(named), "")) if named else None
    limit_login(request, studio, login.name, device)
    if not _TRYING.acquire(blocking=False):
        raise Problem(503, "busy", "Many log in at this moment.", "Try again in a second.", {"Retry-After": "1"})
    try:
        return named if password_fits(named.password_hash if named else None, login.password) else None
    finally:
        _TRYING.release()


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
    lasts_s, secure = int(LOGGED_IN_FOR.total_seconds()), _is_https(request, settings)
    response.set_cookie(COOKIE, cookie, max_age=lasts_s, httponly=True, samesite="strict", secure=secure)


def _set_device_cookie(request: Request, response: Response, settings: Settings, account: Account) -> None:
    response.set_cookie(
        cookie_name(account),
        new_cookie(account),
        max_age=int(LASTS.total_seconds()),
        path=request.url.path,  # sent nowhere else
        httponly=True,
        samesite="strict",
        secure=_is_https(request, settings),
    )


def _is_https(request: Request, settings: Settings) -> bool:
    return request.url.scheme == "https" or settings.public_url.startswith("https:")
