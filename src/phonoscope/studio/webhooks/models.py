"""What is said about webhooks over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

EventType = Literal[
    "render.queued",
    "render.started",
    "render.done",
    "render.error",
    "render.canceled",
    "preview.done",
    "preview.error",
    "preview.canceled",
    "asset.ready",
    "asset.rejected",
    "project.updated",
    "project.deleted",
]
"""What other servers can be told of; progress comes too often for that."""

Address = Annotated[
    str, StringConstraints(min_length=1, max_length=2000), Field(examples=["https://example.com/phonoscope"])
]
Events = Annotated[list[EventType], Field(min_length=1, max_length=12)]


class WebhookRequest(BaseModel):
    """Ask that an address is told of events."""

    model_config = ConfigDict(extra="forbid")

    url: Address
    events: Events


class WebhookChange(BaseModel):
    """Change a webhook; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    url: Address | None = None
    events: Events | None = None
    active: Literal[True] | None = Field(None, description="Starts one that was stopped.")


class WebhookSummary(BaseModel):
    """An address that is told of events."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    url: str
    events: list[str]
    stopped_because: str | None = Field(description="Why it is not told any more.")
    created_at: datetime


class NewWebhook(WebhookSummary):
    """A webhook with its secret: it is told this once."""

    secret: str = Field(description="Verifies what arrives, by any library for Standard Webhooks.")


class DeliverySummary(BaseModel):
    """One event on its way to one address."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(description="The `webhook-id` of the message; the same at each try.")
    type: str
    state: Literal["waiting", "done", "failed"]
    tries: int
    last_status: int | None
    last_error: str | None
    next_try_at: datetime | None
    created_at: datetime
