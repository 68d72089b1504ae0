"""Webhooks over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.idempotency import IdempotentRoute
from phonoscope.studio.accounts.limits import limit_creates
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.outgoing import check_address
from phonoscope.studio.paging import USUAL_LIMIT, Cursor, Limit, Page, newest_first
from phonoscope.studio.problems import Problem, not_found
from phonoscope.studio.state import CurrentStudio, Db
from phonoscope.studio.webhooks.deliveries import add_test, last_event_id
from phonoscope.studio.webhooks.models import (
    DeliverySummary,
    NewWebhook,
    WebhookChange,
    WebhookRequest,
    WebhookSummary,
)
from phonoscope.studio.webhooks.posting import new_signing_secret
from phonoscope.studio.webhooks.tables import Delivery, Webhook

MOST = 20
"""Webhooks of an account: each event is sent to all of them."""

router = APIRouter(prefix="/api/v1", tags=["webhooks"], route_class=IdempotentRoute)


@router.get("/webhooks", operation_id="list_webhooks")
def list_webhooks(user: User, session: Db, limit: Limit = USUAL_LIMIT, cursor: Cursor = None) -> Page[WebhookSummary]:
    """List your webhooks, newest first."""
    mine = select(Webhook).where(Webhook.owner_id == user.id)
    rows, next_cursor = newest_first(session, mine, Webhook, limit, cursor)
    return Page(items=[WebhookSummary.model_validate(row) for row in rows], next_cursor=next_cursor)


@router.post("/webhooks", operation_id="create_webhook", status_code=201)
def create_webhook(request: WebhookRequest, user: User, studio: CurrentStudio, response: Response) -> NewWebhook:
    """Let an address be told of events from now on; its secret is shown this once."""
    check_address(request.url, studio.settings.private_addresses)
    with studio.database.transaction() as session:
        session.get(Account, user.id, with_for_update={"key_share": True})  # of two at once, one is the last
        if (session.scalar(select(func.count()).where(Webhook.owner_id == user.id)) or 0) >= MOST:
            raise Problem(409, "too-many-webhooks", f"There are {MOST} webhooks already.", "Delete one first.")
        webhook = Webhook(
            owner_id=user.id,
            url=request.url,
            events=sorted(set(request.events)),
            secret=new_signing_secret(),
            after_event_id=last_event_id(session),
        )
        session.add(webhook)
    response.headers["Cache-Control"] = "no-store"
    return NewWebhook.model_validate(webhook)


@router.get("/webhooks/{webhook_id}", operation_id="get_webhook")
def get_webhook(webhook_id: str, user: User, session: Db) -> WebhookSummary:
    """Tell about a webhook."""
    return WebhookSummary.model_validate(_webhook(session, user, webhook_id))


@router.patch("/webhooks/{webhook_id}", operation_id="change_webhook")
def change_webhook(webhook_id: str, change: WebhookChange, user: User, studio: CurrentStudio) -> WebhookSummary:
    """Change a webhook, or start it again; it is not told of what happened meanwhile."""
    if change.url is not None:
        check_address(change.url, studio.settings.private_addresses)
    with studio.database.transaction() as session:
        webhook = _webhook(session, user, webhook_id, lock=True)
        webhook.url = change.url or webhook.url
        webhook.events = sorted(set(change.events)) if change.events else webhook.events
        if change.active and webhook.stopped_because:
            webhook.stopped_because, webhook.after_event_id = None, last_event_id(session)
    return WebhookSummary.model_validate(webhook)


@router.delete("/webhooks/{webhook_id}", operation_id="delete_webhook", status_code=204)
def delete_webhook(webhook_id: str, user: User, studio: CurrentStudio) -> None:
    """Delete a webhook, with what waits for it."""
    with studio.database.transaction() as session:
        session.delete(_webhook(session, user, webhook_id, lock=True))


@router.get("/webhooks/{webhook_id}/deliveries", operation_id="list_deliveries")
def list_deliveries(
    webhook_id: str, user: User, session: Db, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> Page[DeliverySummary]:
    """List what was sent to a webhook within 30 days, newest first."""
    _webhook(session, user, webhook_id)
    of_it = select(Delivery).where(Delivery.webhook_id == webhook_id)
    rows, next_cursor = newest_first(session, of_it, Delivery, limit, cursor)
    return Page(items=[_told(row) for row in rows], next_cursor=next_cursor)


@router.post(
    "/webhooks/{webhook_id}/test",
    operation_id="test_webhook",
    status_code=202,
    dependencies=[Depends(limit_creates)],
)
def test_webhook(webhook_id: str, user: User, studio: CurrentStudio) -> DeliverySummary:
    """Send a message of type `webhook.test`; the list of deliveries shows what became of it."""
    with studio.database.transaction() as session:
        webhook = _webhook(session, user, webhook_id, lock=True)
        if webhook.stopped_because:
            raise Problem(409, "webhook-stopped", webhook.stopped_because, "Start it again: PATCH with active true.")
        return _told(add_test(session, webhook))


def _webhook(session: Session, user: Account, webhook_id: str, lock: bool = False) -> Webhook:
    mine = select(Webhook).where(Webhook.id == webhook_id, Webhook.owner_id == user.id)
    found = session.scalar(mine.with_for_update() if lock else mine)
    if found is None:
        raise not_found("webhook")
    return found


def _told(delivery: Delivery) -> DeliverySummary:
    told = DeliverySummary.model_validate(delivery)
    return told if delivery.state == "waiting" else told.model_copy(update={"next_try_at": None})
