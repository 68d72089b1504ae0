"""Options that several commands share: told once, as the fields of a dataclass."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_type_hints


def spread(
    parameter: str, flags: type[Any], without: tuple[str, ...] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a command's parameter be made of the options of a dataclass, which stand in its place.

    Parameters
    ----------
    flags
        The dataclass: each field is an option, its type tells its help.
    without
        Fields that are no options of this command, and keep their defaults.
    """
    options = [(field.name, field.default) for field in fields(flags) if field.name not in without]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        def run(**given: Any) -> None:
            chosen = {name: given.pop(name) for name, _ in options}
            command(**given, **{parameter: flags(**chosen)})

        hints = {**get_type_hints(command, include_extras=True), **get_type_hints(flags, include_extras=True)}
        own = [(name, p.default) for name, p in inspect.signature(command).parameters.items() if name != parameter]
        run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [
                inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hints[name])
                for name, default in own + options
            ]
        )
        run.__annotations__ = {name: hints[name] for name, _ in own + options}
        run.__name__, run.__doc__ = command.__name__, command.__doc__
        return run

    return decorate
