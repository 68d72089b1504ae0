"""Passwords, hashed by Argon2id as RFC 9106 advises."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from phonoscope.core.errors import UsageError

SHORTEST = 8
LONGEST = 1000

_HASHER = PasswordHasher()
# Each takes 64 MiB: two at a time, or many log-ins at once would fill the memory.
_AT_ONCE = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """Return what is kept of a password.

    Raises
    ------
    UsageError
        It is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"The password has {len(password)} characters.", f"Take {SHORTEST} to {LONGEST}; several words are good."
        )
    with _AT_ONCE:
        return _HASHER.hash(password)


def password_fits(kept: str | None, password: str) -> bool:
    """Return whether a password is the one that was kept; as slowly where none was, so that names are not told."""
    with _AT_ONCE:
        try:
            fits = _HASHER.verify(kept or _hash_of_nobody(), password)
        except (VerificationError, InvalidHashError):
            return False
    return fits and kept is not None


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash("nobody")
