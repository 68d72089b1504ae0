"""What is said about accounts over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from phonoscope.studio.accounts.passwords import LONGEST

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TokenLogin(_Request):
    """Log in by the token from the address that the studio printed when it started."""

    token: Secret


class PasswordLogin(_Request):
    """Log in by name and password."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    password: Secret


class ConsentRequest(_Request):
    """State that you may use the faces and voices that you bring."""

    statement: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]


class KeyRequest(_Request):
    """Ask for an API key."""

    name: Name = Field(description="For yourself: where it is used.")
    consent: bool = Field(
        False, description="Gives the consent that the page asks for at first; needed unless it was given before."
    )


class UserSummary(BaseModel):
    """A user."""

    id: str
    name: str


class Consent(BaseModel):
    """What a user has stated."""

    statement: str
    language: str
    given_at: datetime


class SizeLimits(BaseModel):
    """What is too large for this studio."""

    upload_bytes: int
    picture_pixels: int
    media_length_s: float
    script_characters: int


class Session(BaseModel):
    """Who is logged in, and what they may do."""

    user: UserSummary
    consent: Consent | None
    limits: SizeLimits
    sharing: bool = Field(description="Whether videos may be shared by a link.")
    version: str


class ApiKeySummary(BaseModel):
    """An API key, without the key."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None = Field(description="To the minute.")


class NewApiKey(ApiKeySummary):
    """An API key, with the key: it is told this once."""

    key: str
