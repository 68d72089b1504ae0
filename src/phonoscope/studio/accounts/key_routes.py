"""API keys over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy import select

from phonoscope.studio.accounts.consent import STATEMENT, give_consent, require_consent
from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.idempotency import IdempotentRoute
from phonoscope.studio.accounts.keys import new_key, remove_key
from phonoscope.studio.accounts.models import ApiKeySummary, KeyRequest, NewApiKey
from phonoscope.studio.accounts.tables import Account, ApiKey
from phonoscope.studio.paging import USUAL_LIMIT, Cursor, Limit, Page, newest_first
from phonoscope.studio.state import CurrentStudio, Db

router = APIRouter(prefix="/api/v1", tags=["keys"], route_class=IdempotentRoute)


@router.get("/keys", operation_id="list_keys")
def list_keys(user: User, session: Db, limit: Limit = USUAL_LIMIT, cursor: Cursor = None) -> Page[ApiKeySummary]:
    """List your API keys, newest first."""
    mine = select(ApiKey).where(ApiKey.owner_id == user.id)
    rows, next_cursor = newest_first(session, mine, ApiKey, limit, cursor)
    return Page(items=[ApiKeySummary.model_validate(row) for row in rows], next_cursor=next_cursor)


@router.post("/keys", operation_id="create_key", status_code=201)
def create_key(request: KeyRequest, user: User, studio: CurrentStudio, response: Response) -> NewApiKey:
    """Make an API key; it is shown this once."""
    with studio.database.transaction() as session:
        account = session.get_one(Account, user.id)
        if request.consent and account.consent is None:
            give_consent(account, STATEMENT, "en")
        require_consent(session, account)
        kept, key = new_key(session, account, request.name)
        summary = ApiKeySummary.model_validate(kept)
    response.headers["Cache-Control"] = "no-store"
    return NewApiKey(**summary.model_dump(), key=key)


@router.delete("/keys/{key_id}", operation_id="delete_key", status_code=204)
def delete_key(key_id: str, user: User, studio: CurrentStudio) -> None:
    """Take an API key back."""
    with studio.database.transaction() as session:
        remove_key(session, user, key_id)
