"""Builds the studio's page into wheels and source packages; one that holds a fresh page already needs no Node."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def load_page_build() -> ModuleType:
    """Return `web/build.py`, which is no part of a package."""
    spec = spec_from_file_location("phonoscope_page_build", Path(__file__).parent / "web" / "build.py")
    assert spec is not None and spec.loader is not None  # noqa: S101 - the file lies beside this one
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


page = load_page_build()


class PageBuildHook(BuildHookInterface[Any]):
    """Calls `web/build.py`."""

    def dependencies(self) -> list[str]:
        """Node is asked for only where the page has to be built."""
        return [] if page.is_fresh(Path(self.root)) else [page.NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page; in a checkout that is installed in place, `make web` does so."""
        if version == "editable":
            return
        try:
            page.build(Path(self.root), page.run_npm)
        except page.PageError as error:
            self.app.abort(str(error))
