"""The options that change how a character looks, declared once for the commands that have them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any

import typer

from phonoscope.cli.spread_options import spread

FACE, COLOURS = "Face and clothes", "Colours"
"""Panels of the help."""

_NAMED = "By name or as #rrggbb."


def _part(help_: str) -> Any:
    return typer.Option(help=help_, show_default=False, rich_help_panel=FACE)


def _colour(name: str, help_: str) -> Any:
    names = (f"--{name}",) if "color" not in name else (f"--{name}", f"--{name.replace('color', 'colour')}")
    return typer.Option(*names, help=f"{help_} {_NAMED}", show_default=False, rich_help_panel=COLOURS)


@dataclass(frozen=True, slots=True)
class LookFlags:
    """What was given on the command line; each field is an option, its type tells its help."""

    hair: Annotated[str, _part("Hair, by the name of one of the style's; none takes it away.")] = ""
    eyes: Annotated[str, _part("Eyes.")] = ""
    brows: Annotated[str, _part("Brows.")] = ""
    nose: Annotated[str, _part("Nose.")] = ""
    mouth: Annotated[str, _part("Mouth at rest.")] = ""
    facial_hair: Annotated[str, _part("Beard, moustache or stubble; none shaves.")] = ""
    glasses: Annotated[str, _part("Glasses; none takes them off.")] = ""
    earrings: Annotated[str, _part("Earrings.")] = ""
    hat: Annotated[str, _part("Hat, cap, turban, hijab …")] = ""
    attire: Annotated[str, _part("Clothes.")] = ""
    accessories: Annotated[str, _part("Whatever else the style can put on: freckles, flowers, blush …")] = ""
    head: Annotated[str, _part("Form of the head, or of the body.")] = ""
    skin: Annotated[str, _colour("skin", "Skin: pale, light, medium, olive, tan, brown, dark.")] = ""
    hair_color: Annotated[str, _colour("hair-color", "Hair, and with it brows and beard.")] = ""
    facial_hair_color: Annotated[str, _colour("facial-hair-color", "Beard.")] = ""
    brow_color: Annotated[str, _colour("brow-color", "Brows.")] = ""
    eye_color: Annotated[str, _colour("eye-color", "Eyes.")] = ""
    glasses_color: Annotated[str, _colour("glasses-color", "Glasses.")] = ""
    earrings_color: Annotated[str, _colour("earrings-color", "Earrings.")] = ""
    hat_color: Annotated[str, _colour("hat-color", "Hat.")] = ""
    attire_color: Annotated[str, _colour("attire-color", "Clothes.")] = ""
    color: Annotated[str, _colour("color", "Robots, monsters, plants …: the main colour.")] = ""
    background: Annotated[str, _colour("background", "Behind the character.")] = ""
    own: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="One of the style's own options: hairVariant=full, inkColor=#222222. Repeat it.",
            show_default=False,
            rich_help_panel=FACE,
        ),
    ] = None

    def wishes(self) -> dict[str, str]:
        """Return what was given, by plain name."""
        return {
            field.name.replace("_", "-"): getattr(self, field.name)
            for field in fields(self)
            if field.name != "own" and getattr(self, field.name)
        }


with_look_options = spread("look", LookFlags)
"""Lets a command's parameter `look` be made of the options of `LookFlags`."""
