"""From the tables to the library's file."""

from __future__ import annotations

import json
from pathlib import Path

from characters.creatures import cast_creatures
from characters.naming import Names
from characters.people import Cast, cast_people
from characters.tables import Table, read_tables

SCHEMA = "characters.1"


def make_library() -> list[dict[str, object]]:
    """Return all characters, in the library's form."""
    tables = read_tables()
    names = Names(name for table in tables for name in _given(table).values())
    library: list[dict[str, object]] = []
    for table in tables:
        people = cast_people(table) if table.kind == "person" else cast_creatures(table)
        for number, one in enumerate(people):
            name = _given(table).get(str(number)) or _name(names, table, one, f"{table.style} {number}")
            entry = {"name": name, "style": table.style, "tags": one.tags}
            library.append(entry | {"background": one.background, "options": one.options})
    return library


def write_library(path: Path) -> int:
    """Write the library, one character a line, and return how many there are."""
    characters = make_library()
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in characters)
    path.write_text(f'{{"schema":"{SCHEMA}","characters":[\n{lines}\n]}}\n', "utf-8", newline="\n")
    return len(characters)


def _given(table: Table) -> dict[str, str]:
    """Return the names that a table gives itself, by number."""
    return dict(table.about.get("names", {}))


def _name(names: Names, table: Table, one: Cast, whose: str) -> str:
    if one.plan is None:
        animal = next((kind for kind in ("rabbit", "cat", "snail") if kind in one.tags), "animal")
        return names.for_creature(animal if "animal" in one.tags else table.kind, whose)
    return (
        names.for_creature("paper", whose) if table.style == "cutouts" else names.for_person(one.plan, one.tags, whose)
    )
