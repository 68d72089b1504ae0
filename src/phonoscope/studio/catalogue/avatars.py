"""The drawn characters of the library, and those to begin with."""

from __future__ import annotations

from functools import cache
from itertools import zip_longest
from typing import Final, Literal

from pydantic import BaseModel, Field

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.library import find_character, list_characters, search
from phonoscope.avatars.drawn.library.credits import library_credit
from phonoscope.core.errors import UsageError
from phonoscope.scene.document.naming import AVATAR_PREFIX
from phonoscope.studio.assets.importing import PHOTO
from phonoscope.studio.catalogue.answering import VERSION
from phonoscope.studio.paging import Page
from phonoscope.studio.problems import not_found

SAMPLES: Final = (
    "anna", "navjot", "thandi", "mateo", "hoppy", "giulia", "cobalt", "amadou", "clawdia", "tara", "blossom", "kidane",
)  # fmt: skip
"""Chosen by eye: as unlike each other as the library has them, one of each style."""


class AvatarTold(BaseModel):
    """A drawn character."""

    name: str
    reference: str = Field(description="As documents name it.")
    style: str
    tags: list[str]
    thumbnail_url: str
    credit: str = Field(description="Whom to name where it is shown; empty where nobody has to be.")


class AvatarPage(Page[AvatarTold]):
    """Part of the library."""

    hint: str | None = Field(None, description="Where nobody fits: what may have been meant.")


class Sample(BaseModel):
    """Somebody to begin with."""

    name: str
    title: str
    kind: Literal["avatar", "picture"]
    reference: str | None = Field(description="As documents name it; none for a picture, which is uploaded first.")
    thumbnail_url: str
    content_url: str | None = Field(description="The picture, to be uploaded; none for avatars.")


def found_avatars(words: str, style: str, tags: list[str]) -> tuple[list[AvatarTold], str | None]:
    """Return the characters that fit, the best first, and what to try where there are none."""
    wanted = {tag.lower() for tag in tags}
    found = tuple(one for one in _mixed() if (not style or one.style == style.lower()) and wanted <= set(one.tags))
    hint = None
    if words.strip():
        result = search(words, found)
        found = result.found
        near = next((near for _, near in result.unknown if near), result.too_many)
        if not found and near:
            hint = f"Did you mean {' or '.join(near)}?" if result.unknown else f"Try without {' or '.join(near)}."
    return [_told(one) for one in found], hint


def avatar_by_name(name: str) -> Character:
    """Return a character.

    Raises
    ------
    Problem
        404: there is none.
    """
    try:
        return find_character(name)
    except UsageError as error:
        raise not_found("avatar") from error


def samples() -> list[Sample]:
    """Return whom a video may begin with: a photo, and drawn characters."""
    address = f"/api/v1/samples/{PHOTO}"
    photo = Sample(
        name=PHOTO,
        title=PHOTO.title(),
        kind="picture",
        reference=None,
        thumbnail_url=f"{address}/thumbnail?{VERSION}",
        content_url=f"{address}/content?{VERSION}",
    )
    return [photo, *(_sample(find_character(name)) for name in SAMPLES)]


@cache
def _mixed() -> tuple[Character, ...]:
    """Return the library with one of each style in turn, so that the first page shows how unlike they are."""
    styles: dict[str, list[Character]] = {}
    for character in list_characters():
        styles.setdefault(character.style, []).append(character)
    turns = zip_longest(*styles.values())
    return tuple(character for turn in turns for character in turn if character is not None)


def _sample(character: Character) -> Sample:
    return Sample(
        name=character.name,
        title=character.name.title(),
        kind="avatar",
        reference=f"{AVATAR_PREFIX}{character.name}",
        thumbnail_url=_thumbnail(character),
        content_url=None,
    )


def _told(character: Character) -> AvatarTold:
    return AvatarTold(
        name=character.name,
        reference=f"{AVATAR_PREFIX}{character.name}",
        style=character.style,
        tags=list(character.tags),
        thumbnail_url=_thumbnail(character),
        credit=library_credit(character.style),
    )


def _thumbnail(character: Character) -> str:
    return f"/api/v1/avatars/{character.name}/thumbnail?{VERSION}"
