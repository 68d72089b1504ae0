"""Loads Skia, which draws the paths."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from phonoscope.core.errors import MissingPartError


@cache
def load_skia() -> Any:
    """Return the module ``skia``, loaded when something is drawn first.

    Raises
    ------
    MissingPartError
        It is not installed, or the system's libraries that it is linked with are not.
    """
    try:
        return importlib.import_module("skia")
    except ModuleNotFoundError as error:
        raise MissingPartError("Drawn mouths need Skia, which is not installed.", "pip install skia-python") from error
    except ImportError as error:
        raise MissingPartError(
            f"Skia cannot be loaded: {error}.", "Install what it is linked with: apt-get install libegl1 libgl1"
        ) from error
