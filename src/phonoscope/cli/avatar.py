"""``phonoscope avatar``: make a character of one's own, change it, and see what can be chosen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from phonoscope.cli.avatar_options import LookFlags, with_look_options
from phonoscope.core.errors import UsageError

if TYPE_CHECKING:
    from phonoscope.avatars.drawn.character import Character
    from phonoscope.avatars.drawn.parts import StyleParts

EXAMPLES = """\
Examples:

phonoscope avatar new --style micah --hair full --hair-color red --glasses round -o me.avatar.json --preview me.png

phonoscope avatar new --from anna --skin brown --hair-color black -o anna2.avatar.json

phonoscope avatar edit me.avatar.json --hair pixie --background mint

phonoscope avatar random --tag woman --tag glasses --seed 7 -o someone.avatar.json

phonoscope avatar options micah --part hair --sheet hair.png

phonoscope say me.avatar.json "Hello! This is me." -o me.mp4
"""

PREVIEW_PX = 512

app = typer.Typer(
    help="Make a character of your own, change it, and see what can be chosen.",
    epilog=EXAMPLES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="The document: NAME.avatar.json.", show_default="printed", metavar="NAME.avatar.json"
    ),
]
PreviewOption = Annotated[Path | None, typer.Option(help="Draw the result on this PNG or JPEG.")]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace files that exist.")]


@app.command("new", epilog=EXAMPLES)
@with_look_options
def new(
    look: LookFlags,
    style: Annotated[str, typer.Option(help="The style; see: phonoscope avatars --styles", show_default=False)] = "",
    start: Annotated[
        str,
        typer.Option("--from", help="A character of the library, or a document, to start from.", show_default=False),
    ] = "",
    output: OutputOption = None,
    preview: PreviewOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Make a character: of a style, or from one that exists."""
    from phonoscope.avatars.drawn.editing import change

    begun = _start(style, start)
    made = change(begun, look.wishes(), look.own or ())
    _deliver(made, output, preview, overwrite)
    _tell_unseen(begun, look)


@app.command("edit", epilog=EXAMPLES)
@with_look_options
def edit(
    document: Annotated[Path, typer.Argument(metavar="DOCUMENT", help="An avatar document: NAME.avatar.json.")],
    look: LookFlags,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last change back; a second time does it again.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here, and leave DOCUMENT as it is.", show_default=False)
    ] = None,
    preview: PreviewOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Change a character in its file. The file as it was stays beside it (NAME.avatar.json.bak) for --undo."""
    from phonoscope.avatars.drawn.document import read_avatar
    from phonoscope.avatars.drawn.editing import change
    from phonoscope.choices import refuse_to_overwrite

    wishes, own = look.wishes(), look.own or ()
    if str(document).startswith("avatar:"):
        raise UsageError(
            f"'{document}' belongs to the library, and cannot be changed there.",
            "Make one of your own of it: phonoscope avatar new --from NAME -o me.avatar.json.",
        )
    if undo:
        if wishes or own or output is not None:
            raise UsageError("--undo goes alone.", "Take the change back first, then make another one.")
        _undo(document)
        made = read_avatar(document)
        _draw(made, preview, overwrite)
        typer.echo(f"{document}: as it was before")
        return
    if not wishes and not own:
        raise UsageError("There is nothing to change.", "Say what: --hair pixie, --glasses none, --set NAME=VALUE.")
    begun = read_avatar(document)
    made = change(begun, wishes, own)
    if output is not None:
        refuse_to_overwrite((document,), (output,))
        _deliver(made, output, preview, overwrite)
        _tell_unseen(begun, look)
        return
    if preview is not None:
        refuse_to_overwrite((document,), (preview,))
    _check_picture(preview, overwrite)
    _write_text(_backup_of(document), document.read_text("utf-8-sig"), overwrite=True)
    _write_avatar(document, replace(made, tags=_true_tags(made)), overwrite=True)
    _draw(made, preview, overwrite)
    typer.echo(f"{document}: changed; take it back with: phonoscope avatar edit {quote(str(document))} --undo")
    _tell_unseen(begun, look)


@app.command("random", epilog=EXAMPLES)
def random(
    style: Annotated[str, typer.Option(help="Only of this style.", show_default=False)] = "",
    tag: Annotated[list[str] | None, typer.Option(help="Only with this tag; repeat it.", show_default=False)] = None,
    words: Annotated[str, typer.Option("--search", "-s", help="Only what fits these words.", show_default=False)] = "",
    seed: Annotated[
        int | None, typer.Option(min=0, help="The same number makes the same character.", show_default="any")
    ] = None,
    output: OutputOption = None,
    preview: PreviewOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Make a character by chance: a believable one."""
    import secrets

    from phonoscope.avatars.drawn.editing import random_character
    from phonoscope.cli.avatars import matching

    chosen = secrets.randbelow(10**6) if seed is None else seed
    made = random_character(chosen, matching(words, style, tag or []))
    _deliver(made, output, preview, overwrite)
    if seed is None and output is not None:
        typer.echo(f"Make it again with --seed {chosen}.")


@app.command("options", epilog=EXAMPLES)
def options(
    style: Annotated[str, typer.Argument(help="A style; see: phonoscope avatars --styles")],
    part: Annotated[
        str, typer.Option(help="Only this part: hair, glasses, … or the style's own name.", show_default=False)
    ] = "",
    sheet: Annotated[Path | None, typer.Option(help="Draw each of them on this PNG or JPEG.")] = None,
    overwrite: OverwriteOption = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print one JSON object a part or colour.")] = False,
) -> None:
    """List what can be chosen in a style, part by part, or draw it."""
    from phonoscope.avatars.drawn.editing import base_character
    from phonoscope.avatars.drawn.parts import VARIANT_ENDING

    parts = _parts(style)
    chosen = _chosen_parts(part, parts)
    if sheet is not None:
        _check_picture(sheet, overwrite)
        from phonoscope.avatars.drawn.portraits import draw_sheet
        from phonoscope.media.pictures import save_picture

        base = base_character(parts.style)
        cells = [
            (
                variant if part else f"{name} {variant}",
                replace(base, options={**base.options, name + VARIANT_ENDING: variant}),
            )
            for name, variants in chosen.items()
            for variant in variants
        ]
        save_picture(sheet, draw_sheet(cells), overwrite)
        if not json_lines:
            typer.echo(f"{sheet}: {len(cells)} pictures")
    if json_lines:
        for name, variants in chosen.items():
            line = {"part": name, "option": f"{name}Variant", "values": variants, "optional": name in parts.optional}
            typer.echo(json.dumps(line | {"plain": _plain_names(name, parts)}))
        for colour, values in {} if part else parts.colours.items():
            typer.echo(json.dumps({"color": colour, "option": f"{colour}Color", "values": values}))
    else:
        _print_options(chosen, parts, with_colours=not part)


def _start(style: str, start: str) -> Character:
    """Return what a new character starts from."""
    from phonoscope.avatars.drawn.document import ENDING, read_avatar
    from phonoscope.avatars.drawn.editing import base_character
    from phonoscope.avatars.drawn.library import find_character, styles_in_library

    if style and start:
        raise UsageError("Both --style and --from are given.", "Give one: --from brings its own style.")
    if start:
        made = (
            read_avatar(start) if start.endswith((ENDING, ".json")) else find_character(start.removeprefix("avatar:"))
        )
        return replace(made, name="")
    if not style:
        raise UsageError(
            f"There is nothing to start from. Styles: {', '.join(styles_in_library())}.",
            "Give --style NAME, or --from a character of the library. See them: phonoscope avatars --sheet all.png.",
        )
    return base_character(_parts(style).style)


def _parts(style: str) -> StyleParts:
    """Return what can be chosen in a style of the library."""
    from phonoscope.avatars.drawn.library import styles_in_library
    from phonoscope.avatars.drawn.parts import parts_of
    from phonoscope.core.suggesting import did_you_mean

    if style.lower() not in styles_in_library():
        raise UsageError(
            f"There is no style '{style[:40]}'.{did_you_mean(style, styles_in_library())}",
            "List them: phonoscope avatars --styles.",
        )
    return parts_of(style.lower())


def _chosen_parts(part: str, parts: StyleParts) -> dict[str, tuple[str, ...]]:
    """Return the parts that are asked for, each with its variants."""
    from phonoscope.avatars.drawn.friendly import PARTS, part_places
    from phonoscope.avatars.drawn.parts import NO_CHOICE
    from phonoscope.core.suggesting import did_you_mean

    known = {name: variants for name, variants in parts.variants.items() if name not in NO_CHOICE}
    if not part:
        return known
    if part in known:
        return {part: known[part]}
    places = part_places(part, parts) if part in PARTS else ()
    if not places:
        names = {*known, *(name for name in PARTS if part_places(name, parts))}
        raise UsageError(
            f"The style {parts.style} has no {part[:40]}.{did_you_mean(part, names)}",
            f"List its parts: phonoscope avatar options {parts.style}.",
        )
    return {place.part: place.only or known[place.part] for place in places}


def _plain_names(part: str, parts: StyleParts) -> list[str]:
    """Return the options by which a part is called in plain words."""
    from phonoscope.avatars.drawn.friendly import PARTS, part_places

    return [name for name in PARTS if any(place.part == part for place in part_places(name, parts))]


def _print_options(chosen: dict[str, tuple[str, ...]], parts: StyleParts, with_colours: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    from phonoscope.avatars.drawn.friendly import COLOURS, colour_place

    table = Table("Part", "Option", "Values", box=None, pad_edge=False)
    for name, variants in chosen.items():
        plain = " ".join(f"--{option}" for option in _plain_names(name, parts)) or f"--set {name}="
        table.add_row(f"[bold]{name}[/]", plain, ", ".join([*variants, *["none"] * (name in parts.optional)]))
    if with_colours:
        for colour, values in parts.colours.items():
            plain = " ".join(f"--{option}" for option in COLOURS if colour_place(option, parts) == colour)
            row = (", ".join(values[:6]) + (" …" if len(values) > 6 else "")) + " or any #rrggbb"
            table.add_row(f"[bold]{colour}[/] colour", plain or f"--set {colour}Color=", row)
    Console(highlight=False).print(table)


def _deliver(character: Character, output: Path | None, preview: Path | None, overwrite: bool) -> None:
    """Write or print a character, and draw it if that is wanted."""
    from phonoscope.avatars.drawn.document import name_from, to_text
    from phonoscope.media.output import check_output

    if output is not None:
        if output.suffix.lower() != ".json":
            raise UsageError(f"'{output}' is no name for an avatar document.", "End it in .avatar.json.")
        check_output(output, overwrite)
    _check_picture(preview, overwrite)
    made = replace(character, name=name_from(output) if output else "", tags=_true_tags(character))
    if output is None:
        if preview is None:
            typer.echo(to_text(made), nl=False)
    else:
        _write_avatar(output, made, overwrite)
        typer.echo(f'{output}: a character of {made.style}; use it: phonoscope say {quote(str(output))} "Hello!"')
    _draw(made, preview, overwrite)
    if preview is not None:
        typer.echo(f"{preview}: a picture of it")


def _tell_unseen(start: Character, look: LookFlags) -> None:
    """Tell which of the options make no difference: a colour of glasses that are not worn."""
    from phonoscope.avatars.drawn.unseen import unseen

    for wish in unseen(start, look.wishes(), look.own or ()):
        flag = f"--set {wish}" if "=" in wish else f"--{wish}"
        typer.echo(f"{flag} was taken, but nothing of it is seen on this character.", err=True)


def _true_tags(character: Character) -> tuple[str, ...]:
    """Return those tags that changes cannot have made untrue: what kind it is and how it is drawn."""
    from phonoscope.avatars.drawn.library import vocabulary

    lasting = {tag for topic in ("kind", "presentation", "look") for tag in vocabulary.TAGS[topic].split()}
    return tuple(tag for tag in character.tags if tag in lasting)


def _check_picture(path: Path | None, overwrite: bool) -> None:
    if path is not None:
        from phonoscope.media.pictures import check_picture_output

        check_picture_output(path, overwrite)


def _draw(character: Character, path: Path | None, overwrite: bool) -> None:
    if path is not None:
        from phonoscope.avatars.drawn.portraits import draw_portrait
        from phonoscope.media.pictures import save_picture

        save_picture(path, draw_portrait(character, PREVIEW_PX), overwrite)


def _write_avatar(path: Path, character: Character, overwrite: bool) -> None:
    from phonoscope.avatars.drawn.document import to_text

    _write_text(path, to_text(character), overwrite)


def _write_text(path: Path, text: str, overwrite: bool) -> None:
    from phonoscope.media.output import atomic_path

    with atomic_path(path, overwrite) as part:
        part.write_text(text, "utf-8")


def _backup_of(document: Path) -> Path:
    return document.with_name(document.name + ".bak")


def _undo(document: Path) -> None:
    """Exchange a document and the one before it."""
    from phonoscope.avatars.drawn.document import read_avatar

    backup = _backup_of(document)
    if not backup.is_file():
        raise UsageError(f"There is no earlier version of '{document}'.", f"It would be in '{backup}'.")
    read_avatar(backup)
    now, before = document.read_text("utf-8-sig"), backup.read_text("utf-8-sig")
    _write_text(backup, now, overwrite=True)
    _write_text(document, before, overwrite=True)
