"""One message to one address, signed as standardwebhooks.com tells."""

from __future__ import annotations

import asyncio
import base64
import json
import secrets

import httpx
from standardwebhooks import Webhook as Signer

from phonoscope.studio.database.base import now
from phonoscope.studio.outgoing import AddressError
from phonoscope.studio.webhooks.deliveries import Message, Outcome
from phonoscope.version import __version__

PREFIX = "whsec_"
LONGEST_ANSWER_S = 15.0
"""For all of a try: who sends an answer byte by byte does not hold us up."""


def new_signing_secret() -> str:
    """Return a secret by which a receiver knows that a message is ours."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


async def post(client: httpx.AsyncClient, message: Message) -> Outcome:
    """Send a message; what is answered besides the status is not read."""
    body = json.dumps(message.payload, ensure_ascii=False, separators=(",", ":"))
    sent_at = now()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Phonoscope/{__version__}",
        "webhook-id": message.delivery_id,
        "webhook-timestamp": str(int(sent_at.timestamp())),
        "webhook-signature": Signer(message.secret).sign(message.delivery_id, sent_at, body),
    }
    try:
        async with (
            asyncio.timeout(LONGEST_ANSWER_S),
            client.stream("POST", message.url, content=body.encode(), headers=headers) as answer,
        ):
            return _outcome(answer.status_code)
    except AddressError as error:
        return Outcome(None, str(error)[:300])
    except TimeoutError:
        return Outcome(None, f"There was no answer within {LONGEST_ANSWER_S:g} s.")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return Outcome(None, f"It does not answer: {type(error).__name__} {error}"[:300])


def _outcome(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome(status)
    moved = " Redirects are not followed." if 300 <= status < 400 else ""
    return Outcome(status, f"It answered {status}.{moved}")
