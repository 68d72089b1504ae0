"""``phonoscope avatars``: the characters of the library."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from phonoscope.core.errors import UsageError

if TYPE_CHECKING:
    from phonoscope.avatars.drawn.character import Character
    from phonoscope.avatars.drawn.library import Search

EXAMPLES = """\
Examples:

phonoscope avatars

phonoscope avatars --search "older woman glasses" --sheet found.png

phonoscope avatars --style micah --tag beard --tag young

phonoscope avatars --search "purple monster" --json

phonoscope say avatar:anna "Hello! I am drawn." -o anna.mp4
"""

LISTED_ONE_BY_ONE = 40
"""So many characters get a line each with their tags; more are told by name alone, style by style."""


MANY = 100
"""So many take some seconds to draw: who waits is told."""


def avatars(
    words: Annotated[
        str,
        typer.Option(
            "--search", "-s", help='All of these words have to fit: "older woman glasses", "man without beard".'
        ),
    ] = "",
    style: Annotated[str, typer.Option(help="Only characters of this style. See them: --styles")] = "",
    tag: Annotated[
        list[str] | None,
        typer.Option(help="Only characters with this tag; repeat it. See them: --tags", show_default=False),
    ] = None,
    sheet: Annotated[Path | None, typer.Option(help="Draw them all on this PNG or JPEG, with their names.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the sheet if it exists.")] = False,
    styles: Annotated[bool, typer.Option("--styles", help="List the styles, with their makers and licences.")] = False,
    tags: Annotated[bool, typer.Option("--tags", help="List the tags, with how many characters have each.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """List the characters that can be chosen, find some by words, or draw them on a sheet.

    Use one wherever a photo goes: avatar:NAME.
    """
    if styles:
        _print_styles(json_lines)
        return
    if tags:
        _print_tags(json_lines)
        return
    found = matching(words, style, tag or [])
    if sheet is not None:
        _draw(sheet, found, overwrite, told=not json_lines)
    if json_lines:
        for one in found:
            typer.echo(json.dumps(as_json(one)))
        return
    if sheet is not None:
        typer.echo(f"{sheet}: {_count(found)}")
    _print_characters(found)


def matching(words: str, style: str, tags: Sequence[str]) -> tuple[Character, ...]:
    """Return the characters of the library that fit a style, tags and words, the best first.

    Raises
    ------
    UsageError
        Nobody fits; what would have to go, or what may have been meant, is told.
    """
    from phonoscope.avatars.drawn.library import list_characters, search, styles_in_library, vocabulary
    from phonoscope.core.suggesting import did_you_mean

    found = list_characters()
    if style:
        if style.lower() not in styles_in_library():
            raise UsageError(
                f"There is no style '{style[:40]}'.{did_you_mean(style, styles_in_library())}",
                "List them: phonoscope avatars --styles.",
            )
        found = tuple(one for one in found if one.style == style.lower())
    for tag in tags:
        if tag.lower() not in vocabulary.ALL_TAGS:
            raise UsageError(
                f"There is no tag '{tag[:40]}'.{did_you_mean(tag, vocabulary.ALL_TAGS)}",
                "List them: phonoscope avatars --tags. Or use other words for it: --search.",
            )
        found = tuple(one for one in found if tag.lower() in one.tags)
    if words.strip():
        result = search(words, found)
        if not result.found:
            raise _nobody(words, result, bool(style or tags))
        found = result.found
    if not found:
        raise UsageError(
            f"No character{f' of {style}' if style else ''} has {' and '.join(tags)}.", "Leave some of it away."
        )
    return found


def as_json(character: Character) -> dict[str, object]:
    """Return a character as what JSON can hold, with whom to name for it."""
    from phonoscope.avatars.drawn.styles.definitions import style_credit

    return {
        "name": character.name,
        "style": character.style,
        "tags": list(character.tags),
        "background": character.background,
        "options": dict(character.options),
        "credit": style_credit(character.style),
    }


def _nobody(words: str, result: Search, filtered: bool) -> UsageError:
    """Tell why a search found nobody, and what to try."""
    remedy = "See all words: phonoscope avatars --tags."
    if result.unknown:
        told = "; ".join(
            f"'{word[:40]}'" + (f" (did you mean {' or '.join(near)}?)" if near else "")
            for word, near in result.unknown
        )
        return UsageError(f"Nothing in the library{' with that style and tags' * filtered} fits {told}.", remedy)
    if result.too_many:
        return UsageError(
            f"Nobody fits all of '{words[:60]}'.", f"Leave one of these away: {', '.join(result.too_many)}."
        )
    return UsageError(f"Nobody fits '{words[:60]}'.", remedy)


def _count(found: Sequence[Character]) -> str:
    return "1 character" if len(found) == 1 else f"{len(found)} characters"


def _draw(path: Path, found: Sequence[Character], overwrite: bool, told: bool) -> None:
    from phonoscope.media.pictures import check_picture_output, save_picture

    check_picture_output(path, overwrite)
    if told and len(found) >= MANY:
        typer.echo(f"Drawing {_count(found)} …", err=True)
    from phonoscope.avatars.drawn.portraits import draw_sheet

    save_picture(path, draw_sheet([(one.name, one) for one in found]), overwrite)


def _print_characters(found: Sequence[Character]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    if len(found) <= LISTED_ONE_BY_ONE:
        table = Table("Name", "Style", "Tags", box=None, pad_edge=False)
        for one in found:
            table.add_row(f"[bold]{one.name}[/]", one.style, ", ".join(one.tags))
    else:
        table = Table("Style", "", "Names", box=None, pad_edge=False)
        table.columns[1].justify = "right"
        for style in dict.fromkeys(one.style for one in found):
            names = [one.name for one in found if one.style == style]
            table.add_row(f"[bold]{style}[/]", str(len(names)), " ".join(names))
    console.print(table)
    some = found[0].name
    console.print(f'{_count(found)}. Use one by its name: phonoscope say avatar:{some} "Hello!"', soft_wrap=True)


def _print_styles(json_lines: bool) -> None:
    from phonoscope.avatars.drawn.library import list_characters, vocabulary
    from phonoscope.avatars.drawn.styles.definitions import load_style, style_credit

    looks = vocabulary.TAGS["look"].split()
    rows = []
    for style, count in Counter(one.style for one in list_characters()).items():
        meta = load_style(style)["meta"]
        first = next(one for one in list_characters() if one.style == style)
        rows.append(
            {
                "style": style,
                "characters": count,
                "look": [tag for tag in first.tags if tag in looks],
                "by": meta["creator"]["name"],
                "source": meta["source"]["url"],
                "licence": meta["license"]["name"],
                "credit": style_credit(style),
            }
        )
    if json_lines:
        for row in rows:
            typer.echo(json.dumps(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("Style", "Characters", "Look", "By", "Licence", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for row in rows:
        table.add_row(
            f"[bold]{row['style']}[/]", str(row["characters"]), ", ".join(row["look"]), row["by"], row["licence"]
        )
    Console(highlight=False).print(table)
    typer.echo("Videos carry the credit of styles that ask for one (CC BY) by themselves.")


def _print_tags(json_lines: bool) -> None:
    from phonoscope.avatars.drawn.library import list_characters, vocabulary

    counts = Counter(tag for one in list_characters() for tag in one.tags)
    if json_lines:
        for tag in sorted(counts):
            typer.echo(json.dumps({"tag": tag, "characters": counts[tag]}))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False)
    for topic, tags in vocabulary.TAGS.items():
        told = ", ".join(f"{tag} [dim]{counts[tag]}[/]" for tag in tags.split() if counts[tag])
        table.add_row(f"[bold]{topic}[/]", told)
    Console(highlight=False).print(table)
