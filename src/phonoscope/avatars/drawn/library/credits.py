"""Whom to name for the characters of a style."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def library_credit(style: str) -> str:
    """Return whom to name for a style that the library has; empty where its licence does not ask for that."""
    definition = json.loads(resources.files("dicebear_styles").joinpath(f"{style}.json").read_text("utf-8"))
    return credit_of(definition["meta"])


def credit_of(meta: Mapping[str, Any]) -> str:
    """Return whom to name, with the licence, as a style's description of itself tells it; empty for nobody."""
    licence = meta.get("license", {})
    if not str(licence.get("name", "")).startswith("CC BY"):
        return ""
    # Plain quotation marks: some containers hold no others.
    return str(licence["text"]).translate(str.maketrans("„“”", '"""'))
