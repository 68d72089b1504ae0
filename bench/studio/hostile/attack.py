"""One hostile upload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Way = Literal["post", "tus", "raw"]


@dataclass(frozen=True, slots=True)
class Attack:
    """Something hostile that is sent.

    Attributes
    ----------
    kind
        The row of the table that it counts in.
    what
        What is wrong with it.
    content
        The body; of a raw one the whole request, whose ``{key}`` is replaced.
    name
        What the file calls itself.
    way
        By a plain upload, as the headers of a resumable one, or as bytes on the connection.
    """

    kind: str
    what: str
    content: bytes = b""
    name: str = "file"
    way: Way = "post"
    headers: Mapping[str, str] = field(default_factory=dict)
