"""Pictures that templates show until somebody puts in photos of their own: drawn here, so that they are ours.

``PICTURES`` has each by its name; a design tells which it needs, and has them in a folder ``pictures`` beside its
documents.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from templates.pictures.homes import hotel, house, kitchen, living_room, terrace
from templates.pictures.paper import Paper
from templates.pictures.things import app_screen, armchair, dessert, ferry, headphones, pasta, salad

PICTURES: Final[dict[str, Callable[[], Paper]]] = {
    "app-screen": app_screen, "armchair": armchair, "dessert": dessert, "ferry": ferry, "headphones": headphones,
    "hotel": hotel, "house": house, "kitchen": kitchen, "living-room": living_room, "pasta": pasta, "salad": salad,
    "terrace": terrace,
}  # fmt: skip


def picture_path(name: str) -> str:
    """Return how documents call a picture."""
    return f"pictures/{name}.webp"


def write_pictures(names: tuple[str, ...], folder: Path) -> None:
    """Write pictures beside the documents that show them."""
    for name in names:
        path = folder / picture_path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        PICTURES[name]().save(path)
