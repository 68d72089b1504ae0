"""Faults of a document: where each is, and one error that tells all of them at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from phonoscope.core.errors import SceneError

Step = str | int
Steps = tuple[Step, ...]
"""The way to a place in a document: names of fields, and numbers of entries counted from 0."""

MOST_FAULTS: Final = 20
"""Faults that are told at once; more would scroll away, and most follow from the first ones."""

_PLAIN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
_SHOWN_CHARACTERS: Final = 40


def path_of(steps: Iterable[Step]) -> str:
    """Return a place as people write it: ``scenes[2].overlays[0].image``."""
    path = ""
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            path += f".{step}" if path else step
        else:
            path += f"[{shown(step)}]"
    return path


def shown(value: object) -> str:
    """Return a value as JSON writes it, cut where it is long, and safe to print."""
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list | tuple):
        return "[…]" if value else "[]"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = type(value).__name__
    if len(text) > _SHOWN_CHARACTERS + 2:
        text = f"{text[:_SHOWN_CHARACTERS]}…" + ('"' if text.startswith('"') else "")
    return "".join(c if c.isprintable() else "�" for c in text)


def one_of(names: Sequence[str], most: int = 30) -> str:
    """Return names as they are listed in a sentence."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def gathered(faults: Sequence[SceneError], label: str) -> SceneError:
    """Return one error that tells all faults, each with its place and what to do about it.

    Parameters
    ----------
    label
        What to call the document.
    """
    if len(faults) == 1:
        fault = faults[0]
        where = f"{label}, {fault.path}" if fault.path else label
        return SceneError(f"{where}: {fault.message}", fault.remedy, fault.path, (fault,))
    told = [f"  {fault.path or 'the document'}: {fault}" for fault in faults[:MOST_FAULTS]]
    if len(faults) > MOST_FAULTS:
        told.append(f"  and {len(faults) - MOST_FAULTS} more.")
    message = "\n".join([f"{label} has {len(faults)} faults:", *told])
    return SceneError(message, "", faults[0].path, tuple(faults))


def raise_all(faults: Sequence[SceneError], label: str) -> None:
    """Raise what there is to tell, if there is anything."""
    if faults:
        raise gathered(faults, label)
