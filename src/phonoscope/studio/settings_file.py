"""Settings from options, the environment and ``studio.toml``, and where each of them came from."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from phonoscope.core.errors import UsageError
from phonoscope.core.suggesting import did_you_mean
from phonoscope.studio.settings import FILE_NAME, PREFIX, Settings

MASK = "***"


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting as it is shown.

    Attributes
    ----------
    value
        Secrets are masked.
    source
        ``option``, the variable's name, the file's, or ``default``.
    """

    name: str
    value: str
    source: str
    description: str


@dataclass(frozen=True, slots=True)
class Found:
    """Settings, and what was found where."""

    settings: Settings
    options: dict[str, Any]
    file: Path
    written: dict[str, Any]

    def shown(self) -> list[Shown]:
        """Return each setting with its value, its source and what it is for."""
        return [
            Shown(name, _plain(name, getattr(self.settings, name)), self._source(name), field.description or "")
            for name, field in Settings.model_fields.items()
        ]

    def misspelt(self) -> list[str]:
        """Return a sentence for each variable that seems to be meant as a setting, and is none."""
        told = []
        for variable in os.environ:
            name = variable.removeprefix(PREFIX).lower()
            if variable.startswith(PREFIX) and name not in Settings.model_fields:
                hint = did_you_mean(name, Settings.model_fields)
                told += [f"{variable} is no setting.{hint}"] if hint else []
        return told

    def _source(self, name: str) -> str:
        if name in self.options:
            return "option"
        if variable := _variable(name):
            return variable
        return str(self.file) if name in self.written else "default"


def find_settings(config: Path | None = None, **options: Any) -> Found:
    """Return the settings of a studio.

    Parameters
    ----------
    config
        The file; by default ``studio.toml`` in the data folder, if there is one.
    options
        Given on the command line; None for what was not.

    Raises
    ------
    UsageError
        The file is missing or wrong, or a value is.
    """
    given = {name: value for name, value in options.items() if value is not None}
    file = config or _settings(given).data_dir / FILE_NAME
    written = _read(file) if config or file.is_file() else {}
    return Found(_settings(given, written, file), given, file, written)


def _settings(given: dict[str, Any], written: dict[str, Any] | None = None, file: Path | None = None) -> Settings:
    below = {name: value for name, value in (written or {}).items() if not _variable(name)}
    try:
        return Settings(**(below | given))
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = str(first["loc"][0])
        where = f"--{name.replace('_', '-')}" if name in given else _variable(name) or f"{name} in {file}"
        raise UsageError(f"The setting {where} cannot be used: {_reason(name, first)}.", _description(name)) from error


def _read(file: Path) -> dict[str, Any]:
    try:
        written = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"The settings in {file} cannot be read: {error.strerror}.", "Check its name.") from error
    except ValueError as error:
        raise UsageError(f"The settings in {file} are no TOML: {error}.", "Write lines such as: port = 8470") from error
    for name in written:
        if name not in Settings.model_fields:
            remedy = did_you_mean(name, Settings.model_fields) or " See: phonoscope studio --show-settings"
            raise UsageError(f"There is no setting {name}, but {file} has it.", remedy.strip())
    return written


def _variable(name: str) -> str:
    """Return the variable of the environment that has a setting; empty for none."""
    wanted = f"{PREFIX}{name}".upper()
    return next((variable for variable, value in os.environ.items() if value and variable.upper() == wanted), "")


def _reason(name: str, error: ErrorDetails) -> str:
    """Return what is wrong with a value, without the value: it may be a secret."""
    if error["type"] == "string_pattern_mismatch":
        return f"it has to look like {(Settings.model_fields[name].examples or [''])[0]}"
    said = error["msg"].removeprefix("Value error, ").partition(", unable")[0]
    return said.replace("Input should be", "it has to be").replace("a valid boolean", "true or false")


def _description(name: str) -> str:
    field = Settings.model_fields.get(name)
    return f"It means: {field.description}" if field and field.description else ""


def _plain(name: str, value: object) -> str:
    if isinstance(value, SecretStr):
        return MASK if value.get_secret_value() else ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(map(str, value))
    return _without_password(str(value)) if name.endswith("_url") else str(value)


def _without_password(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True) if "@" in url else url
    except ArgumentError:
        return MASK
