"""Browsers that have logged in by password before: whoever else tries passwords cannot lock them out.

They keep a cookie that proves it (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"), after logging out
too. It opens nothing: only the tries of such a browser are counted by themselves, and those of strangers by name. It is
signed with the hash of the password, so that a new password makes strangers of all browsers.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from phonoscope.studio.accounts.tables import Account

LASTS = timedelta(days=400)
"""The longest that browsers keep a cookie."""


def cookie_name(account: Account) -> str:
    """Return the name of the cookie: several people may use one browser."""
    return f"phonoscope_device_{account.id}"


def new_cookie(account: Account) -> str:
    """Return the cookie of a browser that has just logged in by password."""
    device = secrets.token_urlsafe(16)
    return f"{device}.{_signature(account, device)}"


def known_device(account: Account, cookie: str) -> str | None:
    """Return which browser a cookie is of; None where it was not made for the account, with its password of now."""
    device, _, signature = cookie.partition(".")
    fits = hmac.compare_digest(signature.encode(), _signature(account, device).encode())
    return device if fits and account.password_hash else None


def _signature(account: Account, device: str) -> str:
    told = f"{account.id} {device}".encode()
    return hmac.new((account.password_hash or "").encode(), told, hashlib.sha256).hexdigest()
