"""Whether the page has a plain word for everything that its inspector shows of a document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from phonoscope.studio.catalogue.parts import FieldTold, parts

WORDS: Final = Path(__file__).parents[3] / "web" / "src" / "i18n" / "en"

HIDDEN: Final = {
    "id", "shown", "speaker_colours", "Avatar.picture", "Avatar.name", "Avatar.face", "Avatar.faces",
    "Avatar.listeners", "Emoji.emoji",
}  # fmt: skip
"""As `web/src/inspector/schema.ts` tells."""

OWN_FIELD: Final = {"Place", "Animation"}
"""Parts that have a field of the page's own."""

LOOK: Final = {"style", "look", "duration_s", "emoji", "place"}
"""Words of fields that the step Look and undo use, too."""


def shown_fields() -> Iterator[tuple[str, FieldTold]]:
    """Yield the fields of what can be selected on the stage, each with the name of its part."""
    overlays = next(field.parts for field in parts()["Scene"].fields if field.name == "overlays")
    for part in ("Avatar", "Captions", "TextLook", *overlays):
        for field in parts()[part].fields:
            if field.name not in HIDDEN and f"{part}.{field.name}" not in HIDDEN:
                yield part, field


def words(section: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((WORDS / f"{section}.json").read_text())
    return told


def options() -> Iterator[tuple[str, str]]:
    """Yield what can be chosen, each with the name of its field."""
    for _, field in shown_fields():
        yield from ((field.name, str(one)) for one in field.options)
    for field in parts()["Animation"].fields:
        if field.name == "kind":
            yield from (("motion", str(one)) for one in field.options)
    for field in parts()["Transition"].fields:
        if field.name == "kind":
            yield from ((field.name, str(one)) for one in field.options)
    for field in parts()["Place"].fields:
        if field.name == "at":
            yield from ((field.name, str(one)) for one in field.options)
    yield from (("gaze", way) for way in ("viewer", "left", "right", "up", "down"))


def test_every_field_has_a_name() -> None:
    known = words("field").keys()
    shown = ((part, field.name) for part, field in shown_fields())
    assert [(part, name) for part, name in shown if not {f"{part}_{name}", name} & known] == []


def test_every_choice_has_a_name() -> None:
    known = words("value").keys()
    assert [(field, one) for field, one in options() if not {f"{field}_{one}", one} & known] == []


def test_no_name_is_left_over() -> None:
    fields = {name for part, field in shown_fields() for name in (field.name, f"{part}_{field.name}")}
    assert words("field").keys() - fields - LOOK == set()
    choices = {name for field, one in options() for name in (one, f"{field}_{one}")}
    assert words("value").keys() - choices == set()
