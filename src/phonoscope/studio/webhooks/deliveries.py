"""What is to be sent to which webhook, and what became of it: in the database, so that no restart loses it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session
from ulid import ULID

from phonoscope.studio.database.base import now
from phonoscope.studio.events.tables import Event
from phonoscope.studio.webhooks.tables import Delivery, Webhook

WAITS_S = (5, 30, 120, 600, 3600, 5 * 3600, 12 * 3600)
"""Between tries: soon, in case that it restarts; then longer, for most of a day."""

SETTLED_AFTER = timedelta(seconds=1)
"""PostgreSQL shows events a moment out of order, when the transaction of an earlier one ends later."""

EVENTS_AT_ONCE = 200

MOST_WAITING = 5000
"""Messages to one webhook; whoever is so far behind is not told any more."""

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Message:
    """A delivery that is due."""

    delivery_id: str
    webhook_id: str
    url: str
    secret: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended: with the status of an answer, or with what went wrong before one."""

    status: int | None
    error: str | None = None

    @property
    def arrived(self) -> bool:
        """Whether the message was taken."""
        return self.status is not None and 200 <= self.status < 300


def last_event_id(session: Session) -> int:
    """Return where a new webhook begins: it is not told of what was before."""
    return session.scalar(select(func.max(Event.id))) or 0


def behind(session: Session) -> Sequence[Webhook]:
    """Return the webhooks that have not been told of the newest events."""
    return session.scalars(_behind(session)).all()


def add_deliveries(session: Session) -> None:
    """Make the deliveries of events that are new."""
    newest = _newest_settled(session)
    for webhook in session.scalars(_behind(session).with_for_update(skip_locked=True)).all():
        waiting = Delivery.webhook_id == webhook.id, Delivery.state == "waiting"
        if (session.scalar(select(func.count()).where(*waiting)) or 0) >= MOST_WAITING:
            stop(session, webhook.id, f"{MOST_WAITING} messages waited for it.")
            continue
        events = session.scalars(
            select(Event)
            .where(
                Event.owner_id == webhook.owner_id,
                Event.type.in_(webhook.events),
                Event.id > webhook.after_event_id,
                Event.id <= newest,
            )
            .order_by(Event.id)
            .limit(EVENTS_AT_ONCE)
        ).all()
        session.add_all(_delivery(webhook, event.type, event.data, event.created_at) for event in events)
        webhook.after_event_id = events[-1].id if len(events) == EVENTS_AT_ONCE else newest


def add_test(session: Session, webhook: Webhook) -> Delivery:
    """Return a delivery that tells nothing but that it arrives."""
    delivery = _delivery(webhook, "webhook.test", {"webhook_id": webhook.id}, now())
    session.add(delivery)
    session.flush()
    return delivery


def due_messages(session: Session, busy: Collection[str], count: int) -> list[Message]:
    """Return what is to be sent now: one message to each webhook that is not `busy`, so that slow ones delay nobody."""
    oldest = (
        select(func.min(Delivery.id))
        .join(Webhook, Webhook.id == Delivery.webhook_id)
        .where(
            Delivery.state == "waiting",
            Delivery.next_try_at <= now(),
            Delivery.webhook_id.not_in(busy),
            Webhook.stopped_because.is_(None),
        )
        .group_by(Delivery.webhook_id)
        .limit(count)
    )
    rows = session.execute(
        select(Delivery, Webhook).join(Webhook, Webhook.id == Delivery.webhook_id).where(Delivery.id.in_(oldest))
    )
    return [Message(row.id, webhook.id, webhook.url, webhook.secret, row.payload) for row, webhook in rows]


def note_outcome(session: Session, message: Message, outcome: Outcome) -> None:
    """Keep how a try ended, and when the next one is."""
    delivery = session.get(Delivery, message.delivery_id, with_for_update=True)
    if delivery is None:  # deleted meanwhile
        return
    delivery.tries += 1
    delivery.last_status, delivery.last_error = outcome.status, outcome.error
    if outcome.arrived:
        delivery.state = "done"
    elif outcome.status == 410:
        stop(session, message.webhook_id, "It answered 410: it wants nothing more.")
    elif delivery.tries > len(WAITS_S):
        delivery.state = "failed"
    else:
        delivery.next_try_at = now() + timedelta(seconds=WAITS_S[delivery.tries - 1])


def stop(session: Session, webhook_id: str, reason: str) -> None:
    """Tell a webhook nothing more, not even what waits."""
    session.execute(update(Webhook).where(Webhook.id == webhook_id).values(stopped_because=reason))
    waiting = Delivery.webhook_id == webhook_id, Delivery.state == "waiting"
    session.execute(update(Delivery).where(*waiting).values(state="failed"))


def forget_old(session: Session) -> None:
    """Remove what was sent long ago."""
    session.execute(delete(Delivery).where(Delivery.state != "waiting", Delivery.created_at < now() - KEPT_FOR))


def _behind(session: Session) -> Select[Webhook]:
    return select(Webhook).where(Webhook.stopped_because.is_(None), Webhook.after_event_id < _newest_settled(session))


def _newest_settled(session: Session) -> int:
    return session.scalar(select(func.max(Event.id)).where(Event.created_at < now() - SETTLED_AFTER)) or 0


def _delivery(webhook: Webhook, type: str, data: dict[str, Any], at: datetime) -> Delivery:
    payload = {"type": type, "timestamp": at.isoformat().replace("+00:00", "Z"), "data": data}
    # An id as of the event's time, so that they are sent in order.
    return Delivery(id=str(ULID.from_datetime(at)).lower(), webhook_id=webhook.id, type=type, payload=payload)
