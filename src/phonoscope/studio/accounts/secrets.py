"""Secrets that we make, and the hashes by which we know them again."""

from __future__ import annotations

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    """Return text that nobody guesses: 256 random bits."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is kept of a secret; it is long and random, so that one fast hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
